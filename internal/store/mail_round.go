package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// RoundJob is a look at what has become due: digests and reminders. What has been
// queued is noted in the same transaction, so that a round that is killed or worked
// twice neither loses nor doubles anything.
type RoundJob struct{}

// Kind names this type of job in the queue.
func (RoundJob) Kind() string { return "round" }

// RoundQueue is where rounds and digests wait: apart from other mails, so that a
// hundred digests in the morning hold up no link to a new password. Programs that know
// nothing of either do not work it.
const RoundQueue = "rounds"

// digestHour is the time of the day, in UTC, from which the digest is sent: before
// offices in Europe open, so that it has the day before.
const digestHour = 5 * time.Hour

// mostInDigest limits a digest to what a person may read and a mail server takes; what
// is more goes with the next one.
const mostInDigest = 200

// digestDay is when the last digest became due.
func digestDay(at time.Time) time.Time {
	return at.UTC().Add(-digestHour).Truncate(24 * time.Hour).Add(digestHour)
}

// QueueDigests queues a digest for everybody for whom mails wait since before the hour
// of digests, at most one a day. Errors: ErrAway.
func (s *Queue) QueueDigests(ctx context.Context, at time.Time) error {
	day := digestDay(at)
	rows, err := s.pool.Query(ctx, `select id from account a where coalesce(digested, '-infinity') < @day
		and exists (select from mail_waiting w where w.account = a.id and since < @day) order by id`, pgx.NamedArgs{"day": day})
	if err != nil {
		return fmt.Errorf("look for digests: %w", classify(err))
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[account.ID])
	for _, id := range due {
		err = errors.Join(err, pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return queueDigest(ctx, tx, id, day) }))
	}
	if err != nil {
		return fmt.Errorf("queue digests: %w", classify(err))
	}
	return nil
}

// queueDigest moves what waits for one account into a digest, unless another program
// has just done so.
func queueDigest(ctx context.Context, tx pgx.Tx, id account.ID, day time.Time) error {
	args := pgx.NamedArgs{"id": int64(id), "day": day, "most": mostInDigest}
	done, err := tx.Exec(ctx, `update account set digested = @day where id = @id and coalesce(digested, '-infinity') < @day`, args)
	if err != nil || done.RowsAffected() == 0 {
		return err
	}
	rows, err := tx.Query(ctx, `with gone as (delete from mail_waiting where id in (select id from mail_waiting
		where account = @id and since < @day order by id limit @most) returning id, job, since)
		select job, since from gone order by id`, args)
	if err != nil {
		return err
	}
	digest := MailJob{Mail: MailDigest, To: id}
	digest.Events, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (job MailJob, err error) {
		var text []byte
		var since time.Time
		if err = row.Scan(&text, &since); err == nil {
			err = json.Unmarshal(text, &job)
		}
		job.Since = since.UTC()
		return job, err
	})
	if err != nil || len(digest.Events) == 0 {
		return err
	}
	return insertMail(ctx, tx, digest)
}

// remindBefore is how long before the end of the usual time to decide editors are
// reminded: long enough to read a text, even over a weekend.
const remindBefore = 3 * 24 * time.Hour

// QueueReminders queues reminders of submissions for which the usual time to decide
// ends soon: to the assigned editor, or to all editors where nobody has it. There is
// one in each round of a submission, and none after that time. Errors: ErrAway.
func (s *Queue) QueueReminders(ctx context.Context, at time.Time, usual time.Duration) error {
	r := reminder{usual: usual, since: at.Add(-usual), until: at.Add(min(remindBefore, usual/2) - usual)}
	rows, err := s.pool.Query(ctx, `select id from submission where `+toRemind+` order by id`, r.args(0))
	if err != nil {
		return fmt.Errorf("look for reminders: %w", classify(err))
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[submission.ID])
	for _, id := range due {
		err = errors.Join(err, pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return r.queue(ctx, tx, id) }))
	}
	if err != nil {
		return fmt.Errorf("queue reminders: %w", classify(err))
	}
	return nil
}

// reminder is what is to be reminded of: what has waited since after one time and
// until another.
type reminder struct {
	usual        time.Duration
	since, until time.Time
}

const toRemind = `state = 'submitted' and reminded < round and since > @since and since <= @until`

func (r reminder) args(id submission.ID) pgx.NamedArgs {
	return pgx.NamedArgs{"id": int64(id), "since": r.since, "until": r.until}
}

// queue queues the reminders of one submission, unless another program has just done
// so or it has been decided.
func (r reminder) queue(ctx context.Context, tx pgx.Tx, id submission.ID) error {
	var since time.Time
	err := tx.QueryRow(ctx, `update submission set reminded = round where id = @id and `+toRemind+` returning since`,
		r.args(id)).Scan(&since)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	now, err := oneSubmission(ctx, tx, id)
	if err != nil {
		return err
	}
	editors, err := deskOf(ctx, tx, now)
	for _, to := range editors {
		err = errors.Join(err, queueMail(ctx, tx, MailJob{Mail: MailReminder, To: to, Submission: id, Due: since.Add(r.usual).UTC()}))
	}
	return err
}
