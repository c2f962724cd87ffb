package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"exempla/internal/generate"
	"exempla/internal/localpg"
	"exempla/internal/sample"
	"exempla/migrations"
)

// contentVersion is raised when generated or stored content changes without a new
// migration, so that no catalogue from before is measured.
const contentVersion = 2

// complete is the file that marks a finished catalogue; it holds the time that
// generating took.
const complete = "complete"

// collection is a generated catalogue on a Postgres of its own.
type collection struct {
	size   int
	folder string
	maker  *generate.Maker
	server *localpg.Server
	made   time.Duration // how long generating took, in this run or an earlier one
}

// open starts the Postgres of a catalogue, which it generates unless an earlier run
// has left it.
func (s Settings) open(ctx context.Context, size int) (*collection, error) {
	key, err := s.key()
	if err != nil {
		return nil, err
	}
	samples, err := sample.Practices()
	if err != nil {
		return nil, err
	}
	c := &collection{size: size, folder: filepath.Join(s.Cache, fmt.Sprintf("%d-%s", size, key))}
	if c.maker, err = generate.New(samples, s.Seed); err != nil {
		return nil, err
	}
	note, err := os.ReadFile(filepath.Join(c.folder, complete))
	if err != nil {
		if err := c.generate(ctx, s); err != nil {
			return nil, err
		}
	} else if c.made, err = time.ParseDuration(strings.TrimSpace(string(note))); err != nil {
		return nil, fmt.Errorf("%s: %w; delete the folder", filepath.Join(c.folder, complete), err)
	}
	if err := c.tune(); err != nil {
		return nil, err
	}
	c.server, err = localpg.Start(ctx, localpg.Settings{Data: c.folder, Durable: true})
	return c, err
}

// From this many practices on, what searches read does not fit into the 128 MB that
// Postgres shares by default; an operator would raise it.
const (
	tunedFrom = 300_000
	shared    = "shared_buffers = '1GB'\n"
)

// tune sets up Postgres as an operator would for a catalogue of this size.
func (c *collection) tune() error {
	if c.size < tunedFrom {
		return nil
	}
	return os.WriteFile(filepath.Join(c.folder, "postgres", "data", "postgresql.auto.conf"), []byte(shared), 0o600)
}

// key is a hash of everything on which the content of a database depends.
func (s Settings) key() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, contentVersion, s.Seed)
	files, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range files {
		content, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			return "", err
		}
		sum.Write(content)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:6]), nil
}

// generate has the program itself make the catalogue, as an operator would. It
// removes the remains of a run that was interrupted.
func (c *collection) generate(ctx context.Context, s Settings) error {
	if err := os.RemoveAll(c.folder); err != nil {
		return err
	}
	if err := os.MkdirAll(s.Cache, 0o755); err != nil {
		return err
	}
	logf("generating, once for all runs")
	began := time.Now()
	cmd := exec.CommandContext(ctx, s.Program, "generate", "--count", strconv.Itoa(c.size), "--seed", strconv.FormatUint(s.Seed, 10))
	cmd.Env = environment("EXEMPLA_DATA=" + c.folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("generate: %w\n%s", err, out)
	}
	c.made = time.Since(began)
	logf("generated in %s", c.made.Round(time.Second))
	return os.WriteFile(filepath.Join(c.folder, complete), []byte(c.made.String()), 0o644)
}

// stopTime bounds how long the catalogue's Postgres may take to stop.
const stopTime = 30 * time.Second

func (c *collection) close() {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := c.server.Stop(ctx); err != nil {
		logf("the database did not stop cleanly: %v", err)
	}
}
