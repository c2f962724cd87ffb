package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// accountColumns are the columns that scanAccount reads, in this order. Cities
// come as three parallel lists.
const accountColumns = `a.id, a.role, a.also, a.state, a.name, coalesce(a.mail, ''), a.locale, a.password <> '', a.totp_secret <> '',
	(select count(*) from passkey where account = a.id), a.created,
	array(select c.country` + accountCities + `), array(select c.slug` + accountCities + `), array(select c.name` + accountCities + `),
	coalesce((select at from event` + signIns + ` and action = 'sign_in' order by id desc limit 1), '0001-01-01T00:00:00Z'),
	(select count(*) from event` + signIns + ` and action = 'password_failed'
		and id > coalesce((select max(id) from event` + signIns + ` and action = 'sign_in'), 0))`

// signIns are the events about signing in to an account.
const signIns = ` where subject = 'session' and number = a.id`

const accountCities = ` from account_city ac join city c on c.id = ac.city where ac.account = a.id order by c.country, c.slug`

func scanAccount(row pgx.CollectableRow) (account.Account, error) {
	var a account.Account
	var countries, slugs, names []string
	err := row.Scan(&a.ID, &a.Role, &a.Also, &a.State, &a.Name, &a.Mail, &a.Locale, &a.Password, &a.TwoFactor, &a.Passkeys, &a.Created,
		&countries, &slugs, &names, &a.SignedIn, &a.Failures)
	a.Cities = cities(countries, slugs, names)
	return a, err
}

// accounts reads the accounts that match a condition on table account a, at
// most MaxAccounts.
func accounts(ctx context.Context, from querier, where string, args pgx.NamedArgs) ([]account.Account, error) {
	rows, err := from.Query(ctx, `select `+accountColumns+` from account a where `+where+fmt.Sprintf(` limit %d`, MaxAccounts), args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAccount)
}

// oneAccount reads the only account that matches a condition. Errors:
// ErrNotFound.
func oneAccount(ctx context.Context, from querier, where string, args pgx.NamedArgs) (account.Account, error) {
	found, err := accounts(ctx, from, where, args)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return account.Account{}, err
	}
	return found[0], nil
}

// Find returns the account with an ID. Errors: ErrNotFound, ErrAway.
func (s *Accounts) Find(ctx context.Context, id account.ID) (account.Account, error) {
	return s.lookUp(ctx, `a.id = @id`, pgx.NamedArgs{"id": int64(id)})
}

// ByMail returns the account with a mail address, ignoring case. Errors:
// ErrNotFound, ErrAway.
func (s *Accounts) ByMail(ctx context.Context, mail string) (account.Account, error) {
	return s.lookUp(ctx, `lower(a.mail) = lower(@mail)`, pgx.NamedArgs{"mail": mail})
}

// ByHandle returns the account that a passkey identifies by this user handle.
// Errors: ErrNotFound, ErrAway.
func (s *Accounts) ByHandle(ctx context.Context, handle []byte) (account.Account, error) {
	return s.lookUp(ctx, `a.handle = @handle`, pgx.NamedArgs{"handle": handle})
}

func (s *Accounts) lookUp(ctx context.Context, where string, args pgx.NamedArgs) (account.Account, error) {
	found, err := oneAccount(ctx, s.pool, where, args)
	if err != nil {
		return found, fmt.Errorf("load account: %w", classify(err))
	}
	return found, nil
}

// Identity is a person as an identity provider knows them.
type Identity struct {
	Issuer, Subject string
	Mail            string // empty unless the provider has verified it
}

// ByIdentity returns the account that belongs to an identity. The first time it
// is found by the verified mail address and linked for good. Errors:
// ErrNotFound, ErrAway.
func (s *Accounts) ByIdentity(ctx context.Context, i Identity, at time.Time) (a account.Account, err error) {
	err = s.write(ctx, func(tx pgx.Tx) (err error) {
		args := pgx.NamedArgs{"issuer": i.Issuer, "subject": i.Subject, "mail": i.Mail}
		a, err = oneAccount(ctx, tx, `a.id = (select account from identity where issuer = @issuer and subject = @subject)`, args)
		if !errors.Is(err, ErrNotFound) || i.Mail == "" {
			return err
		}
		if a, err = oneAccount(ctx, tx, `lower(a.mail) = lower(@mail) and a.state = 'active'`, args); err != nil {
			return err
		}
		args["account"] = int64(a.ID)
		done, err := tx.Exec(ctx, `insert into identity (issuer, subject, account) values (@issuer, @subject, @account)
			on conflict do nothing`, args)
		if err != nil || done.RowsAffected() == 0 {
			return err // another request was faster
		}
		return Owner{Account: a.ID, At: at}.record(ctx, tx, IdentityLinked)
	})
	if err != nil {
		return account.Account{}, fmt.Errorf("load account: %w", classify(err))
	}
	return a, nil
}

// Sample is an account for trying the program out. It can be used at once,
// without an invitation.
type Sample struct {
	account.Account
	Hash string // of the password, in PHC form; empty for none
}

// AddSamples creates the accounts that made returns. Where there is any account
// already it does nothing and does not call made. Errors: those of made,
// ErrAway.
func (s *Accounts) AddSamples(ctx context.Context, at time.Time, made func() ([]Sample, error)) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var some bool
		if err := tx.QueryRow(ctx, `select exists (select from account)`).Scan(&some); err != nil || some {
			return err
		}
		people, err := made()
		if err != nil {
			return err
		}
		for _, a := range people {
			if _, err := addSample(ctx, tx, a, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add sample accounts: %w", classify(err))
	}
	return nil
}

// AddSample creates one sample account, no matter which accounts exist. Errors:
// ErrAway, and the database's own error for a mail address that is taken.
func (s *Accounts) AddSample(ctx context.Context, a Sample, at time.Time) (id account.ID, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		id, err = addSample(ctx, tx, a, at)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("add a sample account: %w", classify(err))
	}
	return id, nil
}

func addSample(ctx context.Context, tx pgx.Tx, a Sample, at time.Time) (id account.ID, err error) {
	err = tx.QueryRow(ctx, `insert into account (role, also, state, name, mail, locale, handle, password, created)
		values (@role, @also, 'active', @name, @mail, coalesce(nullif(@locale, ''), 'en'), @handle, @password, @at) returning id`,
		pgx.NamedArgs{"role": string(a.Role), "also": words(a.Also), "name": a.Name, "mail": a.Mail, "locale": a.Locale, "handle": newHandle(), "password": a.Hash, "at": at}).Scan(&id)
	if err != nil {
		return 0, err
	}
	if err := keepAccountCities(ctx, tx, id, a.Cities); err != nil {
		return 0, err
	}
	return id, record(ctx, tx, Event{At: at, Action: SampleMade, Subject: OfAccount, Number: int64(id), To: string(account.Active)})
}

// AllowSamples enables or disables all sample accounts, and returns for how many that was
// news. Their password is public, so that they must only be usable on a demo site. Errors:
// ErrAway.
func (s *Accounts) AllowSamples(ctx context.Context, usable bool, at time.Time) (changed int, err error) {
	from, to, action := account.Active, account.Disabled, Disable
	if usable {
		from, to, action = account.Disabled, account.Active, Enable
	}
	done, err := s.pool.Exec(ctx, `
		with sample as (select number from event where subject = 'account' and action = @made),
		changed as (update account set state = @to where state = @from and id in (select number from sample) returning id),
		ended as (delete from session where account in (select id from changed))
		insert into event (at, action, subject, number, from_state, to_state)
		select @at, @action, 'account', id, @from, @to from changed`, pgx.NamedArgs{"made": SampleMade,
		"from": string(from), "to": string(to), "action": action, "at": at})
	if err != nil {
		return 0, fmt.Errorf("sample accounts: %w", classify(err))
	}
	return int(done.RowsAffected()), nil
}

// CountSamples counts the sample accounts that can be used and those that cannot. Errors:
// ErrAway.
func (s *Accounts) CountSamples(ctx context.Context) (usable, closed int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) filter (where state = @active), count(*) filter (where state = @disabled) from account
		where id in (select number from event where subject = 'account' and action = @made)`, pgx.NamedArgs{"made": SampleMade,
		"active": string(account.Active), "disabled": string(account.Disabled)}).Scan(&usable, &closed)
	if err != nil {
		return 0, 0, fmt.Errorf("count sample accounts: %w", classify(err))
	}
	return usable, closed, nil
}
