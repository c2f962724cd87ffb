package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/submission"
)

// Statistics summarise how the desk has decided since a time.
type Statistics struct {
	States    []Tally        // submissions by state
	Decisions []Tally        // decisions by kind
	Causes    []Tally        // causes of rejection, most common first
	Rounds    []Tally        // approved submissions by number of rounds
	Waits     []DecisionTime // time from submission to decision
}

// Tally is a name and how often it occurs.
type Tally struct {
	Name  string // a state, decision, cause or number
	Count int
}

// DecisionTime is how long a decision took.
type DecisionTime struct {
	Decision submission.Decision // empty for all decisions
	Median   float64             // days
	Longest  float64             // days
}

// MostRounds is the number of rounds from which on they are counted together.
const MostRounds = 10

// Statistics counts what was submitted and decided since a time; the zero time
// counts everything. Errors: ErrAway.
func (s *Submissions) Statistics(ctx context.Context, since time.Time) (Statistics, error) {
	var found Statistics
	args := pgx.NamedArgs{"since": since, "other": string(submission.OtherCause),
		"causes": words(submission.Causes), "rounds": MostRounds}
	tallies := func(into *[]Tally) func(pgx.Rows) error {
		return func(rows pgx.Rows) (err error) {
			*into, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Tally])
			return err
		}
	}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		var batch pgx.Batch
		batch.Queue(`select state, count(*) from submission where round > 0 and correction is null and submitted >= @since group by state order by state`, args).
			Query(tallies(&found.States))
		batch.Queue(decided+`select decision, count(*) from decided group by decision order by decision`, args).
			Query(tallies(&found.Decisions))
		batch.Queue(`select coalesce(cause, @other), count(*) from review where decision = 'rejected' and at >= @since
			group by cause order by 2 desc, array_position(@causes, cause)`, args).Query(tallies(&found.Causes))
		batch.Queue(`select least(round, @rounds)::text, count(*) from submission where state = 'approved' and correction is null and since >= @since
			group by 1 order by min(round)`, args).Query(tallies(&found.Rounds))
		batch.Queue(decided+`select coalesce(decision, ''), percentile_cont(0.5) within group (order by days), max(days)
			from decided group by grouping sets ((), (decision)) having count(*) > 0 order by decision nulls first`, args).
			Query(func(rows pgx.Rows) (err error) {
				found.Waits, err = pgx.CollectRows(rows, pgx.RowToStructByPos[DecisionTime])
				return err
			})
		return tx.SendBatch(ctx, &batch).Close()
	})
	if err != nil {
		return Statistics{}, fmt.Errorf("count decisions: %w", classify(err))
	}
	return found, nil
}

// decided selects the decisions since a time, each with the days since its text
// was submitted. Where two editors approved, the second approval is the
// decision; reopening is not one.
const decided = `with decided as (
	select v.decision, extract(epoch from max(v.at) - max(r.written))::float8 / 86400 as days
	from review v join lateral (select round, written from revision
		where submission = v.submission and number <= v.revision and kind = 'submitted' order by number desc limit 1) r on true
	where v.decision <> 'reopened' and v.at >= @since group by v.submission, r.round, v.decision)
`
