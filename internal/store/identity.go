package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Identity is a person as an identity provider knows them.
type Identity struct {
	Issuer, Subject string
	Mail            string // empty unless the provider has verified it
}

// ByIdentity returns the account that belongs to an identity. The first time it
// is found by the verified mail address and linked for good. Errors:
// ErrNotFound, ErrAway.
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
