package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// tell queues the mails that go with a step. Who acts is not told.
func (a *advance) tell(ctx context.Context) error {
	kind, to, err := a.receivers(ctx)
	if err != nil {
		return err
	}
	for _, id := range to {
		if id == a.step.By.ID || id == 0 {
			continue
		}
		job := MailJob{Mail: kind, To: id, Submission: a.id, Review: a.review, By: a.step.By.ID}
		if err := queueMail(ctx, a.tx, job); err != nil {
			return err
		}
	}
	return nil
}

// toAuthors are the mails that tell its authors what the desk has done.
var toAuthors = map[submission.Action]MailKind{submission.RequestChanges: MailChanges, submission.Correct: MailCorrected,
	submission.Approve: MailApproved, submission.Reject: MailRejected, submission.Reopen: MailReopened}

// receivers says which mail goes with the step, and to whom. The first of two
// approvals tells nobody: for the authors nothing has happened yet.
func (a *advance) receivers(ctx context.Context) (MailKind, []account.ID, error) {
	assignee := []account.ID{a.now.Assignee}
	switch a.step.Action {
	case submission.Submit:
		kind := MailSubmitted
		if a.now.Round > 1 {
			kind = MailAnswered
		}
		if a.now.Assignee != 0 {
			return kind, assignee, nil
		}
		editors, err := activeEditors(ctx, a.tx)
		return kind, editors, err
	case submission.Withdraw:
		return MailWithdrawn, assignee, nil
	case submission.Assign:
		return MailAssigned, assignee, nil
	case submission.Approve:
		if a.now.State != submission.Approved {
			return "", nil, nil
		}
	}
	if kind, ok := toAuthors[a.step.Action]; ok {
		return kind, a.now.Authors, nil
	}
	return "", nil, nil
}

func activeEditors(ctx context.Context, tx pgx.Tx) ([]account.ID, error) {
	rows, err := tx.Query(ctx, `select id from account where role = 'editor' and state = 'active' order by id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[account.ID])
}
