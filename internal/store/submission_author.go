package store

import (
	"cmp"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// MaxAuthors limits how many people can be invited to one draft: more than
// would ever write a text together, and few enough to prevent mass mails.
const MaxAuthors = 20

// InviteAuthor makes the person with a mail address an author of a draft and
// sends them a mail. A person without an account also gets an invitation to
// create one, in the language of the locale. Errors: ErrNotFound,
// submission.ErrNotYours, submission.ErrState when it is no longer a draft,
// ErrFull, ErrAlreadyAuthor, ErrNoOfficer, ErrAway.
func (s *Submissions) InviteAuthor(ctx context.Context, r Contribution, mail, locale string) error {
	return s.contribute(ctx, r, 0, func(tx pgx.Tx, now submission.Submission, _ *submission.Comment) error {
		switch {
		case now.Correction != nil || !now.IsOfficer(r.By):
			return submission.ErrNotYours
		case !now.Allows(submission.Save, r.By):
			return submission.ErrState
		case len(now.Authors) >= MaxAuthors:
			return ErrFull
		}
		known, err := oneAccount(ctx, tx, `lower(a.mail) = lower(@mail)`, pgx.NamedArgs{"mail": mail})
		switch {
		case errors.Is(err, ErrNotFound):
			invited, err := invite(ctx, tx, Invitation{Mail: mail, Roles: []account.Role{account.Officer}, Locale: locale, Submission: r.Submission, By: r.By.ID, At: r.At})
			if err != nil {
				return err
			}
			return addAuthor(ctx, tx, r, invited.Account)
		case err != nil:
			return err
		}
		return inviteKnown(ctx, tx, r, known)
	})
}

// Errors of changing the authors of a draft.
var (
	ErrAlreadyAuthor = errors.New("an author already")
	ErrNoOfficer     = errors.New("not the account of an officer, or disabled")
	ErrFull          = errors.New("as many authors as a draft may have")
	ErrLastAuthor    = errors.New("an author has to remain") // who can sign in
)

// RemoveAuthor takes an author off a draft, at the wish of another or their own. A
// mail tells those who did not do it themselves; a link that invited them to this
// draft becomes void. What they have written stays. Errors: ErrNotFound, also for who
// is no author (any more), submission.ErrNotYours for who is none themselves,
// submission.ErrState when it is no longer a draft, ErrLastAuthor, ErrAway.
func (s *Submissions) RemoveAuthor(ctx context.Context, r Contribution, author account.ID) error {
	return s.contribute(ctx, r, 0, func(tx pgx.Tx, now submission.Submission, _ *submission.Comment) error {
		switch {
		case !now.MayRemoveAuthors(r.By):
			return submission.ErrNotYours
		case !now.Allows(submission.Save, r.By):
			return submission.ErrState
		case !now.IsAuthor(author):
			return ErrNotFound
		}
		args := pgx.NamedArgs{"id": int64(r.Submission), "account": int64(author)}
		if done, err := tx.Exec(ctx, `delete from submission_officer where submission = @id and account = @account
			and exists (select from submission_officer o join account a on a.id = o.account
				where o.submission = @id and o.account <> @account and a.state = 'active')`, args); err != nil || done.RowsAffected() == 0 {
			return cmp.Or(err, ErrLastAuthor)
		}
		if _, err := tx.Exec(ctx, `delete from account_token where account = @account and submission = @id and used is null`, args); err != nil {
			return err
		}
		removed := Event{At: r.At, Account: r.By.ID, Action: RemoveAuthor, Subject: OfSubmission, Number: int64(r.Submission), Concerned: author}
		if err := record(ctx, tx, removed); err != nil || author == r.By.ID {
			return err
		}
		return queueMail(ctx, tx, MailJob{Mail: MailRemoved, To: author, Submission: r.Submission, By: r.By.ID})
	})
}

// inviteKnown invites a person who has an account or an open invitation.
func inviteKnown(ctx context.Context, tx pgx.Tx, r Contribution, a account.Account) error {
	if !a.Is(account.Officer) || a.State != account.Active && a.State != account.Invited {
		return ErrNoOfficer
	}
	if err := addAuthor(ctx, tx, r, a.ID); err != nil {
		return err
	}
	job := MailJob{Mail: MailCoAuthor, To: a.ID, Submission: r.Submission, By: r.By.ID}
	if a.State == account.Invited {
		var err error
		job.Token, err = newToken(ctx, tx, token{account: a.ID, purpose: ToJoin, submission: r.Submission, expires: r.At.Add(InvitationTime)})
		if err != nil {
			return err
		}
	}
	return queueMail(ctx, tx, job)
}

// addAuthor makes an account an author. Errors: ErrAlreadyAuthor.
func addAuthor(ctx context.Context, tx pgx.Tx, r Contribution, author account.ID) error {
	done, err := tx.Exec(ctx, `insert into submission_officer (submission, account) values (@id, @account) on conflict do nothing`,
		pgx.NamedArgs{"id": int64(r.Submission), "account": int64(author)})
	if err != nil || done.RowsAffected() == 0 {
		return cmp.Or(err, ErrAlreadyAuthor)
	}
	return record(ctx, tx, Event{At: r.At, Account: r.By.ID, Action: InviteAuthor, Subject: OfSubmission, Number: int64(r.Submission), Concerned: author})
}
