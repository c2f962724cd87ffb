package catalogue_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// renew changes a catalogue at random, the naive one in the same way.
func renew(t *rapid.T, n naive, fresh int64) (after naive, changed []practice.Practice, removed []int64) {
	after = naive{today: n.today, hits: n.hits}
	for _, p := range n.all {
		switch rapid.IntRange(0, 6).Draw(t, "fate") {
		case 0:
			removed = append(removed, p.Number)
			continue
		case 1:
			p = drawPractice(t, p.Number)
			changed = append(changed, p)
		}
		after.all = append(after.all, p)
	}
	if rapid.Bool().Draw(t, "fresh") {
		p := drawPractice(t, fresh)
		after.all, changed = append(after.all, p), append(changed, p)
	}
	return after, changed, append(removed, 777)
}

// An index that was renewed, folded and seen from another day answers like one
// that was built anew.
func TestRenewedIndexIsLikeANewOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, n := draw(t)
		index, began := first, n
		for round := range int64(4) {
			index.Find(drawSelection(t), n.hits.of(index), reader) // an order that was used is kept
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				index = index.Merged()
			case 1:
				n.today = rapid.SampledFrom(days).Draw(t, "day")
				index = index.On(n.today)
			default:
				var changed []practice.Practice
				var removed []int64
				n, changed, removed = renew(t, n, int64(len(began.all))+round+1)
				index = index.With(changed, removed, index.Change()+1)
			}
			same(t, index, n)
		}
		same(t, first, began) // whoever holds the old snapshot sees nothing of it
	})
}

// same compares an index with one built anew.
func same(t *rapid.T, x *catalogue.Index, n naive) {
	s := drawSelection(t)
	anew := catalogue.NewIndex(n.all, x.Change(), n.today)
	got, want := x.Find(s, n.hits.of(x), reader), anew.Find(s, n.hits.of(anew), reader)
	if got.Total != want.Total || !slices.Equal(slugs(practices(got)), slugs(practices(want))) {
		t.Fatalf("%q: %v, want %v", s.Query(), slugs(practices(got)), slugs(practices(want)))
	}
	for _, f := range catalogue.Facets {
		if !slices.Equal(got.Counts[f], want.Counts[f]) {
			t.Fatalf("%q: %v, want %v", s.Query(), got.Counts[f], want.Counts[f])
		}
	}
	number := int64(rapid.IntRange(1, 90).Draw(t, "number"))
	if got, want := x.Around(s, n.hits.of(x), reader, number), anew.Around(s, n.hits.of(anew), reader, number); got.Total != want.Total ||
		got.Rank != want.Rank || slug(got.Previous) != slug(want.Previous) || slug(got.Next) != slug(want.Next) {
		t.Fatalf("%q, %d: %+v, want %+v", s.Query(), number, got, want)
	}
	if x.Size() != len(n.all) || x.Countries() != anew.Countries() {
		t.Fatalf("%d practices in %d countries, want %d in %d", x.Size(), x.Countries(), len(n.all), anew.Countries())
	}
}

// What is derived from all practices sees every live one: in the overlay, or
// else in the base.
func TestSegmentsHoldEveryPractice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		index, n := draw(t)
		titles := map[string]bool{}
		for _, segment := range []*catalogue.Segment{index.Base(), index.Overlay()} {
			count := 0
			for p := range segment.All() {
				count++
				for _, text := range p.Texts {
					titles[fmt.Sprint(p.Number, text.Language, text.Title)] = true
				}
			}
			if count != segment.Size() {
				t.Fatalf("%d practices in a segment of %d", count, segment.Size())
			}
		}
		for _, p := range n.all {
			if got, ok := index.Practice(p.Number); !ok || got.Slug != p.Slug {
				t.Fatalf("number %d is %q, want %q", p.Number, got.Slug, p.Slug)
			}
			for _, text := range p.Texts {
				if !titles[fmt.Sprint(p.Number, text.Language, text.Title)] {
					t.Fatalf("no segment has %q of %s", text.Title, p.Slug)
				}
			}
		}
		if _, ok := index.Practice(999); ok {
			t.Fatal("a practice that was never there")
		}
	})
}

// Readers load the index once a request, and the next request has the new one.
// A change that is reported twice is applied once.
func TestChangedIndexIsSeen(t *testing.T) {
	t.Parallel()
	c := catalogue.New(catalogue.NewIndex(nil, 1, days[0]))
	begin := c.Index()
	for _, change := range []int64{2, 3, 2} {
		c.Change(catalogue.Update{Since: c.Index(), Changed: []practice.Practice{{Number: change, Slug: "a"}}, Change: change})
	}
	if begin.Size() != 0 || c.Index().Size() != 2 || c.Index().Change() != 3 {
		t.Errorf("%d practices at change %d", c.Index().Size(), c.Index().Change())
	}
}

// While the base is made anew, changes go on, and none of them is lost.
func TestSettledCatalogueKeepsEveryChange(t *testing.T) {
	t.Parallel()
	c := catalogue.New(catalogue.NewIndex(nil, 0, days[0]))
	changed, settled := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(settled)
		for i := 0; ; i++ {
			select {
			case <-changed:
				return
			default:
				c.Settle(days[i%len(days)])
			}
		}
	}()
	live := map[int64]bool{}
	for change := range int64(40) {
		var some []practice.Practice
		for i := range int64(600) { // more than an index holds beside its base
			number := (change*400 + i) % 5000
			some = append(some, practice.Practice{Number: number + 1, Slug: fmt.Sprint(number), Revision: int(change)})
			live[number+1] = true
		}
		gone := (change*700)%5000 + 1
		if delete(live, gone); slices.ContainsFunc(some, func(p practice.Practice) bool { return p.Number == gone }) {
			live[gone] = true
			gone = 0
		}
		c.Change(catalogue.Update{Since: c.Index(), Changed: some, Removed: []int64{gone}, Change: change + 1})
	}
	close(changed)
	<-settled
	c.Settle(days[1])
	if x := c.Index(); x.Size() != len(live) || x.Overlay().Size() != 0 || x.Change() != 40 || !x.Today().Equal(days[1]) {
		t.Errorf("%d practices, %d of them overlay, at change %d on %s; want %d", x.Size(), x.Overlay().Size(), x.Change(), x.Today(), len(live))
	}
	for number := range int64(5000) {
		if _, ok := c.Index().Practice(number + 1); ok != live[number+1] {
			t.Errorf("%d is there: %t, want %t", number+1, ok, live[number+1])
		}
	}
}

// What a listing shows is what was put in, to the last letter.
func TestPracticeComesBackAsItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawWhole(t)
		index := catalogue.NewIndex([]practice.Practice{p}, 1, days[0])
		got, ok := index.Practice(p.Number)
		if !ok || !reflect.DeepEqual(got, p) {
			t.Fatalf("%+v, want %+v", got, p)
		}
	})
}

// drawWhole draws a practice with anything that a listing may show.
func drawWhole(t *rapid.T) practice.Practice {
	words := func(name string) string { return rapid.String().Draw(t, name) }
	p := drawPractice(t, rapid.Int64Range(1, 1<<40).Draw(t, "number"))
	p.Slug, p.Organisation, p.Licence = words("slug"), words("organisation"), words("licence")
	p.Period.Wording, p.Source = words("wording"), practice.Source{Name: words("source"), URL: words("address"), Listing: true}
	p.Revision = rapid.IntRange(0, 1000).Draw(t, "revision")
	p.Topics = append(p.Topics, practice.Topic(words("topic")))
	for _, moment := range []*time.Time{&p.Published, &p.Updated} {
		if rapid.Bool().Draw(t, "dated") {
			*moment = time.Unix(rapid.Int64Range(-1<<35, 1<<35).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond"))
		}
	}
	for i := range p.Place.Cities {
		p.Place.Cities[i] = practice.City{Country: "GR", Name: words("city"), Located: true,
			Latitude: rapid.Float64().Draw(t, "latitude"), Longitude: rapid.Float64().Draw(t, "longitude")}
	}
	for i := range p.Texts {
		text := &p.Texts[i]
		text.State = rapid.SampledFrom([]practice.TextState{practice.Original, practice.Outdated, "?"}).Draw(t, "state")
		text.Title, text.TitleLanguage, text.TitleEnglish = words("title"), "el", words("english")
		text.Summary = strings.Repeat(words("summary"), rapid.IntRange(1, 100).Draw(t, "long"))
	}
	return p
}
