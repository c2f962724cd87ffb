package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/rivertype"
)

// MaxWaiting limits each list of the mail queue to what a person may look
// through.
const MaxWaiting = 100

// WaitingMail is a mail that has not been sent.
type WaitingMail struct {
	ID     int64
	Job    MailJob
	Queued time.Time
	Next   time.Time // the next attempt; meaningless once it is given up
	Tries  int
	Why    string // why the last attempt failed: a class of failure, maybe with a code; empty before the first
}

// QueueState is what has become of the mails.
type QueueState struct {
	Waiting  []WaitingMail // for their first attempt, oldest first
	Retrying []WaitingMail // after a failed attempt, next one first
	GivenUp  []WaitingMail // latest first
	More     bool          // whether a list was cut off
	Sent     int           // since
}

// State returns the unsent mails, and how many were sent since a time. Errors:
// ErrAway.
func (s *Queue) State(ctx context.Context, since time.Time) (QueueState, error) {
	var q QueueState
	err := s.db.snapshot(ctx, func(tx pgx.Tx) (err error) {
		if q.Waiting, err = waiting(ctx, tx, `state in ('available', 'pending', 'scheduled', 'running') order by id`); err != nil {
			return err
		}
		if q.Retrying, err = waiting(ctx, tx, `state = 'retryable' order by scheduled_at, id`); err != nil {
			return err
		}
		if q.GivenUp, err = waiting(ctx, tx, `state in ('cancelled', 'discarded') order by finalized_at desc, id desc`); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select count(*) from river_job where kind = 'mail' and state = 'completed' and finalized_at > @since`,
			pgx.NamedArgs{"since": since}).Scan(&q.Sent)
	})
	for _, list := range []*[]WaitingMail{&q.Waiting, &q.Retrying, &q.GivenUp} {
		q.More = q.More || len(*list) > MaxWaiting
		*list = (*list)[:min(len(*list), MaxWaiting)]
	}
	if err != nil {
		return QueueState{}, fmt.Errorf("look at the mail queue: %w", err)
	}
	return q, nil
}

// waiting reads one mail more than is shown, to find out whether there are
// more.
func waiting(ctx context.Context, tx pgx.Tx, where string) ([]WaitingMail, error) {
	rows, err := tx.Query(ctx, `select id, args, created_at, scheduled_at, attempt, coalesce(errors[array_upper(errors, 1)] ->> 'error', '')
		from river_job where kind = 'mail' and `+where+fmt.Sprintf(` limit %d`, MaxWaiting+1))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (WaitingMail, error) {
		var w WaitingMail
		var args []byte
		if err := row.Scan(&w.ID, &args, &w.Queued, &w.Next, &w.Tries, &w.Why); err != nil {
			return w, err
		}
		var cancelled rivertype.JobCancelError // the queue puts its text before the error
		w.Why = strings.TrimPrefix(w.Why, strings.TrimSuffix(cancelled.Error(), "<nil>"))
		return w, json.Unmarshal(args, &w.Job)
	})
}

// CountUnsent counts the mails that wait, and those that were given up. Errors:
// ErrAway.
func (s *Queue) CountUnsent(ctx context.Context) (waiting, givenUp int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) filter (where state not in ('completed', 'cancelled', 'discarded')),
		count(*) filter (where state in ('cancelled', 'discarded')) from river_job where kind = 'mail'`).Scan(&waiting, &givenUp)
	if err != nil {
		return 0, 0, fmt.Errorf("count mails: %w", classify(err))
	}
	return waiting, givenUp, nil
}

// Retry has a mail tried at once, even if it was given up. Errors: ErrNotFound
// when it is not in the queue or was sent, ErrAway.
func (s *Queue) Retry(ctx context.Context, id int64) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var unsent bool
		err := tx.QueryRow(ctx, `select state <> 'completed' from river_job where kind = 'mail' and id = @id for update`,
			pgx.NamedArgs{"id": id}).Scan(&unsent)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !unsent {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		client, err := inserter()
		if err != nil {
			return err
		}
		_, err = client.JobRetryTx(ctx, tx, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("try a mail again: %w", classify(err))
	}
	return nil
}
