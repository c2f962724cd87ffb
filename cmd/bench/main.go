// Command bench measures the program on catalogues of growing size and writes
// what it found to BENCHMARKS.md; "make bench" runs it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"exempla/internal/bench"
)

// commands are what this program can do.
type commands struct {
	Run       runCommand      `cmd:"" default:"withargs" help:"Measure and write the report."`
	Yardstick bench.Yardstick `cmd:"" hidden:"" help:"Serve pages of a site from memory; started by run."`
}

type runCommand struct {
	Sizes   []int         `help:"Catalogues to measure, in practices." default:"1000,10000,100000,1000000"`
	Seed    uint64        `help:"Of the catalogues." default:"1"`
	Round   time.Duration `help:"How long each question is asked in a round." default:"600ms"`
	Rounds  int           `help:"How many rounds." default:"3"`
	Cache   string        `help:"Folder that keeps the generated catalogues for the next run. Default: in the user's cache." env:"EXEMPLA_BENCH" placeholder:"FOLDER"`
	Program string        `help:"The program to measure." default:"bin/exempla"`
	Report  string        `help:"File to write." default:"BENCHMARKS.md"`
	Graph   string        `help:"Graph to write, seen from the report's folder." default:"internal/bench/cost.svg"`
}

// Run measures everything.
func (c *runCommand) Run(ctx context.Context) error {
	if c.Cache == "" {
		folder, err := cacheFolder()
		if err != nil {
			return err
		}
		c.Cache = folder
	}
	if !filepath.IsAbs(c.Cache) || c.Rounds < 1 || c.Round <= 0 || len(c.Sizes) == 0 {
		return fmt.Errorf("--cache must be an absolute path, --rounds and --round more than 0, and --sizes one or more")
	}
	return bench.Run(ctx, bench.Settings(*c))
}

// cacheFolder is the user's; but root's is closed to the user of the database.
func cacheFolder() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/cache/exempla-bench", nil
	}
	folder, err := os.UserCacheDir()
	return filepath.Join(folder, "exempla-bench"), err
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	parser := kong.Must(&c, kong.Name("bench"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	if err := command.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %s\n", err)
		os.Exit(1)
	}
}
