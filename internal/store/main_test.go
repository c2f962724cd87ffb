package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/sample"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

func TestMain(m *testing.M) { testdb.Main(m) }

// soon is how long a test waits for what should take milliseconds: less than
// the five seconds after which a follower looks for itself, so that a test
// notices when no announcement came.
const soon = 4 * time.Second

var (
	monday  = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	tuesday = monday.AddDate(0, 0, 1)
)

// made is a sound practice to be changed by a test.
func made(slug string) practice.Practice {
	return practice.Practice{
		Slug: slug, Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"education"},
		Texts: []practice.Text{{Language: "en", State: practice.Original, TitleLanguage: "en", Title: "Title of " + slug, Summary: "Summary"}},
	}
}

func sampled(t *testing.T) []practice.Practice {
	t.Helper()
	all, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// importInto imports and fails the test when that fails.
func importInto(t *testing.T, s *store.Store, all ...practice.Practice) store.ImportResult {
	t.Helper()
	result, err := s.Practices.Import(t.Context(), all, tuesday, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func load(t *testing.T, s *store.Store, slug string) practice.Practice {
	t.Helper()
	p, err := s.Practices.Find(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func indexOf(t *testing.T, s *store.Store) *catalogue.Index {
	t.Helper()
	index, err := s.Practices.Index(t.Context(), monday)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// listed are the slugs of an index, in alphabetical order.
func listed(x *catalogue.Index) []string {
	s := catalogue.Parse(nil)
	s.Size = x.Size() + 1
	var slugs []string
	for _, found := range x.Find(s, catalogue.Hits{}, catalogue.Reader{}).Found {
		slugs = append(slugs, found.Practice().Slug)
	}
	slices.Sort(slugs)
	return slugs
}

// count runs a query for one number, bypassing the store.
func count(t *testing.T, s *store.Store, sql string) int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), testdb.URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var n int
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// archive archives a practice the way an editor does.
func archive(t *testing.T, s *store.Store, slug, reason string) {
	t.Helper()
	testdb.Exec(t, s, `with c as (update catalogue_change set number = number + 1 returning number)
		update practice set state = 'archived', archive_reason = $2, change = c.number from c where slug = $1`, slug, reason)
	testdb.Exec(t, s, `notify catalogue`)
}

// await waits until a condition holds.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	end := time.After(soon)
	for !so() {
		select {
		case <-look.C:
		case <-end:
			t.Fatalf("waited %s in vain: %s", soon, what)
		}
	}
}

// many makes n practices.
func many(n int) []practice.Practice {
	all := make([]practice.Practice, n)
	for i := range all {
		all[i] = made(fmt.Sprintf("practice-%d", i))
	}
	return all
}
