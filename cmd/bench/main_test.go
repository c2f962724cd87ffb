package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"exempla/internal/generate"
	"exempla/internal/sample"
	"exempla/internal/server"
	"exempla/internal/testdb"
)

// TestMain lets the test binary stand in for the programs that are started here.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "yardstick":
			main()
			return
		case "generate":
			standInForGenerate()
			return
		case "serve":
			standInForServe()
			return
		case "work":
			standInForWork()
			return
		case "parent":
			standInForParent()
			return
		case "silent":
			return
		}
	}
	testdb.Main(m)
}

// standInForGenerate notes what it was asked for in the folder of the data. A
// seed of 13 fails.
func standInForGenerate() {
	if slices.Contains(os.Args, "13") {
		fmt.Println("unlucky")
		os.Exit(1)
	}
	folder := os.Getenv("EXEMPLA_DATA")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		os.Exit(1)
	}
	os.WriteFile(filepath.Join(folder, "asked"), []byte(strings.Join(os.Args[1:], " ")), 0o644)
}

// standInForServe says that it is ready, and notes that it was asked to end in
// the file that its second argument names.
func standInForServe() {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM)
	fmt.Fprintln(os.Stderr, "a line of the log")
	fmt.Println("ready at http://localhost:4321")
	<-ended
	if len(os.Args) > 2 {
		os.WriteFile(os.Args[2], []byte("ended"), 0o644)
	}
}

// worked is how much time of the processor a child takes before it is ready.
const worked = 10 * tick

// standInForWork works, says that it is ready, and waits for the end of its input.
func standInForWork() {
	for {
		if of, err := readStat(os.Getpid()); err != nil || of.cpu >= worked {
			break
		}
	}
	fmt.Println("ready at http://localhost:1")
	io.Copy(io.Discard, os.Stdin)
}

// standInForParent serves beside a child that has worked.
func standInForParent() {
	child := exec.Command(os.Args[0], "work")
	input, _ := child.StdinPipe()
	if _, err := launch(child); err != nil {
		os.Exit(1)
	}
	standInForServe()
	input.Close()
	child.Wait()
}

// self is the test binary, to be started as another program.
func self(t *testing.T, arguments ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), path, arguments...)
}

// serving is a process whose pages a handler answers. Its figures are those of
// the test itself.
func serving(t *testing.T, handler http.HandlerFunc) *process {
	t.Helper()
	pages, figures := httptest.NewServer(handler), httptest.NewServer(server.OperationHandler())
	t.Cleanup(pages.Close)
	t.Cleanup(figures.Close)
	own, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	return &process{cmd: &exec.Cmd{Process: own}, address: pages.Listener.Addr().String(), debug: figures.Listener.Addr().String()}
}

// maker makes the practices of a catalogue.
func maker(t *testing.T) *generate.Maker {
	t.Helper()
	samples, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	m, err := generate.New(samples, 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func parse(t *testing.T, arguments ...string) (commands, error) {
	t.Helper()
	var c commands
	parser, err := kong.New(&c, kong.Exit(func(int) { t.Fatal("the parser ends the program") }))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(arguments)
	return c, err
}

func TestSettingsAreFlagsOfTheCommand(t *testing.T) {
	t.Parallel()
	c, err := parse(t)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.Run.Sizes, []int{1_000, 10_000, 100_000, 1_000_000}) || c.Run.Rounds != 3 || c.Run.Round != 600*time.Millisecond ||
		c.Run.Program != "bin/exempla" || c.Run.Report != "BENCHMARKS.md" || c.Run.Graph != "cmd/bench/cost.svg" || c.Run.Seed != 1 {
		t.Errorf("by default: %+v", c.Run)
	}
	c, err = parse(t, "--sizes", "20,10", "--rounds", "1", "--round", "50ms", "--seed", "7")
	if err != nil || !slices.Equal(c.Run.Sizes, []int{20, 10}) || c.Run.Rounds != 1 || c.Run.Round != 50*time.Millisecond || c.Run.Seed != 7 {
		t.Errorf("%+v, %v", c.Run, err)
	}
	c, err = parse(t, "yardstick", "--kind", "same", "--from", "127.0.0.1:1", "--debug", "127.0.0.1:2", "/a", "/b")
	if err != nil || c.Yardstick.Kind != same || c.Yardstick.From != "127.0.0.1:1" || c.Yardstick.Debug != "127.0.0.1:2" || !slices.Equal(c.Yardstick.Pages, []string{"/a", "/b"}) {
		t.Errorf("%+v, %v", c.Yardstick, err)
	}
	for _, wrong := range [][]string{{"--rounds", "many"}, {"yardstick", "--kind", "golden", "/a"}, {"dance"}} {
		if _, err := parse(t, wrong...); err == nil {
			t.Errorf("%q was accepted", wrong)
		}
	}
}

func TestSettingsThatMeasureNothingAreRefused(t *testing.T) {
	t.Parallel()
	good := Settings{Sizes: []int{10}, Round: time.Second, Rounds: 1, Cache: "/somewhere"}
	if err := good.check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Settings){
		"no sizes":          func(s *Settings) { s.Sizes = nil },
		"no rounds":         func(s *Settings) { s.Rounds = 0 },
		"no time":           func(s *Settings) { s.Round = 0 },
		"a time before now": func(s *Settings) { s.Round = -time.Second },
		"a relative cache":  func(s *Settings) { s.Cache = "somewhere" },
	} {
		wrong := good
		change(&wrong)
		if err := wrong.check(); err == nil {
			t.Errorf("%s: accepted", name)
		}
		if err := wrong.Run(t.Context()); err == nil {
			t.Errorf("%s: it ran", name)
		}
	}
	anywhere := good
	anywhere.Cache = ""
	if err := anywhere.check(); err != nil || !filepath.IsAbs(anywhere.Cache) || !strings.Contains(anywhere.Cache, "exempla-bench") {
		t.Errorf("the cache is %q, %v", anywhere.Cache, err)
	}
}
