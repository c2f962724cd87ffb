package server_test

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
)

// ask writes the address of an English listing: its words, then its filters.
func ask(words, filters string) string {
	query := url.Values{"q": {words}}.Encode()
	if words == "" {
		query = ""
	}
	return "/en/practices?" + strings.Trim(query+"&"+filters, "&")
}

// waysOut follows every way out of an empty page, checks that it leads to as
// many practices as are promised, and lists what the ways say.
func (p page) waysOut(s *site) []string {
	p.Helper()
	p.says("h2#count", "No practices found")
	p.lacks("li.item")
	if way := p.one(".empty p.all a"); s.visit(attr(way, "href")).total() != counted(p.T, text(way)) {
		p.Errorf("%s: %q is not true", p.path, text(way))
	}
	var ways []string
	before := math.MaxInt
	for _, way := range append(all(p.doc, ".empty p.meant"), all(p.doc, ".empty ul.counts li")...) {
		target := s.visit(attr(all(way, "a")[0], "href"))
		label := text(all(way, "a")[0])
		count := counted(p.T, strings.TrimPrefix(text(way), label))
		if want := target.total(); count != want || count == 0 || count > before {
			p.Errorf("%s: %q promises %d practices after %d, its page has %d", p.path, label, count, before, want)
		}
		if !strings.HasPrefix(label, "Did you mean") {
			before = count
		}
		ways = append(ways, label)
	}
	return ways
}

func TestEmptyResultShowsWaysOut(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, c := range []struct {
		words, filters string
		want           []string
		says           []string
	}{
		{"", "topic=roma&country=JP", []string{"Without Japan:", "Without Roma:"}, []string{"Leave one thing out:"}},
		{"", "country=ZW&status=running&size=50", []string{"Without Zimbabwe:"}, []string{"Leaving out only Still running would not help."}},
		{"", "country=GR&language=ja", []string{"In all languages:", "Without Greece:"}, nil},
		{"school", "country=JP&country=KR&year=1990", []string{"Without 1990:"},
			[]string{"Leaving out only “school” or Japan or South Korea would not help."}},
		{"xyzzy", "", nil, []string{"No text in the catalogue contains this"}},
		{`"xyzzy" school`, "", []string{"Without “xyzzy”:"}, []string{"Leaving out only “school” would not help."}},
		{`"xyzzy" museum -school`, "", []string{"Without “xyzzy”:"}, []string{"Leaving out only “museum” or “-school” would not help."}},
		{"xyzzy plugh", "country=GR", []string{"Without “xyzzy plugh”:"}, []string{"Leaving out only Greece would not help."}},
		{"", "country=ZW", nil, []string{"The catalogue has no practice like this yet."}},
		{`"urban farming" Ioannina`, "", []string{"Without “urban farming”:", "Without “Ioannina”:"}, nil},
		{"xyzzy", "topic=roma&country=JP", []string{"Only Roma:", "Only Japan:"}, []string{"Each on its own:"}},
		{`"xyzzy" "plugh" school`, "country=JP", []string{"Without “\"xyzzy\" \"plugh\" school”:"}, nil},
		{"Roma", "country=JP&year=1990", []string{"Only “Roma”:", "Only Japan:", "Only 1990:"}, nil},
	} {
		p := s.visit(ask(c.words, c.filters))
		same(t, p.path, p.waysOut(s), c.want)
		p.says(".empty", c.says...)
	}
}

// TestPlacesNearTheOneAskedFor follows every link to a place.
func TestPlacesNearTheOneAskedFor(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, c := range []struct {
		words, filters, heading string
		want                    []string
	}{
		{"Ioannina", "topic=anti-rumour", "Places near Ioannina with such practices", []string{"Patras 174 km"}},
		{"Ιωάννινα", "topic=anti-rumour", "Places near Ioannina with such practices", []string{"Patras 174 km"}},
		{"Reggio Emilia", "topic=refugees", "Places near Reggio Emilia with such practices", []string{"Ravenna 128 km"}},
		{`Oslo "music"`, "", "Places near Oslo with such practices", []string{"Bergen 305 km"}},
		{`"xyzzy"`, "country=GR", "Cities in Greece with practices", []string{"Patras", "Ioannina"}},
	} {
		p := s.visit(ask(c.words, c.filters))
		p.waysOut(s)
		p.says(".empty h3", c.heading)
		same(t, p.path, texts(all(p.doc, ".empty .places li")), c.want)
		for _, place := range all(p.doc, ".empty .places a") {
			if near := s.visit(attr(place, "href")); near.total() == 0 || !strings.Contains(text(near.one("ol.list")), text(place)) {
				t.Errorf("%s: %s leads to %d practices", p.path, text(place), near.total())
			}
		}
	}
}

// A misspelt word is corrected at once, and the page says so.
func TestMisspeltWordsFind(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, want := range map[string]string{
		ask("refugess", ""):                "Showing results for “refugees” instead of “refugess”.",
		ask("Ioanninna", "topic=refugees"): "Showing results for “Ioannina” instead of “Ioanninna”.",
		ask("refugess houssing", ""):       "Showing results for “refugees” and “housing” instead of “refugess” and “houssing”.",
		ask("discriminaton", ""):           "Showing results for “discrimination” instead of “discriminaton”.",
	} {
		p := s.visit(path)
		if p.total() == 0 {
			t.Errorf("%s finds nothing", path)
		}
		p.says("#how", want)
		exactly := s.visit(attr(p.one("#how a"), "href"))
		exactly.says("h2#count", "No practices found")
		exactly.lacks("#how")
	}
	s.visit(ask("school", "")).says("#how", "Also searched for:")
	s.visit(ask("sweden", "")).lacks("#how")
	for _, filters := range []string{"", "topic=roma"} { // there is no rest, and to search for exactly this would find no more
		none := s.visit(ask("xyzzy", filters))
		same(t, none.path, texts(all(none.doc, "#how")), []string{"Nothing in the catalogue contains “xyzzy”."})
		none.lacks("#how a")
	}
}

// TestWordsThatOnlyExclude find everything else, whatever the order.
func TestWordsThatOnlyExclude(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	with := s.listed("q=%22school%22&size=50")
	for _, query := range []string{"q=-%22school%22&size=50", "q=-%22school%22&sort=title&size=50", "q=-%22school%22+-xyzzy&size=50"} {
		without := s.listed(query)
		if len(without)+len(with) != 274 || slices.ContainsFunc(without, func(slug string) bool { return slices.Contains(with, slug) }) {
			t.Errorf("%s: %d practices beside %d", query, len(without), len(with))
		}
	}
	if got := s.visit("/en/practices?q=-xyzzy").total(); got != 274 {
		t.Errorf("without the filter that finds nothing: %d practices", got)
	}
}

// TestPlacesAreOfTheSameCountry: what is near in another country was not asked for.
func TestPlacesAreOfTheSameCountry(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{ask("Barcelona", "country=IT"), ask("xyzzy", ""), ask("school", "country=JP&country=KR&year=1990"), ask("", "topic=roma&country=JP")} {
		p := s.visit(path)
		p.waysOut(s)
		p.lacks(".empty h3")
	}
}

func TestEmptyPageHoldsHostileWords(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, words := range []string{"<b>xyzzy</b> <i>", `xyzzy "`, `"xyzzy" "" -"`, "-xyzzy -plugh", "xyzzy 🏙 👩‍🚀", "\u202exyzzy \u200fplugh", attack,
		strings.Repeat("xyzzy ", 40), strings.Repeat("x", 10_000)[:catalogue.MaxWords], "xyzzy or", "or xyzzy or or plugh", "xyzzy \\ ' % $1 {{.Words}}"} {
		for _, filters := range []string{"", "topic=roma&country=JP"} {
			p := s.get(ask(words, filters))
			if p.status == 302 {
				p = s.visit(p.header.Get("Location"))
			}
			p.is(200)
			p.harmless()
			if p.total() == 0 {
				p.waysOut(s)
			}
		}
	}
}
