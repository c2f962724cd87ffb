package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	pidFile = "postmaster.pid"
	// maxLog is the size in bytes above which a start truncates the log. It holds
	// weeks of a healthy server without filling a small disk.
	maxLog = 10 << 20
	// readyInterval is how often a start checks whether the server is ready; it
	// usually is after 25 ms.
	readyInterval = 5 * time.Millisecond
)

// start runs the server on a locked folder. The lock is released when the server
// has ended.
func (f *folder) start(ctx context.Context) (*Server, error) {
	bin, err := f.choose(ctx)
	if err != nil {
		return nil, err
	}
	if err := f.initialise(ctx, bin); err != nil {
		return nil, fmt.Errorf("set up the database: %w", err)
	}
	socket, drop, err := f.socketFolder()
	if err != nil {
		return nil, err
	}
	server := &Server{socket: socket, done: make(chan struct{})}
	if err = f.clearStale(socket); err == nil {
		err = f.launch(ctx, bin, server)
	}
	if err != nil {
		drop()
		return nil, err
	}
	return server, nil
}

// initialise creates the data directory under another name and renames it once
// it is complete. What a crash leaves behind was never in use and is discarded.
func (f *folder) initialise(ctx context.Context, bin installation) error {
	if _, err := os.Stat(f.cluster()); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f.log.Info("setting up a new database", "folder", f.cluster(), "postgres", bin.major)
	fresh := filepath.Join(f.home(), "unfinished")
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	// With locale C, pg_trgm finds nothing in Cyrillic or CJK text.
	args := []string{"--pgdata=" + fresh, "--username=" + name, "--auth=trust",
		"--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"}
	if !f.durable {
		args = append(args, "--no-sync")
	}
	if _, err := f.setUp(ctx, "", bin.path("initdb"), args...); err != nil {
		return err
	}
	if err := f.createDatabase(ctx, bin, fresh); err != nil {
		return err
	}
	if err := os.Rename(fresh, f.cluster()); err != nil {
		return err
	}
	return syncFolder(f.home())
}

// createDatabase uses single-user mode, which needs neither a driver nor psql.
// That mode does not report failures, so a query checks the result.
func (f *folder) createDatabase(ctx context.Context, bin installation, cluster string) error {
	output, err := f.setUp(ctx, "create database "+name+"\n"+
		"select 'made ' || count(*) from pg_database where datname = '"+name+"'\n",
		bin.path("postgres"), "--single", "-D", cluster, "-c", f.fsync(), "postgres")
	if err == nil && !strings.Contains(string(output), "made 1") {
		err = fmt.Errorf("create database %s: %s", name, tail(output))
	}
	return err
}

// setUp runs a program that sets up a data directory, and reads the input. Such programs
// want a name for their user, which that of a container may lack; the server does not.
func (f *folder) setUp(ctx context.Context, input, path string, args ...string) ([]byte, error) {
	command := func() *exec.Cmd {
		cmd := f.ownerCommand(ctx, path, args...)
		cmd.Stdin = strings.NewReader(input)
		return cmd
	}
	cmd := command()
	lent := lendName(cmd)
	output, err := run(cmd)
	if !lent || err == nil {
		return output, err
	}
	if output, err = run(command()); err != nil { // the system may know a name that we do not find
		err = fmt.Errorf("%w\nUser %d has no name, and none can be lent to it here: add a line for it to /etc/passwd, or name a server in DATABASE_URL", err, os.Geteuid())
	}
	return output, err
}

// syncFolder makes a rename within the folder survive a power loss.
func syncFolder(path string) error {
	folder, err := os.Open(path) // #nosec G304 -- in our own folder
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

func (f *folder) fsync() string { return fmt.Sprintf("fsync=%t", f.durable) }

// arguments sets only what must not be changed. Operators can tune the rest in
// the cluster's postgresql.conf; initdb's 128 MB of shared buffers and 100
// connections suit a small machine.
func (f *folder) arguments(socket string) []string {
	// Compiling a query takes longer than any of ours, and fails where memory must not be
	// written and executed, as services are told.
	set := []string{f.fsync(), "jit=off", "listen_addresses=", "port=" + port, "logging_collector=off", "log_destination=stderr",
		`unix_socket_directories="` + strings.ReplaceAll(socket, `"`, `""`) + `"`}
	if f.readOnly {
		set = append(set, "default_transaction_read_only=on")
	}
	if !f.durable { // tests: many packages, each with a pool, and nothing to lose
		set = append(set, "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
	}
	args := []string{"-D", f.cluster()}
	for _, one := range set {
		args = append(args, "-c", one)
	}
	return args
}

// launch runs the server process and waits until it is ready.
func (f *folder) launch(ctx context.Context, bin installation, server *Server) error {
	log, err := openLog(f.logFile())
	if err != nil {
		return err
	}
	defer log.Close()
	from, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	cmd := f.ownerCommand(context.Background(), bin.path("postgres"), f.arguments(server.socket)...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := f.begin(cmd, server); err != nil {
		return err
	}
	if err := server.ready(ctx, filepath.Join(f.cluster(), pidFile)); err != nil {
		said, _ := io.ReadAll(io.NewSectionReader(log, from, maxLog))
		return fmt.Errorf("%w\n%s", err, tail(said))
	}
	return nil
}

// begin starts cmd in the goroutine that supervises it.
func (f *folder) begin(cmd *exec.Cmd, server *Server) error {
	release := func() {
		f.lock.Close()
		if server.socket != f.home() {
			os.RemoveAll(server.socket)
		}
	}
	started := make(chan error, 1)
	go server.supervise(cmd, started, release)
	return <-started
}

// ready waits, like pg_ctl, until the server has recorded in its pid file that it
// accepts connections. It stops a server that does not get there before ctx ends.
func (s *Server) ready(ctx context.Context, path string) error {
	tick := time.NewTicker(readyInterval)
	defer tick.Stop()
	for !accepting(path, s.process.Pid) {
		select {
		case <-tick.C:
		case <-s.done:
			return errors.Join(errors.New("postgres did not start"), s.err)
		case <-ctx.Done():
			return fmt.Errorf("wait for postgres to start: %w", errors.Join(ctx.Err(), s.Stop(context.WithoutCancel(ctx))))
		}
	}
	return nil
}

// accepting reports whether the pid file says that process pid is ready.
func accepting(path string, pid int) bool {
	lines := readyNote(path)
	return lines != nil && lines[0] == strconv.Itoa(pid)
}

// readyNote returns the lines of the pid file of a server that accepts
// connections, otherwise nil. Line 1 is the process ID, line 5 the socket's
// folder, line 8 the state.
func readyNote(path string) []string {
	text, _ := os.ReadFile(path) // #nosec G304 -- in our own folder
	lines := strings.Split(string(text), "\n")
	if len(lines) < 8 || strings.TrimSpace(lines[7]) != "ready" {
		return nil
	}
	return lines
}

func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Truncate(path, 0); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600) // #nosec G304 -- in our own folder
}
