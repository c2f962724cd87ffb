package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Names beside the database, in its home. Only a database that was compared with the old
// one has the second name.
const (
	upgrading = "upgrading"
	upgraded  = "upgraded"
)

// ErrNewest means that there is no newer PostgreSQL than the one that made the data.
var ErrNewest = errors.New("no newer PostgreSQL was found")

// Upgrade is a locked data folder whose database goes to a newer major version. Both
// versions can be started, one after the other; until Swap the old database is as it was.
// Wherever it is cut off, the next start has either the old database or the new one, whole.
type Upgrade struct {
	From, To int // major versions
	folder   *folder
	old, new installation
}

// OpenUpgrade locks the folder s.Data and finds both versions, or downloads the newer one.
// Close ends it. Errors: ErrNewest, that a site runs on the folder, and that the old
// version is missing.
func OpenUpgrade(ctx context.Context, s Settings) (*Upgrade, error) {
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	f, err := openFolder(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("private postgres: %w", err)
	}
	u := &Upgrade{folder: f}
	if err := u.find(ctx); err != nil {
		u.Close()
		return nil, fmt.Errorf("private postgres: %w", err)
	}
	return u, nil
}

func (u *Upgrade) find(ctx context.Context) (err error) {
	if u.From, err = u.folder.madeBy(); err != nil {
		return err
	}
	places := u.folder.everywhere()
	u.new, _ = u.folder.pick(ctx, places, func(major int) bool { return major > u.From })
	if u.new.major == 0 && npmMajor > u.From {
		if u.new, err = u.folder.fetch(ctx); err != nil {
			return fmt.Errorf("no PostgreSQL newer than %d is installed, and the data are as they were: install one (apt.postgresql.org has those that a system lacks), or set PG_BIN to its bin folder: %w", u.From, err)
		}
	}
	if u.To = u.new.major; u.To == 0 {
		return fmt.Errorf("%w: the data are of PostgreSQL %d", ErrNewest, u.From)
	}
	var seen []string
	if u.old, seen = u.folder.pick(ctx, places, func(major int) bool { return major == u.From }); u.old.major == 0 {
		return missingError(u.From, seen)
	}
	return nil
}

// Size is how many bytes the old database takes on the disk.
func (u *Upgrade) Size() (bytes int64, err error) {
	err = filepath.WalkDir(u.folder.cluster(), func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		about, err := entry.Info()
		if err == nil {
			bytes += about.Size()
		}
		return err
	})
	return bytes, err
}

// Folder is a place for what is on its way, which Close removes.
func (u *Upgrade) Folder() (string, error) {
	err := os.Mkdir(u.folder.wayFolder(), 0o700)
	if errors.Is(err, os.ErrExist) {
		err = nil
	}
	return u.folder.wayFolder(), err
}

// StartOld starts the old database, which takes no changes: they would be lost.
func (u *Upgrade) StartOld(ctx context.Context) (*Server, error) {
	return u.start(ctx, folder{bin: u.old, readOnly: true})
}

// StartNew sets up an empty database of the newer version and starts it.
func (u *Upgrade) StartNew(ctx context.Context) (*Server, error) {
	return u.start(ctx, folder{bin: u.new, data: upgrading})
}

// start starts a server that has the lock too: it is held while either of us lives.
func (u *Upgrade) start(ctx context.Context, f folder) (*Server, error) {
	f.root, f.owner, f.durable, f.patterns, f.log = u.folder.root, u.folder.owner, u.folder.durable, u.folder.patterns, u.folder.log
	lock, err := syscall.Dup(int(u.folder.lock.Fd()))
	if err != nil {
		return nil, err
	}
	syscall.CloseOnExec(lock)
	f.lock = os.NewFile(uintptr(lock), u.folder.lockFile())
	server, err := f.start(ctx)
	if err != nil {
		f.lock.Close()
		return nil, fmt.Errorf("private postgres %d: %w", f.bin.major, err)
	}
	return server, nil
}

// Swap puts the new database, which was stopped, into the place of the old one, and
// returns where the old one is kept.
func (u *Upgrade) Swap(now time.Time) (kept string, err error) {
	f := u.folder
	kept = f.beside(fmt.Sprintf("data-%d-%s", u.From, now.UTC().Format("20060102T150405Z")))
	for _, step := range []struct{ from, to string }{
		{f.beside(upgrading), f.beside(upgraded)}, {f.cluster(), kept}, {f.beside(upgraded), f.cluster()},
	} {
		if err := os.Rename(step.from, step.to); err != nil {
			return kept, err
		}
		if err := syncFolder(f.home()); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// Close removes what is on its way and unlocks the folder.
func (u *Upgrade) Close() error { return errors.Join(u.folder.settle(), u.folder.lock.Close()) }

func (f *folder) beside(name string) string { return filepath.Join(f.home(), name) }
func (f *folder) wayFolder() string         { return filepath.Join(f.root, "upgrade") }

// settle ends an upgrade that was cut off. Where the old database has been set aside, the
// new one takes its place; else nothing has happened to it.
func (f *folder) settle() error {
	if _, err := os.Stat(f.cluster()); errors.Is(err, os.ErrNotExist) {
		err := os.Rename(f.beside(upgraded), f.cluster())
		if err == nil {
			f.log.Info("an upgrade that was cut off is done", "folder", f.cluster())
			err = syncFolder(f.home())
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return errors.Join(os.RemoveAll(f.beside(upgraded)), os.RemoveAll(f.beside(upgrading)), os.RemoveAll(f.wayFolder()))
}
