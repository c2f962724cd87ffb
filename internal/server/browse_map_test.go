package server_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/practice"
)

// Countries and cities on the map lead to as many practices as they say: a city to the
// listing, a country to the map of it alone.
func TestMapSaysWhatItsLinksFind(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"", "?country=GR", "?topic=education&topic=refugees", "?part=-12,34,45,71"} {
		p := s.visit("/en/map" + query)
		links := all(p.doc, ".map a")
		if len(links) < 7 {
			t.Fatalf("%s has %d links", p.path, len(links))
		}
		cities := 0
		for i, a := range links {
			said, to := attr(a, "aria-label"), attr(a, "href")
			if i%3 > 0 || strings.Contains(said, "other cit") {
				continue // every third, for the sake of time
			}
			to = strings.Replace(to, "/en/map", "/en/practices", 1)
			number, _, _ := strings.Cut(text(s.visit(to).one("#count")), " ")
			if !strings.HasSuffix(said, ", "+number) {
				t.Errorf("%s: %q leads to %s practices", p.path, said, number)
			}
			if strings.Contains(to, "city=") {
				cities++
			}
		}
		if cities == 0 && query == "?part=-12,34,45,71" {
			t.Errorf("%s has no city of its own", p.path)
		}
	}
}

// A group of cities leads to the part of the map where they can be told apart.
func TestMapGroupsComeApart(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	path, groups := "/en/map", 0
	for range 6 { // closer each time
		p, next := s.visit(path), ""
		for _, a := range all(p.doc, ".map a") {
			if strings.Contains(attr(a, "aria-label"), "other cit") && strings.Contains(attr(a, "href"), "part=") {
				next = attr(a, "href")
				break
			}
		}
		if next == "" {
			break
		}
		path, groups = next, groups+1
	}
	if groups < 2 || groups == 6 {
		t.Errorf("%d groups lie one in another", groups)
	}
	if p := s.visit(path); len(all(p.doc, ".map circle")) == 0 {
		t.Errorf("%s has no city", path)
	}
}

// The table under the map has every city of the sample.
func TestMapHasATable(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	table := text(s.visit("/en/map").one(".placed table"))
	for _, p := range known(t) {
		for _, city := range p.Place.Cities {
			if city.Country == practice.Country("NO") && !strings.Contains(table, city.Name) {
				t.Errorf("%s is not in the table", city.Name)
			}
		}
	}
}

// A part of the world that is none is dropped from the address; a selection that finds
// nothing has a map all the same, and a practice whose address has changed does no harm.
func TestMapTakesAnyAddress(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, part := range []string{"", "1", "NaN,0,1,1", "9,9,1,1", "-190,-90,190,90", "0,0,0,0", "1e9,1,2,3", "1,2,3,4,5"} {
		if p := s.get("/en/map?part=" + url.QueryEscape(part)); p.status/100 != 3 || p.header.Get("Location") != "/en/map" {
			t.Errorf("%q: %d, %q", part, p.status, p.header.Get("Location"))
		}
	}
	s.visit("/en/map?country=NO&year=1950")
	s.visit("/ar/map?part=10,50,11,51")
	if p := s.visit("/uk/map"); len(p.body) > 150_000 {
		t.Errorf("%s bytes", strconv.Itoa(len(p.body)))
	}
}
