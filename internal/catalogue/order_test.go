package catalogue_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// alphabet makes a reader who sorts letters in this order; all others come
// behind. Countries are called by their code in small letters.
func alphabet(language practice.Language, letters string) catalogue.Reader {
	return catalogue.Reader{
		Language: language,
		SortKey: func(text string) []byte {
			key := make([]byte, 0, len(text))
			for _, r := range strings.ToLower(text) {
				at := strings.IndexRune(letters, r)
				if at < 0 {
					at = 200
				}
				key = append(key, byte(at+2))
			}
			return key
		},
		Country: func(c practice.Country) string { return strings.ToLower(string(c)) },
	}
}

// shelved is a practice with a title in a place: "country city", the city may be missing.
func shelved(number int64, place, title string) practice.Practice {
	p := practice.Practice{Number: number, Slug: fmt.Sprint("p", number), Texts: []practice.Text{{Language: "en", Title: title}}}
	country, city, found := strings.Cut(place, " ")
	p.Place.Countries = []practice.Country{practice.Country(country)}
	if found {
		p.Place.Cities = []practice.City{{Country: p.Place.Countries[0], Name: city}}
	}
	return p
}

// numbers are those of the first page.
func numbers(x *catalogue.Index, query string, r catalogue.Reader) string {
	var list []string
	for _, found := range x.Find(parse(query), catalogue.Hits{}, r).Found {
		list = append(list, fmt.Sprint(found.Number))
	}
	return strings.Join(list, " ")
}

func TestTitlesFollowTheReadersAlphabet(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex([]practice.Practice{
		shelved(1, "GR", "beta"), shelved(2, "GR", "alpha"), shelved(3, "GR", "Gamma"), shelved(4, "GR", "alp"),
	}, 1, days[0])
	forth, back := alphabet("en", "abcdefghijklmnopqrstuvwxyz"), alphabet("el", "zyxwvutsrqponmlkjihgfedcba")
	for range 2 { // the orders of both readers are kept side by side
		if got := numbers(x, "sort=title", forth); got != "4 2 1 3" {
			t.Errorf("forth: %s", got)
		}
		if got := numbers(x, "sort=title", back); got != "3 1 4 2" {
			t.Errorf("back: %s", got)
		}
	}
}

func TestTitleIsTheOneThatIsShown(t *testing.T) {
	t.Parallel()
	both := func(number int64, original, greek string) practice.Practice {
		p := shelved(number, "GR", original)
		p.Texts = append(p.Texts, practice.Text{Language: "el", Title: greek})
		return p
	}
	x := catalogue.NewIndex([]practice.Practice{both(1, "a", "c"), both(2, "b", "b"), both(3, "c", "a"), shelved(4, "GR", "bb")}, 1, days[0])
	for language, want := range map[practice.Language]string{"en": "1 2 4 3", "el": "3 2 4 1", "fr": "1 2 4 3"} {
		if got := numbers(x, "sort=title", alphabet(language, "abc")); got != want {
			t.Errorf("%s: %s, want %s", language, got, want)
		}
	}
}

func TestPlaceIsCountryCityTitle(t *testing.T) {
	t.Parallel()
	two := shelved(7, "UA Kyiv", "a")
	two.Place.Countries = append(two.Place.Countries, "CY") // the first one counts
	nowhere := practice.Practice{Number: 8, Slug: "p8", Texts: []practice.Text{{Language: "en", Title: "z"}}}
	x := catalogue.NewIndex([]practice.Practice{
		shelved(1, "GR Patras", "a"), shelved(2, "GR Athens", "b"), shelved(3, "GR Athens", "a"), shelved(4, "GR", "z"),
		shelved(5, "CY Zygi", "z"), shelved(6, "GR Athensx", "a"), two, nowhere,
	}, 1, days[0])
	if got := numbers(x, "sort=place", alphabet("en", "abcdefghijklmnopqrstuvwxyz")); got != "8 5 4 3 2 6 1 7" {
		t.Error(got)
	}
}

func TestEqualTitlesAreNewestFirst(t *testing.T) {
	t.Parallel()
	dated := func(number int64, year int, slug string) practice.Practice {
		p := shelved(number, "GR", "same")
		p.Period.Start.Year = year
		p.Slug = slug
		return p
	}
	x := catalogue.NewIndex([]practice.Practice{dated(1, 2001, "a"), dated(2, 2003, "z"), dated(3, 2003, "b"), dated(4, 0, "a0")}, 1, days[0])
	r := alphabet("en", "aemsz")
	for _, query := range []string{"sort=title", "sort=place", ""} {
		if got := numbers(x, query, r); got != "3 2 1 4" {
			t.Errorf("%q: %s", query, got)
		}
	}
	if got := numbers(x, "sort=oldest", r); got != "1 3 2 4" {
		t.Errorf("oldest: %s", got)
	}
	y := x.With([]practice.Practice{dated(5, 2002, "c"), dated(6, 2003, "a")}, nil, 2)
	if got := numbers(y, "sort=title", r); got != "6 3 2 5 1 4" {
		t.Errorf("with newer ones: %s", got)
	}
}

// Of practices that began at the same time, a stub of one line does not lead.
func TestEqualStartsAreByHowMuchThereIsToRead(t *testing.T) {
	t.Parallel()
	sized := func(number int64, year, summary, section int) practice.Practice {
		p := shelved(number, "GR", "same")
		p.Period.Start.Year = year
		p.Texts[0].Summary = strings.Repeat("s", summary)
		p.Texts[0].Sections = map[practice.Section]string{practice.Impact: strings.Repeat("s", section)}
		p.Texts = append(p.Texts, practice.Text{Language: "el", Summary: strings.Repeat("t", 5000)}) // a translation adds nothing
		return p
	}
	x := catalogue.NewIndex([]practice.Practice{sized(1, 2003, 80, 0), sized(2, 2003, 300, 4000), sized(3, 2003, 300, 100), sized(4, 2004, 10, 0), sized(5, 0, 10, 0), sized(6, 0, 900, 0)}, 1, days[0])
	r := alphabet("en", "aems")
	for query, want := range map[string]string{"": "4 2 3 1 6 5", "sort=oldest": "2 3 1 4 6 5", "sort=title": "4 2 3 1 6 5"} {
		if got := numbers(x, query, r); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
	y := x.With([]practice.Practice{sized(7, 2003, 300, 9000), sized(8, 2003, 10, 0), sized(1, 2003, 80, 1000)}, nil, 2)
	for _, z := range []*catalogue.Index{y, y.Merged()} {
		if got := numbers(z, "", r); got != "4 7 2 1 3 8 6 5" {
			t.Errorf("with newer ones: %s", got)
		}
	}
}

// Words that only exclude have no tiers; what they leave is sorted as usual.
func TestRelevanceGoesByTiers(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for number := range int64(6) {
		p := shelved(number+1, "GR", "t")
		p.Period.Start.Year = 2001 + int(number)
		all = append(all, p)
	}
	x := catalogue.NewIndex(all, 1, days[0])
	for _, c := range []struct {
		query string
		hits  wordHits
		want  string
	}{
		{"q=a", wordHits{Tiers: [][]int64{{2, 1}, {5, 3, 2}}}, "2 1 5 3"},
		{"q=a", wordHits{Tiers: [][]int64{{2, 1}, {5, 3, 2}}, Excluded: []int64{2, 5}}, "1 3"},
		{"q=a&sort=newest", wordHits{Tiers: [][]int64{{2, 1}, {5, 3, 2}}}, "5 3 2 1"},
		{"q=a&sort=oldest", wordHits{Tiers: [][]int64{{2, 1}, {5, 3, 2}}}, "1 2 3 5"},
		{"q=a", wordHits{}, ""},
		{"q=a", wordHits{Tiers: [][]int64{nil, {77}, {4}}}, "4"},
		{"q=-a", wordHits{Excluded: []int64{6, 1}}, "5 4 3 2"},
		{"q=-a", wordHits{}, "6 5 4 3 2 1"},
	} {
		var got []string
		for _, p := range practices(x.Find(parse(c.query), c.hits.of(x), reader)) {
			got = append(got, fmt.Sprint(p.Number))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s with %v: %v, want %s", c.query, c.hits, got, c.want)
		}
	}
}

// All pages, one after the other, are everything that was found, once.
func TestPagesCoverTheResult(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := draw(t)
		s := drawSelection(t)
		var got []string
		pages := x.Find(s, n.hits.of(x), reader).Pages
		for page := 1; page <= pages; page++ {
			found := x.Find(s.OnPage(page), n.hits.of(x), reader)
			if found.Pages != pages || len(found.Found) > s.Size || page < pages && len(found.Found) != s.Size {
				t.Fatalf("%q: %d practices on page %d of %d", s.Query(), len(found.Found), page, found.Pages)
			}
			got = append(got, slugs(practices(found))...)
		}
		if want := slugs(n.found(s)); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, want %v", s.Query(), got, want)
		}
		for _, beyond := range []int{pages + 1, catalogue.MaxPage} {
			if found := x.Find(s.OnPage(beyond), n.hits.of(x), reader); len(found.Found) > 0 || found.Total != len(got) {
				t.Fatalf("%q: page %d has %d of %d", s.Query(), beyond, len(found.Found), found.Total)
			}
		}
	})
}

// Following "next" from the first practice visits the list; "previous" leads back.
func TestNextVisitsTheWholeResult(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := draw(t)
		s := drawSelection(t)
		want := n.found(s)
		for rank, p := range want {
			around := x.Around(s, n.hits.of(x), reader, p.Number)
			if around.Rank != rank+1 || around.Total != len(want) {
				t.Fatalf("%q: %s is %d of %d, want %d of %d", s.Query(), p.Slug, around.Rank, around.Total, rank+1, len(want))
			}
			if around.Next == nil {
				if rank != len(want)-1 {
					t.Fatalf("%q: nothing after %s", s.Query(), p.Slug)
				}
				continue
			}
			if back := x.Around(s, n.hits.of(x), reader, around.Next.Number); back.Previous == nil || back.Previous.Number != p.Number {
				t.Fatalf("%q: %s leads to %s, which leads back to %v", s.Query(), p.Slug, around.Next.Slug, back.Previous)
			}
		}
	})
}

// Pages far into a large result skip what comes before without going through it;
// they must not lose count.
func TestDeepPages(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for i := range 3_000 {
		p := shelved(int64(i+1), "GR", fmt.Sprintf("%04d", (i*7)%3_000))
		p.Slug = fmt.Sprintf("p%04d", i)
		if i%3 == 0 {
			p.Topics = []practice.Topic{"roma"}
		}
		all = append(all, p)
	}
	x := catalogue.NewIndex(all, 1, days[0])
	changed := all[1500]
	x = x.With([]practice.Practice{changed}, []int64{3}, 2) // one in the overlay, one gone
	plain := catalogue.Reader{Language: "en", SortKey: func(s string) []byte { return []byte(s) }, Country: func(c practice.Country) string { return string(c) }}
	for _, query := range []string{"", "sort=title", "topic=roma", "topic=roma&sort=title", "size=50", "sort=oldest"} {
		s := parse(query)
		n := naive{all: slices.DeleteFunc(slices.Clone(all), func(p practice.Practice) bool { return p.Number == 3 }), today: days[0]}
		want := n.found(s)
		if s.Sort == catalogue.Title {
			slices.SortFunc(want, func(a, b practice.Practice) int {
				return bytes.Compare([]byte(a.Texts[0].Title), []byte(b.Texts[0].Title))
			})
		}
		for _, page := range []int{1, 2, 7, 33, 50, (len(want)-1)/s.Size + 1} {
			first := min((page-1)*s.Size, len(want))
			got := slugs(practices(x.Find(s.OnPage(page), catalogue.Hits{}, plain)))
			if expected := slugs(want[first:min(first+s.Size, len(want))]); !slices.Equal(got, expected) {
				t.Errorf("%q, page %d: %v, want %v", query, page, got, expected)
			}
		}
		middle := want[len(want)/2]
		if around := x.Around(s, catalogue.Hits{}, plain, middle.Number); around.Rank != len(want)/2+1 {
			t.Errorf("%q: %s is number %d, want %d", query, middle.Slug, around.Rank, len(want)/2+1)
		}
	}
}
