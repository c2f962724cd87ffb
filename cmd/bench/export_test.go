package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"exempla/internal/link"
)

// Each format is taken away once, as it is.
func TestEverythingIsTakenAway(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	p := serving(t, func(w http.ResponseWriter, r *http.Request) {
		if asked[r.URL.String()]++; r.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("%s comes as %q", r.URL, r.Header.Get("Accept-Encoding"))
		}
		w.Write([]byte("file"))
	})
	all, err := p.exportResults(t.Context())
	if err != nil || len(all) != len(link.Formats) || len(asked) != len(all) {
		t.Fatalf("%v of %v, %v", all, asked, err)
	}
	for _, one := range all {
		if one.name == "" || one.bytes != 4 || one.took <= 0 {
			t.Errorf("%+v", one)
		}
	}
	if _, err := serving(t, http.NotFound).exportResults(t.Context()); err == nil {
		t.Error("what is not there was taken away")
	}
}

// What programs and readers ask for is another address every time, and as many files as
// formats come to one reader at a time.
func TestQuestionsBesidesPages(t *testing.T) {
	t.Parallel()
	single := 0
	for _, q := range takingAway([]string{"/en/practices/one-2", "/en/practices/two-3"}) {
		seen := map[string]bool{}
		for _, address := range q.addresses {
			if _, err := url.Parse(address); err != nil || seen[address] || !strings.HasPrefix(address, "/") {
				t.Fatalf("%s: %q is there twice, or no address (%v)", q.name, address, err)
			}
			seen[address] = true
		}
		if q.single {
			single++
		}
		if q.name == apiOne && !seen["/api/v1/practices/two-3"] {
			t.Errorf("%v", q.addresses)
		}
	}
	if single != len(link.Formats) {
		t.Errorf("%d files for one reader", single)
	}
	one := trial{}
	one.addTasks(nil, []*question{{name: "many"}, {name: "one", single: true}})
	if len(one.tasks) != len(concurrencies)+1 {
		t.Errorf("%d tasks", len(one.tasks))
	}
}

// The report has a line for each file, and no rate for a feed, which has some of it only.
func TestReportHasWhatWasTakenAway(t *testing.T) {
	t.Parallel()
	text := report{sizes: []measurement{{size: 100_000, exports: []exportResult{
		{name: csvName, took: 2500 * time.Millisecond, bytes: 105_000_000, used: usage{cpu: time.Second}, beyond: 41 << 20},
		{name: "Atom", took: time.Second, beyond: -1}}}}}.markdown("cost.svg")
	for _, part := range []string{
		"| 100,000 | CSV | 2.50 s | 40,000 | 1.00 s | 0.00 µs | 105,000,000 | 41.0 MB |", "| 100,000 | Atom | 1.00 s | – |", "| 0.00 MB |\n",
		"| 100,000 | all of it as CSV, practices a second | ≥ 50,000 /s | 40,000 /s | **not met** |",
		"| 100,000 | all of it in every format, resident memory beyond that before | ≤ 50.0 MB | 41.0 MB | met |",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
}
