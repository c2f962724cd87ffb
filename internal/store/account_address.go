package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/account"
)

// AddressTime is how long a new mail address can be confirmed: two mailboxes have to
// be opened, and one of them may be looked at once a day only.
const AddressTime = 24 * time.Hour

// AddressChange is a change of somebody's mail address that waits until both addresses
// have confirmed it.
type AddressChange struct {
	Mail  string // the new address
	Until time.Time
	Old   bool // whether the present address has confirmed
	New   bool // whether the new one has
}

// done reports whether nothing is missing any more.
func (c AddressChange) done() bool { return c.Old && c.New }

// AskAddress begins a change of the owner's mail address, instead of any that waits,
// and queues a mail with a link to each of the two. If another account has the address,
// its owner gets a mail in place of the link: whoever asks learns nothing of it.
// Errors: ErrAway.
func (s *Credentials) AskAddress(ctx context.Context, o Owner, mail string) error {
	return s.own(ctx, o, AddressAsked, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{"id": int64(o.Account), "mail": mail, "at": o.At, "expires": o.At.Add(AddressTime)}
		for _, statement := range []string{`delete from address_change where expires < @at`,
			`insert into address_change (account, mail, expires) values (@id, @mail, @expires) on conflict (account) do update
				set mail = @mail, expires = @expires, old_confirmed = false, new_confirmed = false`} {
			if _, err := tx.Exec(ctx, statement, args); err != nil {
				return err
			}
		}
		toOld := MailJob{Mail: MailOldAddress, To: o.Account, By: o.Account}
		toNew := MailJob{Mail: MailNewAddress, To: o.Account, By: o.Account}
		var err error
		if toOld.Token, err = newToken(ctx, tx, token{account: o.Account, purpose: ToOldAddress, expires: o.At.Add(AddressTime)}); err != nil {
			return err
		}
		if toNew.Token, err = newToken(ctx, tx, token{account: o.Account, purpose: ToNewAddress, expires: o.At.Add(AddressTime)}); err != nil {
			return err
		}
		var other account.ID
		err = tx.QueryRow(ctx, `select id from account where lower(mail) = lower(@mail)`, args).Scan(&other)
		switch {
		case err == nil:
			toNew = MailJob{Mail: MailAddressTaken, To: other}
		case !errors.Is(err, pgx.ErrNoRows):
			return err
		}
		return errors.Join(queueMail(ctx, tx, toOld), queueMail(ctx, tx, toNew))
	})
}

// AddressChange returns the change of an account that waits. Errors: ErrNotFound when
// there is none, ErrAway.
func (s *Credentials) AddressChange(ctx context.Context, id account.ID, at time.Time) (AddressChange, error) {
	c, err := addressChange(ctx, s.pool, id, at)
	if err != nil {
		return c, fmt.Errorf("load a change of address: %w", classify(err))
	}
	return c, nil
}

func addressChange(ctx context.Context, from querier, id account.ID, at time.Time) (AddressChange, error) {
	rows, err := from.Query(ctx, `select mail, expires, old_confirmed, new_confirmed from address_change where account = @id and expires > @at`,
		pgx.NamedArgs{"id": int64(id), "at": at})
	if err != nil {
		return AddressChange{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[AddressChange])
	return c, orNotFound(err)
}

// AddressLink is what a link to confirm a change of address leads to.
type AddressLink struct {
	Account account.Account
	Change  AddressChange
	Old     bool // whether it was sent to the present address, which may stop the change
}

// AddressLink looks a link up without using it. Errors: those of Accounts.Link, also
// ErrNotFound when the change was stopped.
func (s *Credentials) AddressLink(ctx context.Context, secret string, at time.Time) (l AddressLink, err error) {
	err = s.write(ctx, func(tx pgx.Tx) (err error) {
		_, l, err = openAddress(ctx, tx, secret, at)
		return err
	})
	if err != nil {
		return AddressLink{}, fmt.Errorf("open a link: %w", classify(err))
	}
	return l, nil
}

func openAddress(ctx context.Context, tx pgx.Tx, secret string, at time.Time) (id int64, l AddressLink, err error) {
	id, held, err := openLink(ctx, tx, heldLink{secret, ToOldAddress, at})
	l.Old = !errors.Is(err, ErrNotFound)
	if !l.Old {
		id, held, err = openLink(ctx, tx, heldLink{secret, ToNewAddress, at})
	}
	if err != nil {
		return 0, l, err
	}
	l.Account = held.Account
	l.Change, err = addressChange(ctx, tx, l.Account.ID, at)
	return id, l, err
}

// ConfirmAddress confirms a change by means of a link, and uses the link up. The second
// confirmation makes the change: all sessions end but the owner's current one, and the
// owner gets a mail. It returns the change as it is then, and whether it is made.
// Errors: those of AddressLink; ErrTaken when another account has the address by now.
func (s *Credentials) ConfirmAddress(ctx context.Context, secret string, o Owner) (l AddressLink, made bool, err error) {
	err = s.write(ctx, func(tx pgx.Tx) error {
		var id int64
		if id, l, err = openAddress(ctx, tx, secret, o.At); err != nil {
			return err
		}
		if err := useUp(ctx, tx, id, o.At); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `update address_change set old_confirmed = old_confirmed or @old, new_confirmed = new_confirmed or not @old
			where account = @id returning old_confirmed, new_confirmed`, pgx.NamedArgs{"id": int64(l.Account.ID), "old": l.Old}).
			Scan(&l.Change.Old, &l.Change.New)
		if made = l.Change.done(); err != nil || !made {
			return err
		}
		if o.Account != l.Account.ID {
			o = Owner{Account: l.Account.ID, At: o.At}
		}
		return setAddress(ctx, tx, o, l.Change.Mail)
	})
	if err != nil {
		return l, false, fmt.Errorf("confirm an address: %w", classify(err))
	}
	return l, made, nil
}

// uniqueViolation is what Postgres calls a value that another row has.
const uniqueViolation = "23505"

// setAddress writes the new address, voids every link that was sent to the old one,
// and ends all sessions but the owner's current one.
func setAddress(ctx context.Context, tx pgx.Tx, o Owner, mail string) error {
	args := pgx.NamedArgs{"id": int64(o.Account), "mail": mail}
	var clash *pgconn.PgError
	if _, err := tx.Exec(ctx, `update account set mail = @mail where id = @id`, args); errors.As(err, &clash) && clash.Code == uniqueViolation {
		return ErrTaken
	} else if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `delete from account_token where account = @id and used is null`, args); err != nil {
		return err
	}
	if err := dropAddressChange(ctx, tx, o.Account); err != nil {
		return err
	}
	if err := endSessions(ctx, tx, o.Account, o.Token); err != nil {
		return err
	}
	return o.record(ctx, tx, AddressChanged)
}

// RefuseAddress stops a change by means of the link that was sent to the present
// address. Errors: those of AddressLink, also ErrNotFound for the other link.
func (s *Credentials) RefuseAddress(ctx context.Context, secret string, at time.Time) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		_, l, err := openAddress(ctx, tx, secret, at)
		if err == nil && !l.Old {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := dropAddressChange(ctx, tx, l.Account.ID); err != nil {
			return err
		}
		return Owner{Account: l.Account.ID, At: at}.record(ctx, tx, AddressStopped)
	})
	if err != nil {
		return fmt.Errorf("stop a change of address: %w", classify(err))
	}
	return nil
}

// StopAddress stops the owner's change, if there is one. Errors: ErrAway.
func (s *Credentials) StopAddress(ctx context.Context, o Owner) error {
	return s.own(ctx, o, AddressStopped, func(tx pgx.Tx) error { return dropAddressChange(ctx, tx, o.Account) })
}

// dropAddressChange ends a change that waits; its links lead nowhere from then on.
func dropAddressChange(ctx context.Context, tx pgx.Tx, id account.ID) error {
	_, err := tx.Exec(ctx, `delete from address_change where account = @id`, pgx.NamedArgs{"id": int64(id)})
	return err
}
