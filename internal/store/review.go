package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// Revisions returns the texts of a submission as they were submitted and
// corrected, oldest first. Errors: ErrAway.
func (s *Submissions) Revisions(ctx context.Context, id submission.ID) ([]submission.Revision, error) {
	rows, err := s.pool.Query(ctx, `select number, round, kind = 'corrected', content, account, written from revision
		where submission = @id order by number`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load revisions: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Revision])
	if err != nil {
		return nil, fmt.Errorf("load revisions: %w", classify(err))
	}
	return list, nil
}

// Reviews returns the desk's decisions on a submission, oldest first. Errors:
// ErrAway.
func (s *Submissions) Reviews(ctx context.Context, id submission.ID) ([]submission.Review, error) {
	rows, err := s.pool.Query(ctx, `select id, revision, decision, coalesce(cause, ''), reason, account, at from review
		where submission = @id order by id`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Review])
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", classify(err))
	}
	return list, nil
}

// TickCriteria sets which of the public criteria editors find met. The version
// stays the same, as the text does not change. Errors: ErrNotFound,
// submission.ErrNotYours, submission.ErrState, ErrAway.
func (s *Submissions) TickCriteria(ctx context.Context, id submission.ID, ticked []submission.Criterion, by account.Viewer) error {
	r := Contribution{Submission: id, By: by}
	return s.contribute(ctx, r, 0, func(tx pgx.Tx, now submission.Submission, _ *submission.Comment) error {
		switch {
		case !now.ActsAsEditor(by):
			return submission.ErrNotYours
		case now.State != submission.Submitted:
			return submission.ErrState
		}
		_, err := tx.Exec(ctx, `update submission set criteria = @criteria where id = @id`,
			pgx.NamedArgs{"id": int64(id), "criteria": words(ticked)})
		return err
	})
}
