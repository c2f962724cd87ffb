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
