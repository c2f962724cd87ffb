package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Secrets are an account's password hash and second factor.
type Secrets struct {
	Password string // PHC form; empty for none
	TOTP     string // secret of the second factor; empty for none
	Step     int64  // the last time step that was accepted
}

// Secrets returns what an account signs in with. Errors: ErrNotFound, ErrAway.
func (s *Credentials) Secrets(ctx context.Context, id account.ID) (Secrets, error) {
	var found Secrets
	err := s.pool.QueryRow(ctx, `select password, totp_secret, totp_step from account where id = @id`, pgx.NamedArgs{"id": int64(id)}).
		Scan(&found.Password, &found.TOTP, &found.Step)
	if err != nil {
		return Secrets{}, fmt.Errorf("load secrets: %w", classify(orNotFound(err)))
	}
	return found, nil
}

// PasswordByMail returns the active account with a mail address and its
// password hash, or zero values if there is none. Either takes exactly one
// query, so that the response time does not reveal whether the address is
// known. Errors: ErrAway.
func (s *Credentials) PasswordByMail(ctx context.Context, mail string) (id account.ID, hash string, err error) {
	err = s.pool.QueryRow(ctx, `select id, password from account where lower(mail) = lower(@mail) and state = 'active'`,
		pgx.NamedArgs{"mail": mail}).Scan(&id, &hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("load a password: %w", classify(err))
	}
	return id, hash, nil
}

// ResetTime is how long a link to a new password is valid: long enough for a
// slow mail, but too short to be found in an old mailbox.
const ResetTime = time.Hour

// resetPause is the least time between two reset mails to an account, so that
// strangers cannot fill a mailbox.
const resetPause = 5 * time.Minute

// RequestReset queues a mail with a link to a new password if there is an
// active account with that address. The caller is not told whether there is.
// Errors: ErrAway.
func (s *Credentials) RequestReset(ctx context.Context, mail string, at time.Time) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		var id account.ID
		err := tx.QueryRow(ctx, `select id from account a where lower(mail) = lower(@mail) and state = 'active' and not exists
			(select from account_token t where t.account = a.id and purpose = 'reset' and used is null and expires > @after) for update`,
			pgx.NamedArgs{"mail": mail, "after": at.Add(ResetTime - resetPause)}).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		number, err := newToken(ctx, tx, token{account: id, purpose: ToReset, expires: at.Add(ResetTime)})
		if err != nil {
			return err
		}
		if err := record(ctx, tx, Event{At: at, Action: ResetAsked, Subject: OfAccount, Number: int64(id)}); err != nil {
			return err
		}
		return queueMail(ctx, tx, MailJob{Mail: MailReset, To: id, Token: number})
	})
	if err != nil {
		return fmt.Errorf("request a reset: %w", classify(err))
	}
	return nil
}

// ResetPassword sets a password, in PHC form, by means of a link. It uses the
// link up and ends all sessions. Errors: those of Accounts.Link.
func (s *Credentials) ResetPassword(ctx context.Context, secret, password string, at time.Time) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		id, l, err := openLink(ctx, tx, heldLink{secret, ToReset, at})
		if err != nil {
			return err
		}
		if err := useUp(ctx, tx, id, at); err != nil {
			return err
		}
		o := Owner{Account: l.Account.ID, At: at}
		if err := setPassword(ctx, tx, o, password); err != nil {
			return err
		}
		return o.record(ctx, tx, PasswordReset)
	})
	if err != nil {
		return fmt.Errorf("reset a password: %w", classify(err))
	}
	return nil
}

// Owner says who changes their own account, from which session, and when.
type Owner struct {
	Account account.ID
	Token   string // of the current session, which survives when others are ended
	At      time.Time
}

// ownMails are the changes of which the owner of an account gets a mail.
var ownMails = map[string]MailKind{PasswordChanged: MailPassword, PasswordReset: MailPassword, SecondOn: MailSecondOn,
	SecondOff: MailSecondOff, RecoveryUsed: MailRecoveryUsed, PasskeyAdded: MailPasskeyAdded, PasskeyRemoved: MailPasskeyRemoved,
	IdentityLinked: MailIdentity, AddressChanged: MailAddressChanged}

// record records a change that people make to their own account, and queues the
// mail about it: it may not have been they who made it.
func (o Owner) record(ctx context.Context, tx pgx.Tx, action string) error {
	err := record(ctx, tx, Event{At: o.At, Account: o.Account, Action: action, Subject: OfAccount, Number: int64(o.Account)})
	about, ok := ownMails[action]
	if err != nil || !ok {
		return err
	}
	return queueMail(ctx, tx, MailJob{Mail: about, To: o.Account, By: o.Account})
}

// own runs a change that people make to their own account, and records it.
func (s *Credentials) own(ctx context.Context, o Owner, action string, change func(pgx.Tx) error) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		return o.record(ctx, tx, action)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", action, classify(err))
	}
	return nil
}

// ChangePassword sets a password, in PHC form, and ends all other sessions.
// Errors: ErrAway.
func (s *Credentials) ChangePassword(ctx context.Context, o Owner, password string) error {
	return s.own(ctx, o, PasswordChanged, func(tx pgx.Tx) error { return setPassword(ctx, tx, o, password) })
}

// setPassword writes a password and ends all sessions but the owner's current
// one. A change of mail address that waits is stopped: people choose a new password
// when somebody else has asked for it.
func setPassword(ctx context.Context, tx pgx.Tx, o Owner, password string) error {
	if _, err := tx.Exec(ctx, `update account set password = @password where id = @id`,
		pgx.NamedArgs{"id": int64(o.Account), "password": password}); err != nil {
		return err
	}
	if err := dropAddressChange(ctx, tx, o.Account); err != nil {
		return err
	}
	return endSessions(ctx, tx, o.Account, o.Token)
}

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
