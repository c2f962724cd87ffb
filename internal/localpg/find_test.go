package localpg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// installed makes a folder with programs that say they are PostgreSQL version.
func installed(t *testing.T, version string) string {
	t.Helper()
	bin := filepath.Join(filepath.Dir(newData(t)), version, "bin")
	if err := makeReachable(filepath.Dir(bin), bin); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"postgres", "initdb"} {
		script := "#!/bin/sh\necho '" + program + " (PostgreSQL) " + version + ".3 (Test)'\n"
		if err := os.WriteFile(filepath.Join(bin, program), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(bin, program), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

func TestChoiceOfBinaries(t *testing.T) {
	t.Parallel()
	v9, v14, v16 := installed(t, "9"), installed(t, "14"), installed(t, "16")
	cases := []struct {
		name     string
		made     string
		patterns []string
		want     string
	}{
		{"the first place that fits", "", []string{v9, v14, v16}, v14},
		{"the newest of one place", "", []string{filepath.Dir(filepath.Dir(v9)) + "/*/bin", "/nowhere/*", v16, v14}, v16},
		{"the version that made the data", "16\n", []string{v14, v16}, v16},
		{"an old version for old data", "9\n", []string{v16, v9}, v9},
	}
	for _, c := range cases {
		f := held(t, Settings{Data: newData(t), patterns: c.patterns})
		if c.made != "" {
			pretendMade(t, f, c.made)
		}
		bin, err := f.choose(t.Context())
		if err != nil || bin.folder != c.want {
			t.Errorf("%s: %v, %v, want %s", c.name, bin, err, c.want)
		}
	}
}

// pretendMade leaves a data directory of another version.
func pretendMade(t *testing.T, f *folder, version string) {
	t.Helper()
	if err := os.Mkdir(f.cluster(), 0o755); err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(f.cluster(), "PG_VERSION"), []byte(version))
}

// Data of a version that is not there are left as they are.
func TestDataOfAnotherVersionAreRefused(t *testing.T) {
	t.Parallel()
	f := held(t, Settings{Data: newData(t)})
	pretendMade(t, f, "12\n")
	f.lock.Close()
	_, err := Start(t.Context(), Settings{Data: f.root, patterns: []string{installed(t, "16")}})
	if err == nil || !strings.Contains(err.Error(), "apt-get install postgresql-12") {
		t.Errorf("the error does not say what to install: %v", err)
	}
	if got := read(t, filepath.Join(f.cluster(), "PG_VERSION")); got != "12\n" {
		t.Errorf("the data were touched: version %q", got)
	}
}

func TestFolderWithoutADatabaseIsRefused(t *testing.T) {
	t.Parallel()
	f := held(t, Settings{Data: newData(t)})
	if err := os.Mkdir(f.cluster(), 0o700); err != nil {
		t.Fatal(err)
	}
	f.lock.Close()
	if _, err := Start(t.Context(), Settings{Data: f.root}); err == nil {
		t.Error("an empty data directory was taken")
	}
}

func TestChosenBinariesAreTheOnlyOnes(t *testing.T) {
	t.Setenv("PG_BIN", "/nowhere")
	if _, err := Start(t.Context(), Settings{Data: newData(t)}); err == nil || !strings.Contains(err.Error(), "PG_BIN=/nowhere") {
		t.Errorf("a wrong PG_BIN: %v", err)
	}
	chosen := installed(t, "17")
	t.Setenv("PG_BIN", chosen)
	bin, err := held(t, Settings{Data: newData(t)}).choose(t.Context())
	if err != nil || bin != (installation{chosen, 17}) {
		t.Errorf("got %v, %v", bin, err)
	}
}

// PG_BIN may still name the version of before an upgrade.
func TestDataThatTheChosenBinariesDidNotMake(t *testing.T) {
	f := held(t, Settings{Data: newData(t)})
	pretendMade(t, f, "16\n")
	newer := installed(t, "16")
	t.Setenv("PG_BIN", installed(t, "15"))
	t.Setenv("PATH", newer)
	bin, err := f.choose(t.Context())
	if err != nil || bin != (installation{newer, 16}) {
		t.Errorf("got %v, %v", bin, err)
	}
}

func TestNoPostgresNamesTheWayToGetOne(t *testing.T) {
	t.Setenv("PATH", "/nowhere")
	_, err := Start(t.Context(), Settings{Data: newData(t), patterns: []string{"/nowhere/*"}})
	if err == nil || !strings.Contains(err.Error(), "apt-get install postgresql)") {
		t.Errorf("the error does not say what to install: %v", err)
	}
}
