package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// DeskOptions are the values that the list of the desk can be filtered by.
type DeskOptions struct {
	States    map[submission.State]int // number of submissions in each
	Languages []practice.Language      // of what has ever been submitted
	Cities    []string                 // slugs
}

// maxDeskOptions limits the values offered for one filter.
const maxDeskOptions = 300

// DeskOptions returns the values that the list of the desk can be filtered by.
// Errors: ErrAway.
func (s *Submissions) DeskOptions(ctx context.Context) (DeskOptions, error) {
	c := DeskOptions{States: map[submission.State]int{}}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select state, count(*) from submission where round > 0 group by state`)
		if err != nil {
			return err
		}
		var state submission.State
		var n int
		if _, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error { c.States[state] = n; return nil }); err != nil {
			return err
		}
		args := pgx.NamedArgs{"most": maxDeskOptions}
		if rows, err = tx.Query(ctx, `select distinct language from submission where round > 0 order by language limit @most`, args); err != nil {
			return err
		}
		if c.Languages, err = pgx.CollectRows(rows, pgx.RowTo[practice.Language]); err != nil {
			return err
		}
		if rows, err = tx.Query(ctx, `select distinct slug from submission_city join submission on id = submission
			where round > 0 order by slug limit @most`, args); err != nil {
			return err
		}
		c.Cities, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return DeskOptions{}, fmt.Errorf("load the options of the desk: %w", classify(err))
	}
	return c, nil
}

// CountWaiting counts the submissions that wait for a decision. Errors:
// ErrAway.
func (s *Submissions) CountWaiting(ctx context.Context) (n int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from submission where state = 'submitted' and round > 0`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count waiting submissions: %w", classify(err))
	}
	return n, nil
}

// DeskFilter narrows the list of the desk. The zero value selects what waits
// for a decision.
type DeskFilter struct {
	States     []submission.State // empty for what waits for a decision
	Language   string
	City       string     // slug
	Assignee   account.ID // 0 for any
	Unassigned bool       // only what has no assignee
	WaitedFor  time.Time  // only what has waited since before then; zero for all
}

// ForDesk returns the submissions that match a filter, longest waiting first.
// Drafts that have never been submitted are never among them. Errors: ErrAway.
func (s *Submissions) ForDesk(ctx context.Context, f DeskFilter) ([]submission.Submission, error) {
	states := f.States
	if len(states) == 0 {
		states = []submission.State{submission.Submitted}
	}
	list, err := submissions(ctx, s.pool, `s.round > 0 and s.state = any(@states) and (@language = '' or s.language = @language)
		and (@city = '' or exists (select from submission_city c where c.submission = s.id and c.slug = @city))
		and (@assignee = 0 or s.assignee = @assignee) and (not @unassigned or s.assignee is null)
		and (@before::timestamptz is null or s.since < @before) order by s.since, s.id`, pgx.NamedArgs{"states": words(states),
		"language": f.Language, "city": f.City, "assignee": int64(f.Assignee), "unassigned": f.Unassigned, "before": stamped(f.WaitedFor)})
	if err != nil {
		return nil, fmt.Errorf("list the desk: %w", classify(err))
	}
	return list, nil
}
