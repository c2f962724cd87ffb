package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// How the catalogue is read at the start: in batches that are large enough for
// round trips not to matter and small enough to need little memory besides the
// index, on as many connections as keep one core of the database and one of the
// program busy.
const (
	loadBatch   = 2000
	loadReaders = 2
)

// Count counts the live practices. Errors: ErrAway.
func (s *Practices) Count(ctx context.Context) (size int, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from practice where state = 'live'`).Scan(&size)
	})
	if err != nil {
		return 0, fmt.Errorf("count practices: %w", err)
	}
	return size, nil
}

// Index loads every live practice into a new index, as of today. Errors:
// ErrAway.
func (s *Practices) Index(ctx context.Context, today time.Time) (*catalogue.Index, error) {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	var x *catalogue.Index
	err := s.ask(ctx, func(ctx context.Context, on db) (err error) {
		x, err = on.index(ctx, today)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load catalogue: %w", err)
	}
	return x, nil
}

// index loads the catalogue from one server.
func (d db) index(ctx context.Context, today time.Time) (*catalogue.Index, error) {
	var r catalogueReader
	var change int64
	var mark string
	err := d.snapshot(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `select number, mark, (select coalesce(max(number), 0) from practice), pg_export_snapshot()
			from catalogue_change join catalogue_mark using (number)`).Scan(&change, &mark, &r.last, &r.view)
		if err != nil {
			return err
		}
		all, ctx := errgroup.WithContext(ctx)
		for range loadReaders {
			all.Go(func() error { return d.snapshot(ctx, func(tx pgx.Tx) error { return r.read(ctx, tx) }) })
		}
		return all.Wait()
	})
	if err != nil {
		return nil, err
	}
	return r.built.Index(change, today).Marked(mark), nil
}

// catalogueReader is shared by the connections that load the catalogue.
type catalogueReader struct {
	view   string       // the exported snapshot that all of them share
	next   atomic.Int64 // the next batch
	last   int64        // the highest practice number
	adding sync.Mutex
	built  catalogue.Builder
}

// read loads batches until none is left.
func (r *catalogueReader) read(ctx context.Context, tx pgx.Tx) error {
	// The statement takes no parameters; the name is safe, as Postgres made it.
	if _, err := tx.Exec(ctx, `set transaction snapshot '`+r.view+`'`); err != nil {
		return err
	}
	for {
		from := (r.next.Add(1) - 1) * loadBatch
		if from > r.last {
			return nil
		}
		some, err := load(ctx, tx, scope{where: "p.number >= @from and p.number < @to and p.state = 'live'",
			lists: "practice >= @from and practice < @to", args: pgx.NamedArgs{"from": from, "to": from + loadBatch}, sections: true})
		if err != nil {
			return err
		}
		r.add(some)
	}
}

func (r *catalogueReader) add(some []practice.Practice) {
	r.adding.Lock()
	defer r.adding.Unlock()
	for i := range some {
		r.built.Add(&some[i])
	}
}

// Empty reports whether there has never been a practice. Errors: ErrAway.
func (s *Practices) Empty(ctx context.Context) (empty bool, err error) {
	if err = s.pool.QueryRow(ctx, `select not exists (select from practice)`).Scan(&empty); err != nil {
		return false, fmt.Errorf("look whether the catalogue is empty: %w", classify(err))
	}
	return empty, nil
}
