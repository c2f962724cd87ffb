package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

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

// AllowSamples enables or disables all sample accounts. Their password is
// public, so that they must only be usable on a demo site. Errors: ErrAway.
func (s *Accounts) AllowSamples(ctx context.Context, usable bool, at time.Time) error {
	from, to, action := account.Active, account.Disabled, Disable
	if usable {
		from, to, action = account.Disabled, account.Active, Enable
	}
	_, err := s.pool.Exec(ctx, `
		with sample as (select number from event where subject = 'account' and action = @made),
		changed as (update account set state = @to where state = @from and id in (select number from sample) returning id),
		ended as (delete from session where account in (select id from changed))
		insert into event (at, action, subject, number, from_state, to_state)
		select @at, @action, 'account', id, @from, @to from changed`, pgx.NamedArgs{"made": SampleMade,
		"from": string(from), "to": string(to), "action": action, "at": at})
	if err != nil {
		return fmt.Errorf("sample accounts: %w", classify(err))
	}
	return nil
}
