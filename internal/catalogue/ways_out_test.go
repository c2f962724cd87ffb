package catalogue_test

import (
	"cmp"
	"context"
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

// library is a small catalogue that is searched by its searcher, or looks words
// up by itself.
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

// match finds the practices that have every word in title or city, and nothing
// that nearly fits: what a dash excludes is listed apart.
func (b library) match(words string) catalogue.Hits {
	var without []int64
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
			without = append(without, p.Number)
		} else if fits && wanted > 0 {
			found = append(found, p.Number)
		}
	}
	return b.HitsOf([][]int64{found}, without)
}

// search finds what the words mean, as residents are answered.
func (b library) search(words string) catalogue.Hits {
	hits, err := searcher.Search(context.Background(), b.Index, words, "en")
	if err != nil {
		panic(err) // it has no reason to fail
	}
	return hits
}

// told writes ways out in a line.
func told(w catalogue.WaysOut) string {
	var parts []string
	ways := func(name string, list []catalogue.WayOut) {
		for _, way := range list {
			parts = append(parts, fmt.Sprintf("%s %s: %d by %s", name, partName(way.Part), way.Count, readable(way.Selection)))
		}
	}
	ways("without", w.Removals)
	for _, part := range w.Useless {
		parts = append(parts, "not without "+partName(part))
	}
	ways("only", w.Alone)
	for _, city := range w.Places.Cities {
		parts = append(parts, fmt.Sprintf("near %q: %s by %s", w.Places.Near.Name, city.City.Name, readable(city.Selection)))
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
		if got := told(b.WaysOut(s, b.match)); plus(got) != plus(want) {
			t.Errorf("%s:\n got %s\nwant %s", query, got, want)
		}
		if b.Count(s, b.match(s.Words)) > 0 {
			t.Errorf("%s is not empty", query)
		}
	}
}

// plus lets queries be written with either sign for a space.
func plus(text string) string { return strings.ReplaceAll(text, "+", " ") }

func TestPlacesNearTheNamedCity(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	for _, c := range []struct{ query, want string }{
		// Ioannina has practices, but none for Roma: Athens is where in Greece there is a radio of theirs.
		{"q=Ioannina+radio&topic=roma", "Ioannina: Athens 312 q=radio&country=GR&city=gr-athens&topic=roma"},
		{"q=Ιωάννινα&topic=roma", "Ioannina: Athens 312 country=GR&city=gr-athens&topic=roma"},
		{"q=Ioannina&topic=refugees", "Ioannina: Patras 174 country=GR&city=gr-patras&topic=refugees"},
		{"q=Ioannina&topic=refugees&country=IT", ""}, // Italy is not near
		{"q=xyzzy&country=GR", ": Athens -1 country=GR&city=gr-athens"},
		{"q=xyzzy&country=IT&topic=roma", ": Reggio Emilia -1 country=IT&city=it-reggio-emilia&topic=roma"},
		{"q=xyzzy", ""},
		{"country=JP", ""},
	} {
		s := parse(c.query)
		if b.Count(s, b.search(s.Words)) > 0 {
			t.Errorf("%s is not empty", c.query)
		}
		places := b.WaysOut(s, b.search).Places
		got := ""
		if len(places.Cities) > 0 {
			first := places.Cities[0]
			got = fmt.Sprintf("%s: %s %d %s", places.Near.Name, first.City.Name, first.Kilometres, readable(first.Selection))
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

// TestWaysOutAskLittle: searching costs time, so nothing is looked up twice, and
// not more than a page can show.
func TestWaysOutAskLittle(t *testing.T) {
	t.Parallel()
	b := newLibrary()
	for _, query := range []string{"q=xyzzy&country=GR", "q=a+b+c+d+e+f+g+h+i&topic=roma&country=FJ", "q=Ioannina+radio&topic=roma&year=1999", `q="one+two"+three&country=JP`} {
		asked := map[string]int{}
		b.WaysOut(parse(query), func(words string) catalogue.Hits {
			asked[words]++
			return b.search(words)
		})
		if len(asked) > 12 {
			t.Errorf("%s: %d are looked up: %v", query, len(asked), asked)
		}
		for words, times := range asked {
			if times > 1 {
				t.Errorf("%s: %q is looked up %d times", query, words, times)
			}
		}
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
		search := rapid.SampledFrom([]func(string) catalogue.Hits{b.match, b.search}).Draw(t, "search")
		count := func(s catalogue.Selection) int { return b.Find(s, search(s.Words), reader).Total }
		if count(s) > 0 {
			return
		}
		ways := b.WaysOut(s, search)
		for _, way := range slices.Concat(ways.Removals, ways.Alone) {
			if way.Count == 0 || way.Count != count(way.Selection) || way.Selection.Page != 1 {
				t.Fatalf("%q: %+v finds %d", s.Query(), way, count(way.Selection))
			}
		}
		for _, list := range [][]catalogue.WayOut{ways.Removals, ways.Alone} {
			if !slices.IsSortedFunc(list, func(a, b catalogue.WayOut) int { return b.Count - a.Count }) {
				t.Fatalf("%q: %s", s.Query(), told(ways))
			}
		}
		for _, city := range ways.Places.Cities {
			if count(city.Selection) == 0 {
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
