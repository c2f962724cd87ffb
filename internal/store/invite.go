package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// Errors about accounts.
var (
	ErrTaken             = errors.New("there is an account with that mail address")
	ErrLastAdministrator = errors.New("somebody has to keep the accounts")
)

// InvitationTime is how long the link of an invitation is valid: people are
// away for a week, and an old mailbox should open nothing.
const InvitationTime = 7 * 24 * time.Hour

// Invitation is what somebody is invited to.
type Invitation struct {
	Mail       string
	Role       account.Role
	Cities     []account.City // of an officer
	Locale     string         // of the mail; empty for English
	Submission submission.ID  // a draft to help with; 0 for none
	By         account.ID     // 0 for the operator
	At         time.Time
	Unsent     bool // no mail is queued: the operator hands the link over
}

// Invited is what an invitation became.
type Invited struct {
	Account account.ID
	Token   int64 // for which FreshToken makes the secret of the link
}

// Invite makes an account that its owner still has to accept, and queues the
// mail with the link. Whoever has been invited before and has not come is
// invited anew: the former link is void. Errors: ErrTaken, ErrAway.
func (s *Accounts) Invite(ctx context.Context, i Invitation) (invited Invited, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		invited, err = invite(ctx, tx, i)
		return err
	})
	if err != nil {
		return Invited{}, fmt.Errorf("invite: %w", classify(err))
	}
	return invited, nil
}

// invite is Invite in the caller's transaction.
func invite(ctx context.Context, tx pgx.Tx, i Invitation) (Invited, error) {
	id, before, err := invitee(ctx, tx, i)
	if err != nil {
		return Invited{}, err
	}
	if err := keepAccountCities(ctx, tx, id, i.Cities); err != nil {
		return Invited{}, err
	}
	token, err := newToken(ctx, tx, token{account: id, purpose: ToJoin, submission: i.Submission, expires: i.At.Add(InvitationTime)})
	if err != nil {
		return Invited{}, err
	}
	err = record(ctx, tx, Event{At: i.At, Account: i.By, Action: Invite, Subject: OfAccount, Number: int64(id), From: before, To: string(i.Role)})
	if err != nil || i.Unsent {
		return Invited{id, token}, err
	}
	about := MailInvitation
	if i.Submission != 0 {
		about = MailCoAuthor
	}
	return Invited{id, token}, queueMail(ctx, tx, MailJob{Mail: about, To: id, Submission: i.Submission, Token: token, By: i.By})
}

// invitee finds or makes the row of who is invited, and says which role it had.
func invitee(ctx context.Context, tx pgx.Tx, i Invitation) (id account.ID, before string, err error) {
	args := pgx.NamedArgs{"role": string(i.Role), "mail": i.Mail, "locale": i.Locale, "handle": newHandle(), "at": i.At}
	err = tx.QueryRow(ctx, `insert into account (role, mail, locale, handle, created)
		values (@role, @mail, coalesce(nullif(@locale, ''), 'en'), @handle, @at) on conflict do nothing returning id`, args).Scan(&id)
	if !errors.Is(err, pgx.ErrNoRows) {
		return id, "", err
	}
	err = tx.QueryRow(ctx, `with old as (select id, role from account where lower(mail) = lower(@mail) and state = 'invited' for update)
		update account set role = @role from old where account.id = old.id returning old.id, old.role`, args).Scan(&id, &before)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, "", ErrTaken
	}
	return id, before, err
}

// handleLength of a passkey's handle in bytes, as WebAuthn (5.4.3) recommends.
const handleLength = 64

// newHandle is what passkeys will know an account by.
func newHandle() []byte {
	handle := make([]byte, handleLength)
	rand.Read(handle) // never fails
	return handle
}

// keepAccountCities writes anew which cities an account speaks for. A city that
// no practice names yet is added to the table of cities.
func keepAccountCities(ctx context.Context, tx pgx.Tx, id account.ID, list []account.City) error {
	var countries, slugs, names []string
	for _, c := range list {
		countries, slugs, names = append(countries, string(c.Country)), append(slugs, c.Slug), append(names, c.Name)
	}
	args := pgx.NamedArgs{"id": int64(id), "countries": countries, "slugs": slugs, "names": names}
	var batch pgx.Batch
	batch.Queue(`delete from account_city where account = @id`, args)
	batch.Queue(`insert into city (country, slug, name) select distinct on (1, 2) * from unnest(@countries::text[], @slugs::text[], @names::text[])
		on conflict (country, slug) do nothing`, args)
	batch.Queue(`insert into account_city select distinct @id::bigint, c.id from city c
		join unnest(@countries::text[], @slugs::text[]) as t (country, slug) on t.country = c.country and t.slug = c.slug`, args)
	return tx.SendBatch(ctx, &batch).Close()
}

// LinkByHand makes one more link for somebody who has been invited, for an
// operator to hand over; the one that is sent by mail works as well. Errors:
// ErrNotFound when the account has moved on, ErrAway.
func (s *Accounts) InvitationLink(ctx context.Context, id account.ID, at time.Time) (secret string, err error) {
	secret = rand.Text()
	done, err := s.pool.Exec(ctx, `insert into account_token (account, purpose, hash, expires)
		select id, 'invitation', @hash, @expires from account where id = @id and state = 'invited'`,
		pgx.NamedArgs{"id": int64(id), "hash": hashOf(secret), "expires": at.Add(InvitationTime)})
	if err == nil && done.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("make a link: %w", classify(err))
	}
	return secret, nil
}
