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
	// handover is how long a start waits for the run before it to end: a clean
	// shutdown after kill -9 takes a checkpoint, seconds on a slow disk.
	lockTimeout = 10 * time.Second
	// glance is how often waiting looks again; a shutdown takes 30 ms and more.
	pollInterval = 20 * time.Millisecond
)

// acquireLock takes the folder's lock. Every process that we start for the database
// inherits it, so whoever has it knows that none of an earlier run is alive,
// without trusting process numbers.
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

// writePID leaves our process number for those who find the lock taken.
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

// endOrphan asks a server whose program is gone to shut down. Linux has done so
// already; elsewhere nobody told it that its program died.
func (f *folder) endOrphan() {
	server := firstNumber(filepath.Join(f.cluster(), pidFile))
	if server > 0 && !alive(firstNumber(f.lockFile())) && isServerOf(commandLine(server), f.cluster()) {
		_ = syscall.Kill(server, syscall.SIGINT)
	}
}

// clearStale removes PostgreSQL's own lock files where the process they name is
// another one by now. After a power loss PostgreSQL would take any process with
// that number and user for a living server and refuse to start.
func (f *folder) clearStale(socket string) error {
	for _, path := range []string{filepath.Join(f.cluster(), pidFile), filepath.Join(socket, socketName+".lock")} {
		pid := firstNumber(path)
		if pid <= 0 || gone(pid) || !zombie(pid) && isServerOf(commandLine(pid), f.cluster()) {
			continue // PostgreSQL decides these rightly itself
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// firstNumber reads the process number that begins a lock file, or 0.
func firstNumber(path string) int {
	text, _ := os.ReadFile(path)
	line, _, _ := bytes.Cut(text, []byte("\n"))
	number, _ := strconv.Atoi(string(bytes.TrimSpace(line)))
	return number
}

func alive(pid int) bool { return pid > 0 && !gone(pid) && !zombie(pid) }

func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// zombie tells whether a process has ended with nobody to take note of it, as
// orphans do in a container whose first process is not made for that.
func zombie(pid int) bool {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return bytes.Contains(text, []byte(") Z "))
}

// commandLine is how a process was called, or "" where the system does not say.
func commandLine(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		text, _ = exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	}
	return strings.TrimSpace(string(bytes.ReplaceAll(text, []byte{0}, []byte{' '})))
}

// isServerOf tells whether a living process called like that may be the main server
// process of cluster. In doubt it is: two servers on one directory destroy it.
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
