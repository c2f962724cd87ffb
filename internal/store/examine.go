package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
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
	var version string
	err := s.pool.QueryRow(ctx, `select current_setting('server_version_num')::int, current_setting('server_version')`).Scan(&number, &version)
	if err != nil {
		return nil, fmt.Errorf("examine database: %w", classify(err))
	}
	server := Finding{Subject: "server", Found: "PostgreSQL " + version}
	if number < oldestServer {
		server.Advice = "PostgreSQL 14 or newer is needed"
	}
	encoding, locale, err := s.Letters(ctx)
	if err != nil {
		return nil, err
	}
	list := []Finding{server, encoding, locale}
	writable, err := s.Writable(ctx)
	if err != nil {
		return nil, err
	}
	writing := Finding{Subject: "changes", Found: "are taken"}
	if !writable && s.ReadsOnly() {
		writing.Found = "are refused, on purpose: DATABASE_URL leads to the standby that EXEMPLA_READ_URL names, so that people can read and nothing else"
	} else if !writable {
		writing.Found = "are refused, because the server is read-only"
		writing.Advice = "let DATABASE_URL lead to the primary: with several hosts, add target_session_attrs=read-write"
	}
	list = append(list, writing)
	pooler, err := s.pooler(ctx)
	if err != nil {
		return nil, err
	}
	list = append(list, pooler)
	standbys, err := s.standbys(ctx)
	if err != nil {
		return nil, err
	}
	list = append(list, standbys...)
	for _, name := range []string{"unaccent", "pg_trgm"} {
		finding, err := s.extension(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("examine database: %w", classify(err))
		}
		list = append(list, finding)
	}
	return list, nil
}

// makeAnew is how a database is made that knows the letters of every script.
const makeAnew = "make another database with: createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 NAME, and name it in DATABASE_URL"

// Letters checks whether the database keeps the letters of every script, and whether it
// knows them as letters. Errors: ErrAway.
func (s *Store) Letters(ctx context.Context) (encoding, locale Finding, err error) {
	encoding, locale = Finding{Subject: "encoding"}, Finding{Subject: "locale"}
	err = s.pool.QueryRow(ctx, `select pg_encoding_to_char(encoding), datctype from pg_database where datname = current_database()`).
		Scan(&encoding.Found, &locale.Found)
	if err != nil {
		return encoding, locale, fmt.Errorf("look at the encoding of the database: %w", classify(err))
	}
	if encoding.Found != "UTF8" {
		encoding.Advice = makeAnew
	}
	if locale.Found == "C" || locale.Found == "POSIX" {
		locale.Advice = "with it, letters beyond a–z are not known as letters and cannot be searched: " + makeAnew
	}
	return encoding, locale, nil
}

// spells returns an error for a database that cannot keep the letters of every script:
// what people write would be refused, or kept as bytes that mean nothing to it.
func (s *Store) spells(ctx context.Context) error {
	encoding, _, err := s.Letters(ctx)
	if err == nil && encoding.Advice != "" {
		err = fmt.Errorf("the database has the encoding %s, which cannot keep the letters of every script: %s", encoding.Found, encoding.Advice)
	}
	return err
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
	case pooled:
		finding.Found, finding.Advice = "there is one, and no way around it", PoolerAdvice
	case s.direct != s.pool:
		finding.Found = "EXEMPLA_LISTEN_URL leads around it"
	}
	return finding, nil
}

// standbys finds out whether the lag of the standbys can be seen, if there are any. Errors:
// ErrAway.
func (s *Store) standbys(ctx context.Context) ([]Finding, error) {
	var connected, hidden int
	var user string
	err := s.pool.QueryRow(ctx, `select count(*), count(*) filter (where state is null), current_user from pg_stat_replication`).Scan(&connected, &hidden, &user)
	if err != nil || connected == 0 {
		return nil, classify(err)
	}
	finding := Finding{Subject: "standbys", Found: fmt.Sprintf("%d connected", connected)}
	if hidden > 0 {
		finding.Found += ", and how far they lag cannot be seen"
		finding.Advice = fmt.Sprintf("let the database's user see it, else no alert tells of it: grant pg_monitor to %s", pgx.Identifier{user}.Sanitize())
	}
	return []Finding{finding}, nil
}

// PoolerAdvice is what somebody has to know who connects through a pooler.
const PoolerAdvice = "name the address of the server itself in EXEMPLA_LISTEN_URL, or notifications, migrations and prepared statements fail " +
	"where the pooler lends connections for a transaction only"

// ErrElsewhere is the error for a way around a pooler that leads to another database.
var ErrElsewhere = errors.New("EXEMPLA_LISTEN_URL leads to another database than DATABASE_URL")

// identity asks which database this is; it is the same at the primary and its standbys.
const identity = `select system_identifier || ' ' || (select oid from pg_database where datname = current_database()) from pg_control_system()`

// Together reports whether the pooler and the way around it lead to the same database, and
// a replica that answers to a copy of it. Errors: ErrElsewhere, ErrNoReplica, ErrAway.
func (s *Store) Together(ctx context.Context) error {
	if s.reading != nil {
		r := s.reading.replica
		r.learn(ctx, s.pool)
		if err := r.Ping(ctx); errors.Is(err, ErrNoReplica) {
			return ErrNoReplica
		}
	}
	if s.direct == s.pool {
		return nil
	}
	var found [2]string
	for i, by := range []connections{s.pool, s.direct} {
		if err := by.QueryRow(ctx, identity).Scan(&found[i]); err != nil {
			return fmt.Errorf("compare two ways to the database: %w", classify(err))
		}
	}
	if found[0] != found[1] {
		return ErrElsewhere
	}
	return nil
}

// Pooled reports whether there is a pooler to which no way around is known. Errors: ErrAway.
func (s *Store) Pooled(ctx context.Context) (pooled bool, err error) {
	err = s.direct.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
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
	Version      string // of Postgres
	Schema       int64  // the last migration
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
	BackupName   string        // of its file
	Trial        time.Time     // when one was restored on trial; zero for never
	TrialName    string
}

// State returns the state of the database. Errors: ErrAway.
func (s *Store) State(ctx context.Context) (State, error) {
	var found State
	var oldest, lag float64
	var made, tried *time.Time
	err := s.pool.QueryRow(ctx, `select current_setting('server_version'), (select max(version_id) from goose_db_version where is_applied),
			current_setting('transaction_read_only') = 'off', pg_database_size(current_database()),
			(select number from catalogue_change), waiting, failing, given_up, oldest, standbys, lag,
			(select done from upkeep where task = @made), coalesce((select name from upkeep where task = @made), ''),
			(select done from upkeep where task = @tried), coalesce((select name from upkeep where task = @tried), '') from
		(select count(*) filter (where state not in ('cancelled', 'discarded')) as waiting, count(*) filter (where state = 'retryable') as failing,
			count(*) filter (where state in ('cancelled', 'discarded')) as given_up,
			coalesce(extract(epoch from now() - min(created_at) filter (where state not in ('cancelled', 'discarded'))), 0)::float8 as oldest
			from river_job where kind = 'mail' and state <> 'completed') mails,
		(select count(*) as standbys, coalesce(extract(epoch from max(replay_lag)), 0)::float8 as lag from pg_stat_replication) replication`,
		pgx.NamedArgs{"made": string(BackupMade), "tried": string(BackupChecked)}).
		Scan(&found.Version, &found.Schema, &found.Writable, &found.Bytes, &found.Change, &found.MailsWaiting, &found.MailsFailing, &found.MailsGivenUp, &oldest, &found.Standbys, &lag, &made, &found.BackupName, &tried, &found.TrialName)
	if err != nil {
		return State{}, fmt.Errorf("look at the state of the database: %w", classify(err))
	}
	found.MailsOldest, found.StandbyLag, found.Backup, found.Trial = seconds(oldest), seconds(lag), value(made), value(tried)
	return found, nil
}

// LittleRoom reports whether somebody has to see to a disk: with less than a gigabyte free,
// or than a tenth of it, in bytes.
func LittleRoom(free, size int64) bool { return free < 1_000_000_000 || free < size/10 }

// Trouble is something about a site that somebody has to see to.
type Trouble string

// Everything that can be wrong with a State.
const (
	ReadOnly      Trouble = "read_only"
	StandbyBehind Trouble = "standby_behind"
	MailsGivenUp  Trouble = "mails_given_up"
	MailsWait     Trouble = "mails_wait"
	BackupOld     Trouble = "backup_old"
	BackupUntried Trouble = "backup_untried"
	BackupLacks   Trouble = "backup_incomplete"
	ReplicaAway   Trouble = "replica_away"
	ReplicaBehind Trouble = "replica_behind"
	ReplicaOther  Trouble = "replica_other"
)

// From when on something is a trouble; the alerts of cmd/exempla/deploy have the same
// limits. A backup: a night was missed, and the morning after. A trial: a month and some
// days.
const (
	oldBackup = 36 * time.Hour
	oldTrial  = 35 * 24 * time.Hour
	longMail  = time.Hour
	longLag   = 30 * time.Second
)

// Troubles lists what somebody has to see to. A site that never made a backup may be
// backed up by other means.
func (s State) Troubles(now time.Time) (list []Trouble) {
	for _, t := range []struct {
		name Trouble
		is   bool
	}{
		{ReadOnly, !s.Writable}, {StandbyBehind, s.StandbyLag > longLag}, {MailsGivenUp, s.MailsGivenUp > 0}, {MailsWait, s.MailsOldest > longMail},
		{BackupOld, !s.Backup.IsZero() && now.Sub(s.Backup) > oldBackup},
		{BackupLacks, strings.Contains(s.BackupName, lacking)},
		{BackupUntried, !s.Backup.IsZero() && now.Sub(s.Trial) > oldTrial},
	} {
		if t.is {
			list = append(list, t.name)
		}
	}
	return list
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

// Node is a program that serves the site.
type Node struct {
	Name    string
	Version string
	Build   string
	Late    bool          // shows less of the catalogue than there was at its report before
	Silent  time.Duration // since its last report
}

// LongSilence is how long a node that runs is never silent.
const LongSilence = time.Minute

// Report notes that a node runs and shows the catalogue up to a change, and forgets nodes
// that were silent for a day. Errors: ErrAway.
func (s *Store) Report(ctx context.Context, n Node, change int64) error {
	var batch pgx.Batch
	batch.Queue(`insert into node (name, version, build, latest, late, seen) select @name, @version, @build, number, false, now() from catalogue_change
		on conflict (name) do update set version = excluded.version, build = excluded.build, latest = excluded.latest, late = @change < node.latest, seen = excluded.seen`,
		pgx.NamedArgs{"name": n.Name, "version": n.Version, "build": n.Build, "change": change})
	batch.Queue(`delete from node where seen < now() - interval '1 day'`)
	if err := s.pool.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("report a node: %w", classify(err))
	}
	return nil
}

// Leave forgets a node that ends. Errors: ErrAway.
func (s *Store) Leave(ctx context.Context, name string) error {
	if _, err := s.pool.Exec(ctx, `delete from node where name = @name`, pgx.NamedArgs{"name": name}); err != nil {
		return fmt.Errorf("forget a node: %w", classify(err))
	}
	return nil
}

// Nodes lists the nodes that were heard of within a day, by name. A standby knows none.
// Errors: ErrAway.
func (s *Store) Nodes(ctx context.Context) ([]Node, error) {
	rows, err := s.pool.Query(ctx, `select name, version, build, late, extract(epoch from now() - seen)::float8 from node order by name`)
	if err != nil {
		return nil, fmt.Errorf("list nodes: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n Node, err error) {
		var silent float64
		err = row.Scan(&n.Name, &n.Version, &n.Build, &n.Late, &silent)
		n.Silent = seconds(silent)
		return n, err
	})
	if err != nil {
		return nil, fmt.Errorf("list nodes: %w", classify(err))
	}
	return list, nil
}
