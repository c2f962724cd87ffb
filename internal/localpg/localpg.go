// Package localpg is the default database: a private PostgreSQL server that the
// program starts and stops itself, so that one command brings up a whole site.
//
// It finds or downloads the binaries, creates the data directory, and makes sure
// that the server ends with the program, however the program ends. It does not
// know what the database contains: no tables, no queries, no driver. It never
// deletes a data directory that has been in use.
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

// name is the name of the database and of its superuser.
const name = "exempla"

// Settings configures a private PostgreSQL server.
type Settings struct {
	// Data is the absolute path of the folder for the database, its socket, its
	// log and downloaded binaries. It is created if missing.
	Data string
	// Durable makes commits survive a power loss. Without it the server is
	// faster and suitable for tests only.
	Durable bool
	// Log receives the steps that take time: download, first set-up, waiting for
	// another run. Nil discards them.
	Log *slog.Logger

	// patterns replaces usualFolders in tests.
	patterns []string
	// socket is the folder for the socket where clients know it already.
	socket string
}

// Server is a running PostgreSQL. Its methods may be called from any goroutine.
type Server struct {
	settings Settings
	socket   string
	process  *os.Process
	done     chan struct{}
	err      error // why the process ended; read after done is closed
}

// Start runs PostgreSQL on the folder s.Data and returns once the server accepts
// connections. ctx limits the start only; the server keeps running afterwards.
// There is no timeout of our own, because recovery after a power loss can take
// arbitrarily long. The error tells the user what to do if the folder is in use
// or out of reach, or if no suitable binaries were found.
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
	server.settings = s
	s.Log.Info("private postgres started", "folder", f.root, "took", time.Since(began).Round(time.Millisecond))
	return server, nil
}

// Revive starts a server again that has ended by itself, at the same address. Errors: those
// of Start.
func (s *Server) Revive(ctx context.Context) (*Server, error) {
	again := s.settings
	again.socket = s.socket
	return Start(ctx, again)
}

// URL returns a connection string for pgx. It uses the socket and no password:
// only the server's own user and root can reach the socket's folder.
func (s *Server) URL() string {
	query := url.Values{"host": {s.socket}, "port": {port}, "sslmode": {"disable"}}.Encode()
	query = strings.ReplaceAll(query, "+", "%20") // PostgreSQL does not read "+" as a space
	address := url.URL{Scheme: "postgres", User: url.User(name), Path: "/" + name, RawQuery: query}
	return address.String()
}

// Process returns the process ID of the postmaster, the parent of the processes
// that serve connections.
func (s *Server) Process() int { return s.process.Pid }

// Done returns a channel that is closed when the server process has ended, for
// whatever reason.
func (s *Server) Done() <-chan struct{} { return s.done }

// Stop ends open sessions, shuts the server down cleanly and waits until it has
// ended. If ctx is done first, the server is stopped immediately and recovers at
// its next start; nothing committed is lost, and Stop returns the cause. Further
// calls return the same error as the first. If the server had already crashed,
// the error says how it ended.
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

// signal ignores the error, which can only mean that the process has ended.
func (s *Server) signal(what os.Signal) { _ = s.process.Signal(what) }

// supervise starts the server process and waits for it on a single thread. Linux
// sends the death signal when the thread that started the child ends, so the
// goroutine stays locked to its thread for as long as the server runs.
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
