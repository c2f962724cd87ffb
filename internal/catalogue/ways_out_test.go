package catalogue_test

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// library is a small catalogue that looks words up by itself.
type library struct {
	*catalogue.Index
	all []practice.Practice
}

// newLibrary has six practices, each "title | city | topic | year".
func newLibrary() library {
	var b library
	for i, line := range []string{
		"school radio | Athens | roma | 2019",
		"school garden | Patras | refugees | 2020",
		"city radio | Reggio | refugees | 2020",
		"city garden festival | Reggio Emilia | roma | 2021",
		"harbour walk | Suva | education | 2021",
		"market | Ioannina | education | 2022",
	} {
		field := strings.Split(line, " | ")
		p := kin(int64(i+1), field[0], towns[field[1]], practice.Topic(field[2]))
		fmt.Sscan(field[3], &p.Period.Start.Year)
		p.Period.End = p.Period.Start
		b.all = append(b.all, p)
	}
	b.Index = catalogue.NewIndex(b.all, 1, day(2026, 1, 1))
	return b
}

var termOf = regexp.MustCompile(`-?"[^"]*"|\S+`)

// match finds the practices that have every word in title or city, as the store
// would: what a dash excludes is listed apart.
func (b library) match(words string) catalogue.Hits {
	var hits catalogue.Hits
	var found []int64
	wanted := 0
	for _, p := range b.all {
		text := " " + strings.ToLower(p.Texts[0].Title+" "+p.Place.Cities[0].Name) + " "
		fits, excluded := true, false
		wanted = 0
		for _, term := range termOf.FindAllString(words, -1) {
			has := strings.Contains(text, " "+strings.ToLower(strings.Trim(term, `-"`))+" ")
			if strings.HasPrefix(term, "-") {
				excluded = excluded || has
				continue
			}
			wanted++
			fits = fits && has
		}
		if excluded {
			hits.Excluded = append(hits.Excluded, p.Number)
		} else if fits && wanted > 0 {
			found = append(found, p.Number)
		}
	}
	if len(found) > 0 {
		hits.Tiers = [][]int64{found}
	}
	return hits
}

func (b library) count(s catalogue.Selection) int {
	return b.Find(s, b.match(s.Words), reader).Total
}

// waysOut asks as the server does: for all other words in advance.
func (b library) waysOut(s catalogue.Selection, spelled string) catalogue.WaysOut {
	r := catalogue.Rephrased{Spelled: spelled, Hits: map[string]catalogue.Hits{}}
	for _, words := range s.Rephrasings(spelled) {
		r.Hits[words] = b.match(words)
	}
	return b.WaysOut(s, b.match(s.Words), r)
}

// told writes ways out in a line.
func told(w catalogue.WaysOut) string {
	var parts []string
	ways := func(name string, list []catalogue.WayOut) {
		for _, way := range list {
			parts = append(parts, fmt.Sprintf("%s %s: %d by %s", name, partName(way.Part), way.Count, readable(way.Selection)))
		}
	}
	if w.Spelling.Count > 0 {
		ways("spelled", []catalogue.WayOut{w.Spelling})
	}
	ways("without", w.Removals)
	for _, part := range w.Useless {
		parts = append(parts, "not without "+partName(part))
	}
	ways("only", w.Alone)
	for _, city := range w.Places.Cities {
		parts = append(parts, fmt.Sprintf("near %q: %s by %s", w.Places.Near, city.City.Name, readable(city.Selection)))
	}
	return strings.Join(parts, "; ")
}

func partName(p catalogue.Part) string {
	return cmp.Or(p.Words, p.Facet.Name())
}

func readable(s catalogue.Selection) string {
	query, _ := url.QueryUnescape(s.Query())
	return query
}

func TestWaysOutOfAnEmptyResult(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	for query, want := range map[string]string{
		// One part helps, the other does not.
		"topic=roma&country=FJ":                 "without country: 2 by topic=roma; without topic: 1 by country=FJ",
		"topic=roma&country=FJ&year=2021":       "without topic: 1 by country=FJ&year=2021; without country: 1 by topic=roma&year=2021; not without year",
		"topic=roma&country=JP":                 "without country: 2 by topic=roma; not without topic",
		"q=school+festival":                     "without festival: 2 by q=school; without school: 1 by q=festival",
		"q=school+xyzzy":                        "without xyzzy: 2 by q=school; not without school",
		"q=radio+-city+-school":                 "without radio: 2 by q=-city+-school; without -city: 1 by q=radio+-school; without -school: 1 by q=radio+-city",
		"q=radio&topic=education&size=50":       "without radio: 2 by topic=education&size=50; without topic: 2 by q=radio&size=50",
		"q=xyzzy+plugh&topic=roma&page=2":       "without xyzzy plugh: 2 by topic=roma; not without topic",
		"q=market&country=IT&sort=oldest":       "without market: 2 by country=IT&sort=oldest; without country: 1 by q=market&sort=oldest",
		"country=JP&country=KR":                 "", // without it there is everything, which has a link of its own
		"q=xyzzy":                               "",
		"q=xyzzy+-school&topic=roma&country=FJ": "only topic: 2 by topic=roma; only country: 1 by country=FJ",
		"q=radio&topic=education&country=JP":    "only radio: 2 by q=radio; only topic: 2 by topic=education",
		"q=xyzzy&topic=roma&country=FJ":         "only topic: 2 by topic=roma; only country: 1 by country=FJ",
		"q=xyzzy+radio&topic=roma&year=1999":    "only radio: 2 by q=radio; only topic: 2 by topic=roma",
	} {
		s := parse(query)
		if got := told(b.waysOut(s, "")); plus(got) != plus(want) {
			t.Errorf("%s:\n got %s\nwant %s", query, got, want)
		}
		if b.count(s) > 0 {
			t.Errorf("%s is not empty", query)
		}
	}
}

// plus lets queries be written with either sign for a space.
func plus(text string) string { return strings.ReplaceAll(text, "+", " ") }

func TestSpellingKeepsFiltersIfItCan(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	for _, c := range []struct{ query, spelled, want string }{
		{"q=gardn", "garden", "q=garden 2"},
		{"q=gardn&country=IT&sort=title", "garden", "q=garden&country=IT&sort=title 1"},
		{"q=gardn&country=FJ&size=50", "garden", "q=garden&size=50 2"},
		{"q=gardn", "xyzzy", ""},
		{"q=gardn", "", ""},
	} {
		way := b.waysOut(parse(c.query), c.spelled).Spelling
		got := ""
		if way.Count > 0 {
			got = fmt.Sprint(readable(way.Selection), " ", way.Count)
		}
		if got != c.want || way.Count > 0 && way.Part.Words != c.spelled {
			t.Errorf("%s spelled %q: %q (%v), want %q", c.query, c.spelled, got, way.Part, c.want)
		}
	}
}

func TestPlacesNearTheNamedCity(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	for _, c := range []struct{ query, want string }{
		// Ioannina has practices, but none about radio: Athens is where in Greece there is one.
		{"q=Ioannina+radio", "Ioannina: Athens 312 q=radio Athens&country=GR"},
		{"q=Ιωάννινα&topic=roma", ""}, // the store knows the name, this library does not
		{"q=Ioannina&topic=refugees", "Ioannina: Patras 174 q=Patras&country=GR&topic=refugees"},
		{"q=Ioannina&topic=refugees&country=IT", ""}, // Italy is not near
		{"q=xyzzy&country=GR", ": Athens -1 q=Athens&country=GR"},
		{"q=xyzzy", ""},
		{"country=JP", ""},
	} {
		places := b.waysOut(parse(c.query), "").Places
		got := ""
		if len(places.Cities) > 0 {
			first := places.Cities[0]
			got = fmt.Sprintf("%s: %s %d %s", places.Near, first.City.Name, first.Kilometres, readable(first.Selection))
		}
		if !sameQuery(got, c.want) {
			t.Errorf("%s: %q, want %q", c.query, got, c.want)
		}
	}
}

// sameQuery compares texts whatever the order of parameters in them.
func sameQuery(a, b string) bool {
	sorted := func(text string) []string {
		list := strings.FieldsFunc(text, func(r rune) bool { return r == '&' || r == ' ' })
		slices.Sort(list)
		return list
	}
	return slices.Equal(sorted(a), sorted(b))
}

// TestCityOfSeveralWordsIsQuoted: its words must stand together.
func TestCityOfSeveralWordsIsQuoted(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	s := parse("q=xyzzy&country=IT&topic=roma")
	places := b.waysOut(s, "").Places
	if places.Near != "" || len(places.Cities) != 1 {
		t.Fatalf("%+v", places)
	}
	if near := places.Cities[0]; near.Selection.Words != `"Reggio Emilia"` || b.count(near.Selection) != 1 || near.Practices != 1 {
		t.Errorf("%+v finds %d", near, b.count(near.Selection))
	}
}

// TestUnknownMatchesAreNotOffered: a way out whose words were not looked up says
// nothing rather than something false.
func TestUnknownMatchesAreNotOffered(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	s := parse("q=school+festival&topic=education")
	ways := b.WaysOut(s, catalogue.Hits{}, catalogue.Rephrased{Spelled: "schools"})
	if got := told(ways); got != "without school festival: 2 by topic=education; not without topic" {
		t.Error(got)
	}
	one := catalogue.Rephrased{Hits: map[string]catalogue.Hits{"school": b.match("school")}}
	if got := told(b.WaysOut(parse("q=school+festival"), catalogue.Hits{}, one)); got != "" {
		t.Error(got)
	}
	some := catalogue.Rephrased{Hits: map[string]catalogue.Hits{"school": b.match("school"), "festival": {}}}
	if got := told(b.WaysOut(s, catalogue.Hits{}, some)); got != "without school festival: 2 by topic=education; not without topic" {
		t.Error(got)
	}
	if got := told(b.WaysOut(parse("q=school+festival"), catalogue.Hits{}, some)); got != "without festival: 2 by q=school; not without school" {
		t.Error(got)
	}
}

func TestRephrasings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		words, spelled string
		want           []string
	}{
		{"", "", nil},
		{"one", "", nil},
		{"one", "won", []string{"won"}},
		{"one", "one", nil},
		{"one two", "", []string{"two", "one"}},
		{"one two", "two", []string{"two", "one"}},
		{"one -two", "", []string{"-two", "one"}},
		{`"one two" three`, "", []string{"three", `"one two"`}},
		{"one two three", "x", []string{"x", "two three", "one three", "one two", "one", "two", "three"}},
	} {
		if got := asked(c.words).Rephrasings(c.spelled); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.words, got, c.want)
		}
	}
	if got := asked("a b c d e f g h").Rephrasings("x"); len(got) != 12 {
		t.Errorf("%d are looked up: %q", len(got), got)
	}
}

// drawWords asks for words of which many exist, but seldom together.
func drawWords(t *rapid.T) catalogue.Selection {
	query := url.Values{}
	draw := func(name string, values ...string) {
		query[name] = rapid.SliceOfN(rapid.SampledFrom(values), 0, 2).Draw(t, name)
	}
	words := rapid.SampledFrom([]string{"school", "radio", "city", "garden", "Athens", "Ioannina", "Reggio", "xyzzy", "-city", "-school"})
	query.Set("q", strings.Join(rapid.SliceOfN(words, 0, 4).Draw(t, "words"), " "))
	draw("topic", "roma", "refugees", "education")
	draw("country", "GR", "IT", "FJ", "JP")
	draw("year", "2019", "2020", "2021", "1999")
	return catalogue.Parse(query)
}

// Whatever was asked for, each way out finds as many practices as it says.
func TestWaysOutAreTrue(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	rapid.Check(t, func(t *rapid.T) {
		s := drawWords(t)
		if b.count(s) > 0 {
			return
		}
		ways := b.waysOut(s, rapid.SampledFrom([]string{"", "school", "garden radio"}).Draw(t, "spelled"))
		all := slices.Concat(ways.Removals, ways.Alone)
		if ways.Spelling.Count > 0 {
			all = append(all, ways.Spelling)
		}
		for _, way := range all {
			if way.Count == 0 || way.Count != b.count(way.Selection) || way.Selection.Page != 1 {
				t.Fatalf("%q: %+v finds %d", s.Query(), way, b.count(way.Selection))
			}
		}
		for _, list := range [][]catalogue.WayOut{ways.Removals, ways.Alone} {
			if !slices.IsSortedFunc(list, func(a, b catalogue.WayOut) int { return b.Count - a.Count }) {
				t.Fatalf("%q: %s", s.Query(), told(ways))
			}
		}
		for _, city := range ways.Places.Cities {
			if b.count(city.Selection) == 0 {
				t.Fatalf("%q: nothing in %s by %q", s.Query(), city.City.Name, city.Selection.Query())
			}
		}
		checkParts(t, s, ways)
	})
}

// checkParts holds each way out to what it says is left out or left.
func checkParts(t *rapid.T, s catalogue.Selection, ways catalogue.WaysOut) {
	if len(ways.Removals) > 0 && len(ways.Alone) > 0 {
		t.Fatalf("%q: both %s", s.Query(), told(ways))
	}
	for _, way := range ways.Removals {
		if way.Part.Words == "" {
			if got, want := way.Selection.Query(), s.Only(way.Part.Facet).Query(); got != want {
				t.Fatalf("%q without %s: %q", s.Query(), way.Part.Facet.Name(), got)
			}
		} else if way.Selection.Filters() != s.Filters() || len(way.Selection.Words) >= len(s.Words) {
			t.Fatalf("%q without %s: %q", s.Query(), way.Part.Words, way.Selection.Query())
		}
	}
	for _, way := range ways.Alone {
		narrowed := 0
		for _, f := range catalogue.Facets {
			if len(way.Selection.Chosen(f)) > 0 {
				narrowed++
			}
		}
		if way.Selection.Words != "" {
			narrowed++
		}
		if narrowed != 1 {
			t.Fatalf("%q: alone %q", s.Query(), way.Selection.Query())
		}
	}
}
