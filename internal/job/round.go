package job

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"exempla/internal/store"
)

// round looks for what is due.
type round struct {
	river.WorkerDefaults[store.RoundJob]
	Settings
}

// newRound is what the queue starts at intervals, in one of the programs that share it.
func newRound() (river.JobArgs, *river.InsertOpts) {
	return store.RoundJob{}, &river.InsertOpts{Queue: store.RoundQueue}
}

// Work queues the digests, reminders and alerts that are due, and deletes what residents
// wrote and is no longer needed. Those that fail do not hold up the others, and are queued
// by the next round.
func (r *round) Work(ctx context.Context, _ *river.Job[store.RoundJob]) error {
	return errors.Join(r.Store.Queue.QueueDigests(ctx, r.Now()), r.Store.Queue.QueueReminders(ctx, r.Now(), r.Usual),
		r.Store.Enquiries.Forget(ctx, r.Now()), r.queueAlerts(ctx), r.Store.Subscriptions.Tidy(ctx, r.Now()), r.Store.Tries.Tidy(ctx, r.Now()))
}
