package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// SecondFactor is a second factor whose first code has been verified.
type SecondFactor struct {
	Secret string
	Step   int64    // TOTP time step of the code that was verified
	Codes  [][]byte // hashes of the recovery codes
}

// SetSecondFactor turns the second factor on and replaces the recovery codes.
// Errors: ErrAway.
func (s *Credentials) SetSecondFactor(ctx context.Context, o Owner, f SecondFactor) error {
	return s.own(ctx, o, SecondOn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update account set totp_secret = @secret, totp_step = @step where id = @id`,
			pgx.NamedArgs{"id": int64(o.Account), "secret": f.Secret, "step": f.Step}); err != nil {
			return err
		}
		return keepCodes(ctx, tx, o.Account, f.Codes)
	})
}

// RenewRecoveryCodes replaces the recovery codes, given as hashes. Errors:
// ErrAway.
func (s *Credentials) RenewRecoveryCodes(ctx context.Context, o Owner, codes [][]byte) error {
	return s.own(ctx, o, RecoveryRenewed, func(tx pgx.Tx) error { return keepCodes(ctx, tx, o.Account, codes) })
}

// RemoveSecondFactor turns the second factor off and deletes the recovery
// codes. Errors: ErrAway.
func (s *Credentials) RemoveSecondFactor(ctx context.Context, o Owner) error {
	return s.own(ctx, o, SecondOff, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update account set totp_secret = '', totp_step = 0 where id = @id`, pgx.NamedArgs{"id": int64(o.Account)}); err != nil {
			return err
		}
		return keepCodes(ctx, tx, o.Account, nil)
	})
}

func keepCodes(ctx context.Context, tx pgx.Tx, id account.ID, codes [][]byte) error {
	if _, err := tx.Exec(ctx, `delete from recovery_code where account = @id`, pgx.NamedArgs{"id": int64(id)}); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `insert into recovery_code (account, hash) select @id::bigint, unnest(@codes::bytea[])`,
		pgx.NamedArgs{"id": int64(id), "codes": codes})
	return err
}

// UseTimeStep notes that the code of a TOTP time step was accepted. It returns
// false if that code, or a later one, has been accepted before. Errors:
// ErrAway.
func (s *Credentials) UseTimeStep(ctx context.Context, id account.ID, step int64) (fresh bool, err error) {
	done, err := s.pool.Exec(ctx, `update account set totp_step = @step where id = @id and totp_step < @step`,
		pgx.NamedArgs{"id": int64(id), "step": step})
	if err != nil {
		return false, fmt.Errorf("use a code: %w", classify(err))
	}
	return done.RowsAffected() == 1, nil
}

// UseRecoveryCode uses a recovery code up. It returns false if there is no
// unused one with that hash. Errors: ErrAway.
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

// CountRecoveryCodes counts the unused recovery codes. Errors: ErrAway.
func (s *Credentials) CountRecoveryCodes(ctx context.Context, id account.ID) (left int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from recovery_code where account = @id and used is null`, pgx.NamedArgs{"id": int64(id)}).Scan(&left)
	if err != nil {
		return 0, fmt.Errorf("count codes: %w", classify(err))
	}
	return left, nil
}
