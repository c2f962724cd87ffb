package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/catalogue"
	"exempla/internal/theme"
)

// channel is the notification channel on which changes of practices are
// announced.
const channel = "catalogue"

// Delays of the follower: after how long a silence it checks for changes
// itself, which is also how late it may notice a new date, and how long it
// waits before it tries again to reach the database.
const (
	checkEvery = 5 * time.Second
	retryAfter = 500 * time.Millisecond
)

// goBackAfter is for how long the primary may be away before the list is what a replica
// has that did not get the last change.
const goBackAfter = 2 * time.Second

// ErrOtherHistory means that the database does not have the last change of a
// catalogue: it was restored, or a standby took over that had not got it yet.
var ErrOtherHistory = errors.New("the database has another history")

// renew applies to a catalogue what has changed since. Errors: ErrOtherHistory,
// ErrAway.
func (d db) renew(ctx context.Context, c *catalogue.Catalogue) error {
	u := catalogue.Update{Since: c.Index()}
	err := d.snapshot(ctx, func(tx pgx.Tx) (err error) {
		since := pgx.NamedArgs{"since": u.Since.Change()}
		var known string
		err = tx.QueryRow(ctx, `select number, mark, coalesce((select mark from catalogue_mark where number = @since), '')
			from catalogue_change join catalogue_mark using (number)`, since).Scan(&u.Change, &u.Mark, &known)
		if err == nil && known != u.Since.Mark() {
			err = ErrOtherHistory
		}
		if err != nil || u.Change == u.Since.Change() {
			return err
		}
		if u.Changed, err = load(ctx, tx, scope{where: "p.change > @since and p.state = 'live'", args: since, sections: true}); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select number from practice where change > @since and state = 'archived'`, since)
		if err == nil {
			u.Removed, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		}
		return err
	})
	if err == nil {
		c.Change(u)
		c.Compared(time.Now())
	}
	return err
}

// reread replaces a catalogue that has another history than the database. Readers
// get what they had until all is read. Errors: ErrAway.
func (d db) reread(ctx context.Context, c *catalogue.Catalogue) error {
	slog.Warn("the database does not have the last change that is shown; the catalogue is read anew", "change", c.Index().Change())
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	x, err := d.index(ctx, c.Index().Today())
	if err != nil {
		return err
	}
	c.Replace(x)
	c.Compared(time.Now())
	slog.Info("the catalogue has been read anew", "change", x.Change())
	return nil
}

// Follow keeps a catalogue, and how the site looks, in step with the database until the
// context ends: at once when a change is announced, and every few seconds in case an
// announcement was lost. While the database is away they stay as they
// are. Now returns the current time.
func (s *Practices) Follow(ctx context.Context, c *catalogue.Catalogue, look *theme.Current, now func() time.Time) {
	f := follower{practices: s, catalogue: c, shown: look, due: make(chan struct{}, 1)}
	settled := make(chan struct{})
	go func() { // settling takes time and must not delay changes
		defer close(settled)
		for range f.due {
			c.Settle(now())
		}
	}()
	defer func() { close(f.due); <-settled }()
	defer f.watch(ctx)()
	for ctx.Err() == nil {
		err := f.listen(ctx)
		if errors.Is(err, ErrOtherHistory) { // its connection is free by now, for reading takes several
			err = f.primary().reread(ctx, c)
		}
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return
		}
		if f.away.CompareAndSwap(0, time.Now().UnixNano()) { // once per outage, not once per attempt
			slog.Warn("the catalogue lost its database and goes on from memory", "error", err)
		}
		f.settle()
		select {
		case <-ctx.Done():
		case <-time.After(retryAfter):
		}
	}
}

// follower keeps one program in step.
type follower struct {
	practices *Practices
	catalogue *catalogue.Catalogue
	due       chan struct{} // requests that the catalogue be settled
	away      atomic.Int64  // since when the database is away, as nanoseconds of Unix time; 0 if it is there
	shown     *theme.Current
}

func (f *follower) primary() db { return f.practices.at(f.practices.pool) }

// settle requests that the catalogue be settled soon, unless that is pending
// already.
func (f *follower) settle() {
	select {
	case f.due <- struct{}{}:
	default:
	}
}

// listen follows changes on one connection until it breaks.
func (f *follower) listen(ctx context.Context) error {
	conn, err := f.practices.direct.Acquire(ctx)
	if err != nil {
		return classify(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `listen `+channel); err != nil {
		return classify(err)
	}
	var announced int64
	for {
		look, cancel := context.WithTimeout(ctx, followTime)
		err := f.look(look, announced)
		cancel()
		if err != nil {
			return err
		}
		f.settle()
		if f.away.Swap(0) != 0 {
			slog.Info("the database is back")
		}
		wait, cancel := context.WithTimeout(ctx, checkEvery)
		told, err := conn.Conn().WaitForNotification(wait)
		cancel()
		if err != nil && (ctx.Err() != nil || !pgconn.Timeout(err)) {
			return classify(err)
		}
		announced = 0
		if err == nil {
			announced, _ = strconv.ParseInt(told.Payload, 10, 64)
		}
	}
}

// look brings all that is followed up to date. The number of a change is shown by the
// catalogue, so that comes last: who waits for the change finds the site's look as well.
func (f *follower) look(ctx context.Context, announced int64) error {
	if err := f.primary().renewTheme(ctx, f.shown); err != nil {
		return classify(err)
	}
	return f.renew(ctx, announced)
}

// renew reads what has changed: from the replica if it has, at once or soon, the change
// that was announced; else from the primary, which also knows what was put back.
func (f *follower) renew(ctx context.Context, announced int64) error {
	r := f.practices.replica
	if r != nil && announced > 0 && r.await(ctx, announced) && announced > f.catalogue.Index().Change() {
		err := r.try(ctx, func(ctx context.Context) error { return f.practices.at(r.connections).renew(ctx, f.catalogue) })
		if err == nil || ctx.Err() != nil {
			return err
		}
		r.fails(ctx, err)
	}
	return f.primary().renew(ctx, f.catalogue)
}

// watch looks at the replica every second until the function that it returns is called,
// and follows it where the primary tells nothing.
func (f *follower) watch(ctx context.Context) (end func()) {
	r := f.practices.replica
	if r == nil {
		return func() {}
	}
	r.shown.Store(f.catalogue)
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		told := Trouble("")
		for again := time.NewTicker(lookEvery); ctx.Err() == nil; {
			if r.kin.Load() == "" || r.alien.Load() {
				r.learn(ctx, f.practices.pool)
			}
			if r.look(ctx) == nil {
				f.followReplica(ctx, r)
			}
			told = r.tell(told)
			select {
			case <-ctx.Done():
			case <-again.C:
			}
		}
	}()
	return func() { stop(); <-ended }
}

// followReplica reads what a replica has and the program does not show, as while the
// primary is silent. While the primary is away the replica is right even if it has another
// history or, after some time, less: what is shown can be read then, and more comes back.
func (f *follower) followReplica(ctx context.Context, r *replica) {
	on, err := f.practices.at(r.connections), error(nil)
	since := f.away.Load()
	switch has, shown := r.has.Load(), f.catalogue.Index().Change(); {
	case has > shown:
		ctx, cancel := context.WithTimeout(ctx, followTime)
		defer cancel()
		if err = on.renewTheme(ctx, f.shown); err == nil {
			err = on.renew(ctx, f.catalogue)
		}
	case since != 0 && (has == otherHistory || has < shown && time.Since(time.Unix(0, since)) > goBackAfter):
		err = errors.Join(on.renewTheme(ctx, f.shown), on.reread(ctx, f.catalogue))
	default:
		return
	}
	if err != nil {
		slog.Warn("the replica cannot be followed", "error", err)
		return
	}
	f.settle()
}

// announce numbers the change that is being written and notifies every follower
// once it is committed. It must come before any row of the change, because it
// also makes writers wait for one another.
func announce(ctx context.Context, tx pgx.Tx) (change int64, err error) {
	err = tx.QueryRow(ctx, `update catalogue_change set number = number + 1 returning number`).Scan(&change)
	if err == nil {
		_, err = tx.Exec(ctx, `select pg_notify(@channel, @change::bigint::text)`, pgx.NamedArgs{"channel": channel, "change": change})
	}
	return change, err
}

// Refresh brings a catalogue up to date at once, so that those who have just
// changed it see the change on their next page. Other programs follow within a
// second. Errors: ErrAway.
func (s *Practices) Refresh(ctx context.Context, c *catalogue.Catalogue) error {
	// With another history all is read anew, which takes long: the follower does it.
	if err := s.at(s.pool).renew(ctx, c); err != nil && !errors.Is(err, ErrOtherHistory) {
		return fmt.Errorf("refresh the catalogue: %w", err)
	}
	return nil
}
