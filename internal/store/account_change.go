package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Keeper says who changes an account, and when.
type Actor struct {
	By account.ID // 0 for the operator
	At time.Time
}

// ChangeAccount gives an account another role and other cities. Errors:
// ErrNotFound, also for an erased account; ErrLastAdministrator; ErrAway.
func (s *Accounts) Change(ctx context.Context, id account.ID, to account.Account, k Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if to.Role != account.Administrator {
			if err := another(ctx, tx, a); err != nil {
				return err
			}
		}
		if err := keepAccountCities(ctx, tx, id, to.Cities); err != nil {
			return err
		}
		if to.Role == a.Role {
			return record(ctx, tx, k.event(ChangeCities, a, a.State))
		}
		_, err := tx.Exec(ctx, `update account set role = @role where id = @id`, pgx.NamedArgs{"id": int64(id), "role": string(to.Role)})
		if err != nil {
			return err
		}
		return record(ctx, tx, Event{At: k.At, Account: k.By, Action: ChangeRole, Subject: OfAccount, Number: int64(id), From: string(a.Role), To: string(to.Role)})
	})
}

// DisableAccount keeps somebody from signing in and ends their sessions at
// once. Errors as of ChangeAccount.
func (s *Accounts) Disable(ctx context.Context, id account.ID, k Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if a.State == account.Disabled {
			return nil
		}
		if err := another(ctx, tx, a); err != nil {
			return err
		}
		if err := setState(ctx, tx, k.event(Disable, a, account.Disabled)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `delete from session where account = @id`, pgx.NamedArgs{"id": int64(id)})
		return err
	})
}

// EnableAccount lets somebody sign in again, or accept the invitation that they
// had not accepted yet. Errors as of ChangeAccount.
func (s *Accounts) Enable(ctx context.Context, id account.ID, k Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if a.State != account.Disabled {
			return nil
		}
		next := account.Active
		if a.Name == "" {
			next = account.Invited
		}
		return setState(ctx, tx, k.event(Enable, a, next))
	})
}

// blanking removes everything that is known of a person. What they wrote stays,
// without a name.
var blanking = []string{
	`delete from session where account = @id`,
	`delete from passkey where account = @id`,
	`delete from identity where account = @id`,
	`delete from account_token where account = @id`,
	`delete from recovery_code where account = @id`,
	`delete from account_city where account = @id`,
	`update account set state = 'erased', name = '', mail = null, password = '', totp_secret = '', totp_step = 0,
		handle = sha256(handle), erased = @at where id = @id`,
}

// EraseAccount blanks an account for ever. Errors as of ChangeAccount.
func (s *Accounts) Erase(ctx context.Context, id account.ID, k Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if err := another(ctx, tx, a); err != nil {
			return err
		}
		for _, statement := range blanking {
			if _, err := tx.Exec(ctx, statement, pgx.NamedArgs{"id": int64(id), "at": k.At}); err != nil {
				return err
			}
		}
		return record(ctx, tx, k.event(Erase, a, account.Erased))
	})
}

// setState writes the state of an account as its event tells it.
func setState(ctx context.Context, tx pgx.Tx, e Event) error {
	_, err := tx.Exec(ctx, `update account set state = @state where id = @id`, pgx.NamedArgs{"id": e.Number, "state": e.To})
	if err != nil {
		return err
	}
	return record(ctx, tx, e)
}

// event is a change of the state of an account.
func (k Actor) event(action string, of account.Account, next account.State) Event {
	return Event{At: k.At, Account: k.By, Action: action, Subject: OfAccount, Number: int64(of.ID), From: string(of.State), To: string(next)}
}

// withAccount changes an account that it holds; an erased one is not found.
func (s *Accounts) withAccount(ctx context.Context, id account.ID, change func(pgx.Tx, account.Account) error) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// All who keep the accounts are held too, always in the same order, so
		// that two of them cannot take each other's office at the same moment.
		if _, err := tx.Exec(ctx, `select from account where id = @id or role = 'administrator' and state = 'active' order by id for update`,
			pgx.NamedArgs{"id": int64(id)}); err != nil {
			return err
		}
		a, err := oneAccount(ctx, tx, `a.id = @id and a.state <> 'erased'`, pgx.NamedArgs{"id": int64(id)})
		if err != nil {
			return err
		}
		return change(tx, a)
	})
	if err != nil {
		return fmt.Errorf("change account: %w", classify(err))
	}
	return nil
}

// another makes sure that somebody else keeps the accounts when an active
// administrator no longer does.
func another(ctx context.Context, tx pgx.Tx, a account.Account) error {
	if a.Role != account.Administrator || a.State != account.Active {
		return nil
	}
	var keepers int
	err := tx.QueryRow(ctx, `select count(*) from account where role = 'administrator' and state = 'active'`).Scan(&keepers)
	if err == nil && keepers < 2 {
		err = ErrLastAdministrator
	}
	return err
}

// ChangeSelf writes one's name and the language of one's mails. Errors: ErrAway.
func (s *Accounts) ChangeProfile(ctx context.Context, id account.ID, name, tag string) error {
	_, err := s.pool.Exec(ctx, `update account set name = @name, locale = @locale where id = @id and state = 'active'`,
		pgx.NamedArgs{"id": int64(id), "name": name, "locale": tag})
	if err != nil {
		return fmt.Errorf("change one's account: %w", classify(err))
	}
	return nil
}
