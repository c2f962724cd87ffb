package server_test

import (
	"strings"
	"testing"
)

// A list that somebody shares is described as a page is, with its own address.
func TestListsAreDescribedForSharing(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, want := range map[string]string{
		"/en/practices": "Good practices of cities",
		"/en/practices?topic=education&country=GR":    "Education – Greece – ",
		"/fr/practices?year=2016&year=2017&year=2018": "2016–2018 – ",
	} {
		p := s.visit(path)
		if got := attr(p.one("meta[property=og:url]"), "content"); got != origin+path {
			t.Errorf("%s is shared as %s", path, got)
		}
		if got := attr(p.one("meta[property=og:title]"), "content"); !strings.HasPrefix(got, want) {
			t.Errorf("%s is called %q", path, got)
		}
	}
	s.get("/en/practices/no-such-practice").lacks("meta[property=og:url]")
}

// Two cities are parted by a sign, since a word between names of other scripts runs
// into them.
func TestCitiesArePartedByASign(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/ar/practices?country=PL&country=UA")
	for _, where := range texts(all(p.doc, ".where b")) {
		if strings.Contains(where, " و") {
			t.Errorf("cities run together: %s", where)
		}
	}
}
