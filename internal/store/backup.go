package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrBusy means that somebody else does the same at the moment.
var ErrBusy = errors.New("already being done")

// ErrNoShape means that a database has no tables of this program.
var ErrNoShape = errors.New("no tables of Exempla")

// Shape says which migrations a database has: the numbers of the last ones of the
// program and of its queue.
type Shape struct {
	Schema int64 `json:"schema"`
	Queue  int64 `json:"queue"`
}

// Table is a table with the columns that a backup keeps.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"` // without generated ones
}

// Dump reads a database as it was at one moment, whatever is written meanwhile.
type Dump struct {
	Shape
	Change int64   // the last one of the catalogue
	Tables []Table // by name
	tx     pgx.Tx
}

// dumpLock is the advisory lock of whoever makes a backup. Any number will do that is
// not used elsewhere.
const dumpLock = 7_283_109_442

// plainText makes the text of values depend neither on the server nor on its settings,
// and lets nothing cut off what takes long.
const plainText = `select set_config(name, value, true) from (values ('TimeZone', 'UTC'), ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'),
	('extra_float_digits', '1'), ('bytea_output', 'hex'), ('statement_timeout', '0'), ('lock_timeout', '0'),
	('idle_in_transaction_session_timeout', '0')) as t (name, value)`

// lasting are the tables that a backup keeps. Not those that go with a crash, those of
// the migrations, which make the tables anew, and the marks of the catalogue's changes:
// a restored database gets a new one, so that it is never taken for the one before.
const lasting = ` from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
	and c.relname not in ('goose_db_version', 'river_migration', 'catalogue_mark', 'schema_requirement', '` + unfinishedTable + `')
	and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

// Dump lets read see everything that lasts in the database. It waits for no writer and
// makes none wait; only migrations wait for it. Errors: those of read, ErrBusy,
// ErrNoShape, ErrAway.
func (s *Store) Dump(ctx context.Context, read func(context.Context, *Dump) error) error {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		var alone bool
		if err := tx.QueryRow(ctx, `select pg_try_advisory_xact_lock(@lock)`, pgx.NamedArgs{"lock": dumpLock}).Scan(&alone); err != nil {
			return err
		}
		if !alone {
			return ErrBusy
		}
		d, err := newDump(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `lock table `+names(d.Tables)+` in access share mode`); err != nil {
			return err
		}
		return read(ctx, d)
	})
	if err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	return nil
}

// newDump reads what there is. Errors: ErrNoShape.
func newDump(ctx context.Context, tx pgx.Tx) (*Dump, error) {
	d := &Dump{tx: tx}
	var err error
	if _, err = tx.Exec(ctx, plainText); err != nil {
		return nil, err
	}
	if d.Shape, err = shape(ctx, tx); err != nil {
		return nil, err
	}
	if d.Queue == 0 {
		return nil, ErrNoShape
	}
	if d.Tables, err = lastingTables(ctx, tx); err != nil {
		return nil, err
	}
	return d, tx.QueryRow(ctx, `select number from catalogue_change`).Scan(&d.Change)
}

// shape is the zero value before all migrations.
func shape(ctx context.Context, tx pgx.Tx) (s Shape, err error) {
	var there bool
	err = tx.QueryRow(ctx, `select to_regclass('goose_db_version') is not null and to_regclass('river_migration') is not null`).Scan(&there)
	if err == nil && there {
		err = tx.QueryRow(ctx, `select (select coalesce(max(version_id), 0) from goose_db_version where is_applied),
			(select coalesce(max(version), 0) from river_migration)`).Scan(&s.Schema, &s.Queue)
	}
	return s, err
}

func lastingTables(ctx context.Context, q querier) ([]Table, error) {
	rows, err := q.Query(ctx, `select c.relname, array(select a.attname from pg_attribute a where a.attrelid = c.oid
			and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum)`+lasting+` order by c.relname collate "C"`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Table])
}

// String returns the table with its columns as SQL.
func (t Table) String() string {
	columns := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		columns[i] = pgx.Identifier{column}.Sanitize()
	}
	return pgx.Identifier{t.Name}.Sanitize() + ` (` + strings.Join(columns, ", ") + `)`
}

// names lists tables as SQL does.
func names(list []Table) string {
	var quoted []string
	for _, t := range list {
		quoted = append(quoted, pgx.Identifier{t.Name}.Sanitize())
	}
	return strings.Join(quoted, ", ")
}

// Copy writes the rows of a table, each on a line, as Postgres's COPY does.
func (d *Dump) Copy(ctx context.Context, t Table, to io.Writer) error {
	_, err := d.tx.Conn().PgConn().CopyTo(ctx, to, `copy `+t.String()+` to stdout`)
	return err
}

// Files lists the hashes of all attachments.
func (d *Dump) Files(ctx context.Context) ([]string, error) {
	rows, err := d.tx.Query(ctx, `select hash from attachment order by hash`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// Sequences returns the last numbers that were given out. They are not of one moment
// with the rows but later, and so never lower, if they are asked for last.
func (d *Dump) Sequences(ctx context.Context) (map[string]int64, error) {
	rows, err := d.tx.Query(ctx, `select sequencename, last_value from pg_sequences where schemaname = current_schema() and last_value is not null`)
	if err != nil {
		return nil, err
	}
	last := map[string]int64{}
	var name string
	var number int64
	_, err = pgx.ForEachRow(rows, []any{&name, &number}, func() error {
		last[name] = number
		return nil
	})
	return last, err
}

// Upkeep is what has to be done from time to time, and was.
type Upkeep string

// Everything that is noted when it has been done.
const (
	BackupMade    Upkeep = "backup"
	BackupChecked Upkeep = "check" // restored on trial
)

// Lacking is how a backup is noted that is without some files, of which it tells by its
// name: everything else in it is good, so it counts, but not as all is well.
func Lacking(name string, files int) string {
	if files == 0 {
		return name
	}
	return fmt.Sprintf("%s%s%d", name, lacking, files)
}

// lacking parts the name of a backup from how many files it lacks.
const lacking = "; files missing: "

// Note keeps when something was done last, and how it is called. Errors: ErrAway.
func (s *Store) Note(ctx context.Context, what Upkeep, name string, at time.Time) error {
	_, err := s.pool.Exec(ctx, `insert into upkeep (task, name, done) values (@task, @name, @at)
		on conflict (task) do update set name = excluded.name, done = excluded.done`,
		pgx.NamedArgs{"task": string(what), "name": name, "at": at})
	if err != nil {
		return fmt.Errorf("note a %s: %w", what, classify(err))
	}
	return nil
}

// Noted returns when something was done last: the zero time for never. Errors: ErrAway.
func (s *Store) Noted(ctx context.Context, what Upkeep) (name string, at time.Time, err error) {
	err = s.pool.QueryRow(ctx, `select name, done from upkeep where task = @task`, pgx.NamedArgs{"task": string(what)}).Scan(&name, &at)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", at, fmt.Errorf("look when there was a %s: %w", what, classify(err))
	}
	return name, at, nil
}
