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

// ReadingTime is how long somebody counts as having a submission or a part of it open
// once they opened or saved it: about as long as reading one takes. It bounds the table
// of readers too.
const ReadingTime = 15 * time.Minute

// Reads notes what somebody has open of a submission: a part of its form or, for an
// empty part, the whole on the desk. Each has one thing open, the last. Who opened one
// more than ReadingTime before is forgotten. Errors: ErrAway.
func (s *Submissions) Reads(ctx context.Context, c Contribution, part submission.Part) error {
	args := pgx.NamedArgs{"id": int64(c.Submission), "account": int64(c.By.ID), "part": string(part), "at": c.At, "old": c.At.Add(-ReadingTime)}
	var batch pgx.Batch
	batch.Queue(`delete from desk_reader where ctid = any(array(select ctid from desk_reader where at < @old for update skip locked))`, args)
	batch.Queue(`insert into desk_reader (submission, account, part, at) values (@id, @account, @part, @at)
		on conflict (submission, account) do update set part = excluded.part, at = excluded.at`, args)
	if err := s.pool.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("note who reads: %w", classify(err))
	}
	return nil
}

// Reader is somebody who has a part of a submission open, and since when.
type Reader struct {
	Account account.ID
	At      time.Time // when they last opened or saved it
}

// Readers returns who has a part of a submission open besides the one who asks, the
// latest first. Errors: ErrAway.
func (s *Submissions) Readers(ctx context.Context, c Contribution, part submission.Part) ([]Reader, error) {
	rows, err := s.pool.Query(ctx, `select account, at from desk_reader where submission = @id and part = @part and account <> @account
		and at >= @old order by at desc, account`, pgx.NamedArgs{"id": int64(c.Submission), "part": string(part), "account": int64(c.By.ID), "old": c.At.Add(-ReadingTime)})
	if err != nil {
		return nil, fmt.Errorf("load who has a part open: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Reader])
	if err != nil {
		return nil, fmt.Errorf("load who has a part open: %w", classify(err))
	}
	return list, nil
}

// noteSaver notes which parts the step has saved, for LastSaver.
func (a *advance) noteSaver(ctx context.Context, before submission.Content) error {
	if a.step.Action != submission.Save && a.step.Action != submission.Correct {
		return nil
	}
	parts := slices.DeleteFunc(slices.Clone(submission.Parts), func(p submission.Part) bool { return before.Digest(p) == a.now.Content.Digest(p) })
	_, err := a.tx.Exec(ctx, `insert into part_saver (submission, part, account, at) select @id, unnest(@parts::text[]), @account, @at
		on conflict (submission, part) do update set account = excluded.account, at = excluded.at`,
		pgx.NamedArgs{"id": int64(a.id), "parts": words(parts), "account": int64(a.step.By.ID), "at": a.step.At})
	return err
}

// LastSaver returns who has saved a part of a submission last, and when. Errors:
// ErrNotFound where nobody knows; ErrAway.
func (s *Submissions) LastSaver(ctx context.Context, id submission.ID, part submission.Part) (Reader, error) {
	rows, err := s.pool.Query(ctx, `select account, at from part_saver where submission = @id and part = @part`,
		pgx.NamedArgs{"id": int64(id), "part": string(part)})
	if err != nil {
		return Reader{}, fmt.Errorf("load who saved a part: %w", classify(err))
	}
	last, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Reader])
	if err != nil {
		return Reader{}, fmt.Errorf("load who saved a part: %w", classify(err))
	}
	return last, nil
}

// DeskMarks are what the list of the desk says of a submission besides itself.
type DeskMarks struct {
	Readers    []account.ID // other editors who have it open
	Unanswered int          // comments that its officers neither answered nor marked as done
	Behind     bool         // a translation whose original has changed since it was published or submitted, or else began
}

// Marks returns the marks of submissions, as a viewer sees them at a time; those without
// any are missing. Errors: ErrAway.
func (s *Submissions) Marks(ctx context.Context, viewer account.ID, now time.Time, ids []submission.ID) (map[submission.ID]DeskMarks, error) {
	found := map[submission.ID]DeskMarks{}
	rows, err := s.pool.Query(ctx, `select submission, coalesce(array_agg(account order by at) filter (where account is not null), '{}'), sum(n)::int, bool_or(behind) from (
			select submission, account, at, 0 as n, false as behind from desk_reader r where submission = any(@ids) and account <> @viewer and at >= @old
				and (part = '' or not exists (select from submission_officer o where o.submission = r.submission and o.account = r.account)) -- an editor corrects it
			union all
			select c.submission, null, null, 1, false from comment c where c.submission = any(@ids) and c.review is not null and c.parent is null
				and not c.internal and c.done is null and c.settled is null and not exists (select from comment a join account w on w.id = a.account
					where a.parent = c.id and (not 'editor' = any(w.roles)
						or exists (select from submission_officer o where o.submission = c.submission and o.account = w.id)
						or exists (select from submission_city sc join city on city.country = sc.country and city.slug = sc.slug
							join account_city ac on ac.city = city.id where sc.submission = c.submission and ac.account = w.id)))
			union all
			select s.id, null, null, 0, true from submission s join lateral
				(select language from practice_text where practice = s.practice order by position limit 1) original on true
				where s.id = any(@ids) and s.kind = 'translation' and s.correction is null and case s.state
					when 'approved' then exists (select from practice_text t where t.practice = s.practice and t.language = s.language and t.state = 'outdated')
					when 'rejected' then false when 'discarded' then false
					else exists (select from practice_revision r where r.practice = s.practice and r.language = original.language
						and r.revision > s.base_revision and r.written > coalesce(s.submitted, s.created)) end
		) m group by submission`, pgx.NamedArgs{"ids": numbers(ids), "viewer": int64(viewer), "old": now.Add(-ReadingTime)})
	if err != nil {
		return nil, fmt.Errorf("load the marks of the desk: %w", classify(err))
	}
	var id submission.ID
	var m DeskMarks
	if _, err = pgx.ForEachRow(rows, []any{&id, &m.Readers, &m.Unanswered, &m.Behind}, func() error {
		m.Readers = slices.Clone(m.Readers)
		found[id] = m
		return nil
	}); err != nil {
		return nil, fmt.Errorf("load the marks of the desk: %w", classify(err))
	}
	return found, nil
}
