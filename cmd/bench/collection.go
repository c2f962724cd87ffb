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

// recipe is raised when what is generated or how it is stored changes without
// a new migration, so that no old catalogue is measured.
const recipe = 2

// complete marks a folder whose catalogue was generated to the end, and holds
// how long that took.
const complete = "complete"

// collection is a generated catalogue on a Postgres of its own.
type collection struct {
	size   int
	folder string
	maker  *generate.Maker
	server *localpg.Server
	made   time.Duration // how long generating took, in this run or an earlier one
}

// open generates a catalogue, or takes the one that an earlier run has left.
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

// With tuned practices and more, what searches read does not fit into the 128 MB
// that Postgres shares by itself; whoever runs such a catalogue sets more.
const (
	tuned  = 300_000
	shared = "shared_buffers = '1GB'\n"
)

// tune sets up Postgres as an operator would for a catalogue of this size.
func (c *collection) tune() error {
	if c.size < tuned {
		return nil
	}
	return os.WriteFile(filepath.Join(c.folder, "postgres", "data", "postgresql.auto.conf"), []byte(shared), 0o600)
}

// key names everything on which the content of a database depends.
func (s Settings) key() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, recipe, s.Seed)
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

// generate has the program itself make the catalogue, as anybody would. What a
// run that was cut off has left is done away with.
func (c *collection) generate(ctx context.Context, s Settings) error {
	if err := os.RemoveAll(c.folder); err != nil {
		return err
	}
	if err := os.MkdirAll(s.Cache, 0o755); err != nil {
		return err
	}
	say("generating, once for all runs")
	began := time.Now()
	cmd := exec.CommandContext(ctx, s.Program, "generate", "--count", strconv.Itoa(c.size), "--seed", strconv.FormatUint(s.Seed, 10))
	cmd.Env = environment("EXEMPLA_DATA=" + c.folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("generate: %w\n%s", err, out)
	}
	c.made = time.Since(began)
	say("generated in %s", c.made.Round(time.Second))
	return os.WriteFile(filepath.Join(c.folder, complete), []byte(c.made.String()), 0o644)
}

// stopTime bounds how long the catalogue's Postgres may take to stop.
const stopTime = 30 * time.Second

func (c *collection) close() {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := c.server.Stop(ctx); err != nil {
		say("the database did not stop cleanly: %v", err)
	}
}
