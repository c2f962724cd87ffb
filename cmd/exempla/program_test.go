package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Bounds of waiting for a program. The first start on a machine may have to
// fetch Postgres.
const (
	startTime    = 3 * time.Minute
	endTime      = time.Minute
	pollInterval = 20 * time.Millisecond
)

// program is the real program, running as its own process.
type program struct {
	address string // http://localhost:port
	process *os.Process
	ended   chan struct{}
	err     error // how it ended; read after ended is closed
	log     outputBuffer
}

// outputBuffer collects the output of a program for failing tests. It is safe for
// concurrent use.
type outputBuffer struct {
	sync.Mutex
	text strings.Builder
}

func (q *outputBuffer) Write(p []byte) (int, error) {
	q.Lock()
	defer q.Unlock()
	return q.text.Write(p)
}

func (q *outputBuffer) String() string {
	q.Lock()
	defer q.Unlock()
	return q.text.String()
}

// environment is this process's own, without settings of the program.
func environment(settings ...string) []string {
	var list []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "EXEMPLA_") && !strings.HasPrefix(entry, "DATABASE_URL=") {
			list = append(list, entry)
		}
	}
	return append(append(list, "EXEMPLA_DRAIN=0"), settings...)
}

// launch starts the program on a free port and waits until it is ready.
func launch(setting string, arguments ...string) (*program, error) {
	path, err := binary()
	if err != nil {
		return nil, err
	}
	return launchBuilt(path, setting, arguments...)
}

// launchBuilt is launch for another build of the program.
func launchBuilt(path, setting string, arguments ...string) (*program, error) {
	p, err := begin(path, []string{setting}, arguments...)
	if err != nil {
		return nil, err
	}
	if err := p.ready(); err != nil {
		p.process.Kill()
		return nil, fmt.Errorf("%w; it said:\n%s", err, &p.log)
	}
	return p, nil
}

// begin starts the program and waits until it has told its address.
func begin(path string, settings []string, arguments ...string) (*program, error) {
	data, err := newFolder() // also where the database is elsewhere: files lie there
	if err != nil {
		return nil, err
	}
	p := &program{ended: make(chan struct{})}
	cmd := exec.Command(path, arguments...)
	cmd.Env = environment("EXEMPLA_LISTEN=127.0.0.1:0", "EXEMPLA_PAGE_LIMIT=0", "EXEMPLA_DATA="+data)
	cmd.Env = append(cmd.Env, settings...)
	cmd.Stderr = &p.log
	cmd.SysProcAttr = deathSignal
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	started := make(chan error)
	go p.supervise(cmd, started)
	if err := <-started; err != nil {
		return nil, err
	}
	if err := p.told(out); err != nil {
		p.process.Kill()
		return nil, fmt.Errorf("%w; it said:\n%s", err, &p.log)
	}
	return p, nil
}

// supervise starts the process and waits for it on a single thread, because a death
// signal is sent when the thread that started the process ends.
func (p *program) supervise(cmd *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	err := cmd.Start()
	p.process = cmd.Process
	started <- err
	if err == nil {
		p.err = cmd.Wait()
		close(p.ended)
	}
}

// told reads the address that the program prints.
func (p *program) told(out io.Reader) error {
	line := make(chan string, 1)
	go func() {
		first, _ := bufio.NewReader(out).ReadString('\n')
		line <- first
	}()
	select {
	case first := <-line:
		address, ok := strings.CutPrefix(strings.TrimSpace(first), "Exempla is ready at ")
		if !ok {
			return fmt.Errorf("the program printed %q", first)
		}
		p.address = address
	case <-time.After(startTime):
		return fmt.Errorf("the program was not ready in %s", startTime)
	}
	return nil
}

// ready checks that the program takes visitors.
func (p *program) ready() error {
	answer, err := http.Get(p.address + "/readyz")
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("/readyz answers %s once the address is printed", answer.Status)
	}
	return nil
}

// start is launch for a test, which ends the program if it did not itself.
func start(t *testing.T, setting string, arguments ...string) *program {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return startBuilt(t, path, setting, arguments...)
}

// startBuilt is start for another build of the program.
func startBuilt(t *testing.T, path, setting string, arguments ...string) *program {
	t.Helper()
	p, err := launchBuilt(path, setting, arguments...)
	return p.until(t, err)
}

// until ends a program with its test, if it was started.
func (p *program) until(t *testing.T, err error) *program {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.end()
		if t.Failed() {
			t.Logf("the program said:\n%s", &p.log)
		}
	})
	return p
}

// reportEarlyEnd prints the output of a program that ended while tests needed it.
func (p *program) reportEarlyEnd() {
	select {
	case <-p.ended:
		fmt.Fprintf(os.Stderr, "the program ended too early, %v; it said:\n%s", p.err, &p.log)
	default:
	}
}

// end stops the program with SIGTERM, as a service manager does, and waits for it.
func (p *program) end() {
	p.process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(endTime):
		p.process.Kill()
		<-p.ended
	}
}

// run runs the program to its end and returns its output and exit status.
func run(t *testing.T, setting string, arguments ...string) (string, int) {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), startTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, arguments...)
	cmd.Env = environment(strings.Fields(setting)...)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

// inBackground runs a program until the test ends, which shows what it said if it fails.
func inBackground(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var said outputBuffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = deathSignal
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(cmd.Path), &said)
		}
	})
}

// freeAddress is an address on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	bound := time.After(endTime)
	for !holds() {
		select {
		case <-tick.C:
		case <-bound:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// postgresOf returns the process ID of the private Postgres in a folder, 0 for none.
func postgresOf(t *testing.T, folder string) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "postgres", "data", "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatalf("postmaster.pid: %v", err)
	}
	return pid
}

// alive reports whether a process exists.
func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }
