//go:build npm

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// versionOf is the version of Postgres that a data folder is of.
func versionOf(t *testing.T, folder string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "postgres", "data", "PG_VERSION"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(content))
}

// A site goes from the installed PostgreSQL to the one that npm has, although the upgrade is
// killed again and again, and readers see the same before and after. It needs npm and its
// registry, and an installed PostgreSQL that is older: go test -tags npm.
func TestUpgradePostgresOfASite(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	place := "EXEMPLA_DATA=" + folder
	p := start(t, place, "serve", "--demo")
	before, old := readAsPublic(t, p.address), versionOf(t, folder)
	said, status := run(t, place, "upgrade-postgres")
	if status != 1 || !strings.Contains(said, "in use by another run of this program") {
		t.Errorf("beside the running site it ended with %d: %s", status, said)
	}
	p.end()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	killed := 0
	for delay := 100 * time.Millisecond; versionOf(t, folder) == old; delay += 300 * time.Millisecond {
		if delay > time.Minute {
			t.Fatal("it is never done")
		}
		ctx, cancel := context.WithTimeout(t.Context(), delay)
		cmd := exec.CommandContext(ctx, path, "upgrade-postgres") // killed by SIGKILL
		cmd.Env, cmd.SysProcAttr = environment(place), deathSignal
		if cmd.Run(); cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
			killed++
		}
		cancel()
		if _, err := os.Stat(filepath.Join(folder, "postgres", "data")); err != nil { // between two moves
			run(t, place, "doctor")
		}
	}
	t.Logf("killed %d times on the way from %s to %s", killed, old, versionOf(t, folder))
	if said, status := run(t, place, "upgrade-postgres"); status != 0 || !strings.Contains(said, "Nothing is to be done") {
		t.Errorf("once it is done it ends with %d: %s", status, said)
	}
	p = start(t, place, "serve", "--demo")
	after := readAsPublic(t, p.address)
	for path, body := range before {
		if after[path] != body {
			t.Errorf("%s is another page:\n%.2000s\nwas\n%.2000s", path, after[path], body)
			break
		}
	}
	kept, err := filepath.Glob(filepath.Join(folder, "postgres", "data-"+old+"-*"))
	if err != nil || len(kept) != 1 {
		t.Errorf("the old data are not kept: %v, %v", kept, err)
	}
}
