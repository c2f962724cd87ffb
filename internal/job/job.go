// Package job runs the queue's workers, which send mails and look from time to time
// for digests, reminders and news that are due. It knows neither who queued a job nor what
// pages say about it.
package job

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// Settings is what the workers need.
type Settings struct {
	Store  *store.Store
	Sender mail.Sender
	Site   link.Site
	Now    func() time.Time
	Log    *slog.Logger
	Usual  time.Duration // within which editors decide as a rule; zero for no reminders

	Catalogue *catalogue.Catalogue // in which selections are looked up that readers follow
	Theme     *theme.Current       // the words of the site
}

// Limits of the workers.
const (
	workers     = 2                // at once: mail servers like few connections
	rounds      = 1                // at once, with the digests that they queue
	outside     = 1                // at once, to people without an account
	roundEvery  = 5 * time.Minute  // what is due is a few minutes late at most
	jobTime     = time.Minute      // for one job; half of it is for the conversation with the mail server
	rescueAfter = 5 * time.Minute  // a job is started again after this if its program was killed
	softStop    = 10 * time.Second // for running jobs to finish when the program is stopped
)

// How long finished jobs are kept: sent mails for as long as people may ask "was it
// sent?", failed ones for longer than an administrator's holiday.
const (
	keepSent    = 7 * 24 * time.Hour
	keepGivenUp = 90 * 24 * time.Hour
)

// Queue is a group of running workers.
type Queue struct{ client *river.Client[pgx.Tx] }

// Start starts the workers, which run until Stop. While the database is unreachable
// they retry every second, and no job is lost.
func Start(ctx context.Context, s Settings) (*Queue, error) {
	bundle := river.NewWorkers()
	river.AddWorker(bundle, &mailer{Settings: s})
	river.AddWorker(bundle, &round{Settings: s})
	client, err := s.Store.Queue.Client(&river.Config{
		Queues:       map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}, store.RoundQueue: {MaxWorkers: rounds}, store.OutsideQueue: {MaxWorkers: outside}},
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(roundEvery), newRound, &river.PeriodicJobOpts{RunOnStart: true})},
		Workers:      bundle, JobTimeout: jobTime, RescueStuckJobsAfter: rescueAfter, SoftStopTimeout: softStop,
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

// Stop starts no more jobs and waits for running ones, at most until the context
// ends.
func (q *Queue) Stop(ctx context.Context) error { return q.client.Stop(ctx) }

// failureLog logs jobs that failed: their number and the class of the failure,
// nothing of their contents.
type failureLog struct{ log *slog.Logger }

// HandleError logs an error and leaves the retry to the worker.
func (l *failureLog) HandleError(_ context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	l.log.Warn("a job failed", "kind", job.Kind, "job", job.ID, "try", job.Attempt, "error", err)
	return nil
}

// HandlePanic logs a panic with its stack trace but without its value, which may
// contain anything.
func (l *failureLog) HandlePanic(_ context.Context, job *rivertype.JobRow, _ any, trace string) *river.ErrorHandlerResult {
	l.log.Error("a job panicked", "kind", job.Kind, "job", job.ID, "try", job.Attempt, "trace", trace)
	return nil
}
