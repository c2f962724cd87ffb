package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"exempla/migrations"
)

// lockTries limits the wait for another program that migrates the same
// database: one attempt a second for five minutes, longer than any migration
// takes.
const lockTries = 300

// NewerDatabase is the error for a database that newer programs have changed so far that this
// one must not use it.
type NewerDatabase struct{ Release string } // the oldest that may

// Error says what to do.
func (n NewerDatabase) Error() string {
	return "the database belongs to a newer program: start Exempla " + n.Release + " or newer"
}

// Migrate applies the pending migrations, this program's first and the queue's
// second, and returns how many were applied. Programs that start together wait
// for one another. Errors: NewerDatabase, ErrUnfinished, ErrAway, and that the database has another encoding
// than UTF-8.
func (s *Store) Migrate(ctx context.Context, steps fs.FS) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	if err := s.spells(ctx); err != nil {
		return 0, err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, lockTries))
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	db := stdlib.OpenDBFromPool(s.direct.Pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps,
		goose.WithSessionLocker(locker), goose.WithSlog(silent))
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	if err := s.suits(ctx, steps); err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	applied, err := provider.Up(ctx)
	if err != nil {
		return len(applied), fmt.Errorf("migrate: %w", classify(err))
	}
	queued, err := s.migrateQueue(ctx)
	if err != nil {
		return len(applied) + queued, fmt.Errorf("migrate the queue: %w", classify(err))
	}
	return len(applied) + queued, nil
}

// suits reports whether a program with these migrations may use the database, even if it
// does not know all of those that were applied.
func (s *Store) suits(ctx context.Context, steps fs.FS) error {
	var told bool
	begun, err := unfinished(ctx, s.direct)
	switch {
	case err != nil:
		return classify(err)
	case begun:
		return ErrUnfinished
	}
	if err := s.direct.QueryRow(ctx, `select to_regclass('schema_requirement') is not null`).Scan(&told); err != nil || !told {
		return classify(err)
	}
	var release string
	err = s.direct.QueryRow(ctx, `select release from schema_requirement where migration > @newest order by migration desc limit 1`,
		pgx.NamedArgs{"newest": migrations.Newest(steps)}).Scan(&release)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return classify(err)
	}
	return NewerDatabase{release}
}

// queueLock is the advisory lock for migrating the queue, which takes none
// itself. Any number will do that is not used elsewhere.
const queueLock = 7_283_109_441

// migrateQueue applies the migrations of the queue. Each runs in a transaction
// of its own, because one adds a value to a type that the next one uses; the
// lock is held by another transaction that does nothing else.
func (s *Store) migrateQueue(ctx context.Context) (applied int, err error) {
	migrator, err := s.queueMigrator()
	if err != nil {
		return 0, err
	}
	err = pgx.BeginFunc(ctx, s.direct, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fmt.Sprintf(`set local lock_timeout = '%ds'`, lockTries)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(@lock)`, pgx.NamedArgs{"lock": queueLock}); err != nil {
			return err
		}
		result, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		if err == nil {
			applied = len(result.Versions)
		}
		return err
	})
	return applied, err
}

func (s *Store) queueMigrator() (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(s.direct.Pool), &rivermigrate.Config{Logger: silent})
}

// PendingMigrations counts the migrations still to be applied, including those
// of the queue. Errors: NewerDatabase, ErrUnfinished, ErrAway.
func (s *Store) PendingMigrations(ctx context.Context, steps fs.FS) (int, error) {
	db := stdlib.OpenDBFromPool(s.direct.Pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps)
	if err != nil {
		return 0, fmt.Errorf("pending migrations: %w", err)
	}
	if err := s.suits(ctx, steps); err != nil {
		return 0, fmt.Errorf("pending migrations: %w", err)
	}
	statuses, err := provider.Status(ctx)
	if err != nil {
		return 0, fmt.Errorf("pending migrations: %w", classify(err))
	}
	pending := 0
	for _, status := range statuses {
		if status.State == goose.StatePending {
			pending++
		}
	}
	migrator, err := s.queueMigrator()
	if err != nil {
		return 0, fmt.Errorf("pending migrations: %w", err)
	}
	applied, err := migrator.ExistingVersions(ctx)
	if err != nil {
		return 0, fmt.Errorf("pending migrations: %w", classify(err))
	}
	return pending + len(migrator.AllVersions()) - len(applied), nil
}
