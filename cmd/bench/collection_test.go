package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// cached are settings whose catalogues lie in a folder of the test, made by the
// test binary.
func cached(t *testing.T) Settings {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Settings{Seed: 5, Cache: filepath.Join(t.TempDir(), "cache"), Program: program}
}

func TestKeysNameTheContent(t *testing.T) {
	t.Parallel()
	first, err := Settings{Seed: 1}.key()
	if err != nil || !regexp.MustCompile(`^[0-9a-f]{12}$`).MatchString(first) {
		t.Fatalf("%q, %v", first, err)
	}
	again, _ := Settings{Seed: 1, Program: "another", Rounds: 9}.key()
	other, _ := Settings{Seed: 2}.key()
	if again != first || other == first {
		t.Errorf("keys are %s, %s, and %s for another seed", first, again, other)
	}
}

func TestCataloguesAreGeneratedByTheProgram(t *testing.T) {
	t.Parallel()
	s := cached(t)
	c := &collection{size: 700, folder: filepath.Join(s.Cache, "700")}
	left := filepath.Join(c.folder, "left behind")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := c.generate(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if asked, err := os.ReadFile(filepath.Join(c.folder, "asked")); err != nil || string(asked) != "generate --count 700 --seed 5" {
		t.Errorf("the program was asked: %q, %v", asked, err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what a run that was cut off had left is still there")
	}
	if note, err := os.ReadFile(filepath.Join(c.folder, complete)); err != nil || c.made <= 0 || string(note) != c.made.String() {
		t.Errorf("made in %s, noted as %q, %v", c.made, note, err)
	}
}

func TestCataloguesThatFailAreNotKept(t *testing.T) {
	t.Parallel()
	s := cached(t)
	s.Seed = 13
	c := &collection{size: 700, folder: filepath.Join(s.Cache, "700")}
	if err := c.generate(t.Context(), s); err == nil || !strings.Contains(err.Error(), "unlucky") {
		t.Errorf("the program fails: %v", err)
	}
	if _, err := os.Stat(filepath.Join(c.folder, complete)); err == nil {
		t.Error("the catalogue is said to be complete")
	}
	if _, err := s.open(t.Context(), 700); err == nil {
		t.Error("a catalogue that fails was opened")
	}
}

// A note that cannot be read says which folder to delete.
func TestCataloguesWithABrokenNoteAreRefused(t *testing.T) {
	t.Parallel()
	s := cached(t)
	key, err := s.key()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(s.Cache, "700-"+key)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, complete), []byte("a while"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.open(t.Context(), 700); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("the error is %v", err)
	}
}

func TestLargeCataloguesHaveMoreSharedMemory(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]string{tunedFrom - 1: "", tunedFrom: shared} {
		c := &collection{size: size, folder: t.TempDir()}
		data := filepath.Join(c.folder, "postgres", "data")
		if err := os.MkdirAll(data, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := c.tune(); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(filepath.Join(data, "postgresql.auto.conf")); string(got) != want {
			t.Errorf("%d practices: %q", size, got)
		}
	}
}
