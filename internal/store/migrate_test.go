package store_test

import (
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// bare is a store on a database without any migration.
func bare(t *testing.T) *store.Store {
	t.Helper()
	s := testdb.Open(t)
	testdb.Exec(t, s, `drop schema public cascade`)
	testdb.Exec(t, s, `create schema public`)
	return s
}

// queueSteps is the number of the queue's own migrations in its version that we
// use; a later one may have more.
const queueSteps = 8

// steps is the number of all migrations.
func steps(t *testing.T) int {
	t.Helper()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%v, %v", names, err)
	}
	return len(names) + queueSteps
}

func pending(t *testing.T, s *store.Store) int {
	t.Helper()
	n, err := s.PendingMigrations(t.Context(), migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Programs that start together wait for one another.
func TestMigrateFromTwoSides(t *testing.T) {
	t.Parallel()
	s := bare(t)
	if n := pending(t, s); n != steps(t) {
		t.Errorf("%d pending at first", n)
	}
	other, err := store.Open(t.Context(), testdb.URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	applied := make([]int, 4)
	var group errgroup.Group
	for i := range applied {
		side := []*store.Store{s, other}[i%2]
		group.Go(func() (err error) {
			applied[i], err = side.Migrate(t.Context(), migrations.Files)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if sum := applied[0] + applied[1] + applied[2] + applied[3]; sum != steps(t) {
		t.Errorf("applied %v", applied)
	}
	if n := pending(t, s); n != 0 {
		t.Errorf("%d pending at last", n)
	}
}

// What a newer program has added is no hindrance; what it has taken away is.
func TestOlderProgramRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	testdb.Exec(t, s, `insert into goose_db_version (version_id, is_applied) values (90001, true)`)
	testdb.Exec(t, s, `insert into schema_requirement values (25, 'v1.0.0')`)
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil || pending(t, s) != 0 {
		t.Errorf("with a table more: %v", err)
	}
	testdb.Exec(t, s, `insert into schema_requirement values (90000, 'v9.0.0'), (90001, 'v9.1.0')`)
	_, migrating := s.Migrate(t.Context(), migrations.Files)
	_, asking := s.PendingMigrations(t.Context(), migrations.Files)
	for _, err := range []error{migrating, asking} {
		var newer store.NewerDatabase
		if !errors.As(err, &newer) || newer.Release != "v9.1.0" || !strings.Contains(err.Error(), "start Exempla v9.1.0 or newer") {
			t.Errorf("with a table less: %v", err)
		}
	}
}

func examine(t *testing.T, s *store.Store) map[string]store.Finding {
	t.Helper()
	list, err := s.Examine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]store.Finding{}
	for _, finding := range list {
		found[finding.Subject] = finding
	}
	return found
}

// Doctor prints these findings, so a good database must bear no advice.
func TestExamine(t *testing.T) {
	t.Parallel()
	for _, finding := range examine(t, testdb.Open(t)) {
		if finding.Advice != "" || finding.Found == "" {
			t.Errorf("a good database: %+v", finding)
		}
	}
	found := examine(t, bare(t))
	for _, subject := range []string{"extension unaccent", "extension pg_trgm"} {
		if got := found[subject]; got.Advice != "" || !strings.Contains(got.Found, "migrate") {
			t.Errorf("before migrations: %+v", got)
		}
	}
}

// unfit is a store on a new database in which only a–z are letters.
func unfit(t *testing.T, encoding string) *store.Store {
	t.Helper()
	s := testdb.Open(t)
	address, err := url.Parse(testdb.URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(address.Path, "/") + "c" // beginning like this process's databases, it goes with them
	testdb.Exec(t, s, `create database `+name+` template template0 encoding '`+encoding+`' locale 'C'`)
	address.Path = "/" + name
	opened, err := store.Open(t.Context(), address.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(opened.Close)
	return opened
}

// A database in which only a–z are letters could not be searched.
func TestExamineOfAnUnfitDatabase(t *testing.T) {
	t.Parallel()
	found := examine(t, unfit(t, "SQL_ASCII"))
	for _, subject := range []string{"encoding", "locale"} {
		if got := found[subject]; !strings.Contains(got.Advice, "createdb --encoding=UTF8") {
			t.Errorf("%+v", got)
		}
	}
}

// What people write would be lost in them, or found by nobody.
func TestDatabaseThatCannotSpellIsRefused(t *testing.T) {
	t.Parallel()
	for _, encoding := range []string{"SQL_ASCII", "LATIN1"} {
		s := unfit(t, encoding)
		_, migrating := s.Migrate(t.Context(), migrations.Files)
		restoring := s.Restore(t.Context(), migrations.Files, store.Shape{Schema: 1}, nil)
		for _, err := range []error{migrating, restoring} {
			if err == nil || !strings.Contains(err.Error(), encoding+", which cannot keep the letters of every script: make another database with: createdb") {
				t.Error(err)
			}
		}
		if err := s.Dump(t.Context(), nil); !errors.Is(err, store.ErrNoShape) {
			t.Errorf("something was made in it: %v", err)
		}
	}
	if _, err := unfit(t, "UTF8").Migrate(t.Context(), migrations.Files); err != nil {
		t.Errorf("only words are not found in it: %v", err)
	}
}
