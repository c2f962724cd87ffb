package main

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// measured is a report of two sizes, in which one thing is missing and one wrong.
func measured() report {
	of := func(name string, concurrency int, rate float64, wait time.Duration) result {
		return result{name: name, concurrency: concurrency, rate: rate, p50: wait, p99: 2 * wait, bytes: 9_000, allocations: 12, cpu: wait / 2, sql: wait / 4, answers: 100, fresh: 1}
	}
	small := measurement{size: 10_000, ready: 150 * time.Millisecond, resident: 60 << 20, peak: 70 << 20, bytes: 9_000, results: []result{
		of(keptListing, busy, 45_000, 200*time.Microsecond), of(sameListing, busy, 50_000, 190*time.Microsecond), of(bareListing, busy, 90_000, 100*time.Microsecond),
		of(keptListing, alone, 9_000, 100*time.Microsecond), {name: aSuggestion, concurrency: alone, missing: true},
		{name: commonWord, concurrency: alone, errors: []error{errors.New("wrong")}},
	}}
	big := measurement{size: 1_000_000, results: []result{of(threeFilters, alone, 600, 2*time.Millisecond), of(plainThree, alone, 4, 250*time.Millisecond)},
		changeResults: []changeResult{{concurrency: 1, busy: latencies{p99: 30 * time.Millisecond}, updates: 50, shown: time.Millisecond, last: 20 * time.Millisecond}}}
	return report{at: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), round: time.Second, rounds: 3, machine: machine{cores: 2, processor: "P", postgres: "PostgreSQL 15"}, sizes: []measurement{small, big}}
}

func TestReportComparesAndJudges(t *testing.T) {
	t.Parallel()
	text := measured().markdown("cost.svg")
	for _, part := range []string{
		"| listing, asked before | 16 | 45,000 | 200 µs | 400 µs | 100 µs | 50.0 µs | 9,000 | 12.0 | 50.0 % | 90.0 % | – | 100 % | 0 |",
		"| topic, country and year | 1 | 600 | 2.00 ms |", "| 150 | 100 % | 0 |", // times plain SQL
		"| suggestion | 1 | – |", "| a common word | 1 | – | – | – | – | – | – | – | – | – | – | – | 1 |",
		"| 10,000 | a selection asked before, beside the same bytes behind the same middleware | ≥ 90.0 % | 90.0 % | met |",
		"| 10,000 | a selection asked before, beside bare net/http | ≥ 70.0 % | 50.0 % | **not met** |",
		"| 10,000 | first good answer after the start | ≤ 200 ms | 150 ms | met |",
		"| 100,000 | resident memory | ≤ 350 MB | – | not measured |",
		"| 1,000,000 | one reader while 10 practices a second change, p99 | ≤ 25.0 ms | 30.0 ms | **not met** |",
		"![Cost against size](cost.svg)", "2026-01-02", "| Postgres | PostgreSQL 15 |",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
}

// A change that never showed is not a quick one.
func TestUnseenChangesCount(t *testing.T) {
	t.Parallel()
	s := measurement{changeResults: []changeResult{{last: time.Millisecond}, {last: time.Millisecond, unseen: 1}}}
	if longest, ok := slowestChange(s); !ok || longest != milli(showTime) {
		t.Errorf("%v, %v", longest, ok)
	}
}

func TestGraphIsWellFormed(t *testing.T) {
	t.Parallel()
	for _, r := range []report{measured(), {}, {sizes: []measurement{{size: 10}}}} {
		graph := r.graph()
		if strings.Contains(graph, "NaN") || strings.Contains(graph, "Inf") {
			t.Errorf("no place for something in %s", graph)
		}
		d := xml.NewDecoder(strings.NewReader(graph))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in %s", err, graph)
			}
		}
	}
	if graph := measured().graph(); !strings.Contains(graph, keptListing) || strings.Contains(graph, rareWord) || !strings.Contains(graph, "prefers-color-scheme: dark") {
		t.Errorf("the graph is %s", graph)
	}
}

func TestFiguresAreReadable(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{"1,234,567": number(1_234_567), "999": number(999), "1,000": number(1_000), "-1,000": number(-1_000), "0.25": amount(0.25),
		"12.3": amount(12.34), "1,235": amount(1_234.5), "1.50 s": length(1500 * time.Millisecond).String(), "2.00 ms": length(2 * time.Millisecond).String(),
		"7.00 µs": length(7 * time.Microsecond).String()} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if that is right, run the test with -update. It is now:\n%s", path, got)
	}
}

func TestReportIsAsAgreed(t *testing.T) {
	t.Parallel()
	text := measured().markdown("cost.svg")
	figures, findings, ok := strings.Cut(text, "## What the profiles said")
	if !ok || len(findings) < 1_000 || !strings.HasSuffix(findings, ".\n") {
		t.Errorf("the findings are %q", findings)
	}
	golden(t, "report.md", figures)
	golden(t, "cost.svg", measured().graph())
}

// What was measured is kept even when answers were wrong, and the run fails.
func TestReportIsWrittenBeforeTheRunFails(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := Settings{Report: filepath.Join(folder, "report.md"), Graph: "graph.svg"}
	err := s.write(measured())
	if err == nil || !strings.Contains(err.Error(), "10,000 practices, a common word: 1 wrong answers, the first: wrong") {
		t.Errorf("the error is %v", err)
	}
	text, err := os.ReadFile(s.Report)
	if err != nil || !strings.Contains(string(text), "](graph.svg)") {
		t.Errorf("%v: %s", err, text)
	}
	if graph, err := os.ReadFile(filepath.Join(folder, "graph.svg")); err != nil || !strings.HasPrefix(string(graph), "<svg ") {
		t.Errorf("%v: %s", err, graph)
	}
	good := measured()
	good.sizes = good.sizes[1:]
	if err := s.write(good); err != nil {
		t.Error(err)
	}
	s.Report = filepath.Join(folder, "nowhere", "report.md")
	if err := s.write(good); err == nil {
		t.Error("a folder that is not there was written to")
	}
}

func TestWhatWasNotChangedHasNoTable(t *testing.T) {
	t.Parallel()
	r := measured()
	r.sizes = r.sizes[:1]
	if text := r.markdown("cost.svg"); strings.Contains(text, "## While practices change") {
		t.Error("a table without figures")
	}
}

// A practice page stands beside a practice's bytes, a listing beside a listing's.
func TestSharesAreOfTheLikeYardstick(t *testing.T) {
	t.Parallel()
	s := measurement{results: []result{
		{name: samePage, concurrency: busy, rate: 50, answers: 1}, {name: barePractice, concurrency: busy, rate: 100, answers: 1},
		{name: oneTopic, concurrency: busy, rate: 50, answers: 1}, {name: bareListing, concurrency: busy, rate: 200, answers: 1},
	}}
	if got := s.share(s.results[0], bareListing, barePractice); got != "50.0 %" {
		t.Errorf("a practice page: %s", got)
	}
	if got := s.share(s.results[2], bareListing, barePractice); got != "25.0 %" {
		t.Errorf("a listing: %s", got)
	}
	if got := s.share(s.results[2], sameListing, samePractice); got != none {
		t.Errorf("beside nothing: %s", got)
	}
}
