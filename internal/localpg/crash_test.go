package localpg

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program runs the test binary as a program with a database in data and gives
// the database's address.
func program(t *testing.T, data string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childData+"="+data)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "postgres://") {
		t.Fatalf("the program printed %q, %v", line, err)
	}
	return cmd, strings.TrimSpace(line)
}

func clusterOf(data string) string { return filepath.Join(data, "postgres", "data") }

func TestKilledProgramLosesNothing(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	cmd, url := program(t, data)
	ask(t, url, "create table practice as select 'kept'::text as title")
	busy := connect(t, url) // an open session must not hold the server back
	defer busy.Close(context.Background())
	server := firstNumber(filepath.Join(clusterOf(data), pidFile))
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	again := start(t, Settings{Data: data, Durable: true}) // at once, while the old server shuts down
	if alive(server) {
		t.Errorf("the server %d of the killed program is still alive", server)
	}
	if got := ask(t, again.URL(), "select title from practice"); got != "kept" {
		t.Errorf("after kill -9 the title is %q", got)
	}
	log := read(t, filepath.Join(data, "postgres.log"))
	if !strings.Contains(log, "received fast shutdown request") || strings.Contains(log, "not properly shut down") {
		t.Errorf("the shutdown was not a clean one:\n%s", log)
	}
}

// Ctrl-C reaches every process of the terminal's group. The program, which here
// ignores it, decides when the server goes.
func TestCtrlCLeavesTheServerToTheProgram(t *testing.T) {
	t.Parallel()
	cmd, url := program(t, readyData(t))
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, url, "select 'still here'"); got != "still here" {
		t.Errorf("got %q", got)
	}
}

// Where no death signal exists, the next start ends the server that its program
// left behind.
func TestOrphanIsEndedByTheNextStart(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	f := held(t, Settings{Data: data})
	bin, err := f.choose(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cmd := f.ownerCommand(context.Background(), bin.path("postgres"), f.arguments(f.home())...)
	orphan := &Server{socket: f.home(), done: make(chan struct{})}
	if err := f.begin(cmd, orphan); err != nil {
		t.Fatal(err)
	}
	if err := orphan.ready(t.Context(), filepath.Join(f.cluster(), pidFile)); err != nil {
		t.Fatal(err)
	}
	replace(t, f.lockFile(), []byte(strconv.Itoa(deadProcess(t))))
	start(t, Settings{Data: data})
	<-orphan.Done()
}

func TestSecondStartIsRefused(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	server := start(t, Settings{Data: data})
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := Start(short, Settings{Data: data})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a second start: %v", err)
	}
	if got := ask(t, server.URL(), "select 'unharmed'"); got != "unharmed" {
		t.Errorf("the first server answers %q", got)
	}
}

// After a power loss the lock files name processes of the time before; such a
// number may belong to anything now.
func TestStaleLockFilesDoNotStopAStart(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	server := start(t, Settings{Data: data})
	files := map[string]string{}
	for _, path := range []string{filepath.Join(clusterOf(data), pidFile), filepath.Join(server.socket, socketName+".lock")} {
		files[path] = read(t, path)
	}
	stop(t, server)
	for _, pid := range []int{deadProcess(t), livingProcess(t)} {
		for path, content := range files {
			_, rest, _ := strings.Cut(content, "\n")
			replace(t, path, []byte(strconv.Itoa(pid)+"\n"+rest))
			give(t, path)
		}
		stop(t, start(t, Settings{Data: data}))
	}
}

func TestWhoServes(t *testing.T) {
	t.Parallel()
	const cluster = "/srv/site/postgres/data"
	cases := map[string]bool{
		"":                                     true,
		"/usr/bin/postgres -D " + cluster:      true,
		"postgres":                             true,
		"postmaster -D " + cluster + " -c x=y": true,
		"/usr/bin/postgres -D /srv/other/data": false,
		"postgres: 15/main: checkpointer":      false,
		"sleep 60":                             false,
	}
	for command, want := range cases {
		if got := isServerOf(command, cluster); got != want {
			t.Errorf("%q serves: %t", command, got)
		}
	}
}
