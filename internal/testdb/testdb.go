// Package testdb gives every test its own database on a real Postgres server: the
// one in DATABASE_URL, or a private one that lives as long as the test process.
// It does not know what tests do with it. Without a server, tests fail; they are
// never skipped.
//
// A package that uses it needs a TestMain that calls Main.
package testdb

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/store"
)

// databases is the server that Main found, with this process's databases.
var databases server

// addresses maps every open *store.Store to the URL (string) of its database.
var addresses sync.Map

// Main starts a Postgres server, runs the tests of a package, stops the server
// and exits the process. The exit code is 1 if there is no server.
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

// Open returns a store on a new database with every migration applied. The store
// is closed and the database dropped when the test ends.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return openFrom(t, migrated)
}

// OpenSample returns a store like Open, with the sample catalogue imported.
func OpenSample(t testing.TB) *store.Store {
	t.Helper()
	return openFrom(t, sampled)
}

// URL returns the connection string of a store's database, for what a test must
// do behind the store's back. The store must be from Open or OpenSample.
func URL(t testing.TB, s *store.Store) string {
	t.Helper()
	address, ok := addresses.Load(s)
	if !ok {
		t.Fatal("test database: the store is not from Open or OpenSample")
	}
	return address.(string)
}

// Exec runs one statement in a store's database, for what a test must do behind
// the store's back. An error fails the test.
func Exec(t testing.TB, s *store.Store, sql string, args ...any) {
	t.Helper()
	if err := Try(t, s, sql, args...); err != nil {
		t.Fatal(err)
	}
}

// Try is Exec for a statement that may fail; it returns the error.
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

// Count is the number that one query finds in a store's database.
func Count(t testing.TB, s *store.Store, sql string, args ...any) (count int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}

// Backup keeps a copy of a store's database. The function that it returns puts the
// copy back in its place, once, while programs go on using the database.
func Backup(t testing.TB, s *store.Store) (putBack func()) {
	t.Helper()
	address, err := url.Parse(URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(address.Path, "/")
	var backup string
	err = databases.alone(t.Context(), name, func() (err error) {
		backup, err = databases.create(t.Context(), name)
		return err
	})
	if err != nil {
		t.Fatal("test database: ", err)
	}
	return func() {
		t.Helper()
		if err := errors.Join(databases.drop(t.Context(), name), databases.rename(t.Context(), backup, name)); err != nil {
			t.Fatal("test database: ", err)
		}
	}
}

// openFrom clones the database that template names, for one test.
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
	s, err := store.Open(t.Context(), address)
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
