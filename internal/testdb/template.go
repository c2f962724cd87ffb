package testdb

import (
	"context"
	"sync"
	"time"

	"exempla/internal/sample"
	"exempla/internal/store"
	"exempla/migrations"
)

// Each process creates its own templates on first use. A template kept on a
// shared server would hide that a changed store writes something different.
var (
	migrated = sync.OnceValues(func() (string, error) {
		return databases.prepare("template1", func(ctx context.Context, s *store.Store) error {
			_, err := s.Migrate(ctx, migrations.Files)
			return err
		})
	})
	sampled = sync.OnceValues(func() (string, error) {
		from, err := migrated()
		if err != nil {
			return "", err
		}
		return databases.prepare(from, importSample)
	})
)

// sampleTime is when the sample catalogue was imported, the same in every run.
var sampleTime = time.Date(2026, time.January, 2, 3, 4, 5, 0, time.UTC)

func importSample(ctx context.Context, s *store.Store) error {
	practices, err := sample.Practices()
	if err != nil {
		return err
	}
	if _, err = s.Practices.Import(ctx, practices, sampleTime, func(int) {}); err != nil {
		return err
	}
	collections, err := sample.Collections()
	if err != nil {
		return err
	}
	return s.Collections.Add(ctx, collections, sampleTime)
}

// prepare creates a database to clone, fills it and disconnects from it.
func (s server) prepare(from string, fill func(context.Context, *store.Store) error) (name string, err error) {
	ctx := context.Background() // the template outlives the test that happens to be first
	name, err = s.create(ctx, from)
	if err != nil {
		return "", err
	}
	filled, err := store.Open(ctx, s.urlOf(name))
	if err != nil {
		return "", err
	}
	defer filled.Close()
	return name, fill(ctx, filled)
}
