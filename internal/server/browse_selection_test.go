package server_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/catalogue"
)

// number is the first number in a phrase.
var number = regexp.MustCompile(`[0-9]+`)

func counted(t *testing.T, phrase string) int {
	t.Helper()
	if strings.Contains(phrase, "No practices") {
		return 0
	}
	n, err := strconv.Atoi(number.FindString(phrase))
	if err != nil {
		t.Fatalf("no number in %q", phrase)
	}
	return n
}

// total is how many practices the heading of an English listing counts.
func (p page) total() int {
	p.Helper()
	return counted(p.T, text(p.one("h2#count")))
}

// crowded is a selection with words, values of every facet, sort and size.
const crowded = "q=intercultural&topic=education&topic=refugees&country=ES&country=IT&year=2018&language=en&status=running&sort=title&size=50"

func TestChipRemovesExactlyOneValue(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices?" + crowded)
	chips := all(p.doc, "ul.chips a[data-live]")
	chips = chips[:len(chips)-1] // the last resets
	if len(chips) != 8 {
		t.Fatalf("%d chips: %v", len(chips), texts(chips))
	}
	for i, chip := range chips {
		without := s.visit(attr(chip, "href"))
		want := slices.Delete(texts(chips), i, i+1)
		left := texts(all(without.doc, "ul.chips a[data-live]"))
		same(t, text(chip), left[:len(left)-1], want)
		if !strings.Contains(without.path, "sort=title&size=50") {
			t.Errorf("removing %q loses sort or size: %s", text(chip), without.path)
		}
	}
}

func TestChipSaysWhatItRemoves(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices?q=school&country=GR&year=unknown")
	same(t, "chips", texts(all(p.doc, "ul.chips a")), []string{"Remove filter: Search words school ✕", "Remove filter: Country Greece ✕",
		"Remove filter: Year Not stated ✕", "Reset all"})
}

func TestResetKeepsSortAndSize(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, want := range map[string]string{"/en/practices?" + crowded: "/en/practices?sort=title&size=50",
		"/en/practices?q=school": "/en/practices", "/en/practices?country=GR&size=10": "/en/practices?size=10"} {
		if got := attr(s.visit(path).one("a.reset"), "href"); got != want {
			t.Errorf("%s: reset leads to %q, want %q", path, got, want)
		}
	}
	s.visit("/en/practices?sort=title").lacks("a.reset")
}

func TestRemovingWordsLeavesRelevance(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices?q=school&country=ES")
	if got := attr(all(p.doc, "ul.chips a")[0], "href"); got != "/en/practices?country=ES" {
		t.Errorf("without words: %q", got)
	}
	same(t, "sort", attrs(all(p.doc, "#sort option[selected]"), "value"), []string{"relevance"})
}

// A value that no practice could have stays in the address, does not filter, and
// is named with a way to take it out; search engines do not list such a page.
func TestStraysAreNamed(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, without := range map[string]string{"topic=nothing": "", "country=GR&year=20190": "?country=GR", "country=%3Cb%3E": ""} {
		p := s.visit("/fr/practices?" + query)
		p.says(".how", "reste sans effet")
		p.one("meta[name=robots]")
		ways := attrs(all(p.doc, ".how a"), "href") // the last one takes it out
		if got := ways[len(ways)-1]; got != "/fr/practices"+without || s.visit(got).total() != p.total() {
			t.Errorf("%s leads to %q", p.path, got)
		}
	}
}

func TestAddressIsCanonical(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, want := range map[string]string{
		"topic=": "", "q=": "", "page=1": "", "size=20": "", "sort=newest": "", "sort=relevance": "", "utm_source=x": "", "page=0": "",
		"page=-3": "", "page=two": "", "size=30": "", "q=+++": "", "%zz": "", "q=%00": "", "text=el": "",
		"topic=refugees&topic=refugees":              "topic=refugees",
		"topic=roma&topic=education":                 "topic=education&topic=roma",
		"country=GR&topic=roma":                      "topic=roma&country=GR",
		"status=running&q=school":                    "q=school&status=running",
		"q=a%20%20b+":                                "q=a+b",
		"%71=school":                                 "q=school",
		"q=one&q=two":                                "q=one+two",
		"q=school&sort=relevance":                    "q=school",
		"page=3&size=10":                             "size=10&page=3",
		"country=GR&":                                "country=GR",
		"country=gr":                                 "country=GR",
		"status=Running&city=GR-Ioannina":            "city=gr-ioannina&status=running",
		"country=XX&country=GR":                      "country=GR&country=XX",
		"q=&topic=&country=IT&sort=newest&size=20":   "country=IT",
		"q=caf%c3%a9":                                "q=caf%C3%A9",
		"q=%ff%fe":                                   "",
		"country=GR;topic=roma&status=ended":         "country=GR%3Btopic%3Droma&status=ended",
		"q=" + strings.Repeat("%CE%B1", 300):         "q=" + strings.Repeat("%CE%B1", catalogue.MaxWords),
		"q=a&page=%32":                               "q=a&page=2",
		"year=2019&year=unknown&year=2018&year=2019": "year=2018&year=2019&year=unknown",
	} {
		p := s.get("/fr/practices?" + query)
		to := "/fr/practices"
		if want != "" {
			to += "?" + want
		}
		p.leads(302, to)
		if next := s.get(to); next.status == 302 {
			t.Errorf("%s leads on to %s", to, next.header.Get("Location"))
		}
	}
}

func FuzzAddressNeverLoops(f *testing.F) {
	for _, seed := range []string{crowded, "q=%ff&page=9", "q=%E2%80%A8&topic=roma&&&", "q=a;b&country=GR", "q=%C2%A0x%C2%A0", "size=50&size=10", "q=\u0085x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s := openAway(t)
		at := "/en/practices?" + strings.Map(printable, query)
		for range 2 {
			p := s.get(at)
			if p.status != 302 {
				return
			}
			at = p.header.Get("Location")
		}
		t.Errorf("%q goes round: %s", query, at)
	})
}

// printable replaces what no client can send in an address.
func printable(r rune) rune {
	if r <= ' ' || r == '#' || r > '~' {
		return '+'
	}
	return r
}

func TestSearchEnginesAreToldWhatToKeep(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, listed := range map[string]bool{"": true, "?page=2": true, "?topic=refugees": true, "?country=GR": true, "?q=school": false,
		"?topic=refugees&country=GR": false, "?country=GR&country=IT": false, "?sort=title": false, "?size=50": false} {
		p := s.visit("/en/practices" + query)
		if got := len(all(p.doc, "meta[name=robots]")) == 0; got != listed {
			t.Errorf("%q: listed is %v", query, got)
		}
		if got := len(all(p.doc, "link[rel=canonical]")) == 1; got != (query == "") {
			t.Errorf("%q: has a canonical address: %v", query, got)
		}
	}
}

func TestBareAddressNamesItselfInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, rest := range []string{"/practices", "/help", "/template", "/practices/" + ioannina} {
		p := s.visit("/el" + rest)
		same(t, rest, attrs(all(p.doc, "link[rel=canonical]"), "href"), []string{origin + "/el" + rest})
		alternates := all(p.doc, "link[rel=alternate][hreflang]")
		same(t, rest, attrs(alternates, "hreflang"), []string{"en", "fr", "de", "es", "el", "sq", "uk", "ar"})
		for _, a := range alternates {
			if attr(a, "href") != origin+"/"+attr(a, "hreflang")+rest {
				t.Errorf("%s: %s is at %s", rest, attr(a, "hreflang"), attr(a, "href"))
			}
		}
		if got := attr(p.one("meta[property=og:url]"), "content"); got != origin+"/el"+rest {
			t.Errorf("%s: og:url is %q", rest, got)
		}
	}
}
