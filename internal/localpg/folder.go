package localpg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	// port is only part of the socket's name; servers differ by their folder.
	port       = "5432"
	socketName = ".s.PGSQL." + port
	// maxSocket is the longest socket address in bytes that every system
	// accepts: macOS allows 104 with the terminating zero, Linux 108.
	maxSocket = 103
)

// folder is a data folder that this process owns exclusively while lock is open.
type folder struct {
	root     string
	owner    owner
	lock     *os.File
	durable  bool
	patterns []string
	socket   string // folder for the socket; empty to choose one
	log      *slog.Logger

	// For an upgrade; the zero values are those of the usual database.
	data     string // name of its directory in home
	bin      installation
	readOnly bool
}

// home belongs to the server's user; no one else may enter it.
func (f *folder) home() string    { return filepath.Join(f.root, "postgres") }
func (f *folder) cluster() string { return filepath.Join(f.home(), cmp.Or(f.data, "data")) }

// The log and the lock are outside home because we open them, possibly as root,
// and the server's user must not be able to replace them with a link.
func (f *folder) logFile() string  { return filepath.Join(f.root, "postgres.log") }
func (f *folder) lockFile() string { return filepath.Join(f.root, "postgres.lock") }

// DefaultData returns the data folder used when none is configured: a folder in
// the user's home, or /var/lib/exempla for root. It fails if the user has no
// home directory.
func DefaultData() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/lib/exempla", nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the folder for data: %w", err)
	}
	return userData(runtime.GOOS, os.Getenv("XDG_DATA_HOME"), home), nil
}

// userData follows the XDG Base Directory Specification, under which a relative
// path is ignored.
func userData(system, xdg, home string) string {
	switch {
	case system == "darwin":
		return filepath.Join(home, "Library", "Application Support", name)
	case filepath.IsAbs(xdg):
		return filepath.Join(xdg, name)
	}
	return filepath.Join(home, ".local", "share", name)
}

// openFolder creates missing folders, rejects a folder that the server's user
// could not reach, and waits for the lock.
func openFolder(ctx context.Context, s Settings) (*folder, error) {
	if !filepath.IsAbs(s.Data) {
		return nil, fmt.Errorf("the data folder %q is not an absolute path", s.Data)
	}
	f := &folder{root: filepath.Clean(s.Data), durable: s.Durable, patterns: s.patterns, socket: s.socket, log: s.Log}
	var err error
	if f.owner, err = ownerOf(f.home()); err != nil {
		return nil, err
	}
	for _, step := range []func() error{f.makeRoot, f.checkReach, f.makeHome} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if err := f.acquireLock(ctx); err != nil {
		return nil, err
	}
	if err := f.settle(); err != nil {
		f.lock.Close()
		return nil, err
	}
	return f, nil
}

// makeRoot leaves an existing folder as it is. If the server runs as another
// user, that user may traverse a new folder but not list it, whatever the umask.
func (f *folder) makeRoot() error {
	if _, err := os.Stat(f.root); err == nil {
		return nil
	}
	if err := os.MkdirAll(f.root, 0o755); err != nil { // #nosec G301 -- folders above it are for that user, too
		return err
	}
	if f.owner.foreign {
		return os.Chmod(f.root, 0o711) // #nosec G302 -- a folder has to be entered
	}
	return os.Chmod(f.root, 0o700) // #nosec G302 -- a folder has to be entered
}

func (f *folder) checkReach() error {
	shut, err := f.owner.blockedAt(f.root)
	if err != nil || shut == "" {
		return err
	}
	return fmt.Errorf("the data folder %s cannot be reached by the database's user %s: open the way with \"chmod o+x %s\", or set EXEMPLA_DATA to another folder, such as /var/lib/exempla",
		f.root, f.owner.name, shut)
}

func (f *folder) makeHome() error {
	err := os.Mkdir(f.home(), 0o700)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err == nil && f.owner.foreign {
		err = os.Lchown(f.home(), int(f.owner.uid), int(f.owner.gid))
	}
	return err
}

// socketFolder returns home if its path fits into a socket address and has no
// comma, which would separate hosts in a connection string. Otherwise it creates
// a folder with a short path, which drop removes.
func (f *folder) socketFolder() (path string, drop func(), err error) {
	if fitsSocket(f.home()) {
		return f.home(), func() {}, nil
	}
	if path = f.socket; path == "" {
		path, err = os.MkdirTemp("", name+"-") // mode 0700
	} else {
		err = os.Mkdir(path, 0o700)
	}
	if err != nil {
		return "", nil, err
	}
	drop = func() { os.RemoveAll(path) }
	if f.owner.foreign {
		err = os.Lchown(path, int(f.owner.uid), int(f.owner.gid))
	}
	if err == nil && !fitsSocket(path) {
		err = fmt.Errorf("%s is too long for a socket: set TMPDIR to a short folder", path)
	}
	if err != nil {
		drop()
	}
	return path, drop, err
}

func fitsSocket(path string) bool {
	return len(path)+len("/"+socketName) <= maxSocket && !strings.Contains(path, ",")
}
