// Package localpg is the embedded default database: a private PostgreSQL that
// the program starts and stops itself, so that one command gives a whole site.
//
// It finds or fetches the binaries, makes the data directory, and sees to it
// that the server ends with the program, however the program ends. It refuses
// to know what is kept in the database: no tables, no queries, no driver. It
// never deletes a data directory that was ever in use.
package localpg

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// name is both the database and its superuser.
const name = "exempla"

// Settings says where a private PostgreSQL lies and how careful it is.
type Settings struct {
	// Data is an absolute folder that holds the database, its socket, its log
	// and fetched binaries. It is made when missing.
	Data string
	// Durable keeps what was committed through a power loss. Without it the
	// server is faster and fit for tests only.
	Durable bool
	// Log hears what takes time: fetching, first set-up, waiting. Nil is silent.
	Log *slog.Logger

	// patterns replaces the usual places of binaries, for tests.
	patterns []string
}

// Server is a running PostgreSQL. Its methods may be called from any goroutine.
type Server struct {
	socket  string
	process *os.Process
	done    chan struct{}
	err     error // why the process ended; read after done is closed
}

// Start runs PostgreSQL on the folder of s and returns once it accepts
// connections. The server outlives ctx, which bounds only the start; there is
// no bound of our own, because recovery after a power loss takes what it takes.
// The error says what to do where the folder is in use or cannot be reached,
// and where no fitting binaries were found.
func Start(ctx context.Context, s Settings) (*Server, error) {
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	began := time.Now()
	f, err := openFolder(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("private postgres: %w", err)
	}
	server, err := f.start(ctx)
	if err != nil {
		f.lock.Close()
		return nil, fmt.Errorf("private postgres: %w", err)
	}
	s.Log.Info("private postgres started", "folder", f.root, "took", time.Since(began).Round(time.Millisecond))
	return server, nil
}

// URL is a connection string for pgx: over the socket, without a password, since
// only the server's own user and root can reach the socket's folder.
func (s *Server) URL() string {
	query := url.Values{"host": {s.socket}, "port": {port}, "sslmode": {"disable"}}.Encode()
	query = strings.ReplaceAll(query, "+", "%20") // PostgreSQL's addresses know no plus for a space
	address := url.URL{Scheme: "postgres", User: url.User(name), Path: "/" + name, RawQuery: query}
	return address.String()
}

// Process is the number of the server's process, parent of those that serve the
// connections.
func (s *Server) Process() int { return s.process.Pid }

// Done is closed when the server process has ended, for whatever reason.
func (s *Server) Done() <-chan struct{} { return s.done }

// Stop ends open sessions, shuts the server down cleanly and waits for it.
// When ctx ends first the server is stopped at once and recovers at its next
// start: nothing committed is lost, and the error says so. Calling Stop again
// gives the same answer; so does calling it after the server ended by itself.
func (s *Server) Stop(ctx context.Context) error {
	s.signal(syscall.SIGINT)
	select {
	case <-s.done:
		return s.err
	case <-ctx.Done():
		s.signal(syscall.SIGQUIT)
		<-s.done // PostgreSQL kills what does not obey after five seconds
		return fmt.Errorf("stop private postgres at once: %w", context.Cause(ctx))
	}
}

// signal ignores its error: the one possible is that the process has ended.
func (s *Server) signal(what os.Signal) { _ = s.process.Signal(what) }

// supervise starts the server process and waits for it on one thread. Linux sends
// the death signal when the thread that started the child ends, so the thread
// is locked for the server's whole life.
func (s *Server) supervise(cmd *exec.Cmd, started chan<- error, release func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := cmd.Start()
	if err != nil {
		started <- err
		return
	}
	s.process = cmd.Process
	started <- nil
	if err := cmd.Wait(); err != nil {
		s.err = fmt.Errorf("postgres ended: %w", err)
	}
	release()
	close(s.done)
}
