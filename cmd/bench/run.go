package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"exempla/internal/store"
)

// Settings say what is measured and where; they are the flags of the command.
type Settings struct {
	Sizes   []int         `help:"Catalogues to measure, in practices." default:"1000,10000,100000,1000000"`
	Seed    uint64        `help:"Of the catalogues." default:"1"`
	Round   time.Duration `help:"How long each question is asked in a round." default:"600ms"`
	Rounds  int           `help:"How many rounds; the middle one counts." default:"3"`
	Cache   string        `help:"Folder that keeps the generated catalogues for the next run; an absolute path. Default: in the user's cache." env:"EXEMPLA_BENCH" placeholder:"FOLDER"`
	Program string        `help:"The program to measure." default:"bin/exempla"`
	Report  string        `help:"File to write, in Markdown." default:"BENCHMARKS.md"`
	Graph   string        `help:"Graph to write, in SVG; its path is seen from the report's folder." default:"cmd/bench/cost.svg"`
}

// Numbers of concurrent readers: a single one, and a busy site.
const alone, busy = 1, 16

// concurrencies are in the order in which they are measured and shown.
var concurrencies = []int{alone, busy}

// changesFrom is the smallest catalogue that is changed while it is read: changing a
// smaller one proves nothing.
const changesFrom = 100_000

// report is all that was measured.
type report struct {
	machine machine
	at      time.Time
	round   time.Duration
	rounds  int
	sizes   []measurement
}

// measurement is what was measured with one catalogue.
type measurement struct {
	size           int
	ready          time.Duration // from the start of the program to its first good response
	resident, peak int64         // bytes
	bytes          int           // of the compressed listing without filters
	results        []result
	changeResults  []changeResult
	exports        []exportResult
	made           time.Duration // how long generating took, in this run or an earlier one
}

// Run measures everything and writes the report and its graph.
func (s Settings) Run(ctx context.Context) error {
	if err := s.check(); err != nil {
		return err
	}
	program, err := filepath.Abs(s.Program)
	if err != nil {
		return err
	}
	s.Program = program
	slices.Sort(s.Sizes)
	r := report{at: time.Now(), round: s.Round, rounds: s.Rounds, machine: thisMachine()}
	for _, size := range s.Sizes {
		logf("%s practices", number(size))
		one, err := s.measure(ctx, size, &r.machine)
		if err != nil {
			return fmt.Errorf("with %d practices: %w", size, err)
		}
		r.sizes = append(r.sizes, one)
	}
	return s.write(r)
}

// measure runs everything on one catalogue.
func (s Settings) measure(ctx context.Context, size int, m *machine) (measurement, error) {
	c, err := s.open(ctx, size)
	if err != nil {
		return measurement{}, err
	}
	defer c.close()
	found := measurement{size: size, made: c.made}
	db, err := store.Open(ctx, c.server.URL())
	if err != nil {
		return measurement{}, err
	}
	defer db.Close()
	if m.postgres, err = postgresVersion(ctx, db); err != nil {
		return measurement{}, err
	}
	site, err := c.start(ctx, s, &found)
	if err != nil {
		return measurement{}, err
	}
	defer site.end()
	t := trial{Settings: s, catalogue: c, store: db, site: site}
	if err := t.run(ctx, &found); err != nil {
		return measurement{}, err
	}
	if found.resident, found.peak, err = site.memory(); err != nil {
		return measurement{}, err
	}
	if size >= changesFrom || size == slices.Max(s.Sizes) {
		if found.changeResults, err = t.changeResults(ctx); err != nil {
			return found, err
		}
	}
	if size <= exportsUpTo {
		found.exports, err = c.exportResults(ctx, s)
	}
	return found, err
}

// logf reports the progress of the run.
func logf(format string, values ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format(time.TimeOnly)+" "+format+"\n", values...)
}
