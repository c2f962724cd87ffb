// Command bench measures the real program on catalogues of growing size, beside
// yardsticks on the same machine in the same run, and writes BENCHMARKS.md;
// "make bench" runs it. It knows addresses and processes, and sees nothing of
// the server that a reader or an operator could not. Its figures are for
// reading: no test depends on them. It is one package main so that no shipped
// code can import it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are what this program can do.
type commands struct {
	Run       Settings  `cmd:"" default:"withargs" help:"Measure and write the report."`
	Yardstick Yardstick `cmd:"" hidden:"" help:"Serve pages of a site from memory; started by run."`
}

// check fills in the folder of the cache and refuses settings that measure nothing.
func (s *Settings) check() error {
	if s.Cache == "" {
		folder, err := cacheFolder()
		if err != nil {
			return err
		}
		s.Cache = folder
	}
	if !filepath.IsAbs(s.Cache) || s.Rounds < 1 || s.Round <= 0 || len(s.Sizes) == 0 {
		return errors.New("--cache must be an absolute path, --rounds and --round more than 0, and --sizes one or more")
	}
	return nil
}

// cacheFolder is the user's cache. Root gets a folder outside its home, because
// the user that Postgres runs as cannot enter root's home.
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
