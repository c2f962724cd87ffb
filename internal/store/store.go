// Package store keeps everything in Postgres and is the only place with SQL.
// It knows the domain's values and nothing of pages, addresses or people's
// words for things.
package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Store is one database. What concerns one subject is a method of that subject;
// what concerns the database as a whole is a method of Store. All subjects share
// the same connections.
type Store struct {
	db
	Practices   *Practices
	Submissions *Submissions
	Accounts    *Accounts
	Credentials *Credentials
	Sessions    *Sessions
	Files       *Files
	Events      *Events
	Queue       *Queue
}

// Practices are the published and archived practices, and the search in them.
type Practices struct{ db }

// Submissions are the drafts and submissions with all that belongs to their
// review: revisions, decisions, comments and statistics.
type Submissions struct{ db }

// Accounts are the people who can sign in, and the invitations and links by
// which they come.
type Accounts struct{ db }

// Credentials are what people sign in with: passwords, second factors, recovery
// codes and passkeys.
type Credentials struct{ db }

// Files are the attachments. Their bytes are elsewhere; this is what is known
// of them.
type Files struct{ db }

// Events is the record of who did what, and when.
type Events struct{ db }

// Queue is the queue of mails.
type Queue struct{ db }

// db is what every subject needs: the connections to one database, those that
// are kept for searches, and the names that are indexed with practices.
type db struct {
	pool       *pgxpool.Pool
	searchPool *pgxpool.Pool
	names      Names
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
	searchPool, err := openSearchPool(ctx, settings)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	return newStore(db{pool: pool, searchPool: searchPool, names: names}), nil
}

func newStore(d db) *Store {
	return &Store{db: d, Practices: &Practices{d}, Submissions: &Submissions{d}, Accounts: &Accounts{d}, Credentials: &Credentials{d},
		Sessions: &Sessions{d}, Files: &Files{d}, Events: &Events{d}, Queue: &Queue{d}}
}

// Close returns all connections.
func (s *Store) Close() {
	s.searchPool.Close()
	s.pool.Close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return classify(s.pool.Ping(ctx)) }

// Settle brings the database to rest after much was written, so that nothing is
// left to do while people read.
func (s *Store) Vacuum(ctx context.Context) error {
	if _, err := s.pool.Exec(ctx, `vacuum`); err != nil {
		return fmt.Errorf("settle: %w", classify(err))
	}
	return nil
}

// snapshot runs read inside one consistent, read-only view of the database.
func (d db) snapshot(ctx context.Context, read func(pgx.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return classify(pgx.BeginTxFunc(ctx, d.pool, options, read))
}
