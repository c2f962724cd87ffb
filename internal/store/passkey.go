package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// MaxPasskeys limits the passkeys of an account: one for every device a person
// may own, and some more.
const MaxPasskeys = 20

// ErrTooMany is the error for a passkey beyond MaxPasskeys.
var ErrTooMany = errors.New("too many passkeys")

// Passkey is a WebAuthn credential of an account.
type Passkey struct {
	ID         int64
	Credential []byte          // its ID in the browser
	Record     json.RawMessage // what the passkey library stores
	Name       string
	Created    time.Time
	Used       time.Time // zero for never
}

// Passkeys returns an account's passkeys, oldest first. Errors: ErrAway.
func (s *Credentials) Passkeys(ctx context.Context, id account.ID) ([]Passkey, error) {
	rows, err := s.pool.Query(ctx, `select id, credential, record, name, created, coalesce(used, '0001-01-01T00:00:00Z')
		from passkey where account = @id order by id`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("list passkeys: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Passkey])
	if err != nil {
		return nil, fmt.Errorf("list passkeys: %w", classify(err))
	}
	return list, nil
}

// AddPasskey adds a passkey to an account. Errors: ErrTooMany, ErrAway.
func (s *Credentials) AddPasskey(ctx context.Context, o Owner, p Passkey) error {
	return s.own(ctx, o, PasskeyAdded, func(tx pgx.Tx) error { return addPasskey(ctx, tx, o.Account, p) })
}

func addPasskey(ctx context.Context, tx pgx.Tx, id account.ID, p Passkey) error {
	done, err := tx.Exec(ctx, `insert into passkey (account, credential, record, name, created)
		select @id, @credential, @record, @name, @created where (select count(*) from passkey where account = @id) < @most`,
		pgx.NamedArgs{"id": int64(id), "credential": p.Credential, "record": p.Record, "name": p.Name, "created": p.Created, "most": MaxPasskeys})
	if err == nil && done.RowsAffected() == 0 {
		err = ErrTooMany
	}
	return err
}

// RenamePasskey renames one of the owner's passkeys. Errors: ErrNotFound,
// ErrAway.
func (s *Credentials) RenamePasskey(ctx context.Context, o Owner, number int64, name string) error {
	done, err := s.pool.Exec(ctx, `update passkey set name = @name where id = @number and account = @id`,
		pgx.NamedArgs{"id": int64(o.Account), "number": number, "name": name})
	if err == nil && done.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("rename a passkey: %w", classify(err))
	}
	return nil
}

// ErrLastWay is the error for removing the only way to sign in.
var ErrLastWay = errors.New("there would be no way left to sign in")

// RemovePasskey removes one of the owner's passkeys. Errors: ErrNotFound,
// ErrLastWay if there is neither a password nor another passkey, ErrAway.
func (s *Credentials) RemovePasskey(ctx context.Context, o Owner, number int64) error {
	return s.own(ctx, o, PasskeyRemoved, func(tx pgx.Tx) error {
		var others int
		var password bool
		err := tx.QueryRow(ctx, `select password <> '', (select count(*) from passkey where account = a.id and id <> @number)
			from account a where id = @id for update`, pgx.NamedArgs{"id": int64(o.Account), "number": number}).Scan(&password, &others)
		if err != nil {
			return orNotFound(err)
		}
		if !password && others == 0 {
			return ErrLastWay
		}
		done, err := tx.Exec(ctx, `delete from passkey where id = @number and account = @id`,
			pgx.NamedArgs{"id": int64(o.Account), "number": number})
		if err == nil && done.RowsAffected() == 0 {
			err = ErrNotFound
		}
		return err
	})
}

// RecordPasskeyUse stores what the passkey library learnt from a sign-in.
// Errors: ErrAway.
func (s *Credentials) RecordPasskeyUse(ctx context.Context, p Passkey, at time.Time) error {
	_, err := s.pool.Exec(ctx, `update passkey set record = @record, used = @at where credential = @credential`,
		pgx.NamedArgs{"record": p.Record, "at": at, "credential": p.Credential})
	if err != nil {
		return fmt.Errorf("keep a passkey: %w", classify(err))
	}
	return nil
}

// PasskeyHandle returns the user handle by which passkeys identify an account.
// Errors: ErrNotFound, ErrAway.
func (s *Credentials) PasskeyHandle(ctx context.Context, id account.ID) (handle []byte, err error) {
	err = s.pool.QueryRow(ctx, `select handle from account where id = @id`, pgx.NamedArgs{"id": int64(id)}).Scan(&handle)
	if err != nil {
		return nil, fmt.Errorf("load handle: %w", classify(orNotFound(err)))
	}
	return handle, nil
}

// handleLength is the length of a passkey's user handle in bytes, as WebAuthn
// (5.4.3) recommends.
const handleLength = 64

func newHandle() []byte {
	handle := make([]byte, handleLength)
	rand.Read(handle) // never fails
	return handle
}
