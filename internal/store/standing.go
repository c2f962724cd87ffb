package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Standing says of practices, by number, whether residents see them.
func (s *Practices) States(ctx context.Context, numbers []int64) (map[int64]submission.PracticeState, error) {
	rows, err := s.pool.Query(ctx, `select number, state from practice where number = any(@numbers)`, pgx.NamedArgs{"numbers": numbers})
	if err != nil {
		return nil, fmt.Errorf("load the standing of practices: %w", classify(err))
	}
	states := map[int64]submission.PracticeState{}
	var number int64
	var state submission.PracticeState
	_, err = pgx.ForEachRow(rows, []any{&number, &state}, func() error { states[number] = state; return nil })
	if err != nil {
		return nil, fmt.Errorf("load the standing of practices: %w", classify(err))
	}
	return states, nil
}

// mostSuggested bounds the cities that a form suggests: a page of it still
// weighs less than a picture.
const mostSuggested = 1_000

// SuggestedCities lists the cities that the catalogue knows, those with most
// practices first.
func (s *Practices) SuggestedCities(ctx context.Context) ([]practice.City, error) {
	rows, err := s.pool.Query(ctx, `select c.country, c.name from city c left join practice_city pc on pc.city = c.id
		group by c.id order by count(pc.practice) desc, c.id limit @most`, pgx.NamedArgs{"most": mostSuggested})
	if err != nil {
		return nil, fmt.Errorf("list cities: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c practice.City, err error) {
		return c, row.Scan(&c.Country, &c.Name)
	})
	if err != nil {
		return nil, fmt.Errorf("list cities: %w", classify(err))
	}
	return list, nil
}
