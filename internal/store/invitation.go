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

// Errors of changing accounts.
var (
	ErrTaken             = errors.New("there is an account with that mail address")
	ErrLastAdministrator = errors.New("one administrator has to remain")
)

// InvitationTime is how long an invitation is valid: people may be away for a
// week, but an old mailbox should not open anything.
const InvitationTime = 7 * 24 * time.Hour

// Invitation says who is invited, and to what.
type Invitation struct {
	Mail       string
	Roles      []account.Role
	Cities     []account.City // of an officer
	Locale     string         // of the mail; empty for English
	Submission submission.ID  // a draft to work on; 0 for none
	By         account.ID     // 0 for the operator
	At         time.Time
	Unsent     bool // no mail is queued: the operator passes the link on
}

// Invited is the result of an invitation.
type Invited struct {
	Account account.ID
	Token   int64 // for which LinkSecret makes the secret of the link
}

// Invite creates an account that its owner has to accept, and queues the mail
// with the link. If the address has an open invitation already, that one is
// renewed and its link becomes void. Errors: ErrTaken, ErrAway.
func (s *Accounts) Invite(ctx context.Context, i Invitation) (invited Invited, err error) {
	err = s.write(ctx, func(tx pgx.Tx) (err error) {
		invited, err = invite(ctx, tx, i)
		return err
	})
	if err != nil {
		return Invited{}, fmt.Errorf("invite: %w", classify(err))
	}
	return invited, nil
}

// invite is Invite within a transaction.
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
	err = record(ctx, tx, Event{At: i.At, Account: i.By, Action: Invite, Subject: OfAccount, Number: int64(id), From: roleNames(before), To: grant(i.Roles, i.Cities)})
	if err != nil || i.Unsent {
		return Invited{id, token}, err
	}
	about := MailInvitation
	if i.Submission != 0 {
		about = MailCoAuthor
	}
	return Invited{id, token}, queueMail(ctx, tx, MailJob{Mail: about, To: id, Submission: i.Submission, Token: token, By: i.By})
}

// invitee finds or creates the invited account, and returns the roles that it
// had before.
func invitee(ctx context.Context, tx pgx.Tx, i Invitation) (id account.ID, before []account.Role, err error) {
	role, also := account.Ranked(i.Roles)
	args := pgx.NamedArgs{"role": string(role), "also": words(also), "mail": i.Mail, "locale": i.Locale, "handle": newHandle(), "at": i.At}
	err = tx.QueryRow(ctx, `insert into account (role, also, mail, locale, handle, created)
		values (@role, @also, @mail, coalesce(nullif(@locale, ''), 'en'), @handle, @at) on conflict do nothing returning id`, args).Scan(&id)
	if !errors.Is(err, pgx.ErrNoRows) {
		return id, nil, err
	}
	err = tx.QueryRow(ctx, `select id, roles from account where lower(mail) = lower(@mail) and state = 'invited' for update`, args).Scan(&id, &before)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil, ErrTaken
	}
	if err != nil {
		return 0, nil, err
	}
	return id, before, setRoles(ctx, tx, id, i.Roles)
}

// InvitationLink makes one more link for an invited account, which an operator
// can pass on; the one sent by mail works as well. Errors: ErrNotFound when the
// account is no longer just invited, ErrAway.
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

// Acceptance is an accepted invitation. It comes with a password or a passkey.
type Acceptance struct {
	Secret   string // of the link
	Name     string
	Locale   string // of the mails
	Password string // PHC form; empty where there is a passkey
	Passkey  *Passkey
	At       time.Time
}

// Accept activates an invited account and uses the link up. Errors: those of
// Link.
func (s *Accounts) Accept(ctx context.Context, a Acceptance) (l Link, err error) {
	err = s.write(ctx, func(tx pgx.Tx) (err error) {
		var id int64
		if id, l, err = openLink(ctx, tx, heldLink{a.Secret, ToJoin, a.At}); err != nil {
			return err
		}
		if err := useUp(ctx, tx, id, a.At); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update account set state = 'active', name = @name, locale = @locale, password = @password where id = @id`,
			pgx.NamedArgs{"id": int64(l.Account.ID), "name": a.Name, "locale": a.Locale, "password": a.Password}); err != nil {
			return err
		}
		if a.Passkey != nil {
			if err := addPasskey(ctx, tx, l.Account.ID, *a.Passkey); err != nil {
				return err
			}
		}
		return record(ctx, tx, Actor{l.Account.ID, a.At}.event(Accept, l.Account, account.Active))
	})
	if err != nil {
		return Link{}, fmt.Errorf("accept an invitation: %w", classify(err))
	}
	return l, nil
}
