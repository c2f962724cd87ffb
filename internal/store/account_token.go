package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// token is a row of account_token: the right to use a link once.
type token struct {
	account    account.ID
	purpose    Purpose
	submission submission.ID
	expires    time.Time
}

// newToken adds a token that has no secret yet. Earlier unused tokens of the
// same account and purpose become void, except those that lead to another
// draft.
func newToken(ctx context.Context, tx pgx.Tx, t token) (id int64, err error) {
	args := pgx.NamedArgs{"account": int64(t.account), "purpose": string(t.purpose), "submission": int64(t.submission), "expires": t.expires}
	if _, err := tx.Exec(ctx, `delete from account_token where account = @account and purpose = @purpose
		and used is null and coalesce(submission, 0) = @submission::bigint`, args); err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `insert into account_token (account, purpose, submission, expires)
		values (@account, @purpose, nullif(@submission::bigint, 0), @expires) returning id`, args).Scan(&id)
	return id, err
}

// LinkSecret makes the secret of a link right before the mail is sent, and
// stores only its SHA-256. A secret made earlier for the same token stops
// working. Errors: ErrNotFound when the token is used, expired or replaced, and
// the mail must not be sent; ErrAway.
func (s *Accounts) LinkSecret(ctx context.Context, id int64, at time.Time) (secret string, err error) {
	secret = rand.Text() // 130 bits, in characters that can be copied by hand
	done, err := s.pool.Exec(ctx, `update account_token set hash = @hash where id = @id and used is null and expires > @at`,
		pgx.NamedArgs{"id": id, "hash": hashOf(secret), "at": at})
	if err == nil && done.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("make a link: %w", classify(err))
	}
	return secret, nil
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Reasons why a link no longer works.
var (
	ErrUsed    = errors.New("the link has been used")
	ErrExpired = errors.New("the link has expired")
)

// Link is what a secret from a mail leads to.
type Link struct {
	Account    account.Account
	Submission submission.ID // the draft to which an invitation leads; 0 for none
}

// Purpose is what a link is for.
type Purpose string

// The purposes.
const (
	ToJoin       Purpose = "invitation"
	ToReset      Purpose = "reset"
	ToOldAddress Purpose = "old_address" // to confirm or stop a change of mail address
	ToNewAddress Purpose = "new_address" // to confirm one
)

// Link looks a link up without using it. Errors: ErrNotFound for an unknown
// secret, or one whose account has since changed state; ErrUsed, ErrExpired,
// ErrAway.
func (s *Accounts) Link(ctx context.Context, secret string, p Purpose, at time.Time) (Link, error) {
	var l Link
	err := s.write(ctx, func(tx pgx.Tx) (err error) {
		_, l, err = openLink(ctx, tx, heldLink{secret, p, at})
		return err
	})
	if err != nil {
		return Link{}, fmt.Errorf("open a link: %w", classify(err))
	}
	return l, nil
}

// heldLink is a link that a visitor presents.
type heldLink struct {
	secret  string
	purpose Purpose
	at      time.Time
}

// openLink finds the token of a link and locks it until the transaction ends.
func openLink(ctx context.Context, tx pgx.Tx, w heldLink) (id int64, l Link, err error) {
	var owner account.ID
	var expires time.Time
	var used *time.Time
	err = tx.QueryRow(ctx, `select id, account, coalesce(submission, 0), expires, used from account_token
		where hash = @hash and purpose = @purpose for update`, pgx.NamedArgs{"hash": hashOf(w.secret), "purpose": string(w.purpose)}).
		Scan(&id, &owner, &l.Submission, &expires, &used)
	if err != nil {
		return 0, l, orNotFound(err)
	}
	if l.Account, err = oneAccount(ctx, tx, `a.id = @id`, pgx.NamedArgs{"id": int64(owner)}); err != nil {
		return 0, l, err
	}
	fits := l.Account.State == account.Active
	if w.purpose == ToJoin {
		fits = l.Account.State == account.Invited
	}
	switch {
	case used != nil:
		return 0, l, ErrUsed
	case !fits:
		return 0, l, ErrNotFound
	case !expires.After(w.at):
		return 0, l, ErrExpired
	}
	return id, l, nil
}

func useUp(ctx context.Context, tx pgx.Tx, id int64, at time.Time) error {
	_, err := tx.Exec(ctx, `update account_token set used = @at where id = @id`, pgx.NamedArgs{"id": id, "at": at})
	return err
}
