package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// ReadingTime is how long an editor counts as reading a submission once it was opened:
// about as long as reading one takes. It bounds the table of readers too.
const ReadingTime = 15 * time.Minute

// Reads notes that an editor has a submission open. Who opened one more than
// ReadingTime before is forgotten. Errors: ErrAway.
func (s *Submissions) Reads(ctx context.Context, c Contribution) error {
	args := pgx.NamedArgs{"id": int64(c.Submission), "account": int64(c.By.ID), "at": c.At, "old": c.At.Add(-ReadingTime)}
	var batch pgx.Batch
	batch.Queue(`delete from desk_reader where ctid = any(array(select ctid from desk_reader where at < @old for update skip locked))`, args)
	batch.Queue(`insert into desk_reader (submission, account, at) values (@id, @account, @at)
		on conflict (submission, account) do update set at = excluded.at`, args)
	if err := s.pool.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("note who reads: %w", classify(err))
	}
	return nil
}

// DeskMarks are what the list of the desk says of a submission besides itself.
type DeskMarks struct {
	Readers    []account.ID // other editors who have it open
	Unanswered int          // comments that its officers neither answered nor marked as done
}

// Marks returns the marks of submissions, as a viewer sees them at a time; those without
// any are missing. Errors: ErrAway.
func (s *Submissions) Marks(ctx context.Context, viewer account.ID, now time.Time, ids []submission.ID) (map[submission.ID]DeskMarks, error) {
	found := map[submission.ID]DeskMarks{}
	rows, err := s.pool.Query(ctx, `select submission, coalesce(array_agg(account order by at) filter (where account is not null), '{}'), sum(n)::int from (
			select submission, account, at, 0 as n from desk_reader where submission = any(@ids) and account <> @viewer and at >= @old
			union all
			select c.submission, null, null, 1 from comment c where c.submission = any(@ids) and c.review is not null and c.parent is null
				and not c.internal and c.done is null and c.settled is null and not exists (select from comment a join account w on w.id = a.account
					where a.parent = c.id and w.role <> 'editor')
		) m group by submission`, pgx.NamedArgs{"ids": numbers(ids), "viewer": int64(viewer), "old": now.Add(-ReadingTime)})
	if err != nil {
		return nil, fmt.Errorf("load the marks of the desk: %w", classify(err))
	}
	var id submission.ID
	var m DeskMarks
	if _, err = pgx.ForEachRow(rows, []any{&id, &m.Readers, &m.Unanswered}, func() error {
		m.Readers = slices.Clone(m.Readers)
		found[id] = m
		return nil
	}); err != nil {
		return nil, fmt.Errorf("load the marks of the desk: %w", classify(err))
	}
	return found, nil
}
