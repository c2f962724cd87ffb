package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// oldestServer is the first version of Postgres with all features used here.
const oldestServer = 140000

// Finding is the result of one check of the database's set-up.
type Finding struct {
	Subject string
	Found   string
	Advice  string // how to fix it; empty when all is well
}

// Examine checks everything that the server must provide. Errors: ErrAway.
func (s *Store) Examine(ctx context.Context) ([]Finding, error) {
	var number int
	var version, encoding, ctype string
	err := s.pool.QueryRow(ctx, `select current_setting('server_version_num')::int, current_setting('server_version'),
		pg_encoding_to_char(encoding), datctype from pg_database where datname = current_database()`).
		Scan(&number, &version, &encoding, &ctype)
	if err != nil {
		return nil, fmt.Errorf("examine database: %w", classify(err))
	}
	list := []Finding{{Subject: "server", Found: "PostgreSQL " + version}, {Subject: "encoding", Found: encoding},
		{Subject: "locale", Found: ctype}}
	if number < oldestServer {
		list[0].Advice = "PostgreSQL 14 or newer is needed"
	}
	if encoding != "UTF8" {
		list[1].Advice = "create the database anew with encoding 'UTF8'"
	}
	if ctype == "C" || ctype == "POSIX" {
		list[2].Advice = "create the database anew with locale 'C.UTF-8' or a language's UTF-8 locale; " +
			"with this one, letters beyond a–z are not known as letters and cannot be searched"
	}
	writable, err := s.Writable(ctx)
	if err != nil {
		return nil, err
	}
	writing := Finding{Subject: "changes", Found: "are taken"}
	if !writable {
		writing.Found = "are refused, because the server is read-only"
		writing.Advice = "let DATABASE_URL lead to the primary: with several hosts, add target_session_attrs=read-write"
	}
	list = append(list, writing)
	pooler, err := s.pooler(ctx)
	if err != nil {
		return nil, err
	}
	list = append(list, pooler)
	for _, name := range []string{"unaccent", "pg_trgm"} {
		finding, err := s.extension(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("examine database: %w", classify(err))
		}
		list = append(list, finding)
	}
	return list, nil
}

// pooler finds out whether something stands between this program and the server: then
// the number of the server's process is another one than the connection was told. Errors:
// ErrAway.
func (s *Store) pooler(ctx context.Context) (Finding, error) {
	finding := Finding{Subject: "pooler", Found: "none"}
	pooled, err := s.Pooled(ctx)
	switch {
	case err != nil:
		return finding, err
	case s.direct != s.pool:
		finding.Found = "EXEMPLA_LISTEN_URL leads around it"
	case pooled:
		finding.Found, finding.Advice = "there is one, and no way around it", PoolerAdvice
	}
	return finding, nil
}

// PoolerAdvice is what somebody has to know who connects through a pooler.
const PoolerAdvice = "name the address of the server itself in EXEMPLA_LISTEN_URL, or notifications, migrations and prepared statements fail " +
	"where the pooler lends connections for a transaction only"

// Pooled reports whether there is a pooler to which no way around is known. Errors: ErrAway.
func (s *Store) Pooled(ctx context.Context) (pooled bool, err error) {
	if s.direct != s.pool {
		return false, nil
	}
	err = s.pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		var process uint32
		// A prepared statement might be another server.s.
		err := conn.QueryRow(ctx, `select pg_backend_pid()`, pgx.QueryExecModeExec).Scan(&process)
		pooled = process != conn.Conn().PgConn().PID()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look for a pooler: %w", classify(err))
	}
	return pooled, nil
}

func (s *Store) extension(ctx context.Context, name string) (Finding, error) {
	finding := Finding{Subject: "extension " + name}
	var available, installed bool
	err := s.pool.QueryRow(ctx, `select exists (select from pg_available_extensions where name = @name),
		exists (select from pg_extension where extname = @name)`, pgx.NamedArgs{"name": name}).Scan(&available, &installed)
	switch {
	case installed:
		finding.Found = "installed"
	case available:
		finding.Found = "available; migrate installs it"
	default:
		finding.Found = "missing"
		finding.Advice = "install the contrib package of this PostgreSQL on its server"
	}
	return finding, err
}

// State is what an operator watches of a database.
type State struct {
	Writable     bool
	Bytes        int64         // of the database, on disk
	Change       int64         // the last one of the catalogue
	MailsWaiting int           // to be tried, those that have failed included
	MailsFailing int           // tried in vain at least once, and to be tried again
	MailsGivenUp int           // never tried again by themselves
	MailsOldest  time.Duration // for which the mail that waits longest has waited
	Standbys     int
	StandbyLag   time.Duration // of the slowest one; 0 if this database's user may not know
	Backup       time.Time     // when the last one was made; zero for never
	Trial        time.Time     // when one was restored on trial; zero for never
}

// State returns the state of the database. Errors: ErrAway.
func (s *Store) State(ctx context.Context) (State, error) {
	var found State
	var oldest, lag float64
	var made, tried *time.Time
	err := s.pool.QueryRow(ctx, `select current_setting('transaction_read_only') = 'off', pg_database_size(current_database()),
			(select number from catalogue_change), waiting, failing, given_up, oldest, standbys, lag,
			(select done from upkeep where task = @made), (select done from upkeep where task = @tried) from
		(select count(*) filter (where state not in ('cancelled', 'discarded')) as waiting, count(*) filter (where state = 'retryable') as failing,
			count(*) filter (where state in ('cancelled', 'discarded')) as given_up,
			coalesce(extract(epoch from now() - min(created_at) filter (where state not in ('cancelled', 'discarded'))), 0)::float8 as oldest
			from river_job where kind = 'mail' and state <> 'completed') mails,
		(select count(*) as standbys, coalesce(extract(epoch from max(replay_lag)), 0)::float8 as lag from pg_stat_replication) replication`,
		pgx.NamedArgs{"made": string(BackupMade), "tried": string(BackupChecked)}).
		Scan(&found.Writable, &found.Bytes, &found.Change, &found.MailsWaiting, &found.MailsFailing, &found.MailsGivenUp, &oldest, &found.Standbys, &lag, &made, &tried)
	if err != nil {
		return State{}, fmt.Errorf("look at the state of the database: %w", classify(err))
	}
	found.MailsOldest, found.StandbyLag, found.Backup, found.Trial = seconds(oldest), seconds(lag), value(made), value(tried)
	return found, nil
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// Connections are those to the database.
type Connections struct {
	InUse, Idle, Most int
	Waits             int64 // for one, because all were in use
}

// Connections counts the connections to the database.
func (s *Store) Connections() Connections {
	stat := s.pool.Stat()
	return Connections{InUse: int(stat.AcquiredConns()), Idle: int(stat.IdleConns()), Most: int(stat.MaxConns()), Waits: stat.EmptyAcquireCount()}
}
