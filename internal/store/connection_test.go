package store_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"sync"
	"testing"

	"exempla/internal/account"
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

// The address may lead from a standby to the server that takes changes: the connections
// to the standby are not used again after the first refusal.
func TestConnectionsToAStandbyAreGivenUp(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("a"))
	turn := func(how string) {
		testdb.Exec(t, s, `begin read write;
			do $$ begin execute format('alter database %I set default_transaction_read_only = `+how+`', current_database()); end $$;
			commit`)
	}
	turn("on")
	testdb.Exec(t, s, `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
	write := func() error {
		_, err := s.Practices.Import(t.Context(), many(1), tuesday, func(int) {})
		return err
	}
	await(t, "a connection that reads", func() bool { return s.Ping(t.Context()) == nil })
	if err := write(); !errors.Is(err, store.ErrAway) {
		t.Errorf("a change while the database is read-only: %v", err)
	}
	if writable, err := s.Writable(t.Context()); writable || err != nil {
		t.Errorf("writable: %v, %v", writable, err)
	}
	turn("off")
	// Each connection may be refused once.
	await(t, "a change after that", func() bool { return write() == nil })
}

// What Postgres refuses because of what others did at the same time is tried again.
func TestChangesAreTriedAgain(t *testing.T) {
	t.Parallel()
	for code, again := range map[string]bool{"40001": true, "40P01": true, "23514": false} {
		s := testdb.Open(t)
		id := person(t, s, account.Editor, "kim@example.org")
		testdb.Exec(t, s, `create sequence tries`)
		testdb.Exec(t, s, `create function refuse_once() returns trigger language plpgsql as $$ begin
			if nextval('tries') = 1 then raise exception using errcode = '`+code+`'; end if;
			return new;
		end $$`)
		testdb.Exec(t, s, `create trigger refusing before update on account for each row execute function refuse_once()`)
		err := s.Accounts.Change(t.Context(), id, account.Account{Role: account.Administrator}, store.Actor{By: id, At: tuesday})
		if tries := count(t, s, `select last_value from tries`); (err == nil) != again || (tries > 1) != again {
			t.Errorf("%s: %v after %d tries", code, err, tries)
		}
	}
}

// A change whose connection ended since its last use goes by another one, however many have ended.
func TestChangesBeginOnAConnectionThatLives(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	for round := range 20 {
		var busy sync.WaitGroup
		for range 4 {
			busy.Go(func() { s.Writable(t.Context()) })
		}
		busy.Wait()
		testdb.Exec(t, s, `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
		if _, err := s.Practices.Import(t.Context(), many(1), tuesday, func(int) {}); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
}

// A database that is not there, as while it is put back, is away: the server refuses the connection.
func TestADatabaseThatIsPutBackIsAway(t *testing.T) {
	t.Parallel()
	there, err := url.Parse(testdb.URL(t, testdb.Open(t)))
	if err != nil {
		t.Fatal(err)
	}
	there.Path = "/not_there_yet"
	s, err := store.Open(t.Context(), there.String())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	allAway(t, s)
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
