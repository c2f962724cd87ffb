package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Choices are what the list of the desk can be narrowed to.
type DeskOptions struct {
	States    map[submission.State]int // how many there are
	Languages []practice.Language      // of what waits or has waited
	Cities    []string                 // slugs of theirs
}

// mostChoices bounds the values that a filter of the desk offers.
const maxDeskOptions = 300

// DeskChoices says what the list of the desk can be narrowed to. Errors:
// ErrAway.
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
		return DeskOptions{}, fmt.Errorf("load the choices of the desk: %w", classify(err))
	}
	return c, nil
}

// Waiting is how many submissions wait for a decision. Errors: ErrAway.
func (s *Submissions) CountWaiting(ctx context.Context) (n int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from submission where state = 'submitted' and round > 0`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count what waits: %w", classify(err))
	}
	return n, nil
}

// ArchivedPractice is a practice that residents no longer see.
type ArchivedPractice struct {
	Slug     string
	Title    string // of the original
	Language practice.Language
	Reason   string
}

// ArchivedPractices lists them by title. Errors: ErrAway.
func (s *Practices) Archived(ctx context.Context) ([]ArchivedPractice, error) {
	rows, err := s.pool.Query(ctx, `select p.slug, t.title, t.title_language, p.archive_reason from practice p
		join lateral (select title, title_language from practice_text where practice = p.number order by position limit 1) t on true
		where p.state = 'archived' order by lower(t.title), p.number limit @most`, pgx.NamedArgs{"most": MaxListed})
	if err != nil {
		return nil, fmt.Errorf("list archived practices: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ArchivedPractice])
	if err != nil {
		return nil, fmt.Errorf("list archived practices: %w", classify(err))
	}
	return list, nil
}

// PracticeTitle is the title of a practice's original, whether residents see it
// or not; of its text nothing else is filled in. Errors: ErrNotFound, ErrAway.
func (s *Practices) Title(ctx context.Context, number int64) (practice.Text, error) {
	var t practice.Text
	err := s.pool.QueryRow(ctx, `select language, title, title_language from practice_text where practice = @number order by position limit 1`,
		pgx.NamedArgs{"number": number}).Scan(&t.Language, &t.Title, &t.TitleLanguage)
	if err != nil {
		return t, fmt.Errorf("load title: %w", classify(orNotFound(err)))
	}
	return t, nil
}
