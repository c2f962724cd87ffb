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
	// killDelay is how long a program may take to end after SIGINT.
	killDelay = 5 * time.Second
	// tailBytes is how much output an error quotes: about twenty lines.
	tailBytes = 2000
)

// command prepares a program that may touch the database. It runs as the current
// user with our environment; see ownerCommand for the other kind. It gets its own
// process group because Ctrl-C signals every process of ours at once, and we must
// close our connections before the server stops.
func (f *folder) command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...) // #nosec G204 -- only programs of PostgreSQL, as they were found
	cmd.Dir = f.root
	cmd.ExtraFiles = []*os.File{f.lock}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	setDeathSignal(cmd.SysProcAttr, syscall.SIGINT) // a fast shutdown for PostgreSQL
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = killDelay
	return cmd
}

// ownerCommand prepares a PostgreSQL program. It runs as the database's user and
// without our environment, whose PG… variables and locale would leak into the
// database.
func (f *folder) ownerCommand(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := f.command(ctx, path, args...)
	cmd.SysProcAttr.Credential = f.owner.credential()
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	return cmd
}

// run runs cmd on a single thread (see Server.supervise) and returns everything
// it printed. Its error quotes the end of the output.
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
