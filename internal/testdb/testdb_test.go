package testdb

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/sample"
	"exempla/internal/store"
)

func TestMain(m *testing.M) { Main(m) }

func practiceCount(t *testing.T, s *store.Store) int {
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
		if got := practiceCount(t, c.of); got != c.want {
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
	shared, err := findServer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name, err := shared.create(t.Context(), "template1")
	if err != nil {
		t.Fatal(err)
	}
	if err := shared.cleanUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if conn, err := pgx.Connect(t.Context(), shared.urlOf(name)); err == nil {
		conn.Close(t.Context())
		t.Error("the database is still there")
	}
	if practiceCount(t, Open(t)) != 0 {
		t.Error("databases of other processes were touched")
	}
}

func TestAddressThatCannotBeRead(t *testing.T) {
	t.Setenv("DATABASE_URL", "host=nowhere")
	if _, err := findServer(t.Context()); err == nil {
		t.Error("no error")
	}
}

// A template is made once for a process, and every test starts from it as it was.
func TestTemplatesAreReused(t *testing.T) {
	t.Parallel()
	for name, template := range map[string]func() (string, error){"migrated": migrated, "sampled": sampled} {
		first, err := template()
		if err != nil {
			t.Fatal(err)
		}
		again, err := template()
		if err != nil || again != first {
			t.Errorf("the %s template is %q, then %q, %v", name, first, again, err)
		}
	}
	before := practiceCount(t, OpenSample(t))
	spoilt := OpenSample(t)
	Exec(t, spoilt, `update practice set state = 'archived'`)
	if after := practiceCount(t, OpenSample(t)); after != before || before == 0 {
		t.Errorf("%d practices in the first database, %d in one after a change", before, after)
	}
}

// Two tests write the same rows at the same time.
func TestDatabasesDoNotMeet(t *testing.T) {
	t.Parallel()
	stores := []*store.Store{Open(t), Open(t)}
	if URL(t, stores[0]) == URL(t, stores[1]) {
		t.Fatalf("both are at %s", URL(t, stores[0]))
	}
	var writers sync.WaitGroup
	for _, s := range stores {
		writers.Go(func() {
			for n := range 20 {
				// Its slug is unique: the second of the same in one database fails.
				if err := Try(t, s, `insert into city (country, slug, name) values ('GR', $1, 'City')`, fmt.Sprint("city-", n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	for i, s := range stores {
		if err := Try(t, s, `select 1 / (count(*) = 20)::int from city`); err != nil {
			t.Errorf("database %d: %v", i, err)
		}
	}
}

// refusal stands for a test that must fail, and keeps what it says.
type refusal struct {
	*testing.T
	said string
}

func (r *refusal) Fatal(args ...any) {
	r.said = fmt.Sprint(args...)
	runtime.Goexit()
}

// refused runs what must fail its test and gives what it says.
func refused(t *testing.T, do func(testing.TB)) string {
	t.Helper()
	r := &refusal{T: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(r)
		r.said = "it went well"
	}()
	<-done
	return r.said
}

func TestWhatFailsATest(t *testing.T) {
	t.Parallel()
	s := Open(t)
	for name, c := range map[string]struct {
		do   func(testing.TB)
		want string
	}{
		"a store of another origin": {func(t testing.TB) { URL(t, new(store.Store)) }, "the store is not from Open"},
		"a statement that fails":    {func(t testing.TB) { Exec(t, s, `select 1 / $1::int`, 0) }, "division by zero"},
		"a template that fails": {func(t testing.TB) {
			openFrom(t, func() (string, error) { return "", errors.New("no template") })
		}, "no template"},
		"a template that is not there": {func(t testing.TB) {
			openFrom(t, func() (string, error) { return "no_such_template", nil })
		}, "create a database from no_such_template"},
	} {
		if said := refused(t, c.do); !strings.Contains(said, c.want) {
			t.Errorf("%s: %q, want %q", name, said, c.want)
		}
	}
	if err := Try(t, s, `select 1 / $1::int`, 0); err == nil {
		t.Error("Try hides that a statement failed")
	}
	if err := Try(t, s, `select 1 / $1::int`, 1); err != nil {
		t.Error(err)
	}
}

// Tests see what sites see: a server in which words of every alphabet are found.
func TestDatabaseIsLikeThatOfASite(t *testing.T) {
	t.Parallel()
	findings, err := Open(t).Examine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Advice != "" {
			t.Errorf("%s is %s: %s", f.Subject, f.Found, f.Advice)
		}
	}
	if len(findings) == 0 {
		t.Error("nothing was examined")
	}
}

// A template that cannot be filled is an error of the test that asked for it.
func TestTemplateThatCannotBeFilled(t *testing.T) {
	t.Parallel()
	broken := errors.New("no practices")
	_, err := databases.prepare("template1", func(context.Context, *store.Store) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("error: %v", err)
	}
}
