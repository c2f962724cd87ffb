package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// channel is where writers of practices announce that something changed.
const channel = "catalogue"

// Waits of the follower: how long it trusts a silent line before it looks for
// itself, which is also how late a missed date change may be, and how long it
// lets a database rest that did not answer.
const (
	checkEvery = 5 * time.Second
	retryAfter = 500 * time.Millisecond
)

// Catalogue loads every live practice into a fresh index, seen from today.
func (s *Store) Catalogue(ctx context.Context, today time.Time) (*catalogue.Index, error) {
	var all []practice.Practice
	var change int64
	err := s.snapshot(ctx, func(tx pgx.Tx) (err error) {
		if change, err = lastChange(ctx, tx); err == nil {
			all, err = load(ctx, tx, scope{where: "p.state = 'live'"})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load catalogue: %w", err)
	}
	return catalogue.NewIndex(all, change, today), nil
}

func lastChange(ctx context.Context, tx pgx.Tx) (change int64, err error) {
	err = tx.QueryRow(ctx, `select number from catalogue_change`).Scan(&change)
	return change, err
}

// renew returns an index that holds what changed since, the same one when
// nothing did.
func (s *Store) renew(ctx context.Context, x *catalogue.Index, today time.Time) (*catalogue.Index, error) {
	x = dated(x, today)
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		change, err := lastChange(ctx, tx)
		if err != nil || change == x.Change() {
			return err
		}
		since := pgx.NamedArgs{"since": x.Change()}
		changed, err := load(ctx, tx, scope{where: "p.change > @since and p.state = 'live'", args: since})
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select number from practice where change > @since and state = 'archived'`, since)
		if err != nil {
			return err
		}
		removed, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err == nil {
			x = x.With(changed, removed, change)
		}
		return err
	})
	return x, err
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

// Follow keeps the catalogue in step with the database until the context ends:
// at once when a writer announces a change, and by looking every few seconds
// for what a lost line missed. While the database is away the catalogue stays
// as it is. Now tells the time.
func (s *Store) Follow(ctx context.Context, c *catalogue.Catalogue, now func() time.Time) {
	f := follower{store: s, catalogue: c, now: now}
	for ctx.Err() == nil {
		err := f.listen(ctx)
		if ctx.Err() != nil {
			return
		}
		if !f.away { // once an outage, not once a try
			f.away = true
			slog.Warn("the catalogue lost its database and goes on from memory", "error", err)
		}
		c.Replace(dated(c.Index(), now()))
		select {
		case <-ctx.Done():
		case <-time.After(retryAfter):
		}
	}
}

// follower is one catalogue on its way behind the database.
type follower struct {
	store     *Store
	catalogue *catalogue.Catalogue
	now       func() time.Time
	away      bool // whether the database was lost and has not come back
}

// dated is the index as seen from today.
func dated(x *catalogue.Index, today time.Time) *catalogue.Index {
	if sameDay(x.Today(), today) {
		return x
	}
	return x.On(today)
}

// listen follows on one connection until it breaks.
func (f *follower) listen(ctx context.Context) error {
	conn, err := f.store.pool.Acquire(ctx)
	if err != nil {
		return kind(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `listen `+channel); err != nil {
		return kind(err)
	}
	for {
		x, err := f.store.renew(ctx, f.catalogue.Index(), f.now())
		if err != nil {
			return err
		}
		f.catalogue.Replace(x)
		if f.away {
			f.away = false
			slog.Info("the database is back")
		}
		wait, cancel := context.WithTimeout(ctx, checkEvery)
		_, err = conn.Conn().WaitForNotification(wait)
		cancel()
		if err != nil && (ctx.Err() != nil || !pgconn.Timeout(err)) {
			return kind(err)
		}
	}
}

// announce gives the change being written its number and tells every follower
// when it is committed. It must come before any row of the change, for it also
// makes writers wait for one another.
func announce(ctx context.Context, tx pgx.Tx) (change int64, err error) {
	err = tx.QueryRow(ctx, `update catalogue_change set number = number + 1 returning number`).Scan(&change)
	if err == nil {
		_, err = tx.Exec(ctx, `select pg_notify(@channel, @change::bigint::text)`, pgx.NamedArgs{"channel": channel, "change": change})
	}
	return change, err
}

// broken reports whether a connection ended in the middle of an answer.
func broken(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) // the last two are how migrations see it
}
