package main

import (
	"testing"
	"time"
)

func TestGoalsAreMetAtTheirLimit(t *testing.T) {
	t.Parallel()
	of := func(value float64, ok bool) func(measurement) (float64, bool) {
		return func(measurement) (float64, bool) { return value, ok }
	}
	r := report{sizes: []measurement{{size: small}}}
	for name, c := range map[string]struct {
		goal           goal
		found, verdict string
	}{
		"within":         {goal{size: small, figure: of(9, true), limit: 10, unit: "ms"}, "9.00 ms", "met"},
		"at the most":    {goal{size: small, figure: of(10, true), limit: 10, unit: "ms"}, "10.0 ms", "met"},
		"above":          {goal{size: small, figure: of(10.1, true), limit: 10, unit: "ms"}, "10.1 ms", "**not met**"},
		"reached":        {goal{size: small, figure: of(91, true), limit: 90, least: true, unit: "%"}, "91.0 %", "met"},
		"at the least":   {goal{size: small, figure: of(90, true), limit: 90, least: true, unit: "%"}, "90.0 %", "met"},
		"below":          {goal{size: small, figure: of(89, true), limit: 90, least: true, unit: "%"}, "89.0 %", "**not met**"},
		"no figure":      {goal{size: small, figure: of(0, false), limit: 90, unit: "%"}, none, "not measured"},
		"of other sizes": {goal{size: large, figure: of(1, true), limit: 90, unit: "%"}, none, "not measured"},
	} {
		if found, verdict := c.goal.verdict(r); found != c.found || verdict != c.verdict {
			t.Errorf("%s: %s, %s", name, found, verdict)
		}
	}
	if got := (goal{limit: 90, least: true, unit: "%"}).wanted(); got != "≥ 90.0 %" {
		t.Error(got)
	}
	if got := (goal{limit: 1_536, unit: "MB"}).wanted(); got != "≤ 1,536 MB" {
		t.Error(got)
	}
}

// Every goal has its figure in a run in which everything was measured, and none
// in one in which nothing was.
func TestEveryGoalCanBeMeasured(t *testing.T) {
	t.Parallel()
	full := measurement{ready: time.Second, resident: 1, made: time.Minute, changeResults: []changeResult{{}}, exports: []exportResult{{name: csvName, took: time.Second}}}
	for _, name := range []string{keptListing, sameListing, bareListing, newSelection, dressedSelection, otherPages, dressedPages, commonWord, samePage, barePractice, threeFilters, plainThree, practicePDF, practiceCard, aSuggestion} {
		for _, concurrency := range concurrencies {
			full.results = append(full.results, result{name: name, concurrency: concurrency, rate: 1, p50: 1, p99: 1, cpu: 1, answers: 1})
		}
	}
	for _, g := range goals {
		if _, ok := g.figure(full); !ok {
			t.Errorf("%d practices, %s: no figure", g.size, g.text)
		}
		if figure, ok := g.figure(measurement{}); ok {
			t.Errorf("%d practices, %s: %v of nothing", g.size, g.text, figure)
		}
	}
}

func TestFiguresOfGoals(t *testing.T) {
	t.Parallel()
	s := measurement{
		ready: 1500 * time.Millisecond, resident: 3 << 20, made: 90 * time.Second,
		results: []result{
			{name: keptListing, concurrency: busy, rate: 30, answers: 1},
			{name: bareListing, concurrency: busy, rate: 40, answers: 1},
			{name: threeFilters, concurrency: alone, rate: 500, answers: 1},
			{name: plainThree, concurrency: alone, rate: 4, answers: 1},
			{name: commonWord, concurrency: alone, p50: 4 * time.Millisecond, p99: 8 * time.Millisecond, cpu: 20 * time.Microsecond, sql: 5 * time.Microsecond, answers: 1},
			{name: rareWord, concurrency: alone, p50: time.Second},
		},
		changeResults: []changeResult{{busy: latencies{p99: 7 * time.Millisecond}, last: 20 * time.Millisecond}, {busy: latencies{p99: time.Hour}, last: 30 * time.Millisecond}},
	}
	for name, c := range map[string]struct {
		figure func(measurement) (float64, bool)
		want   float64
		ok     bool
	}{
		"a rate in percent":               {rates(keptListing, bareListing, busy), 75, true},
		"a rate at another concurrency":   {rates(keptListing, bareListing, alone), 0, false},
		"times a rate":                    {times(threeFilters, plainThree), 125, true},
		"times nothing":                   {times(threeFilters, plainAll), 0, false},
		"processor time with Postgres":    {cost(commonWord, alone), 25, true},
		"processor time of no answer":     {cost(aSuggestion, alone), 0, false},
		"the middle wait":                 {p50(commonWord), 4, true},
		"the longest wait but one in 100": {p99(commonWord), 8, true},
		"a wait without good answers":     {p50(rareWord), 0, false},
		"memory in megabytes":             {resident, 3, true},
		"the start in milliseconds":       {ready, 1500, true},
		"waits while practices change":    {p99WhileChanging, 7, true},
		"the slowest change":              {slowestChange, 30, true},
	} {
		if got, ok := c.figure(s); got != c.want || ok != c.ok {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
}
