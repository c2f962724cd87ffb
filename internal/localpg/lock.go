package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	// lockTimeout is how long a start waits for the previous run to end. After
	// kill -9, a clean shutdown includes a checkpoint: seconds on a slow disk.
	lockTimeout = 10 * time.Second
	// pollInterval is short compared to a shutdown, which takes at least 30 ms.
	pollInterval = 20 * time.Millisecond
)

// acquireLock takes the folder's lock. Every process that we start for the
// database inherits it, so holding it proves that no process of an earlier run is
// still alive, without relying on process IDs.
func (f *folder) acquireLock(ctx context.Context) error {
	lock, err := os.OpenFile(f.lockFile(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = f.waitForLock(ctx, lock)
	if err == nil {
		err = writePID(lock)
	}
	if err != nil {
		lock.Close()
		return err
	}
	f.lock = lock
	return nil
}

// writePID records our process ID for the error message of a later start.
func writePID(lock *os.File) error {
	if err := lock.Truncate(0); err != nil {
		return err
	}
	_, err := lock.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
	return err
}

func (f *folder) waitForLock(ctx context.Context, lock *os.File) error {
	ctx, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	for turn := 0; ; turn++ {
		err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return fmt.Errorf("lock %s: %w", lock.Name(), err)
		}
		if turn == 0 {
			f.log.Info("waiting for another run to leave the data folder", "folder", f.root)
			f.endOrphan()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("the data folder %s is in use by another run of this program (process %d): stop that one, or set EXEMPLA_DATA to another folder: %w",
				f.root, firstNumber(f.lockFile()), ctx.Err())
		}
	}
}

// endOrphan asks a server to shut down whose program has died. On Linux the
// kernel has done so already; other systems have no death signal.
func (f *folder) endOrphan() {
	server := firstNumber(filepath.Join(f.cluster(), pidFile))
	if server > 0 && !alive(firstNumber(f.lockFile())) && isServerOf(commandLine(server), f.cluster()) {
		_ = syscall.Kill(server, syscall.SIGINT)
	}
}

// clearStale removes PostgreSQL's own lock files if the process they name is now
// a different one. After a power loss PostgreSQL would take any process with
// that ID and user for a running server and refuse to start.
func (f *folder) clearStale(socket string) error {
	for _, path := range []string{filepath.Join(f.cluster(), pidFile), filepath.Join(socket, socketName+".lock")} {
		pid := firstNumber(path)
		if pid <= 0 || gone(pid) || !zombie(pid) && isServerOf(commandLine(pid), f.cluster()) {
			continue // PostgreSQL handles these cases correctly itself
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// firstNumber returns the process ID on the first line of a lock file, or 0.
func firstNumber(path string) int {
	text, _ := os.ReadFile(path) // #nosec G304 -- in our own folder
	line, _, _ := bytes.Cut(text, []byte("\n"))
	number, _ := strconv.Atoi(string(bytes.TrimSpace(line)))
	return number
}

func alive(pid int) bool { return pid > 0 && !gone(pid) && !zombie(pid) }

func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// zombie reports whether a process has ended without being reaped, as happens to
// orphans in a container whose first process is not an init.
func zombie(pid int) bool {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return bytes.Contains(text, []byte(") Z "))
}

// commandLine returns the command line of a process, or "" if the system does
// not reveal it.
func commandLine(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		text, _ = exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output() // #nosec G204 -- a number
	}
	return strings.TrimSpace(string(bytes.ReplaceAll(text, []byte{0}, []byte{' '})))
}

// isServerOf reports whether a running process with this command line may be the
// postmaster of cluster. In doubt it says yes: two servers on one data directory
// would destroy it.
func isServerOf(command, cluster string) bool {
	switch {
	case command == "":
		return true
	case strings.HasPrefix(command, "postgres: "): // a server's child, by its title
		return false
	case !strings.Contains(command, "postgres") && !strings.Contains(command, "postmaster"):
		return false
	case strings.Contains(command, " -D "):
		return strings.Contains(command, " -D "+cluster)
	}
	return true
}
