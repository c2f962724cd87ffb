package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Actor says who changes an account, and when.
type Actor struct {
	By account.ID // 0 for the operator
	At time.Time
}

// Change sets an account's roles and cities to those of to. Errors: ErrNotFound,
// also for an erased account; ErrLastAdministrator; ErrAway.
func (s *Accounts) Change(ctx context.Context, id account.ID, to account.Account, by Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if !to.Is(account.Administrator) {
			if err := another(ctx, tx, a); err != nil {
				return err
			}
		}
		if err := by.changeCities(ctx, tx, a, to.Cities); err != nil {
			return err
		}
		before, after := a.Roles(), to.Roles()
		if slices.Equal(before, after) {
			return nil
		}
		if err := setRoles(ctx, tx, id, after); err != nil {
			return err
		}
		err := record(ctx, tx, Event{At: by.At, Account: by.By, Action: ChangeRole, Subject: OfAccount, Number: int64(id), From: roleNames(before), To: roleNames(after)})
		if err != nil {
			return err
		}
		return queueMail(ctx, tx, MailJob{Mail: MailRole, To: id, By: by.By, Gained: without(after, before), Lost: without(before, after)})
	})
}

// changeCities sets the cities of an account, and tells its owner, if they are others.
func (a Actor) changeCities(ctx context.Context, tx pgx.Tx, of account.Account, to []account.City) error {
	missing := func(in []account.City) func(account.City) bool {
		return func(c account.City) bool { return !slices.ContainsFunc(in, c.Same) }
	}
	if !slices.ContainsFunc(to, missing(of.Cities)) && !slices.ContainsFunc(of.Cities, missing(to)) {
		return nil
	}
	err := keepAccountCities(ctx, tx, of.ID, to)
	if err == nil {
		err = record(ctx, tx, Event{At: a.At, Account: a.By, Action: ChangeCities, Subject: OfAccount, Number: int64(of.ID),
			From: grant(nil, of.Cities), To: grant(nil, to)})
	}
	if err != nil || of.State != account.Active {
		return err
	}
	return queueMail(ctx, tx, MailJob{Mail: MailCities, To: of.ID, By: a.By})
}

// grant writes roles and cities as events keep them.
func grant(roles []account.Role, cities []account.City) string {
	var list []string
	if len(roles) > 0 {
		list = append(list, roleNames(roles))
	}
	for _, c := range cities {
		list = append(list, c.Text())
	}
	return strings.Join(list, account.GrantSeparator)
}

// setRoles gives an account these roles. Without the first statement the second would
// pass for the change of a program that knows of one role only.
func setRoles(ctx context.Context, tx pgx.Tx, id account.ID, roles []account.Role) error {
	role, also := account.Ranked(roles)
	args := pgx.NamedArgs{"id": int64(id), "role": string(role), "also": words(also)}
	if _, err := tx.Exec(ctx, `update account set also = '{}' where id = @id`, args); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update account set role = @role, also = @also where id = @id`, args)
	return err
}

// roleNames writes roles as events keep them.
func roleNames(roles []account.Role) string { return strings.Join(words(roles), account.RoleSeparator) }

// without lists the roles that are not among others.
func without(roles, others []account.Role) []account.Role {
	return slices.DeleteFunc(slices.Clone(roles), func(r account.Role) bool { return slices.Contains(others, r) })
}

// Disable bars an account from signing in and ends its sessions at once.
// Errors: those of Change.
func (s *Accounts) Disable(ctx context.Context, id account.ID, by Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if a.State == account.Disabled {
			return nil
		}
		if err := another(ctx, tx, a); err != nil {
			return err
		}
		if err := setState(ctx, tx, by.event(Disable, a, account.Disabled)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from session where account = @id`, pgx.NamedArgs{"id": int64(id)}); err != nil {
			return err
		}
		return by.tell(ctx, tx, a, MailDisabled)
	})
}

// tell queues a mail to the owner of an account, who may not have joined yet and then
// knows of none.
func (a Actor) tell(ctx context.Context, tx pgx.Tx, owner account.Account, about MailKind) error {
	if owner.Name == "" {
		return nil
	}
	return queueMail(ctx, tx, MailJob{Mail: about, To: owner.ID, By: a.By})
}

// withoutSecondFactor removes the second factor and ends what was opened with it.
var withoutSecondFactor = []string{
	`update account set totp_secret = '', totp_step = 0 where id = @id`,
	`delete from recovery_code where account = @id`,
	`delete from session where account = @id`,
}

// ResetSecondFactor removes the second factor of a person who has lost it, with the
// recovery codes, and ends their sessions. The person gets a mail. It does nothing
// where there is none. Errors: those of Change but ErrLastAdministrator.
func (s *Accounts) ResetSecondFactor(ctx context.Context, id account.ID, by Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if !a.TwoFactor {
			return nil
		}
		for _, statement := range withoutSecondFactor {
			if _, err := tx.Exec(ctx, statement, pgx.NamedArgs{"id": int64(id)}); err != nil {
				return err
			}
		}
		if err := record(ctx, tx, Event{At: by.At, Account: by.By, Action: SecondReset, Subject: OfAccount, Number: int64(id)}); err != nil {
			return err
		}
		return queueMail(ctx, tx, MailJob{Mail: MailSecondReset, To: id, By: by.By})
	})
}

// Enable undoes Disable. An account that had not accepted its invitation yet
// can do so again. Errors: those of Change.
func (s *Accounts) Enable(ctx context.Context, id account.ID, by Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if a.State != account.Disabled {
			return nil
		}
		next := account.Active
		if a.Name == "" {
			next = account.Invited
		}
		if err := setState(ctx, tx, by.event(Enable, a, next)); err != nil {
			return err
		}
		return by.tell(ctx, tx, a, MailEnabled)
	})
}

// blanking removes all personal data of an account. What the person wrote
// stays, without a name.
var blanking = []string{
	`delete from session where account = @id`,
	`delete from passkey where account = @id`,
	`delete from identity where account = @id`,
	`delete from account_token where account = @id`,
	`delete from recovery_code where account = @id`,
	`delete from account_city where account = @id`,
	`delete from comment_draft where account = @id`,
	`delete from mail_choice where account = @id`,
	`delete from mail_waiting where account = @id`,
	`delete from address_change where account = @id`,
	`update account set state = 'erased', name = '', mail = null, password = '', totp_secret = '', totp_step = 0,
		handle = sha256(handle), erased = @at where id = @id`,
}

// Erase removes the personal data of an account for good. Errors: those of
// Change.
func (s *Accounts) Erase(ctx context.Context, id account.ID, by Actor) error {
	return s.withAccount(ctx, id, func(tx pgx.Tx, a account.Account) error {
		if err := another(ctx, tx, a); err != nil {
			return err
		}
		for _, statement := range blanking {
			if _, err := tx.Exec(ctx, statement, pgx.NamedArgs{"id": int64(id), "at": by.At}); err != nil {
				return err
			}
		}
		return record(ctx, tx, by.event(Erase, a, account.Erased))
	})
}

// setState writes the state that an event leads to, and the event.
func setState(ctx context.Context, tx pgx.Tx, e Event) error {
	_, err := tx.Exec(ctx, `update account set state = @state where id = @id`, pgx.NamedArgs{"id": e.Number, "state": e.To})
	if err != nil {
		return err
	}
	return record(ctx, tx, e)
}

// event describes a change of an account's state.
func (a Actor) event(action string, of account.Account, next account.State) Event {
	return Event{At: a.At, Account: a.By, Action: action, Subject: OfAccount, Number: int64(of.ID), From: string(of.State), To: string(next)}
}

// withAccount runs change on a locked account. Erased accounts are not found.
func (s *Accounts) withAccount(ctx context.Context, id account.ID, change func(pgx.Tx, account.Account) error) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		// All administrators are locked too, always in the same order, so that two
		// of them cannot remove each other at the same time.
		if _, err := tx.Exec(ctx, `select from account where id = @id or 'administrator' = any(roles) and state = 'active' order by id for update`,
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

// another makes sure that an administrator remains when this account stops
// being an active one. Errors: ErrLastAdministrator.
func another(ctx context.Context, tx pgx.Tx, a account.Account) error {
	if !a.Is(account.Administrator) || a.State != account.Active {
		return nil
	}
	var administrators int
	err := tx.QueryRow(ctx, `select count(*) from account where 'administrator' = any(roles) and state = 'active'`).Scan(&administrators)
	if err == nil && administrators < 2 {
		err = ErrLastAdministrator
	}
	return err
}

// ChangeProfile sets the name of an active account and the locale of its mails.
// Errors: ErrAway.
func (s *Accounts) ChangeProfile(ctx context.Context, id account.ID, name, tag string) error {
	_, err := s.pool.Exec(ctx, `update account set name = @name, locale = @locale where id = @id and state = 'active'`,
		pgx.NamedArgs{"id": int64(id), "name": name, "locale": tag})
	if err != nil {
		return fmt.Errorf("change one's account: %w", classify(err))
	}
	return nil
}
