package store_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// The index answers as plain SQL does: after it was loaded, and after many
// changes that it took in one by one. Seeds are fixed; they draw hundreds of
// selections through all facets, with and without words.
func TestIndexCountsAsPlainSQL(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	draw := rand.New(rand.NewPCG(1, 2))
	all := make([]practice.Practice, 300)
	for i := range all {
		all[i] = random(draw, i)
	}
	importInto(t, s, all...)
	o := oracle{T: t, Store: s, draw: draw, live: catalogue.New(indexOf(t, s))}
	o.compare(120)
	for range 10 {
		changed := map[int]practice.Practice{}
		for range 15 {
			i := draw.IntN(330) // some of them new
			changed[i] = random(draw, i)
		}
		importInto(t, s, slices.SortedFunc(maps.Values(changed), func(a, b practice.Practice) int { return strings.Compare(a.Slug, b.Slug) })...)
		archive(t, s, fmt.Sprintf("practice-%d", draw.IntN(300)), "Away.")
		if err := s.Practices.Refresh(t.Context(), o.live); err != nil {
			t.Fatal(err)
		}
		o.compare(12)
	}
	if o.live.Index().Overlay().Size() == 0 {
		t.Error("nothing was beside the base")
	}
}

// random is a practice with any facts.
func random(draw *rand.Rand, i int) practice.Practice {
	p := made(fmt.Sprintf("practice-%d", i))
	p.Topics = pick(draw, practice.Topics[:6], 3)
	p.Place.Countries = pick(draw, []practice.Country{"CY", "DE", "GR", "PL", "UA"}, 2)
	p.Place.Cities = nil
	if draw.IntN(3) > 0 {
		p.Place.Cities = pick(draw, []practice.City{{Country: "DE", Name: "Aachen"}, {Country: "GR", Name: "Volos"}, {Country: "PL", Name: "Łódź"}}, 2)
	}
	if start := 2010 + draw.IntN(18); draw.IntN(5) > 0 {
		p.Period.Start = practice.Date{Year: start, Month: time.Month(draw.IntN(13))}
	}
	if draw.IntN(3) > 0 {
		p.Period.End = practice.Date{Year: max(2020, p.Period.Start.Year) + draw.IntN(8), Month: time.Month(draw.IntN(13))}
		if p.Period.Backwards() {
			p.Period.End.Month = 0
		}
	}
	p.Period.Ongoing = draw.IntN(4) == 0
	for _, language := range pick(draw, []practice.Language{"el", "fr", "uk"}, 2) {
		p.Texts = append(p.Texts, practice.Text{Language: language, State: practice.Human, TitleLanguage: language,
			Title: fmt.Sprintf("Titre %d", draw.IntN(20)), Summary: []string{"theatre", "football", "mediation"}[draw.IntN(3)]})
	}
	return p
}

// pick draws one or more of a list, at most so many.
func pick[T any](draw *rand.Rand, list []T, most int) []T {
	shuffled := slices.Clone(list)
	draw.Shuffle(len(list), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return shuffled[:1+draw.IntN(most)]
}

// searcher knows no names of topics and countries.
var searcher = catalogue.NewSearcher(catalogue.Vocabulary{})

// A word in quotation marks is found where plain reading finds it: in titles,
// summaries and sections, in whatever language.
func TestQuotedWordsAreWhereSQLReadsThem(t *testing.T) {
	t.Parallel()
	s := testdb.OpenSample(t)
	x := indexOf(t, s)
	for _, word := range []string{"refugees", "mosques", "schools", "kaleidoscope", "mediation", "rumours", "πρόσφυγες", "біженців", "Flüchtlinge", "zebra"} {
		hits, err := searcher.Search(t.Context(), x, `"`+word+`"`, "en")
		if err != nil {
			t.Fatal(err)
		}
		found, _ := x.Numbers(hits)
		want, err := s.Practices.WordedBySQL(t.Context(), word)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(found)
		slices.Sort(want.Found)
		if !slices.Equal(found, want.Found) || (len(found) == 0) != (word == "zebra") {
			t.Errorf("%q: found %v, SQL reads it in %v", word, found, want.Found)
		}
	}
}

// oracle holds a catalogue to what its database says.
type oracle struct {
	*testing.T
	*store.Store
	draw *rand.Rand
	live *catalogue.Catalogue
}

// compare asks both for so many selections.
func (o oracle) compare(selections int) {
	o.Helper()
	for range selections {
		asked := catalogue.Parse(o.query())
		hits, err := searcher.Search(o.Context(), o.live.Index(), asked.Words, "en")
		if err != nil {
			o.Fatal(err)
		}
		var worded store.Worded
		worded.Found, worded.Excluded = o.live.Index().Numbers(hits)
		want, err := o.Practices.ListBySQL(o.Context(), asked, worded, o.live.Index().Today())
		if err != nil {
			o.Fatal(err)
		}
		found := o.live.Index().Find(asked, hits, catalogue.Reader{})
		var page []int64
		for _, p := range found.Found {
			page = append(page, p.Number)
		}
		if found.Total != want.Total || !slices.Equal(page, want.Page) {
			o.Fatalf("%q: %d found, on this page %v; SQL finds %d and %v", asked.Query(), found.Total, page, want.Total, want.Page)
		}
		for _, f := range catalogue.Facets {
			counts := map[string]int{}
			for _, value := range found.Counts[f] {
				if value.Count > 0 {
					counts[value.Key] = value.Count
				}
			}
			if !maps.Equal(counts, want.Counts[f]) {
				o.Fatalf("%q, %s: %v; SQL counts %v", asked.Query(), f.Name(), counts, want.Counts[f])
			}
		}
	}
}

// query draws the address of a listing.
func (o oracle) query() url.Values {
	query := url.Values{"sort": {[]string{"newest", "oldest"}[o.draw.IntN(2)]}, "page": {fmt.Sprint(1 + o.draw.IntN(3))}}
	for _, f := range catalogue.Facets {
		if o.draw.IntN(3) == 0 {
			query[f.Name()] = pick(o.draw, choices[f], 2)
		}
	}
	if o.draw.IntN(3) == 0 {
		query.Set("q", []string{"theatre", "football or mediation", "title -theatre"}[o.draw.IntN(3)])
	}
	return query
}

// choices are the values that are chosen, some of which nothing has.
var choices = [][]string{
	catalogue.Topic: {string(practice.Topics[0]), string(practice.Topics[3]), "roma"}, catalogue.Country: {"CY", "DE", "FR"},
	catalogue.City: {"de-aachen", "pl-lodz", "fr-paris"},
	catalogue.Year: {"2012", "2020", "2026", "unknown"}, catalogue.Language: {"el", "fr", "de"},
	catalogue.Status: {"running", "ended", "unknown"},
}
