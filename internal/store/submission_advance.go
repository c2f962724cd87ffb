package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Advance takes one step of a submission, all or nothing: state, text, revision
// or review, public practice, event and mails are written together. Version is
// the one that the person who acts has seen. A step that is sent twice is taken
// once; the second time returns the result of the first.
//
// Errors: ErrNotFound, also if the person may not read it; ErrAway; those of
// submission.Apply; submission.ErrConflict when the submission has changed
// since.
func (s *Submissions) Advance(ctx context.Context, id submission.ID, version int, step submission.Step) (submission.Submission, error) {
	var a advance
	err := s.write(ctx, func(tx pgx.Tx) error {
		a = advance{tx: tx, id: id, step: step}
		return a.take(ctx, version)
	})
	if err != nil {
		return a.now, fmt.Errorf("%s: %w", step.Action, classify(err))
	}
	return a.now, nil
}

// advance is one step while it is being taken.
type advance struct {
	tx     pgx.Tx
	id     submission.ID
	step   submission.Step
	now    submission.Submission // before the step, then after it
	event  submission.Event
	review int64 // ID of the review that the step wrote; 0 for none

	outdated []practice.Language // translations that the step made so
}

func (a *advance) take(ctx context.Context, version int) (err error) {
	if _, err = a.tx.Exec(ctx, `select from submission where id = @id for update`, a.args()); err != nil {
		return err
	}
	if a.now, err = oneSubmission(ctx, a.tx, a.id); err != nil {
		return err
	}
	a.now.Limits = a.step.Limits
	switch {
	case !a.now.MayRead(a.step.By):
		return ErrNotFound
	case !a.now.Entitled(a.step.Action, a.step.By):
		return submission.ErrNotYours
	case version != a.now.Version:
		if done, err := a.isDone(ctx, version); done || err != nil {
			return err
		}
		if a.step.Action.Raises() {
			return submission.ErrConflict
		}
	}
	if err = a.prepare(ctx); err != nil {
		return err
	}
	before := a.now.Content
	if a.event, err = a.now.Apply(a.step); err != nil {
		return err
	}
	return errors.Join(a.write(ctx), a.noteSaver(ctx, before))
}

func (a *advance) args() pgx.NamedArgs { return pgx.NamedArgs{"id": int64(a.id)} }

// isDone reports whether this very step has been taken before, because its
// response was lost or a button was pressed twice.
func (a *advance) isDone(ctx context.Context, version int) (done bool, err error) {
	err = a.tx.QueryRow(ctx, `select exists (select from event where subject = 'submission' and number = @id and account = @account
		and action = @action and version = @version)`, pgx.NamedArgs{"id": int64(a.id), "account": int64(a.step.By.ID),
		"action": string(a.step.Action), "version": version}).Scan(&done)
	return done, err
}

// unsent selects the comments that have not left the desk, without internal ones.
const unsent = `submission = @id and review is null and parent is null and not internal`

// prepare loads what the rules need to know besides the submission itself.
func (a *advance) prepare(ctx context.Context) error {
	switch a.step.Action {
	case submission.RequestChanges, submission.Approve, submission.Reject:
		if err := a.tx.QueryRow(ctx, `select count(*) from comment where `+unsent, a.args()).Scan(&a.step.Comments); err != nil {
			return err
		}
	}
	if a.step.Action == submission.Assign && a.step.Assignee != 0 {
		return a.mayTake(ctx)
	}
	if a.step.Action != submission.Approve && a.step.Action != submission.Publish {
		return nil
	}
	if a.now.Correction != nil {
		if err := a.prepareCorrection(ctx); err != nil {
			return err
		}
	}
	return a.tx.QueryRow(ctx, `select coalesce(max(r.revision), 0) from submission s join practice_revision r on r.practice = s.practice
		where s.id = @id and (r.language = s.language or r.language =
			(select language from practice_text t where t.practice = s.practice order by position limit 1))
		and r.revision > s.base_revision`, a.args()).Scan(&a.step.Public)
}

// mayTake checks that the text is not the assignee's own. Errors: submission.ErrNotYours.
func (a *advance) mayTake(ctx context.Context) error {
	to, err := oneAccount(ctx, a.tx, `a.id = @id`, pgx.NamedArgs{"id": int64(a.step.Assignee)})
	if err == nil && to.Is(account.Editor) && !a.now.ActsAsEditor(to.Viewer()) {
		err = submission.ErrNotYours
	}
	return err
}

// write writes everything that goes with the step.
func (a *advance) write(ctx context.Context) error {
	err := errors.Join(a.keep(ctx), a.revise(ctx), a.decide(ctx))
	if err == nil && a.now.State == submission.Approved {
		err = a.publish(ctx)
	}
	if err == nil && a.now.State == submission.Approved && a.now.Correction != nil {
		err = a.recordCorrection(ctx)
	}
	if err != nil || a.step.Action == submission.Save {
		return err // a save changes no state, and autosave would flood the log
	}
	var concerned account.ID
	if a.step.Action == submission.Assign {
		concerned = a.now.Assignee
	}
	if err := record(ctx, a.tx, Event{Concerned: concerned, At: a.step.At, Account: a.step.By.ID, Action: string(a.event.Action), Subject: OfSubmission,
		Number: int64(a.id), From: string(a.event.From), To: string(a.event.To), Version: a.event.Version}); err != nil {
		return err
	}
	return a.tell(ctx)
}

// keep updates the row of the submission.
func (a *advance) keep(ctx context.Context) error {
	s := a.now
	_, err := a.tx.Exec(ctx, `update submission set state = @state, content = @content, correction = @correction, base_revision = @base, version = @version, round = @round,
		assignee = case when @assigns then nullif(@assignee::bigint, 0) else assignee end, approvals = @approvals, criteria = @criteria, updated = @updated, since = @since,
		submitted = nullif(@submitted::timestamptz, '0001-01-01T00:00:00Z'), consent = @consent,
		consent_by = nullif(@consent_by::bigint, 0), consent_at = nullif(@consent_at::timestamptz, '0001-01-01T00:00:00Z')
		where id = @id`, pgx.NamedArgs{"id": int64(a.id), "state": string(s.State), "content": s.Content, "correction": s.Correction,
		"base": s.BaseRevision, "version": s.Version,
		"round": s.Round, "assigns": a.step.Action == submission.Assign, "assignee": int64(s.Assignee), "approvals": numbers(s.Approvals), "criteria": words(s.Criteria),
		"updated": s.Updated, "since": s.Since, "submitted": s.Submitted, "consent": s.Consent.Wording,
		"consent_by": int64(s.Consent.By), "consent_at": s.Consent.At})
	if err != nil || !slices.Contains([]submission.Action{submission.Save, submission.Correct, submission.Publish}, a.step.Action) {
		return err
	}
	return keepPlaces(ctx, a.tx, a.id, s.Content)
}

// revise stores the text as it was submitted or corrected.
func (a *advance) revise(ctx context.Context) error {
	kind := map[submission.Action]string{submission.Submit: "submitted", submission.Publish: "submitted", submission.Correct: "corrected"}[a.step.Action]
	if kind == "" {
		return nil
	}
	_, err := a.tx.Exec(ctx, `insert into revision (submission, number, round, kind, content, account, written)
		select @id::bigint, coalesce(max(number), 0) + 1, @round, @kind, @content, @account, @at
		from revision where submission = @id`, pgx.NamedArgs{"id": int64(a.id), "round": a.now.Round, "kind": kind,
		"content": a.now.Content, "account": int64(a.step.By.ID), "at": a.step.At})
	return err
}

// decide stores a decision of the desk, and releases the comments that go with
// it.
func (a *advance) decide(ctx context.Context) error {
	decision := map[submission.Action]submission.Decision{submission.RequestChanges: submission.DecidedChanges,
		submission.Approve: submission.DecidedApproved, submission.Reject: submission.DecidedRejected,
		submission.Reopen: submission.DecidedReopened}[a.step.Action]
	if decision == "" {
		return nil
	}
	err := a.tx.QueryRow(ctx, `insert into review (submission, revision, decision, cause, reason, language, account, at)
		select @id::bigint, coalesce(max(number), 0), @decision, nullif(nullif(@cause::text, @other), ''), @reason, @language, @account, @at from revision where submission = @id
		returning id`, pgx.NamedArgs{"id": int64(a.id), "decision": string(decision),
		"cause": string(a.step.Cause), "other": string(submission.OtherCause), "reason": a.step.Reason, "language": string(a.step.Language),
		"account": int64(a.step.By.ID), "at": a.step.At}).Scan(&a.review)
	if err != nil {
		return err
	}
	switch over := a.now.Over(); {
	case decision == submission.DecidedChanges, over && a.step.Pending == submission.SendPending:
		_, err = a.tx.Exec(ctx, `update comment set review = @review where submission = @id and review is null and not internal`,
			pgx.NamedArgs{"id": int64(a.id), "review": a.review})
	case over && a.step.Pending == submission.DropPending:
		_, err = a.tx.Exec(ctx, `delete from comment where `+unsent+` or parent in (select id from comment where `+unsent+`)`, a.args())
	}
	return err
}
