package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// numbered are practices 1 to size with texts of about so many bytes.
func numbered(size, bytes int) []practice.Practice {
	list := make([]practice.Practice, size)
	for i := range list {
		list[i] = revised(int64(i+1), 0, bytes)
	}
	return list
}

// revised is a revision of a practice, which can be told by its title.
func revised(number int64, revision, bytes int) practice.Practice {
	return practice.Practice{Number: number, Slug: fmt.Sprintf("p%06d", number), Revision: revision,
		Topics: []practice.Topic{"roma"}, Place: practice.Place{Countries: []practice.Country{"GR"}},
		Texts: []practice.Text{{Language: "en", Title: fmt.Sprint("title ", number, " ", revision), Summary: strings.Repeat("x", bytes)}}}
}

// TestOldSnapshotsStay: a request that began before a change goes on with what
// it has seen.
func TestOldSnapshotsStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := draw(t)
		snapshots, states := []*catalogue.Index{x}, []naive{n}
		for round := range int64(3) {
			next, changed, removed := renew(t, n, 1000+round)
			x = x.With(changed, removed, x.Change()+1)
			if rapid.Bool().Draw(t, "merge") {
				x = x.Merged()
			}
			n = next
			snapshots, states = append(snapshots, x), append(states, n)
		}
		s := drawSelection(t)
		for i, snapshot := range snapshots {
			if got, want := snapshot.Count(s, n.hits.of(snapshot)), len(states[i].found(s)); got != want || snapshot.Size() != len(states[i].all) {
				t.Fatalf("%q: snapshot %d finds %d of %d, want %d of %d", s.Query(), i, got, snapshot.Size(), want, len(states[i].all))
			}
		}
	})
}

func TestChangesGoToTheOverlay(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex(numbered(10, 10), 1, days[0])
	steps := []struct {
		changed       []practice.Practice
		removed       []int64
		size, overlay int
	}{
		{[]practice.Practice{revised(3, 1, 10)}, nil, 10, 1},                    // changed
		{[]practice.Practice{revised(3, 2, 10)}, nil, 10, 1},                    // changed again
		{[]practice.Practice{revised(11, 0, 10)}, nil, 11, 2},                   // added
		{nil, []int64{3}, 10, 1},                                                // removed from the overlay
		{nil, []int64{5, 99}, 9, 1},                                             // removed from the base; 99 never was
		{[]practice.Practice{revised(5, 1, 10), revised(3, 3, 10)}, nil, 11, 3}, // back again
		{nil, []int64{11}, 10, 2},
		{nil, nil, 10, 2},
	}
	for i, step := range steps {
		x = x.With(step.changed, step.removed, int64(i+2))
		if x.Size() != step.size || x.Overlay().Size() != step.overlay || x.Base().Size() != 10 || x.Change() != int64(i+2) {
			t.Errorf("step %d: %d practices, %d in the overlay and %d in the base, at change %d", i, x.Size(), x.Overlay().Size(), x.Base().Size(), x.Change())
		}
	}
	for number, want := range map[int64]int{3: 3, 5: 1, 7: 0} {
		if p, ok := x.Practice(number); !ok || p.Revision != want {
			t.Errorf("practice %d is at revision %d, want %d", number, p.Revision, want)
		}
	}
	if _, ok := x.Practice(11); ok {
		t.Error("a removed practice is there")
	}
	merged := x.Merged()
	if merged.Overlay().Size() != 0 || merged.Base().Size() != 10 || merged.Size() != 10 || merged.Change() != x.Change() {
		t.Errorf("merged: %d in the base, %d in the overlay", merged.Base().Size(), merged.Overlay().Size())
	}
	if got, want := numbers(merged, "size=50", reader), numbers(x, "size=50", reader); got != want {
		t.Errorf("merged: %s, want %s", got, want)
	}
}

// TestLargeCataloguesKeepTheirTexts: records lie in chunks of a megabyte, and
// merging keeps some chunks, copies others, and lets the rest go.
func TestLargeCataloguesKeepTheirTexts(t *testing.T) {
	t.Parallel()
	const size, bytes = 4_000, 1_000
	revisions := map[int64]int{}
	for number := range int64(size) {
		revisions[number+1] = 0
	}
	x := catalogue.NewIndex(numbered(size, bytes), 1, days[0])
	for round := 1; round <= 3; round++ {
		var changed []practice.Practice
		var removed []int64
		for number := int64(1); number <= size*3/4; number++ {
			switch {
			case number%3 == 0 && round < 3: // most of the first chunks, none of the last
				changed = append(changed, revised(number, round, bytes+round))
				revisions[number] = round
			case number%3 == 1 && number < size/2:
				removed = append(removed, number)
				delete(revisions, number)
			}
		}
		changed = append(changed, revised(int64(size+round), round, 3*1024*1024)) // larger than a chunk
		revisions[int64(size+round)] = round
		x = x.With(changed, removed, int64(round+1)).Merged()
		if x.Size() != len(revisions) || x.Overlay().Size() != 0 {
			t.Fatalf("round %d: %d practices, %d of them in the overlay, want %d", round, x.Size(), x.Overlay().Size(), len(revisions))
		}
		seen := 0
		for p := range x.Base().All() {
			seen++
			revision, ok := revisions[p.Number]
			if want := fmt.Sprint("title ", p.Number, " ", revision); !ok || p.Revision != revision || p.Texts[0].Title != want {
				t.Fatalf("round %d: practice %d is revision %d with %q, want %q", round, p.Number, p.Revision, p.Texts[0].Title, want)
			}
		}
		if seen != len(revisions) {
			t.Fatalf("round %d: %d practices, want %d", round, seen, len(revisions))
		}
	}
	if p, ok := x.Practice(size + 2); !ok || len(p.Texts[0].Summary) != 3*1024*1024 {
		t.Errorf("a long practice came back with %d bytes", len(p.Texts[0].Summary))
	}
}

// TestScatteredNumbers: practices are found by number however far apart these are.
func TestScatteredNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfNDistinct(rapid.Int64Range(1, rapid.SampledFrom([]int64{20, 200, 1 << 50}).Draw(t, "spread")), 1, 15, rapid.ID[int64]).Draw(t, "numbers")
		var all []practice.Practice
		for _, number := range numbers {
			all = append(all, revised(number, 0, 1))
		}
		x := catalogue.NewIndex(all, 1, days[0])
		last := numbers[len(numbers)-1]
		y := x.With([]practice.Practice{revised(last, 1, 1)}, nil, 2)
		for _, number := range append(slices.Clone(numbers), 0, 7, 1<<51) {
			p, ok := y.Practice(number)
			if ok != slices.Contains(numbers, number) || ok && p.Number != number {
				t.Fatalf("number %d of %v: %v, %t", number, numbers, p.Number, ok)
			}
			if ok && (p.Revision == 1) != (number == last) {
				t.Fatalf("number %d is revision %d", number, p.Revision)
			}
		}
	})
}

// TestSlugsBeginAlike: most comparisons look at sixteen bytes; the rest decides
// where these are the same.
func TestSlugsBeginAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ends := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c]{0,3}`), 1, 10, rapid.ID[string]).Draw(t, "ends")
		var all []practice.Practice
		var want []string
		for i, end := range ends {
			slug := strings.Repeat("practice-", rapid.IntRange(0, 2).Draw(t, "long")) + end
			if slices.Contains(want, slug) {
				continue
			}
			want = append(want, slug)
			all = append(all, practice.Practice{Number: int64(i + 1), Slug: slug, Texts: []practice.Text{{Language: "en", Title: "t"}}})
		}
		slices.Sort(want)
		for _, query := range []string{"", "sort=oldest", "sort=title"} {
			if got := slugs(practices(catalogue.NewIndex(all, 1, days[0]).Find(parse(query), catalogue.Hits{}, reader))); !slices.Equal(got, want) {
				t.Fatalf("%q: %q, want %q", query, got, want)
			}
		}
	})
}

func TestSettleMergesLargeOverlaysOnly(t *testing.T) {
	t.Parallel()
	c := catalogue.New(catalogue.NewIndex(numbered(600, 1), 1, days[0]))
	change := func(upTo int) {
		c.Change(catalogue.Update{Since: c.Index(), Changed: numbered(upTo, 2), Change: c.Index().Change() + 1})
		c.Settle(days[0])
	}
	change(512)
	if x := c.Index(); x.Overlay().Size() != 512 {
		t.Errorf("%d of 512 changes are in the overlay", x.Overlay().Size())
	}
	change(513)
	if x := c.Index(); x.Overlay().Size() != 0 || x.Size() != 600 {
		t.Errorf("%d of 513 changes are in the overlay", x.Overlay().Size())
	}
}

func TestSettleFollowsTheDate(t *testing.T) {
	t.Parallel()
	ends := practice.Practice{Number: 1, Slug: "a", Period: practice.Period{End: practice.Date{Year: 2026, Month: time.March}}}
	c := catalogue.New(catalogue.NewIndex([]practice.Practice{ends}, 1, day(2026, 3, 31)))
	before := c.Index()
	c.Settle(day(2026, 3, 31).Add(6 * time.Hour)) // later that day
	if c.Index() != before {
		t.Error("a snapshot of the same day was made")
	}
	c.Change(catalogue.Update{Since: c.Index(), Changed: []practice.Practice{revised(2, 0, 1)}, Change: 2})
	c.Settle(day(2026, 4, 1))
	if x := c.Index(); x.Count(parse("status=ended"), catalogue.Hits{}) != 1 || x.Size() != 2 || !x.Today().Equal(day(2026, 4, 1)) {
		t.Errorf("on %s %d of %d have ended", x.Today(), x.Count(parse("status=ended"), catalogue.Hits{}), x.Size())
	}
	if before.Count(parse("status=running"), catalogue.Hits{}) != 1 {
		t.Error("the snapshot of the day before has changed")
	}
}

// TestBuilderIsAnIndexOfAll: added one by one, in any order.
func TestBuilderIsAnIndexOfAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawPractices(t)
		var b catalogue.Builder
		for _, p := range rapid.Permutation(all).Draw(t, "order") {
			b.Add(&p)
		}
		x := b.Index(7, days[2])
		if x.Change() != 7 || !x.Today().Equal(days[2]) || x.Size() != len(all) {
			t.Fatalf("%d practices at change %d on %s", x.Size(), x.Change(), x.Today())
		}
		n := naive{all: all, today: days[2]}
		if got, want := slugs(practices(x.Find(parse("size=50"), catalogue.Hits{}, reader))), slugs(n.found(parse(""))); !slices.Equal(got, want[:min(50, len(want))]) {
			t.Fatalf("%v, want %v", got, want)
		}
		countries := map[practice.Country]bool{}
		for _, p := range all {
			for _, country := range p.Place.Countries {
				countries[country] = true
			}
		}
		if x.Countries() != len(countries) {
			t.Fatalf("%d countries, want %d", x.Countries(), len(countries))
		}
	})
}
