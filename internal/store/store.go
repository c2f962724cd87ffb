// Package store keeps everything in Postgres and is the only place with SQL.
// It knows the domain's values and nothing of pages, addresses or people's
// words for things.
package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/multitracer"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/theme"
)

// Store gives access to one database. Operations are grouped by subject; what
// concerns the database as a whole is a method of Store itself. All subjects
// share the same connections, and a transaction that spans several of them is
// handed from function to function as a pgx.Tx.
type Store struct {
	db
	Practices     *Practices
	Submissions   *Submissions
	Accounts      *Accounts
	Credentials   *Credentials
	Sessions      *Sessions
	Collections   *Collections
	Enquiries     *Enquiries
	Files         *Files
	Events        *Events
	Queue         *Queue
	Subscriptions *Subscriptions
	Tries         *Tries
	Certificates  *Certificates
	reading       *Store // by way of a replica; nil if there is none
	Themes        *Themes
}

// Practices are the practices that have been published, live and archived.
type Practices struct {
	db
	exports chan struct{} // held while a batch is read for a file
}

// Submissions are drafts and submitted texts, with everything that belongs to
// their review: revisions, decisions, comments, the lists of the desk and its
// statistics.
type Submissions struct{ db }

// Accounts are the people who can sign in, and the invitations and links that
// lead to an account.
type Accounts struct{ db }

// Credentials are what people sign in with: passwords, second factors, recovery
// codes and passkeys.
type Credentials struct{ db }

// Files holds what is known of attachments. Their bytes are kept elsewhere.
type Files struct{ db }

// Subscriptions are the readers who follow a selection by mail.
type Subscriptions struct{ db }

// Events is the audit log. It is only ever appended to.
type Events struct{ db }

// Queue holds the mails that wait to be sent.
type Queue struct{ db }

// db is what every subject needs.
type db struct {
	pool   connections
	direct connections // without a pooler between; the same as pool where there is none
	limits *limiter

	replica *replica // answers what is asked by ask and snapshot; nil if the pool does
	standby bool     // the pool leads to the replica
}

// Open prepares connections to the database at a Postgres URL. It does not
// connect: the first query finds out whether the server is there.
func Open(ctx context.Context, url string) (*Store, error) {
	limits := newLimiter()
	pool, err := connect(ctx, url, limits, anyServer)
	if err != nil {
		return nil, err
	}
	return newStore(db{pool: pool, direct: pool, limits: limits}), nil
}

// OpenPooled is Open for a URL that leads to a pooler, which lends a connection to the
// server for one transaction only. The direct one leads to the server itself, for what
// needs a connection of its own: notifications, the queue, migrations.
func OpenPooled(ctx context.Context, url, direct string) (*Store, error) {
	s, err := Open(ctx, direct)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(url, execMode) {
		separator := "?"
		if strings.Contains(url, "?") {
			separator = "&"
		}
		url += separator + execMode + "=exec" // a prepared statement is not there the next time
	}
	pool, err := connect(ctx, url, s.limits, anyServer)
	if err != nil {
		s.Close()
		return nil, err
	}
	return newStore(db{pool: pool, direct: s.direct, limits: s.limits}), nil
}

// execMode is the driver's parameter in a URL that says how it asks questions.
const execMode = "default_query_exec_mode"

// documents are the values that are kept as JSON. Without prepared statements the driver
// has to be told, as it does not ask the server.
var documents = []any{submission.Content{}, &submission.Correction{}, practice.Practice{}, MailJob{}, map[practice.Language]string{}, map[practice.Language]practice.CollectionText{}, theme.Theme{}}

func anyServer(context.Context, *pgx.Conn) error { return nil }

// connect prepares connections; each new one is shown to meet.
func connect(ctx context.Context, address string, limits *limiter, meet func(context.Context, *pgx.Conn) error) (connections, error) {
	settings, err := pgxpool.ParseConfig(address)
	if err != nil {
		return connections{}, fmt.Errorf("the address of the database cannot be used: %w", CheckURL(address))
	}
	settings.ConnConfig.Tracer = multitracer.New(limits, otelpgx.NewTracer()) // the latter costs nothing where nothing is traced
	settings.ConnConfig.ConnectTimeout = connectTime
	settings.ConnConfig.OnPgError = func(_ *pgconn.PgConn, err *pgconn.PgError) bool { return !closes(err) }
	settings.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		for _, document := range documents {
			conn.TypeMap().RegisterDefaultPgType(document, "jsonb")
		}
		return meet(ctx, conn)
	}
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return connections{}, fmt.Errorf("open store: %w", err)
	}
	return connections{pool}, nil
}

// CheckURL reports why the address of a database cannot be used. The error does not hold
// what may be a password.
func CheckURL(address string) error {
	_, err := pgxpool.ParseConfig(address)
	if err == nil {
		return nil
	}
	var whole *pgconn.ParseConfigError // it and an error of the URL repeat the address
	var malformed *url.Error
	if !errors.As(err, &whole) || errors.Unwrap(whole) == nil || errors.As(err, &malformed) {
		return errors.New("expected postgres://user:password@host:port/name, where a password has %40 for @, %2F for /, %3A for : and %25 for %")
	}
	return errors.Unwrap(whole)
}

func newStore(d db) *Store {
	return &Store{db: d, Practices: &Practices{d, make(chan struct{}, exportReaders)}, Submissions: &Submissions{d}, Accounts: &Accounts{d}, Credentials: &Credentials{d},
		Sessions: &Sessions{d}, Collections: &Collections{d}, Enquiries: &Enquiries{d}, Files: &Files{d}, Events: &Events{d}, Queue: &Queue{d}, Subscriptions: &Subscriptions{d}, Tries: &Tries{d}, Certificates: &Certificates{d}, Themes: &Themes{d}}
}

// Close closes all connections.
func (s *Store) Close() {
	s.pool.Close()
	s.direct.Close()
	if s.reading != nil {
		s.reading.replica.Close()
	}
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return classify(s.pool.Ping(ctx)) }

// Writable reports whether the database takes changes. Errors: ErrAway.
func (s *Store) Writable(ctx context.Context) (writable bool, err error) {
	err = s.pool.QueryRow(ctx, `select current_setting('transaction_read_only') = 'off'`).Scan(&writable)
	if err != nil {
		return false, fmt.Errorf("ask whether the database takes changes: %w", classify(err))
	}
	return writable, nil
}

// Vacuum does the clean-up that Postgres would otherwise do in the background
// after many writes, while people read. Errors: ErrAway.
func (s *Store) Vacuum(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	if _, err := s.pool.Exec(ctx, `vacuum`); err != nil {
		return fmt.Errorf("vacuum: %w", classify(err))
	}
	return nil
}

// connections are the pool whose transactions begin on a connection that lives.
type connections struct{ *pgxpool.Pool }

// Begin starts a transaction as BeginTx does.
func (c connections) Begin(ctx context.Context) (pgx.Tx, error) {
	return c.BeginTx(ctx, pgx.TxOptions{})
}

// BeginTx starts a transaction. Where its connection died since its last use, as all do
// when the database moves to another server, all that are idle are given up and it is
// started on a new one: nothing was asked of the old one yet.
func (c connections) BeginTx(ctx context.Context, options pgx.TxOptions) (pgx.Tx, error) {
	tx, err := c.Pool.BeginTx(ctx, options)
	if err != nil && died(err) {
		c.Reset()
		return c.Pool.BeginTx(ctx, options)
	}
	return tx, err
}

// mostTries is how often a change is tried that Postgres has refused because of what
// others did at the same time.
const mostTries = 3

// write runs change in a transaction. Where Postgres asks for it, because two changes
// waited for each other or did not fit together (40P01, 40001), it is rolled back and run
// again, so change must do nothing but write and set what it sets anew. Errors: those of
// change, ErrAway.
func (d db) write(ctx context.Context, change func(pgx.Tx) error) error {
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, d.pool, change)
		var server *pgconn.PgError
		if try == mostTries || !errors.As(err, &server) || server.Code != "40001" && server.Code != "40P01" {
			return classify(err)
		}
	}
}

// snapshot runs read inside a consistent, read-only view of the database; once more where
// a replica fails. Errors: those of read, ErrAway.
func (d db) snapshot(ctx context.Context, read func(pgx.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return d.ask(ctx, func(ctx context.Context, on db) error { return pgx.BeginTxFunc(ctx, on.pool, options, read) })
}

// question is a question for rows that may be put again.
type question struct {
	db
	sql  string
	args []any
}

func (d db) question(sql string, args ...any) question { return question{d, sql, args} }

// rowsOf puts a question as ask does. Errors: ErrAway.
func rowsOf[T any](ctx context.Context, q question, scan pgx.RowToFunc[T]) (list []T, err error) {
	err = q.ask(ctx, func(ctx context.Context, on db) error {
		rows, err := on.pool.Query(ctx, q.sql, q.args...)
		if err == nil {
			list, err = pgx.CollectRows(rows, scan)
		}
		return err
	})
	return list, err
}

// stamped returns nil for the zero time, for parameters in which null means
// none.
func stamped(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// value returns what p points at, or the zero value for nil.
func value[T any](p *T) T {
	var zero T
	return *cmp.Or(p, &zero)
}

// each calls scan for every row.
func each(rows pgx.Rows, scan func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers converts IDs to what Postgres takes.
func numbers[T ~int64](values []T) []int64 {
	list := make([]int64, 0, len(values))
	for _, v := range values {
		list = append(list, int64(v))
	}
	return list
}

// words converts string types to what Postgres takes.
func words[T ~string](values []T) []string {
	list := make([]string, 0, len(values))
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

// stated returns nil for zero, for columns in which null means not stated.
func stated(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
