package store

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// lockTries bounds the wait for another program that migrates the same
// database: one try a second for five minutes, longer than any migration here.
const lockTries = 300

// Migrate brings the database to the shape this program needs. Programs that
// start together wait for one another. It returns how many steps were applied.
func (s *Store) Migrate(ctx context.Context, steps fs.FS) (int, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, lockTries))
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps,
		goose.WithSessionLocker(locker), goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	applied, err := provider.Up(ctx)
	if err != nil {
		return len(applied), fmt.Errorf("migrate: %w", kind(err))
	}
	return len(applied), nil
}

// Pending is the number of migrations that the database still lacks.
func (s *Store) Pending(ctx context.Context, steps fs.FS) (int, error) {
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps)
	if err != nil {
		return 0, fmt.Errorf("pending migrations: %w", err)
	}
	statuses, err := provider.Status(ctx)
	if err != nil {
		return 0, fmt.Errorf("pending migrations: %w", kind(err))
	}
	pending := 0
	for _, status := range statuses {
		if status.State == goose.StatePending {
			pending++
		}
	}
	return pending, nil
}
