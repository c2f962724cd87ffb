package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"exempla/internal/locale"
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

// Concurrencies at which everything is asked: somebody alone, and a busy site.
const alone, busy = 1, 16

// Concurrencies in the order in which they are measured and shown.
var concurrencies = []int{alone, busy}

// streamFrom is the size from which catalogues are changed while they are read:
// changing a small one proves nothing.
const streamFrom = 100_000

// report is all that was measured.
type report struct {
	machine machine
	at      time.Time
	round   time.Duration
	rounds  int
	sizes   []sized
}

// sized is what was measured with one catalogue.
type sized struct {
	size           int
	ready          time.Duration // from the start of the program to the first good answer
	resident, peak int64         // bytes
	bytes          int           // of the compressed listing without filter
	results        []result
	streams        []stream
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
		say("%s practices", number(size))
		one, err := s.measure(ctx, size, &r.machine)
		if err != nil {
			return fmt.Errorf("with %d practices: %w", size, err)
		}
		r.sizes = append(r.sizes, one)
	}
	return s.write(r)
}

// measure measures with one catalogue.
func (s Settings) measure(ctx context.Context, size int, m *machine) (sized, error) {
	c, err := s.open(ctx, size)
	if err != nil {
		return sized{}, err
	}
	defer c.close()
	found := sized{size: size, made: c.made}
	db, err := store.Open(ctx, c.server.URL(), locale.SearchNames)
	if err != nil {
		return sized{}, err
	}
	defer db.Close()
	if m.postgres, err = postgresVersion(ctx, db); err != nil {
		return sized{}, err
	}
	site, err := c.start(ctx, s, &found)
	if err != nil {
		return sized{}, err
	}
	defer site.end()
	t := trial{Settings: s, catalogue: c, store: db, site: site}
	if err := t.run(ctx, &found); err != nil {
		return sized{}, err
	}
	if found.resident, found.peak, err = site.memory(); err != nil {
		return sized{}, err
	}
	if size >= streamFrom || size == slices.Max(s.Sizes) {
		found.streams, err = t.streams(ctx)
	}
	return found, err
}

// say tells how far the run is.
func say(format string, values ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format(time.TimeOnly)+" "+format+"\n", values...)
}
