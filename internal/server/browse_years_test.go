package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// The two fields of the form lead to the address that names each year, instead of the
// years chosen before.
func TestSpanOfYearsHasOneAddress(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, want := range map[string]string{
		"from=2016&to=2018": "?year=2016&year=2017&year=2018",
		"topic=education&year=2020&from=2018&to=2016&size=": "?topic=education&year=2016&year=2017&year=2018",
		"from=2024&to=":                     "?year=2024&year=2025",
		"from=&to=1983&year=unknown":        "?year=1982&year=1983&year=unknown",
		"from=&to=&year=2020":               "?year=2020",
		"from=20&to=x&sort=title&year=2020": "?year=2020&sort=title",
	} {
		s.get("/en/practices?"+query).leads(http.StatusFound, "/en/practices"+want)
	}
}

// Years in a row are told, and taken back, together.
func TestSpanOfYearsIsToldAsOne(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices?country=GR&year=2010&year=2016&year=2017&year=2018&year=2020&year=2021&year=unknown")
	same(t, "chips", texts(all(p.doc, ".chips li"))[1:], []string{"Remove filter: Year 2010 ✕", "Remove filter: Year 2016–2018 ✕",
		"Remove filter: Year 2020 ✕", "Remove filter: Year 2021 ✕", "Remove filter: Year Not stated ✕", "Reset all"})
	if got := attrs(all(p.doc, ".chips a"), "href")[2]; got != "/en/practices?country=GR&year=2010&year=2020&year=2021&year=unknown" {
		t.Errorf("without the span: %s", got)
	}
	p.says(".said", "2010, 2016–2018, 2020, 2021 or Not stated")
	same(t, "button", texts(all(p.doc, "#panel summary .closed"))[:1], []string{"Filters (6)"})
	same(t, "hints", attrs(all(p.doc, ".span input"), "placeholder"), []string{"2010", "2021"})
	same(t, "hints without years", attrs(all(s.visit("/en/practices").doc, ".span input"), "placeholder"), []string{"1982", "2025"})
}

// The chart has a row for each decade, of which the latest two are unfolded.
func TestYearsStandInDecades(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices")
	var rows []string
	for _, row := range all(p.doc, ".years .row") {
		labels := all(row, "label")
		name := text(all(labels[0], ".name")[0]) + "-" + text(all(labels[len(labels)-1], ".name")[0])
		if strings.Contains(attr(labels[0], "class"), "rest") {
			name += " folded"
		}
		rows = append(rows, name)
	}
	same(t, "rows", rows, []string{"1982-1989 folded", "1990-1999 folded", "2000-2009 folded", "2010-2019", "2020-2025"})
}
