// Package testdb gives every test a database of its own on a real Postgres:
// the one that DATABASE_URL names, else a private one that lives as long as
// the test process. It knows nothing of what tests do with it, and it never
// lets them go without: no Postgres is a failure.
//
// A package that uses it has a TestMain that calls Main.
package testdb

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/locale"
	"exempla/internal/store"
)

// databases are those of this process, on the server that Main found.
var databases server

// addresses holds the address (string) of every open *store.Store.
var addresses sync.Map

// Main runs the tests of a package between the start and the end of a Postgres
// server, then exits the process; 1 when there is no server.
func Main(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "test database:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	ctx := context.Background()
	databases, err = findServer(ctx)
	if err != nil {
		return 1, err
	}
	code = m.Run()
	return code, databases.cleanUp(ctx)
}

// Open returns a store on a fresh database with every migration applied. Both
// end with the test.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return openFrom(t, migrated)
}

// OpenSample returns a store like Open, with the sample catalogue imported.
func OpenSample(t testing.TB) *store.Store {
	t.Helper()
	return openFrom(t, sampled)
}

// URL is the address of a store's database, for what a test must do behind the
// store's back.
func URL(t testing.TB, s *store.Store) string {
	t.Helper()
	address, ok := addresses.Load(s)
	if !ok {
		t.Fatal("test database: the store is not from Open or OpenSample")
	}
	return address.(string)
}

// Exec runs one statement in a store's database, for what a test must do behind
// the store's back.
func Exec(t testing.TB, s *store.Store, sql string, args ...any) {
	t.Helper()
	if err := Try(t, s, sql, args...); err != nil {
		t.Fatal(err)
	}
}

// Try is Exec for a statement that may fail.
func Try(t testing.TB, s *store.Store, sql string, args ...any) error {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), sql, args...)
	return err
}

// openFrom clones a template for one test.
func openFrom(t testing.TB, template func() (string, error)) *store.Store {
	t.Helper()
	from, err := template()
	if err != nil {
		t.Fatal("test database: ", err)
	}
	name, err := databases.create(t.Context(), from)
	if err != nil {
		t.Fatal("test database: ", err)
	}
	address := databases.urlOf(name)
	s, err := store.Open(t.Context(), address, locale.SearchNames)
	if err != nil {
		t.Fatal(err)
	}
	addresses.Store(s, address)
	t.Cleanup(func() {
		addresses.Delete(s)
		s.Close()
		if err := databases.drop(context.Background(), name); err != nil {
			t.Error("test database: ", err)
		}
	})
	return s
}
