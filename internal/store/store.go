// Package store keeps everything in Postgres and is the only place with SQL.
// It knows the domain's values and nothing of pages, addresses or people's
// words for things.
package store

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Kinds of errors, to be told apart with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrAway     = errors.New("database away")    // no connection, or none in time
	ErrSlow     = errors.New("search took long") // and was cut off; the database is well
)

// Moved is the error for an address that a practice had once.
type Moved struct{ Slug string } // where it is now

// Error names the new address.
func (m Moved) Error() string { return "moved to " + m.Slug }

// Archived is the error for a practice that is no longer shown.
type Archived struct{ Reason string } // in an editor's words

// Error does not repeat the reason, which is for the page.
func (a Archived) Error() string { return "archived" }

// Store is a pool of connections to one database, and another for searches.
type Store struct {
	pool    *pgxpool.Pool
	seekers *pgxpool.Pool
	names   Names
}

// Names gives the names of a country or topic, by its code or key, in all
// languages of the interface, so that a search for "Griechenland" finds what
// happened in Greece, and "Geflüchtete" what is about refugees.
type Names func(key string) []string

// Open connects to the database at a Postgres URL. It waits for nothing: the
// first use finds out whether the server is there.
func Open(ctx context.Context, url string, names Names) (*Store, error) {
	settings, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The error of the parser repeats the address, password included.
		return nil, errors.New("open store: the database address cannot be read; expected postgres://user:password@host:port/name")
	}
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	seekers, err := openSeekers(ctx, settings)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	return &Store{pool: pool, seekers: seekers, names: names}, nil
}

// Close returns all connections.
func (s *Store) Close() {
	s.seekers.Close()
	s.pool.Close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return kind(s.pool.Ping(ctx)) }

// kind marks errors that mean "no database" as ErrAway and leaves others be.
func kind(err error) error {
	var network *net.OpError
	var connect *pgconn.ConnectError
	var server *pgconn.PgError
	switch {
	case err == nil, errors.Is(err, ErrAway):
		return err
	case errors.As(err, &server):
		// Class 57 is operator intervention, 53 insufficient resources, 08 connection trouble.
		if class := server.Code[:2]; class == "57" || class == "53" || class == "08" {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	case errors.As(err, &network), errors.As(err, &connect), pgconn.Timeout(err), broken(err):
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}
