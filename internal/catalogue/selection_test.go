package catalogue_test

import (
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// parse reads a query as the server does: what is malformed is left out.
func parse(query string) catalogue.Selection {
	values, _ := url.ParseQuery(query)
	return catalogue.Parse(values)
}

// One search has one address, whatever way somebody wrote it.
func TestCanonicalQuery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, want string }{
		{"", ""},
		{"q=&topic=&country=&sort=&page=&size=", ""},
		{"topic=roma&topic=education&topic=roma", "topic=education&topic=roma"},
		{"page=2&q=+Two%20%20words+&year=2020&country=GR&country=CY", "q=Two+words&country=CY&country=GR&year=2020&page=2"},
		{"country=gr&topic=ROMA&city=PT-Lisbon", "topic=roma&country=GR&city=pt-lisbon"},
		{"topic=cooking&country=XX&country=gr&language=xx&status=open", "topic=cooking&country=GR&country=XX&language=xx&status=open"},
		{"year=1799&year=1800&year=2100&year=unknown&year=+202", "year=1800&year=2100&year=unknown&year=1799&year=202"},
		{"country=XX&country=%00&country=" + strings.Repeat("x", 81) + "&country=b&country=c&country=d", "country=XX&country=b&country=c"},
		{"status=unknown&status=running&language=el", "language=el&status=running&status=unknown"},
		{"sort=newest", ""},
		{"sort=oldest", "sort=oldest"},
		{"sort=relevance", ""},
		{"sort=relevance&q=a", "q=a"},
		{"sort=newest&q=a", "q=a&sort=newest"},
		{"size=20&page=1", ""},
		{"size=50&page=07", "size=50&page=7"},
		{"size=1000000&page=-3", ""},
		{"page=99999999", "page=100000"},
		{"page=99999999999999999999", ""},
		{"other=1&q=a&q=b", "q=a+b"},
		{"q=a%00b%0Ac%ffd\u200b", "q=a+b+c+d%E2%80%8B"},
		{"q=%EF%BF%BD+%01", ""},
	} {
		if got := parse(c.query).Query(); got != c.want {
			t.Errorf("%q: %q, want %q", c.query, got, c.want)
		}
	}
}

// What is written badly is read as it was meant.
func TestAddressesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"q=100%":                        "q=100%25",
		"q=100%+of+caf%C3%A9s%2":        "q=100%25+of+caf%C3%A9s%252",
		"q=a;b&topic=roma":              "q=a%3Bb&topic=roma",
		"q=school&amp;topic=roma":       "q=school&topic=roma",
		"country=de&amp;country=gr":     "country=DE&country=GR",
		"q=100%25&topic=roma&year=2020": "q=100%25&topic=roma&year=2020",
		"topic=Roma%&country=%":         "topic=Roma%25&country=%25",
		"":                              "",
	} {
		if got := catalogue.ParseAddress(query).Query(); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}

// What no practice could have is kept to be named, and filters nothing.
func TestStrays(t *testing.T) {
	t.Parallel()
	s := parse("topic=cooking&country=XX&country=GR")
	if !s.HasStrays() || s.Filters() != 1 || !slices.Equal(s.Strays(catalogue.Country), []string{"XX"}) || !slices.Equal(s.Strays(catalogue.Topic), []string{"cooking"}) {
		t.Errorf("%v, %v, %d filters", s.Strays(catalogue.Country), s.Strays(catalogue.Topic), s.Filters())
	}
	if without := s.WithoutStrays(); without.Query() != "country=GR" || without.HasStrays() || s.Reset().Query() != "" {
		t.Errorf("without strays %q, reset %q", without.Query(), s.Reset().Query())
	}
}

// Cut by characters, never in the middle of one.
func TestWordsAreCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ words, want string }{
		{strings.Repeat("ж", 200), strings.Repeat("ж", 200)},
		{strings.Repeat("ж", 10_000), strings.Repeat("ж", 200)},
		{strings.Repeat("🌍", 201), strings.Repeat("🌍", 200)},
		{strings.Repeat("a", 199) + " bc", strings.Repeat("a", 199)},
		{strings.Repeat("a ", 5_000), strings.TrimSpace(strings.Repeat("a ", 100))},
	} {
		if got := catalogue.Parse(url.Values{"q": {c.words}}).Words; got != c.want {
			t.Errorf("%d characters became %q", utf8.RuneCountInString(c.words), got)
		}
	}
}

// An address is what people share and what robots make up: any must parse, and
// its canonical form must mean the same.
func FuzzParse(f *testing.F) {
	for _, query := range []string{"", "q=a&topic=roma&country=GR&year=2020&language=el&status=ended&sort=title&size=50&page=3",
		"q=%ff%00&page=1e3&year=unknown", "q=+%C2%85+&sort=relevance", "%zz&;", "country=GR&country=GR&country=%47R"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s := parse(query)
		canonical := s.Query()
		if again := parse(canonical); !reflect.DeepEqual(again, s) || again.Query() != canonical {
			t.Fatalf("%q: %+v became %q and then %+v", query, s, canonical, again)
		}
		if utf8.RuneCountInString(s.Words) > catalogue.MaxWords || !utf8.ValidString(s.Words) || strings.ContainsRune(s.Words, 0) {
			t.Fatalf("%q: words %q", query, s.Words)
		}
		if s.Page < 1 || s.Page > catalogue.MaxPage || !slices.Contains(catalogue.Sizes, s.Size) || !slices.Contains(s.Sorts(), s.Sort) {
			t.Fatalf("%q: %+v", query, s)
		}
		for _, facet := range catalogue.Facets {
			if keys := s.Chosen(facet); !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
				t.Fatalf("%q: %v", query, keys)
			}
		}
	})
}

// Links are made from changed selections, so these must survive the trip too.
func TestQueryOfAnySelectionReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSelection(t)
		steps := []catalogue.Selection{s, s.Reset(), s.WithoutWords(), s.OnPage(2), s.Only(catalogue.Year, "2020", "1999"), s.Only(catalogue.Topic)}
		for _, f := range catalogue.Facets {
			for _, key := range s.Chosen(f) {
				steps = append(steps, s.Without(f, key))
			}
		}
		for _, step := range steps {
			if again := parse(step.Query()); !reflect.DeepEqual(again, step) {
				t.Fatalf("%+v became %q and then %+v", step, step.Query(), again)
			}
		}
	})
}

// Every change goes back to the first page, for the old one may not exist.
func TestChangedSelections(t *testing.T) {
	t.Parallel()
	const query = "q=a&topic=education&topic=roma&year=2020&sort=oldest&size=50&page=4"
	s := parse(query)
	for name, c := range map[string]struct {
		got  catalogue.Selection
		want string
	}{
		"without one":        {s.Without(catalogue.Topic, "roma"), "q=a&topic=education&year=2020&sort=oldest&size=50"},
		"without the last":   {s.Without(catalogue.Year, "2020"), "q=a&topic=education&topic=roma&sort=oldest&size=50"},
		"without a stranger": {s.Without(catalogue.Year, "1999"), "q=a&topic=education&topic=roma&year=2020&sort=oldest&size=50"},
		"only":               {s.Only(catalogue.Topic, "refugees"), "q=a&topic=refugees&year=2020&sort=oldest&size=50"},
		"only none":          {s.Only(catalogue.Topic), "q=a&year=2020&sort=oldest&size=50"},
		"without words":      {s.WithoutWords(), "topic=education&topic=roma&year=2020&sort=oldest&size=50"},
		"reset":              {s.Reset(), "sort=oldest&size=50"},
		"other page":         {s.OnPage(2), "q=a&topic=education&topic=roma&year=2020&sort=oldest&size=50&page=2"},
		"relevance reset":    {parse("q=a&page=3").Reset(), ""},
		"relevance no words": {parse("q=a&topic=roma").WithoutWords(), "topic=roma"},
	} {
		if got := c.got.Query(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if s.Query() != query {
		t.Errorf("the selection itself became %q", s.Query())
	}
}

func TestWhatNarrows(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]struct {
		filters  int
		narrowed bool
	}{
		"":                             {0, false},
		"sort=title&page=2&size=50":    {0, false},
		"q=a":                          {0, true},
		"topic=roma&year=2020&q=a":     {2, true},
		"topic=roma&topic=cooking&q=+": {1, true},
	} {
		if s := parse(query); s.Filters() != want.filters || s.Narrowed() != want.narrowed {
			t.Errorf("%q: %d filters, narrowed %v", query, s.Filters(), s.Narrowed())
		}
	}
}

// A page shows texts in the reader's language, or in a chosen one.
func TestTextOfASelection(t *testing.T) {
	t.Parallel()
	p := practice.Practice{Texts: []practice.Text{{Language: "el"}, {Language: "en"}, {Language: "fr"}}}
	for i, c := range []struct {
		query        string
		reader, want practice.Language
	}{
		{"", "en", "en"},
		{"", "de", "el"},
		{"language=fr", "en", "fr"},
		{"language=fr&language=en", "en", "en"},
		{"language=de&language=fr", "en", "fr"},
		{"language=de", "de", "el"},
	} {
		if got := parse(c.query).Text(p, c.reader).Language; got != c.want {
			t.Errorf("%s: %q for %q: %s, want %s", strconv.Itoa(i), c.query, c.reader, got, c.want)
		}
	}
}
