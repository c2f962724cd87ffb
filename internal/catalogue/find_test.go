package catalogue_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

func slugs(list []practice.Practice) []string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Slug
	}
	return names
}

// draw makes a random catalogue both ways.
func draw(t *rapid.T) (*catalogue.Index, naive) {
	n := naive{all: drawPractices(t), today: rapid.SampledFrom(days).Draw(t, "today")}
	n.hits = drawHits(t, n.all)
	return catalogue.NewIndex(n.all, 1, n.today), n
}

// The page, its order and the total, through every facet and every order.
func TestFindIsWhatLoopsFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		index, n := draw(t)
		for range 4 {
			s := drawSelection(t)
			found, want := index.Find(s, n.hits.of(index), reader), n.found(s)
			if found.Total != len(want) || found.Total != index.Count(s, n.hits.of(index)) || found.Pages != max(1, (len(want)+s.Size-1)/s.Size) {
				t.Fatalf("%q: %d found on %d pages, count %d, want %d", s.Query(), found.Total, found.Pages, index.Count(s, n.hits.of(index)), len(want))
			}
			first := min((s.Page-1)*s.Size, len(want))
			page := want[first:min(first+s.Size, len(want))]
			if got := slugs(practices(found)); !slices.Equal(got, slugs(page)) {
				t.Fatalf("%q: page %v, want %v", s.Query(), got, slugs(page))
			}
		}
	})
}

// The number beside a value is what choosing only that value finds.
func TestCountsAreWhatChoosingFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		index, n := draw(t)
		s := drawSelection(t)
		found := index.Find(s, n.hits.of(index), reader)
		for _, f := range catalogue.Facets {
			for _, value := range found.Counts[f] {
				want := catalogue.Value{Key: value.Key, Count: len(n.found(s.Only(f, value.Key))), Chosen: s.Has(f, value.Key),
					All: len(n.found(catalogue.Parse(nil).Only(f, value.Key)))}
				if value != want {
					t.Fatalf("%q, %s: %+v, want %+v", s.Query(), f.Name(), value, want)
				}
				if only := index.Find(s.Only(f, value.Key), n.hits.of(index), reader); only.Total != value.Count {
					t.Fatalf("%q, %s %s: choosing it finds %d, not %d", s.Query(), f.Name(), value.Key, only.Total, value.Count)
				}
			}
		}
	})
}

// Values keep their place at zero, so that a list does not jump while choosing.
func TestListedValues(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		index, n := draw(t)
		s := drawSelection(t)
		found := index.Find(s, n.hits.of(index), reader)
		for _, f := range catalogue.Facets {
			var keys []string
			for _, value := range found.Counts[f] {
				keys = append(keys, value.Key)
			}
			if want := n.listed(s, f); !slices.Equal(keys, want) {
				t.Fatalf("%q, %s: %v, want %v", s.Query(), f.Name(), keys, want)
			}
		}
	})
}

// listed are the values that must be offered, each once and in order: those
// that some practice has, the chosen ones, the whole taxonomy, every status,
// and an unbroken row of years with "unknown".
func (n naive) listed(s catalogue.Selection, f catalogue.Facet) []string {
	keys := slices.Clone(s.Chosen(f))
	earliest := n.today.Year()
	for _, p := range n.all {
		keys = append(keys, n.values(f, p)...)
		if first, _, ok := p.Period.Years(n.today); ok {
			earliest = min(earliest, first)
		}
	}
	switch f {
	case catalogue.Topic:
		for _, topic := range practice.Topics {
			keys = append(keys, string(topic))
		}
	case catalogue.Status:
		keys = append(keys, "running", "ended", "unknown")
	case catalogue.Year:
		for keys = append(keys, "unknown"); earliest <= n.today.Year(); earliest++ {
			keys = append(keys, strconv.Itoa(earliest))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// "Previous" and "next" go through the same order as the list they came from.
func TestAroundIsWhatLoopsFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		index, n := draw(t)
		s := drawSelection(t)
		want := n.found(s)
		for _, p := range append(n.all, practice.Practice{Number: 999, Slug: "not-there"}) {
			got := index.Around(s, n.hits.of(index), reader, p.Number)
			rank := 1 + slices.Index(slugs(want), p.Slug)
			if got.Total != len(want) || got.Rank != rank || slug(got.Previous) != at(want, rank-2, rank) || slug(got.Next) != at(want, rank, rank) {
				t.Fatalf("%q, %s: %d of %d between %q and %q, want %d of %v", s.Query(), p.Slug, got.Rank, got.Total,
					slug(got.Previous), slug(got.Next), rank, slugs(want))
			}
		}
	})
}

func slug(p *practice.Practice) string {
	if p == nil {
		return ""
	}
	return p.Slug
}

// at is the slug at a place of a list, empty outside and for a rank of 0.
func at(list []practice.Practice, i, rank int) string {
	if rank == 0 || i < 0 || i >= len(list) {
		return ""
	}
	return list[i].Slug
}

func TestUnknownStartIsLastBothWays(t *testing.T) {
	t.Parallel()
	at := func(slug string, number int64, start practice.Date) practice.Practice {
		return practice.Practice{Number: number, Slug: slug, Period: practice.Period{Start: start}}
	}
	index := catalogue.NewIndex([]practice.Practice{
		at("a", 1, practice.Date{}), at("c", 2, practice.Date{Year: 2020}), at("b", 3, practice.Date{Year: 2020}),
		at("d", 4, practice.Date{Year: 2020, Month: time.May}), at("f", 5, practice.Date{}), at("e", 6, practice.Date{Year: 2021}),
	}, 1, days[0])
	for query, want := range map[string][]string{
		"":            {"e", "d", "b", "c", "a", "f"},
		"sort=oldest": {"b", "c", "d", "e", "a", "f"},
	} {
		if got := slugs(practices(index.Find(parse(query), catalogue.Hits{}, reader))); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", query, got, want)
		}
	}
}

// A period ends with the last day of its last month, in UTC.
func TestDateTurns(t *testing.T) {
	t.Parallel()
	p := practice.Practice{Number: 1, Slug: "a", Period: practice.Period{End: practice.Date{Year: 2026, Month: time.October}}}
	athens := time.FixedZone("Athens", 2*60*60)
	index := catalogue.NewIndex([]practice.Practice{p}, 1, time.Date(2026, time.October, 31, 23, 59, 59, 0, time.UTC))
	for _, c := range []struct {
		now            time.Time
		running, ended int
	}{
		{index.Today(), 1, 0},
		{time.Date(2026, time.November, 1, 1, 59, 0, 0, athens), 1, 0}, // still October in UTC
		{time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC), 0, 1},
	} {
		x := index.On(c.now)
		running, ended := x.Count(parse("status=running"), catalogue.Hits{}), x.Count(parse("status=ended"), catalogue.Hits{})
		if running != c.running || ended != c.ended {
			t.Errorf("%s: %d running, %d ended", c.now, running, ended)
		}
	}
}
