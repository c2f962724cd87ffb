// Package job works what waits in the queue: today, mails. It knows neither
// who put a job there nor what pages say about it.
package job

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/store"
)

// Settings are what workers need.
type Settings struct {
	Store  *store.Store
	Sender mail.Sender
	Site   link.Site
	Now    func() time.Time
	Log    *slog.Logger
}

// Bounds of the work.
const (
	workers     = 2                // at once; mail servers like few connections
	jobTime     = time.Minute      // one job; a mail gets half of it for its conversation
	rescueAfter = 5 * time.Minute  // then a job whose program was killed is taken up again
	softStop    = 10 * time.Second // for jobs that have begun, when the program is asked to stop
)

// Times for which jobs that have ended are kept: sent mails as long as somebody
// asks "was it sent?", those given up as long as an administrator is on holiday.
const (
	keepSent    = 7 * 24 * time.Hour
	keepGivenUp = 90 * 24 * time.Hour
)

// Queue is the workers at work.
type Queue struct{ client *river.Client[pgx.Tx] }

// Start begins to work. While the database is away nothing is worked and
// nothing is lost; the workers look again every second.
func Start(ctx context.Context, s Settings) (*Queue, error) {
	bundle := river.NewWorkers()
	river.AddWorker(bundle, &mailer{Settings: s})
	client, err := s.Store.Queue.Client(&river.Config{
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		Workers: bundle, JobTimeout: jobTime, RescueStuckJobsAfter: rescueAfter, SoftStopTimeout: softStop,
		CompletedJobRetentionPeriod: keepSent, CancelledJobRetentionPeriod: keepGivenUp, DiscardedJobRetentionPeriod: keepGivenUp,
		ErrorHandler: &failureLog{s.Log}, Logger: slog.New(newThrottledLog(s.Log.Handler(), s.Now)),
		// A mail may be a second late. In return there is no line to listen on
		// that could break, and one connection less.
		PollOnly: true,
	})
	if err != nil {
		return nil, fmt.Errorf("start the workers: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil { // they are ended by Stop, which lets them finish
		return nil, fmt.Errorf("start the workers: %w", err)
	}
	return &Queue{client}, nil
}

// Stop takes no new jobs and waits for those that have begun, at most until the
// context ends.
func (q *Queue) Stop(ctx context.Context) error { return q.client.Stop(ctx) }

// failureLog logs jobs that failed: their number and the class of the
// failure, nothing of what they hold.
type failureLog struct{ log *slog.Logger }

// HandleError tells of an error; the retry is the worker's own affair.
func (l *failureLog) HandleError(_ context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	l.log.Warn("a job failed", "kind", job.Kind, "job", job.ID, "try", job.Attempt, "error", err)
	return nil
}

// HandlePanic tells of a panic, with the place but not the value, which may
// hold anything.
func (l *failureLog) HandlePanic(_ context.Context, job *rivertype.JobRow, _ any, trace string) *river.ErrorHandlerResult {
	l.log.Error("a job panicked", "kind", job.Kind, "job", job.ID, "try", job.Attempt, "trace", trace)
	return nil
}
