package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/rivermigrate"

	"exempla/migrations"
)

// Errors of a restore to be told apart with errors.Is.
var (
	ErrNotEmpty   = errors.New("the database is not empty")
	ErrOtherShape = errors.New("the database has another shape than the backup")
	ErrMayNot     = errors.New("the database's user may not make databases")
)

// Load fills a database. What it has written can be read through its Dump.
type Load struct {
	Dump
	known map[string]bool // names of tables
}

// ErrUnfinished is the error for a database in which nothing is but what an attempt to
// restore has left.
var ErrUnfinished = errors.New("a restore was not finished here: run exempla restore again, or take another place")

// Restore brings an empty database to a shape and lets fill write its rows. Rules
// between tables are checked at the end. All is kept or, on an error, nothing but tables
// of migrations, marked so that the next attempt takes them and no site does. Errors:
// those of fill, ErrNotEmpty, ErrOtherShape, ErrAway.
func (s *Store) Restore(ctx context.Context, steps fs.FS, wanted Shape, fill func(context.Context, *Load) error) error {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	if err := s.spells(ctx); err != nil {
		return err
	}
	// Asked before anything is made, for it may be a database of something else.
	err := pgx.BeginFunc(ctx, s.direct, func(tx pgx.Tx) error {
		begun, err := unfinished(ctx, tx)
		if err != nil || begun {
			return err
		}
		if err := errors.Join(foreign(ctx, tx), empty(ctx, tx)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `create table `+unfinishedTable+` ()`)
		return err
	})
	if err == nil {
		err = s.reach(ctx, steps, wanted)
	}
	if err == nil {
		err = pgx.BeginFunc(ctx, s.direct, func(tx pgx.Tx) error { return refill(ctx, tx, fill) })
	}
	if err != nil {
		return fmt.Errorf("fill the database: %w", classify(err))
	}
	return nil
}

// unfinishedTable is the mark of a restore: it goes in the transaction in which the rows
// come.
const unfinishedTable = "unfinished_restore"

func unfinished(ctx context.Context, q querier) (bool, error) {
	rows, err := q.Query(ctx, `select to_regclass(@name) is not null`, pgx.NamedArgs{"name": unfinishedTable})
	if err != nil {
		return false, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool])
}

// foreign returns ErrNotEmpty if there is a table of something else: in another schema, or
// beside none of the tables in which migrations are counted. Those of extensions are the
// server's.
func foreign(ctx context.Context, tx pgx.Tx) error {
	var name string
	err := tx.QueryRow(ctx, `select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't' and pg_has_role(c.relowner, 'member')
		and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
		and not (n.nspname = current_schema() and to_regclass('goose_db_version') is not null)
		and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
		order by 1 limit 1`).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("%w: the table %s is none of Exempla's", ErrNotEmpty, name)
	}
	return err
}

// empty returns ErrNotEmpty if any table has a row that migrations alone do not make.
func empty(ctx context.Context, tx pgx.Tx) error {
	list, err := lastingTables(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range list {
		where := ""
		if t.Name == "catalogue_change" {
			where = ` where number > 0`
		}
		var some bool
		if err := tx.QueryRow(ctx, `select exists (select from `+names([]Table{t})+where+`)`).Scan(&some); err != nil {
			return err
		}
		if some {
			return fmt.Errorf("%w: there are rows in %s", ErrNotEmpty, t.Name)
		}
	}
	return nil
}

// reach applies migrations until a database has a shape. Errors: ErrOtherShape.
func (s *Store) reach(ctx context.Context, steps fs.FS, wanted Shape) error {
	db := stdlib.OpenDBFromPool(s.direct.Pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps, goose.WithSlog(silent))
	if err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, wanted.Schema); err != nil {
		return err
	}
	migrator, err := s.queueMigrator()
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: int(wanted.Queue)}); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.direct, func(tx pgx.Tx) error {
		got, err := shape(ctx, tx)
		if err == nil && got != wanted {
			err = fmt.Errorf("%w: %d and %d, not %d and %d", ErrOtherShape, got.Schema, got.Queue, wanted.Schema, wanted.Queue)
		}
		return err
	})
}

// ShapeOf returns the shape that migrations and this program's queue lead to.
func (s *Store) ShapeOf(steps fs.FS) (Shape, error) {
	migrator, err := s.queueMigrator()
	if err != nil {
		return Shape{}, fmt.Errorf("migrations of the queue: %w", err)
	}
	all := migrator.AllVersions()
	return Shape{migrations.Newest(steps), int64(all[len(all)-1].Version)}, nil
}

// refill replaces the rows that migrations have made. Triggers say what people may do,
// and do what was done to these rows already; they are off meanwhile.
func refill(ctx context.Context, tx pgx.Tx, fill func(context.Context, *Load) error) error {
	d, err := newDump(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `lock table `+names(d.Tables)+` in access exclusive mode`); err != nil {
		return err
	}
	begun, err := unfinished(ctx, tx)
	if err == nil && !begun {
		err = fmt.Errorf("%w: somebody has restored a site meanwhile", ErrNotEmpty)
	}
	if err != nil {
		return err
	}
	load := &Load{*d, map[string]bool{}}
	for _, t := range d.Tables {
		load.known[t.Name] = true
	}
	if err := triggers(ctx, tx, d.Tables, "disable"); err != nil {
		return err
	}
	keys, err := dropForeignKeys(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `truncate `+names(d.Tables)); err != nil {
		return err
	}
	if err := fill(ctx, load); err != nil {
		return err
	}
	for _, sql := range keys {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	if err := triggers(ctx, tx, d.Tables, "enable"); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `drop table `+unfinishedTable+`; delete from catalogue_mark; insert into catalogue_mark (number) select number from catalogue_change;
		select pg_notify('`+channel+`', number::text) from catalogue_change`)
	return err
}

func triggers(ctx context.Context, tx pgx.Tx, list []Table, do string) error {
	for _, t := range list {
		if _, err := tx.Exec(ctx, `alter table `+names([]Table{t})+` `+do+` trigger user`); err != nil {
			return err
		}
	}
	return nil
}

// dropForeignKeys returns the statements that make the keys again, which checks all rows
// at once. So rows may come in any order.
func dropForeignKeys(ctx context.Context, tx pgx.Tx) (again []string, err error) {
	rows, err := tx.Query(ctx, `select format('alter table %s drop constraint %I', conrelid::regclass, conname),
		format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by conname`)
	if err != nil {
		return nil, err
	}
	var drops []string
	var drop, add string
	_, err = pgx.ForEachRow(rows, []any{&drop, &add}, func() error {
		drops, again = append(drops, drop), append(again, add)
		return nil
	})
	if err == nil {
		_, err = tx.Exec(ctx, strings.Join(drops, "; "))
	}
	return again, err
}

// Knows reports whether there is a table of this name to be filled.
func (l *Load) Knows(table string) bool { return l.known[table] }

// Fill adds rows to a table, in the form of Dump.Copy.
func (l *Load) Fill(ctx context.Context, t Table, rows io.Reader) error {
	_, err := l.tx.Conn().PgConn().CopyFrom(ctx, rows, `copy `+t.String()+` from stdin`)
	return err
}

// SetSequences lets numbers be given out from these on. A sequence that is not there or
// is ahead stays as it is.
func (l *Load) SetSequences(ctx context.Context, last map[string]int64) error {
	for name, number := range last {
		if _, err := l.tx.Exec(ctx, `select setval(to_regclass(quote_ident(sequencename)), @number) from pg_sequences
			where schemaname = current_schema() and sequencename = @name and coalesce(last_value, 0) < @number`,
			pgx.NamedArgs{"name": name, "number": number}); err != nil {
			return err
		}
	}
	return nil
}

// insufficientPrivilege is the code of Postgres for what its user may not do.
const insufficientPrivilege = "42501"

// scratchPrefix begins the names of databases that are there only for a while.
const scratchPrefix = "exempla_scratch_"

// WithScratch lets use have an empty database on the same server, which is dropped at
// the end. One that a killed program has left is dropped too. Errors: those of use,
// ErrMayNot, ErrAway.
func (s *Store) WithScratch(ctx context.Context, use func(*Store) error) (err error) {
	if err := s.dropScratch(ctx); err != nil {
		return fmt.Errorf("drop an old scratch database: %w", classify(err))
	}
	var encoding, collate, ctype string
	if err := s.pool.QueryRow(ctx, `select pg_encoding_to_char(encoding), datcollate, datctype from pg_database
		where datname = current_database()`).Scan(&encoding, &collate, &ctype); err != nil {
		return fmt.Errorf("make a scratch database: %w", classify(err))
	}
	name := scratchPrefix + strings.ToLower(rand.Text())
	long, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	if _, err := s.direct.Exec(long, `create database `+name+` template template0 encoding `+quoted(encoding)+
		` lc_collate `+quoted(collate)+` lc_ctype `+quoted(ctype)); err != nil {
		if server := new(pgconn.PgError); errors.As(err, &server) && server.Code == insufficientPrivilege {
			err = ErrMayNot
		}
		return fmt.Errorf("make a scratch database: %w", classify(err))
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), questionTime) // also when the program is asked to stop
		defer cancel()
		if _, e := s.direct.Exec(last, `drop database `+name+` with (force)`); e != nil {
			err = errors.Join(err, fmt.Errorf("drop the scratch database %s: %w", name, classify(e)))
		}
	}()
	settings := s.direct.Config()
	settings.ConnConfig.Database = name
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return fmt.Errorf("open the scratch database: %w", err)
	}
	defer pool.Close()
	return use(newStore(db{pool: connections{pool}, direct: connections{pool}, limits: s.limits}))
}

// dropScratch drops scratch databases that nobody uses.
func (s *Store) dropScratch(ctx context.Context) error {
	rows, err := s.pool.Query(ctx, `select datname from pg_database d where datname ~ @pattern
		and not exists (select from pg_stat_activity a where a.datid = d.oid)`, pgx.NamedArgs{"pattern": "^" + scratchPrefix + "[a-z2-7]{26}$"})
	if err != nil {
		return err
	}
	left, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, name := range left {
		if err == nil {
			_, err = s.direct.Exec(ctx, `drop database if exists `+name)
		}
	}
	return err
}

func quoted(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }
