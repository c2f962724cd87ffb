package store_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"

	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// Importing a file again is how people try things out: it must change nothing.
func TestImportOfTheSampleTwice(t *testing.T) {
	t.Parallel()
	s, all := testdb.Open(t), sampled(t)
	if got := importInto(t, s, all...); !reflect.DeepEqual(got, store.ImportResult{New: len(all)}) || len(all) != 274 {
		t.Fatalf("first: %+v", got)
	}
	change := indexOf(t, s).Change()
	if got := importInto(t, s, all...); !reflect.DeepEqual(got, store.ImportResult{Unchanged: len(all)}) {
		t.Errorf("second: %+v", got)
	}
	if n := count(t, s, `select count(*) from practice_revision`); n != len(all) {
		t.Errorf("%d revisions", n)
	}
	if after := indexOf(t, s).Change(); after != change || change != 1 {
		t.Errorf("change %d, then %d", change, after)
	}
}

// What was imported comes back as it went in.
func TestImportedPracticesAreWhole(t *testing.T) {
	t.Parallel()
	s := testdb.OpenSample(t)
	for _, want := range sampled(t) {
		got := load(t, s, want.Slug)
		if got.Number == 0 || got.Revision != 1 || !got.Updated.IsZero() || !got.Published.IsZero() {
			t.Errorf("%s: number %d, revision %d, updated %s, published %s", got.Slug, got.Number, got.Revision, got.Updated, got.Published)
		}
		want.Number, want.Revision = got.Number, got.Revision
		for i := range got.Texts { // none is kept as an empty object
			if len(got.Texts[i].Sections) == 0 {
				got.Texts[i].Sections = nil
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant %+v", got, want)
		}
	}
}

// Only what differs is written; the number stays, for links and reviews hold it.
func TestImportOfAChange(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	all := []practice.Practice{made("a"), made("b"), made("c")}
	importInto(t, s, all...)
	number := load(t, s, "b").Number
	all[1].Texts[0].Title, all[1].Place.Countries, all[1].Topics = "New", []practice.Country{"CY", "PL"}, []practice.Topic{"roma"}
	if got := importInto(t, s, all...); !reflect.DeepEqual(got, store.ImportResult{Changed: 1, Unchanged: 2}) {
		t.Errorf("%+v", got)
	}
	b := load(t, s, "b")
	if b.Number != number || b.Revision != 2 || b.Texts[0].Title != "New" || !slices.Equal(b.Place.Countries, all[1].Place.Countries) ||
		!slices.Equal(b.Topics, all[1].Topics) || !b.Updated.IsZero() {
		t.Errorf("%+v", b)
	}
	if a := load(t, s, "a"); a.Revision != 1 {
		t.Errorf("a has revision %d", a.Revision)
	}
	if n := count(t, s, `select count(*) from practice_revision`); n != 4 {
		t.Errorf("%d revisions", n)
	}
}

// A site that was filled when the sample had fewer texts gets the others by an
// import, and its readers are not told of an update.
func TestImportOfTheSampleOverAnOlderOne(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	older := sampled(t)
	for i := range older {
		older[i].Texts = older[i].Texts[:1]
		older[i].Source.Listing = false
	}
	importInto(t, s, older...)
	newer := sampled(t)
	if got := importInto(t, s, newer...); !reflect.DeepEqual(got, store.ImportResult{Changed: len(newer)}) {
		t.Errorf("%+v", got)
	}
	for _, want := range newer {
		got := load(t, s, want.Slug)
		if len(got.Texts) != len(want.Texts) || got.Source != want.Source || !got.Updated.IsZero() {
			t.Errorf("%s: %d texts of %d, %+v, updated %s", want.Slug, len(got.Texts), len(want.Texts), got.Source, got.Updated)
		}
	}
}

// A file does not overwrite edits.
func TestImportOverEditedPractices(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("edited"), made("renamed"), made("same"))
	testdb.Exec(t, s, `update practice_revision set origin = 'submission' where practice = (select number from practice where slug = 'edited')`)
	testdb.Exec(t, s, `insert into old_slug (slug, practice) select 'former', number from practice where slug = 'renamed'`)
	edited := made("edited")
	edited.Texts[0].Title = "From the file"
	got := importInto(t, s, edited, made("former"), made("same"), made("new"))
	if want := (store.ImportResult{New: 1, Unchanged: 1, Conflicts: []string{"edited", "former"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if p := load(t, s, "edited"); p.Revision != 1 || p.Texts[0].Title != "Title of edited" {
		t.Errorf("%+v", p)
	}
}

// An import does not bring back what an editor took away.
func TestImportOfAnArchivedPractice(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("a"))
	archive(t, s, "a", "gone")
	changed := made("a")
	changed.Texts[0].Title = "New"
	importInto(t, s, changed)
	if _, err := s.Practices.Find(t.Context(), "a"); !errors.As(err, new(store.Archived)) {
		t.Errorf("error %v", err)
	}
}

// Half a file in the catalogue would be worse than none, whatever stops it.
func TestImportIsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("there"))
	all := append(many(2_500), made("no slug")) // more than one batch
	if _, err := s.Practices.Import(t.Context(), all, tuesday, func(int) {}); err == nil || errors.Is(err, store.ErrAway) {
		t.Fatalf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(int) { cancel() } // after the first of them
	if _, err := s.Practices.Import(ctx, many(2_500), tuesday, stop); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	for _, table := range []string{"practice", "practice_text", "practice_country", "practice_topic", "practice_revision"} {
		if n := count(t, s, `select count(*) from `+table); n != 1 {
			t.Errorf("%d rows of %s", n, table)
		}
	}
	if x := indexOf(t, s); x.Change() != 1 {
		t.Errorf("change %d", x.Change())
	}
}

func TestImportTellsProgress(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	all := many(4_100)
	importInto(t, s, all[:100]...)
	var told []int
	if _, err := s.Practices.Import(t.Context(), all, tuesday, func(done int) { told = append(told, done) }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []int{2_100, 4_100}) {
		t.Errorf("told %v", told)
	}
}

// Imports at the same time wait for one another.
func TestImportsAtOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	all := many(600)
	results := make([]store.ImportResult, 4)
	var group errgroup.Group
	for i := range results {
		group.Go(func() (err error) { // each overlaps with the next
			results[i], err = s.Practices.Import(t.Context(), all[i*100:i*100+300], tuesday, func(int) {})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	var sum store.ImportResult
	for _, r := range results {
		sum.New, sum.Unchanged, sum.Changed = sum.New+r.New, sum.Unchanged+r.Unchanged, sum.Changed+r.Changed
	}
	if sum.New != 600 || sum.Unchanged != 600 || sum.Changed != 0 {
		t.Errorf("%+v", results)
	}
	if x := indexOf(t, s); x.Size() != 600 {
		t.Errorf("%d practices", x.Size())
	}
}

// Spellings of one name are one city, and one practice that says where it lies
// is enough.
func TestCitiesAreTheSame(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	in := func(slug string, cities ...practice.City) practice.Practice {
		p := made(slug)
		p.Place.Cities = cities
		return p
	}
	located := practice.City{Country: "GR", Name: "Ιωάννινα", Latitude: 39.66, Longitude: 20.85, Located: true}
	bare := practice.City{Country: "GR", Name: "Ioannina"}
	importInto(t, s, in("a", bare, bare), in("b", located), in("c", practice.City{Country: "CY", Name: "Ioannina"}))
	importInto(t, s, in("d", bare))
	if n := count(t, s, `select count(*) from city`); n != 2 {
		t.Errorf("%d cities", n)
	}
	for _, slug := range []string{"a", "b", "d"} {
		cities := load(t, s, slug).Place.Cities
		if len(cities) != 1 || !cities[0].Located || cities[0].Latitude != 39.66 || cities[0].Longitude != 20.85 {
			t.Errorf("%s: %+v", slug, cities)
		}
	}
}

// A catalogue that has grown from nothing is planned for at once; a small import
// into a large one must not pay for that.
func TestOnlyNotableImportsTellThePlanner(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, many(400)...)
	planned := func() int { return count(t, s, `select reltuples::int from pg_class where oid = 'practice'::regclass`) }
	if n := planned(); n != 400 {
		t.Fatalf("the planner counts on %d practices", n)
	}
	importInto(t, s, made("another"))
	if n := planned(); n != 400 {
		t.Errorf("the planner was told of one more: %d", n)
	}
	if err := s.Vacuum(t.Context()); err != nil || planned() != 401 {
		t.Errorf("settled, the planner counts on %d practices, %v", planned(), err)
	}
}

func TestEmptyIsWhereNoPracticeEverWas(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	if empty, err := s.Practices.Empty(t.Context()); err != nil || !empty {
		t.Errorf("a new catalogue: %v, %v", empty, err)
	}
	importInto(t, s, made("gone"))
	archive(t, s, "gone", "for a test")
	if empty, err := s.Practices.Empty(t.Context()); err != nil || empty {
		t.Errorf("one with an archived practice: %v, %v", empty, err)
	}
}

// What comes in parts is one change, all or none of it.
func TestImportInParts(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	parts := slices.Collect(slices.Chunk(many(2_300), 2_100)) // the first is more than one batch
	told := 0
	got, err := s.Practices.ImportParts(t.Context(), slices.Values(parts), tuesday, func(done int) { told = done })
	if err != nil || got.New != 2_300 || told != 2_300 {
		t.Fatalf("%+v, %d told, %v", got, told, err)
	}
	if x := indexOf(t, s); x.Change() != 1 || x.Size() != 2_300 {
		t.Errorf("change %d, %d practices", x.Change(), x.Size())
	}
	if n := count(t, s, `select count(*) from pg_indexes where indexname = 'practice_text_title'`); n != 1 {
		t.Errorf("the index of words is there %d times", n)
	}
	broken := [][]practice.Practice{{made("whole")}, {made("no slug")}}
	if _, err := s.Practices.ImportParts(t.Context(), slices.Values(broken), tuesday, func(int) {}); err == nil {
		t.Error("a broken part was written")
	}
	if n := count(t, s, `select count(*) from practice`); n != 2_300 {
		t.Errorf("%d practices after a broken import", n)
	}
}
