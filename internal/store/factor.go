package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Factor is a second factor that has been confirmed with its first code.
type SecondFactor struct {
	Secret string
	Step   int64    // of the code that confirmed it
	Codes  [][]byte // hashes of the recovery codes
}

// SetFactor asks for a second factor from now on. Errors: ErrAway.
func (s *Credentials) SetSecondFactor(ctx context.Context, o Owner, f SecondFactor) error {
	return s.own(ctx, o, SecondOn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update account set totp_secret = @secret, totp_step = @step where id = @id`,
			pgx.NamedArgs{"id": int64(o.Account), "secret": f.Secret, "step": f.Step}); err != nil {
			return err
		}
		return keepCodes(ctx, tx, o.Account, f.Codes)
	})
}

// RenewCodes replaces the recovery codes. Errors: ErrAway.
func (s *Credentials) RenewRecoveryCodes(ctx context.Context, o Owner, codes [][]byte) error {
	return s.own(ctx, o, RecoveryRenewed, func(tx pgx.Tx) error { return keepCodes(ctx, tx, o.Account, codes) })
}

// DropFactor asks for a second factor no more. Errors: ErrAway.
func (s *Credentials) RemoveSecondFactor(ctx context.Context, o Owner) error {
	return s.own(ctx, o, SecondOff, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update account set totp_secret = '', totp_step = 0 where id = @id`, pgx.NamedArgs{"id": int64(o.Account)}); err != nil {
			return err
		}
		return keepCodes(ctx, tx, o.Account, nil)
	})
}

// keepCodes replaces the recovery codes of an account.
func keepCodes(ctx context.Context, tx pgx.Tx, id account.ID, codes [][]byte) error {
	if _, err := tx.Exec(ctx, `delete from recovery_code where account = @id`, pgx.NamedArgs{"id": int64(id)}); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `insert into recovery_code select @id::bigint, unnest(@codes::bytea[])`, pgx.NamedArgs{"id": int64(id), "codes": codes})
	return err
}

// UseStep notes that the code of a time step was accepted; false when it, or a
// later one, had been accepted before. Errors: ErrAway.
func (s *Credentials) UseTimeStep(ctx context.Context, id account.ID, step int64) (fresh bool, err error) {
	done, err := s.pool.Exec(ctx, `update account set totp_step = @step where id = @id and totp_step < @step`,
		pgx.NamedArgs{"id": int64(id), "step": step})
	if err != nil {
		return false, fmt.Errorf("use a code: %w", classify(err))
	}
	return done.RowsAffected() == 1, nil
}

// UseCode uses a recovery code up; false when there is none with that hash that
// has not been used. Errors: ErrAway.
func (s *Credentials) UseRecoveryCode(ctx context.Context, id account.ID, hash []byte, at time.Time) (fresh bool, err error) {
	err = s.own(ctx, Owner{Account: id, At: at}, RecoveryUsed, func(tx pgx.Tx) error {
		done, err := tx.Exec(ctx, `update recovery_code set used = @at where account = @id and hash = @hash and used is null`,
			pgx.NamedArgs{"id": int64(id), "hash": hash, "at": at})
		if err == nil && done.RowsAffected() == 0 {
			err = ErrNotFound
		}
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// CodesLeft counts the recovery codes that have not been used. Errors: ErrAway.
func (s *Credentials) CountRecoveryCodes(ctx context.Context, id account.ID) (left int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from recovery_code where account = @id and used is null`, pgx.NamedArgs{"id": int64(id)}).Scan(&left)
	if err != nil {
		return 0, fmt.Errorf("count codes: %w", classify(err))
	}
	return left, nil
}

// Identity is who somebody is at an identity provider.
type Identity struct {
	Issuer, Subject string
	Mail            string // empty unless the provider has verified it
}

// AccountByIdentity returns the account of somebody whom an identity provider
// knows. The first time it is found by the verified mail address, and linked
// for good. Errors: ErrNotFound, ErrAway.
func (s *Accounts) ByIdentity(ctx context.Context, i Identity, at time.Time) (a account.Account, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		args := pgx.NamedArgs{"issuer": i.Issuer, "subject": i.Subject, "mail": i.Mail}
		a, err = oneAccount(ctx, tx, `a.id = (select account from identity where issuer = @issuer and subject = @subject)`, args)
		if !errors.Is(err, ErrNotFound) || i.Mail == "" {
			return err
		}
		if a, err = oneAccount(ctx, tx, `lower(a.mail) = lower(@mail) and a.state = 'active'`, args); err != nil {
			return err
		}
		args["account"] = int64(a.ID)
		done, err := tx.Exec(ctx, `insert into identity values (@issuer, @subject, @account) on conflict do nothing`, args)
		if err != nil || done.RowsAffected() == 0 {
			return err // somebody else's request was faster
		}
		return Owner{Account: a.ID, At: at}.record(ctx, tx, IdentityLinked)
	})
	if err != nil {
		return account.Account{}, fmt.Errorf("load account: %w", classify(err))
	}
	return a, nil
}
