package localpg

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

const (
	// farewell is how long a tool may take to end after we asked it to.
	killDelay = 5 * time.Second
	// tailBytes is how much of an output an error quotes: some twenty lines.
	tailBytes = 2000
)

// command prepares a program that may touch the database. It runs as ourselves
// with our environment; see asOwner. It stands in a process group of its own,
// since Ctrl-C goes to all of ours at once and the program must close its
// connections before the server stops.
func (f *folder) command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = f.root
	cmd.ExtraFiles = []*os.File{f.lock}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	setDeathSignal(cmd.SysProcAttr, syscall.SIGINT) // a fast shutdown for PostgreSQL
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = killDelay
	return cmd
}

// ownerCommand prepares a PostgreSQL program: as the database's user, and without our
// environment, whose PG… variables and locale would leak into the database.
func (f *folder) ownerCommand(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := f.command(ctx, path, args...)
	cmd.SysProcAttr.Credential = f.owner.credential()
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	return cmd
}

// run waits for cmd on one thread (see Server.keep) and gives all it printed; an
// error quotes the end of that.
func run(cmd *exec.Cmd) ([]byte, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	output, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", cmd.Path, err, tail(output))
	}
	return output, nil
}

func tail(text []byte) []byte {
	text = bytes.TrimSpace(text)
	return text[max(0, len(text)-tailBytes):]
}
