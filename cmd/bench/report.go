package main

import (
	_ "embed" // for the findings
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"exempla/internal/link"
)

// findings of profiles are written by hand and appended to every report.
//
//go:embed findings.md
var findings string

// none is printed where there is no figure.
const none = "–"

// write writes the report and its graph. Wrong responses fail the run, but only after
// the report is written.
func (s Settings) write(r report) error {
	graph := filepath.Join(filepath.Dir(s.Report), s.Graph)
	if err := os.WriteFile(graph, []byte(r.graph()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(s.Report, []byte(r.markdown(filepath.ToSlash(s.Graph))), 0o644); err != nil {
		return err
	}
	logf("written: %s", s.Report)
	var wrong []error
	for _, one := range r.sizes {
		for _, result := range one.results {
			if len(result.errors) > 0 {
				wrong = append(wrong, fmt.Errorf("%s practices, %s: %d wrong answers, the first: %w", number(one.size), result.name, len(result.errors), result.errors[0]))
			}
		}
	}
	return errors.Join(wrong...)
}

// introduction explains how the figures were obtained.
const introduction = `# Benchmarks

Written by "make bench" on %s. The real program, built as it is shipped, runs as a process of its own on catalogues that
"exempla generate" has made. A small client of our own asks it over kept-alive connections, as one reader and as %d at a
time, and takes answers compressed. Client, program and Postgres share the machine, so rates are lower than the
program's alone would be; those of the yardsticks too. Each question is warmed up, then asked in rounds (%d of %s) that
take turns with those of all others: the rate is that of the middle round, percentiles are over all answers. Status and
length of every answer are checked. The log is written, one line a request, and thrown away by the system. Postgres runs
with its own settings, and 1 GB of shared buffers from 300,000 practices on.

**Yardsticks**, in the same rounds: the compressed bytes of the listing and of a practice page from memory, by bare
net/http and behind the site's own middleware (headers, request id, log line). And plain SQL for what a listing shows
(total, a "group by" for each facet, one page of practices; one batch), without any page around it. It reads the site's
own tables, in which years and status are worked out from the period; tables made for counting would be several times
faster.

**With a theme**, questions are asked of the same program in the same rounds, with a name, 20 words, colours and a logo of
the site's own.

**CPU** is time of the processor for an answer, user and system; **SQL** is that of Postgres, beside it. **Allocations**
are those that the Go runtime counts. **New** is the share of answers whose address had not been asked for before, for
what was asked before may come from memory. Ratios compare rates at the same number of readers.

| Machine | |
|---|---|
| processor | %s, %d cores |
| memory | %.0f GB |
| system | %s |
| Go | %s |
| Postgres | %s |

`

// markdown is the whole report.
func (r report) markdown(graph string) string {
	var b strings.Builder
	fmt.Fprintf(&b, introduction, r.at.UTC().Format(time.DateOnly), busy, r.rounds, r.round,
		r.machine.processor, r.machine.cores, float64(r.machine.memory)/(1<<30), r.machine.system, r.machine.golang, r.machine.postgres)
	r.goals(&b)
	fmt.Fprintf(&b, "## Cost against size\n\nHow long one reader waits for an answer (p50), both scales logarithmic.\n\n![Cost against size](%s)\n\n", graph)
	r.overview(&b)
	for _, one := range r.sizes {
		one.markdown(&b)
	}
	r.exportResults(&b)
	r.changeResults(&b)
	b.WriteString(findings)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (r report) goals(b *strings.Builder) {
	b.WriteString("## Goals\n\n| Practices | What | Wanted | Found | |\n|---:|---|---:|---:|---|\n")
	for _, g := range goals {
		found, verdict := g.verdict(r)
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", number(g.size), g.text, g.wanted(), found, verdict)
	}
	b.WriteString("\n")
}

func (r report) overview(b *strings.Builder) {
	b.WriteString("## Start and memory\n\n| Practices | generated in | first good answer | resident | at most | listing, compressed |\n|---:|---:|---:|---:|---:|---:|\n")
	for _, one := range r.sizes {
		fmt.Fprintf(b, "| %s | %s | %s | %s MB | %s MB | %s bytes |\n", number(one.size), length(one.made), length(one.ready),
			amount(float64(one.resident)/(1<<20)), amount(float64(one.peak)/(1<<20)), number(one.bytes))
	}
	b.WriteString("\n")
}

// markdown is the table of one size.
func (s measurement) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "## %s practices\n\n| Question | readers | answers/s | p50 | p99 | CPU | SQL | bytes | allocations | of bare | of same middleware | × plain SQL | new | wrong |\n"+
		"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n", number(s.size))
	for _, r := range s.results {
		if r.missing || r.answers == 0 {
			fmt.Fprintf(b, "| %s | %d |%s %d |\n", r.name, r.concurrency, strings.Repeat(" "+none+" |", 11), len(r.errors))
			continue
		}
		fmt.Fprintf(b, "| %s | %d | %s | %s | %s | %s µs | %s µs | %s | %s | %s | %s | %s | %.0f %% | %d |\n", r.name, r.concurrency,
			amount(r.rate), length(r.p50), length(r.p99), amount(micro(r.cpu)), amount(micro(r.sql)), number(r.bytes), amount(r.allocations),
			s.share(r, bareListing, barePractice), s.share(r, sameListing, samePractice), s.timesPlain(r), 100*r.fresh, len(r.errors))
	}
	b.WriteString("\n")
}

// share is the rate in percent of a yardstick's.
func (s measurement) share(r result, listing, practice string) string {
	to := listing
	if r.name == samePage || r.name == otherPages || r.name == dressedPages || r.name == samePractice || r.name == barePractice {
		to = practice
	}
	percent, ok := rates(r.name, to, r.concurrency)(s)
	if !ok {
		return none
	}
	return amount(percent) + " %"
}

// plainCounterpart is the plain SQL that a question is compared with.
var plainCounterpart = map[string]string{keptListing: plainAll, anyPage: plainAll, oneTopic: plainTopic, threeFilters: plainThree, commonWord: plainCommon}

func (s measurement) timesPlain(r result) string {
	factor, ok := times(r.name, plainCounterpart[r.name])(s)
	if !ok || r.concurrency != alone {
		return none
	}
	return amount(factor)
}

func (r report) exportResults(b *strings.Builder) {
	if !slices.ContainsFunc(r.sizes, func(s measurement) bool { return len(s.exports) > 0 }) {
		return
	}
	b.WriteString("## Everything taken away\n\nThe whole catalogue in each format, one file after another, not compressed on the way, by a program that has done " +
		"nothing before. Memory is the most that is resident meanwhile, beyond what was before the first file. A feed has the latest hundred only.\n\n" +
		"| Practices | Format | took | practices/s | CPU | SQL | bytes | memory |\n|---:|---|---:|---:|---:|---:|---:|---:|\n")
	for _, one := range r.sizes {
		for _, e := range one.exports {
			rate := none
			if all, ok := exportRate(e.name)(one); ok && e.name != formatNames[link.Feed] {
				rate = amount(all)
			}
			fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s | %s MB |\n", number(one.size), e.name, length(e.took), rate,
				length(e.used.cpu), length(e.used.sql), number(int(e.bytes)), amount(max(0, float64(e.beyond)/(1<<20))))
		}
	}
	b.WriteString("\n")
}

func (r report) changeResults(b *strings.Builder) {
	if !slices.ContainsFunc(r.sizes, func(s measurement) bool { return len(s.changeResults) > 0 }) {
		return
	}
	b.WriteString("## While practices change\n\nNew selections are asked for while 10 practices a second are changed, one at a time, by the way that imports take; " +
		"a change counts as shown when the listing shows it.\n\n" +
		"| Practices | readers | without: p50 | p99 | longest | with: p50 | p99 | longest | changes | until one shows, p50 | longest | not shown |\n" +
		"|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, one := range r.sizes {
		for _, s := range one.changeResults {
			fmt.Fprintf(b, "| %s | %d | %s | %s | %s | %s | %s | %s | %d | %s | %s | %d |\n", number(one.size), s.concurrency,
				length(s.still.p50), length(s.still.p99), length(s.still.most), length(s.busy.p50), length(s.busy.p99), length(s.busy.most),
				s.updates, length(s.shown), length(s.last), s.unseen)
		}
	}
	b.WriteString("\n")
}

// length is a duration in print.
type length time.Duration

// String writes three significant digits and a unit.
func (l length) String() string {
	switch d := time.Duration(l); {
	case d >= time.Second:
		return amount(d.Seconds()) + " s"
	case d >= time.Millisecond:
		return amount(milli(d)) + " ms"
	default:
		return amount(micro(d)) + " µs"
	}
}

// amount writes a figure with three significant digits, or a whole number.
func amount(f float64) string {
	switch {
	case f >= 100:
		return number(int(f + 0.5))
	case f >= 10:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'f', 2, 64)
}

// number separates thousands by commas.
func number(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
