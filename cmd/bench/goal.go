package main

import (
	"fmt"
	"time"
)

// goal is a limit for one figure of one size.
type goal struct {
	size   int
	text   string
	figure func(measurement) (float64, bool) // ok is false where it was not measured
	limit  float64
	least  bool   // the limit is a minimum, not a maximum
	unit   string // behind both
}

// Sizes that goals are about.
const small, large, largest = 10_000, 100_000, 1_000_000

// goals are what the program is held to; the report says which were missed.
var goals = []goal{
	{small, "a selection asked before, beside the same bytes behind the same middleware", rates(keptListing, sameListing, busy), 90, true, "%"},
	{small, "a selection asked before, beside bare net/http", rates(keptListing, bareListing, busy), 70, true, "%"},
	{small, "a selection asked before, processor time", cost(keptListing, busy), 20, false, "µs"},
	{small, "a new selection every time, compressed, beside the same bytes behind the same middleware", rates(newSelection, sameListing, busy), 20, true, "%"},
	{small, "a new selection every time, processor time", cost(newSelection, busy), 300, false, "µs"},
	{small, "a new selection every time with a theme, beside one without", rates(dressedSelection, newSelection, busy), 85, true, "%"},
	{small, "a practice page with a theme, beside one without", rates(dressedPages, otherPages, busy), 85, true, "%"},
	{small, "with a common word, processor time, Postgres included", cost(commonWord, busy), 400, false, "µs"},
	{small, "a practice page at its bare address, beside bare net/http", rates(samePage, barePractice, busy), 60, true, "%"},
	{small, "a practice as PDF, another every time, one reader, p99", p99(practicePDF), 500, false, "ms"},
	{small, "the card of a practice, another every time, one reader, p99", p99(practiceCard), 100, false, "ms"},
	{small, "resident memory, thesaurus and gazetteer included", resident, 110, false, "MB"},
	{small, "first good answer after the start", ready, 200, false, "ms"},
	{large, "with a common word, one reader, p50", p50(commonWord), 2, false, "ms"},
	{large, "with a common word, one reader, p99", p99(commonWord), 50, false, "ms"},
	{large, "resident memory", resident, 350, false, "MB"},
	{large, "all of it as CSV, practices a second", exportRate(csvName), 50_000, true, "/s"},
	{large, "all of it in every format, resident memory beyond that before", exportMemory, 50, false, "MB"},
	{large, "first good answer after the start", ready, 1000, false, "ms"},
	{largest, "topic, country and year, one reader, p50", p50(threeFilters), 3, false, "ms"},
	{largest, "topic, country and year, one reader, p99", p99(threeFilters), 15, false, "ms"},
	{largest, "topic, country and year, times the rate of plain SQL", times(threeFilters, plainThree), 50, true, "×"},
	{largest, "with a common word, one reader, p50", p50(commonWord), 15, false, "ms"},
	{largest, "with a common word, one reader, p99", p99(commonWord), 60, false, "ms"},
	{largest, "a suggestion, one reader, p50", p50(aSuggestion), 5, false, "ms"},
	{largest, "resident memory", resident, 1800, false, "MB"},
	{largest, "generating them", func(s measurement) (float64, bool) { return s.made.Minutes(), s.made > 0 }, 10, false, "min"},
	{largest, "one reader while 10 practices a second change, p99", p99WhileChanging, 25, false, "ms"},
	{largest, "until a change shows, the longest", slowestChange, 1000, false, "ms"},
}

// verdict returns the figure that was measured, and whether it meets the goal.
func (g goal) verdict(r report) (found string, verdict string) {
	for _, one := range r.sizes {
		if one.size != g.size {
			continue
		}
		figure, ok := g.figure(one)
		switch {
		case !ok:
			return none, "not measured"
		case g.least && figure >= g.limit, !g.least && figure <= g.limit:
			return amount(figure) + " " + g.unit, "met"
		default:
			return amount(figure) + " " + g.unit, "**not met**"
		}
	}
	return none, "not measured"
}

// wanted is the limit in words.
func (g goal) wanted() string {
	if g.least {
		return fmt.Sprintf("≥ %s %s", amount(g.limit), g.unit)
	}
	return fmt.Sprintf("≤ %s %s", amount(g.limit), g.unit)
}

// find is the result of a question.
func (s measurement) find(name string, concurrency int) (result, bool) {
	for _, r := range s.results {
		if r.name == name && r.concurrency == concurrency && r.answers > 0 {
			return r, true
		}
	}
	return result{}, false
}

// rates is the rate of one question in percent of another's.
func rates(of, to string, concurrency int) func(measurement) (float64, bool) {
	return func(s measurement) (float64, bool) {
		a, _ := s.find(of, concurrency)
		b, _ := s.find(to, concurrency)
		r, ok := ratio(a.rate, b.rate)
		return 100 * r, ok
	}
}

// times is how many times the rate of another question a single reader gets.
func times(of, to string) func(measurement) (float64, bool) {
	return func(s measurement) (float64, bool) {
		percent, ok := rates(of, to, alone)(s)
		return percent / 100, ok
	}
}

// cost is the processor time of a response, Postgres included, in microseconds.
func cost(name string, concurrency int) func(measurement) (float64, bool) {
	return func(s measurement) (float64, bool) {
		r, ok := s.find(name, concurrency)
		return micro(r.cpu + r.sql), ok
	}
}

func p50(name string) func(measurement) (float64, bool) {
	return func(s measurement) (float64, bool) {
		r, ok := s.find(name, alone)
		return milli(r.p50), ok
	}
}

func p99(name string) func(measurement) (float64, bool) {
	return func(s measurement) (float64, bool) {
		r, ok := s.find(name, alone)
		return milli(r.p99), ok
	}
}

func resident(s measurement) (float64, bool) { return float64(s.resident) / (1 << 20), s.resident > 0 }
func ready(s measurement) (float64, bool)    { return milli(s.ready), s.ready > 0 }

func p99WhileChanging(s measurement) (float64, bool) {
	if len(s.changeResults) == 0 {
		return 0, false
	}
	return milli(s.changeResults[0].busy.p99), true
}

// slowestChange counts a change that never showed as the longest wait for one.
func slowestChange(s measurement) (longest float64, ok bool) {
	for _, one := range s.changeResults {
		longest = max(longest, milli(one.last))
		if one.unseen > 0 {
			longest = milli(showTime)
		}
	}
	return longest, len(s.changeResults) > 0
}

func milli(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
func micro(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
