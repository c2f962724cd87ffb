package store

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
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

func lastChange(ctx context.Context, tx pgx.Tx) (change int64, err error) {
	err = tx.QueryRow(ctx, `select number from catalogue_change`).Scan(&change)
	return change, err
}

// renew applies to a catalogue what has changed since.
func (s *Practices) renew(ctx context.Context, c *catalogue.Catalogue) error {
	var changed []practice.Practice
	var removed []int64
	var change int64
	err := s.db.snapshot(ctx, func(tx pgx.Tx) (err error) {
		begin := c.Index().Change()
		if change, err = lastChange(ctx, tx); err != nil || change == begin {
			return err
		}
		since := pgx.NamedArgs{"since": begin}
		if changed, err = load(ctx, tx, scope{where: "p.change > @since and p.state = 'live'", args: since, sections: true}); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select number from practice where change > @since and state = 'archived'`, since)
		if err == nil {
			removed, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		}
		return err
	})
	if err == nil {
		c.Change(changed, removed, change)
	}
	return err
}

// Follow keeps a catalogue in step with the database until the context ends: at
// once when a change is announced, and every few seconds in case an
// announcement was lost. While the database is away the catalogue stays as it
// is. Now returns the current time.
func (s *Practices) Follow(ctx context.Context, c *catalogue.Catalogue, now func() time.Time) {
	f := follower{practices: s, catalogue: c, due: make(chan struct{}, 1)}
	settled := make(chan struct{})
	go func() { // settling takes time and must not delay changes
		defer close(settled)
		for range f.due {
			c.Settle(now())
		}
	}()
	defer func() { close(f.due); <-settled }()
	for ctx.Err() == nil {
		err := f.listen(ctx)
		if ctx.Err() != nil {
			return
		}
		if !f.away { // once per outage, not once per attempt
			f.away = true
			slog.Warn("the catalogue lost its database and goes on from memory", "error", err)
		}
		f.settle()
		select {
		case <-ctx.Done():
		case <-time.After(retryAfter):
		}
	}
}

// follower keeps one catalogue in step.
type follower struct {
	practices *Practices
	catalogue *catalogue.Catalogue
	due       chan struct{} // requests that the catalogue be settled
	away      bool          // whether the database is away
}

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
	conn, err := f.practices.pool.Acquire(ctx)
	if err != nil {
		return classify(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `listen `+channel); err != nil {
		return classify(err)
	}
	for {
		look, cancel := context.WithTimeout(ctx, followTime)
		err := f.practices.renew(look, f.catalogue)
		cancel()
		if err != nil {
			return err
		}
		f.settle()
		if f.away {
			f.away = false
			slog.Info("the database is back")
		}
		wait, cancel := context.WithTimeout(ctx, checkEvery)
		_, err = conn.Conn().WaitForNotification(wait)
		cancel()
		if err != nil && (ctx.Err() != nil || !pgconn.Timeout(err)) {
			return classify(err)
		}
	}
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
	if err := s.renew(ctx, c); err != nil {
		return fmt.Errorf("refresh the catalogue: %w", err)
	}
	return nil
}
