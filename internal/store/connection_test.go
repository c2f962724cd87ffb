package store_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/migrations"
)

func newFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "exempla-away-")
	if err == nil {
		t.Cleanup(func() { os.RemoveAll(folder) })
		err = os.Chmod(folder, 0o711) // for the user who runs Postgres in place of root
	}
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// Without its database the site goes on from memory, and it comes back by
// itself.
func TestDatabaseGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	server := testdb.Private(t, folder)
	s, err := store.Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	importInto(t, s, made("a"))
	c := follow(t, s, onMonday)
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	allAway(t, s)
	if c.Index().Size() != 1 {
		t.Error("the catalogue lost its practice")
	}
	testdb.Private(t, folder)
	await(t, "the database", func() bool { return s.Ping(t.Context()) == nil })
	await(t, "a write", func() bool {
		_, err := s.Practices.Import(t.Context(), many(2), tuesday, func(int) {})
		return err == nil
	})
	await(t, "the follower", func() bool { return c.Index().Size() == 3 })
}

// allAway checks that every use of the store returns ErrAway.
func allAway(t *testing.T, s *store.Store) {
	t.Helper()
	for name, use := range map[string]func(ctx context.Context) error{
		"ping":      s.Ping,
		"practice":  func(ctx context.Context) error { _, err := s.Practices.Find(ctx, "a"); return err },
		"catalogue": func(ctx context.Context) error { _, err := s.Practices.Index(ctx, monday); return err },
		"import": func(ctx context.Context) error {
			_, err := s.Practices.Import(ctx, many(1), monday, func(int) {})
			return err
		},
		"migrate": func(ctx context.Context) error { _, err := s.Migrate(ctx, migrations.Files); return err },
		"pending": func(ctx context.Context) error { _, err := s.PendingMigrations(ctx, migrations.Files); return err },
		"examine": func(ctx context.Context) error { _, err := s.Examine(ctx); return err },
	} {
		for range 3 { // first on a connection that was good, then on a new one
			if err := use(t.Context()); !errors.Is(err, store.ErrAway) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
