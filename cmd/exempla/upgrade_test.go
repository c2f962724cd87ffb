package main

import (
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/testdb"
)

// besideRequests is how much both programs are asked together during an upgrade.
const besideRequests = 5_000

// Nodes are upgraded one after the other: for a while the program of before works on the
// database as the new one needs it, and beside it.
func TestOlderProgramRunsBesideTheNewOne(t *testing.T) {
	t.Parallel()
	setting := "DATABASE_URL=" + testdb.Private(t, emptyFolder(t)).URL()
	older := startBuilt(t, binaryBefore(t), setting, "serve", "--demo")
	newer := start(t, setting, "serve", "--demo")
	var left, failed atomic.Int64
	// A machine that is busy with other tests answers some with "try again", which is done
	// once; what a program cannot read or write is answered so again, or with another status.
	try := func(name string, ask func() error) {
		err := ask()
		if err != nil && strings.Contains(err.Error(), "503") {
			<-time.After(time.Second)
			err = ask()
		}
		if err != nil && failed.Add(1) < 10 {
			t.Errorf("%s: %v", name, err)
		}
	}
	left.Store(besideRequests)
	var group sync.WaitGroup
	for name, p := range map[string]*program{"older": older, "newer": newer} {
		o := signInTo(t, p, "ioannina@example.org")
		group.Go(func() {
			for i := 0; left.Load() > 0; i++ {
				try(name, func() error {
					_, err := o.submitNew(fmt.Sprintf("Upgrade %s %d", name, i))
					return err
				})
			}
		})
		group.Go(func() {
			for i := 0; left.Add(-1) >= 0; i++ {
				try(name, func() error { return p.answers(read[i%len(read)]) })
			}
		})
	}
	group.Wait()
	if n := failed.Load(); n > 0 {
		t.Errorf("of %d requests %d failed", besideRequests, n)
	}
}

// read is what residents ask for.
var read = []string{"/en/practices", "/fr/practices?q=m%C3%A9diation&country=GR", withSections, "/en/practices.json?topic=refugees", "/ar/map",
	"/en/facts", "/api/v1/practices", "/es/collections", foreign + "/history", "/en/practices.csv?country=IT", "/readyz/write"}

// answers asks for a page as a stranger, and reads all of it.
func (p *program) answers(path string) error {
	answer, err := http.Get(p.address + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, answer.Status)
	}
	return nil
}

// binaryBefore builds the program as it was before the newest migration came, from the
// history of the repository. A copy without history has none but its own.
func binaryBefore(t *testing.T) string {
	t.Helper()
	out := func(name string, arguments ...string) (string, error) {
		out, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput()
		return strings.TrimSpace(string(out)), err
	}
	commit, err := out("git", "log", "-1", "--format=%H", "--diff-filter=A", "--", "../../migrations/*.sql")
	if err == nil {
		commit, err = out("git", "rev-parse", "--verify", "--quiet", commit+"^")
	}
	if err != nil {
		t.Logf("no history, so the program of before is that of now: %s, %v", commit, err)
		path, err := binary()
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	folder := t.TempDir()
	for _, command := range []string{
		"git -C ../.. archive " + commit + " | tar -x -C " + folder,
		"cd " + folder + " && go build -o program ./cmd/exempla",
	} {
		if said, err := out("sh", "-c", command); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, said)
		}
	}
	return filepath.Join(folder, "program")
}
