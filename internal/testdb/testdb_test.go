package testdb

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/sample"
	"exempla/internal/store"
)

func TestMain(m *testing.M) { Main(m) }

func size(t *testing.T, s *store.Store) int {
	t.Helper()
	index, err := s.Practices.Index(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return index.Size()
}

func TestEachStoreHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	all, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	empty, full, other := Open(t), OpenSample(t), OpenSample(t)
	Exec(t, full, `update practice set state = 'archived'`)
	for _, c := range []struct {
		name string
		of   *store.Store
		want int
	}{{"fresh", empty, 0}, {"archived", full, 0}, {"sample", other, len(all)}} {
		if got := size(t, c.of); got != c.want {
			t.Errorf("%s: %d practices, want %d", c.name, got, c.want)
		}
	}
}

func TestDatabaseEndsWithItsTest(t *testing.T) {
	t.Parallel()
	var address string
	t.Run("inner", func(t *testing.T) {
		address = URL(t, Open(t))
	})
	conn, err := pgx.Connect(t.Context(), address)
	if err == nil {
		conn.Close(t.Context())
		t.Error("the database is still there")
	}
}

// A server that others use too is left as it was found.
func TestSharedServerIsLeftClean(t *testing.T) {
	address := databases.address
	t.Setenv("DATABASE_URL", address.String())
	shared, err := find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name, err := shared.create(t.Context(), "template1")
	if err != nil {
		t.Fatal(err)
	}
	if err := shared.leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	if conn, err := pgx.Connect(t.Context(), shared.at(name)); err == nil {
		conn.Close(t.Context())
		t.Error("the database is still there")
	}
	if size(t, Open(t)) != 0 {
		t.Error("databases of other processes were touched")
	}
}

func TestAddressThatCannotBeRead(t *testing.T) {
	t.Setenv("DATABASE_URL", "host=nowhere")
	if _, err := find(t.Context()); err == nil {
		t.Error("no error")
	}
}
