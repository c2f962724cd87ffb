package store

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// tell queues the mails that go with the step. The person who acts gets none.
func (a *advance) tell(ctx context.Context) error {
	switch a.step.Action {
	case submission.Publish:
		if a.now.State == submission.Approved {
			return a.tellTranslators(ctx)
		}
		return a.tellSecond(ctx)
	case submission.Submit:
		return errors.Join(a.tellDesk(ctx, MailSubmitted), a.confirm(ctx))
	case submission.Assign:
		return a.tellAssignee(ctx, MailAssigned)
	case submission.Withdraw:
		return a.tellDesk(ctx, MailWithdrawn)
	case submission.RequestChanges:
		return errors.Join(a.tellAuthors(ctx, MailChanges), a.tellAssignee(ctx, MailDecided))
	case submission.Correct:
		return a.tellCorrected(ctx)
	case submission.Reject:
		return errors.Join(a.tellAuthors(ctx, MailRejected), a.tellAssignee(ctx, MailDecided))
	case submission.Reopen:
		return a.tellAuthors(ctx, MailReopened)
	case submission.Approve:
		if a.now.State == submission.Approved { // authors do not learn of the first of two approvals
			return errors.Join(a.tellAuthors(ctx, MailApproved), a.tellAssignee(ctx, MailDecided), a.tellTranslators(ctx))
		}
		return a.tellSecond(ctx)
	}
	return nil
}

func (a *advance) tellAuthors(ctx context.Context, about MailKind) error {
	return a.mail(ctx, about, a.now.Authors)
}

// tellCorrected tells the authors that an editor corrects their text: once while the
// editor goes from part to part.
func (a *advance) tellCorrected(ctx context.Context) error {
	var before int
	err := a.tx.QueryRow(ctx, `select count(*) from event where subject = 'submission' and number = @id and action = @action and account = @account
		and version < @version and at > @at`, pgx.NamedArgs{"id": int64(a.id), "action": string(submission.Correct), "account": int64(a.step.By.ID),
		"version": a.event.Version, "at": a.step.At.Add(-ReadingTime)}).Scan(&before)
	if err != nil || before > 0 {
		return err
	}
	return a.tellAuthors(ctx, MailCorrected)
}

func (a *advance) tellAssignee(ctx context.Context, about MailKind) error {
	if a.now.Assignee == 0 {
		return nil
	}
	return a.mail(ctx, about, []account.ID{a.now.Assignee})
}

// confirm sends the receipt to the person who has submitted.
func (a *advance) confirm(ctx context.Context) error {
	return queueMail(ctx, a.tx, MailJob{Mail: MailReceived, To: a.step.By.ID, Submission: a.id, By: a.step.By.ID})
}

// tellTranslators tells the authors of translations whose original has changed.
func (a *advance) tellTranslators(ctx context.Context) error {
	for _, language := range a.outdated {
		authors, err := practiceAuthors(ctx, a.tx, a.now.Practice, string(language))
		if err != nil {
			return err
		}
		for _, id := range authors {
			job := MailJob{Mail: MailOutdated, To: id, Practice: a.now.Practice, Language: string(language), By: a.step.By.ID}
			if err := queueMail(ctx, a.tx, job); err != nil {
				return err
			}
		}
	}
	return nil
}

// practiceAuthors returns those who have written a published text of a practice, in
// one language or, for "", in any.
func practiceAuthors(ctx context.Context, tx pgx.Tx, practice int64, language string) ([]account.ID, error) {
	rows, err := tx.Query(ctx, `select distinct o.account from submission s join submission_officer o on o.submission = s.id
		where s.practice = @practice and s.state = 'approved' and s.correction is null and (@language = '' or s.language = @language) order by o.account`,
		pgx.NamedArgs{"practice": practice, "language": language})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[account.ID])
}

// tellDesk tells the editors who know the submission, or every editor if there is none of
// them who can still sign in.
func (a *advance) tellDesk(ctx context.Context, about MailKind) error {
	editors, err := knowing(ctx, a.tx, a.now)
	if err == nil && len(editors) == 0 {
		editors, err = deskOf(ctx, a.tx, a.now)
	}
	if err != nil {
		return err
	}
	return a.mail(ctx, about, editors)
}

// knowing returns the editors of a submission who know it: the assignee, and those who
// have asked for changes.
func knowing(ctx context.Context, tx pgx.Tx, now submission.Submission) ([]account.ID, error) {
	return editorsOf(ctx, tx, now, `(a.id = @assignee
		or a.id in (select account from comment where submission = @id and review is not null and parent is null)
		or a.id in (select account from review where submission = @id and decision = @asked))`)
}

// editorsOf returns those who act as editors of a submission, can still sign in, and fit
// a condition on table account a and the submission @id.
func editorsOf(ctx context.Context, tx pgx.Tx, now submission.Submission, condition string) ([]account.ID, error) {
	active, err := accounts(ctx, tx, `'editor' = any(a.roles) and a.state = 'active' and `+condition+` order by a.id`,
		pgx.NamedArgs{"id": int64(now.ID), "assignee": int64(now.Assignee), "asked": string(submission.DecidedChanges)})
	var editors []account.ID
	for _, a := range active {
		if now.ActsAsEditor(a.Viewer()) {
			editors = append(editors, a.ID)
		}
	}
	return editors, err
}

// deskOf returns the assignee of a submission, or everybody who acts as an editor of it
// if that is nobody of them who can still sign in.
func deskOf(ctx context.Context, tx pgx.Tx, now submission.Submission, not ...account.ID) ([]account.ID, error) {
	editors, err := editorsOf(ctx, tx, now, `true`)
	if err != nil {
		return nil, err
	}
	editors = slices.DeleteFunc(editors, func(id account.ID) bool { return slices.Contains(not, id) })
	if slices.Contains(editors, now.Assignee) {
		return []account.ID{now.Assignee}, nil
	}
	return editors, nil
}

// tellSecond tells those who may give the second approval that the first is given: the
// assignee if that is one of them, else every such editor.
func (a *advance) tellSecond(ctx context.Context) error {
	editors, err := deskOf(ctx, a.tx, a.now, slices.Concat(a.now.Approvals, a.now.Correctors, a.now.Authors)...)
	if err != nil {
		return err
	}
	return a.mail(ctx, MailApprovedFirst, editors)
}

func (a *advance) mail(ctx context.Context, about MailKind, to []account.ID) error {
	for _, id := range to {
		if id == a.step.By.ID {
			continue
		}
		job := MailJob{Mail: about, To: id, Submission: a.id, Review: a.review, By: a.step.By.ID}
		if err := queueMail(ctx, a.tx, job); err != nil {
			return err
		}
	}
	return nil
}

// tellAnswered tells the editors who know the submission that a comment got a reply,
// unless a mail about an earlier reply still waits. The caller holds the lock of the
// submission, so that two replies at the same time do not both send one.
func tellAnswered(ctx context.Context, tx pgx.Tx, now submission.Submission, by account.ID) error {
	editors, err := knowing(ctx, tx, now)
	for _, to := range editors {
		var waits bool
		if err != nil || to == by {
			continue
		}
		err = tx.QueryRow(ctx, `with same as (select jsonb_build_object('mail', 'answered', 'to', @to::bigint, 'submission', @id::bigint) as job)
			select exists (select from river_job, same where kind = 'mail' and state in ('available', 'scheduled', 'retryable') and args @> same.job)
				or exists (select from mail_waiting w, same where account = @to and w.job @> same.job)`,
			pgx.NamedArgs{"to": int64(to), "id": int64(now.ID)}).Scan(&waits)
		if err == nil && !waits {
			err = queueMail(ctx, tx, MailJob{Mail: MailAnswered, To: to, Submission: now.ID, By: by})
		}
	}
	return err
}
