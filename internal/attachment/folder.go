package attachment

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"syscall"
	"time"
)

// folder is a place on a disk.
type folder struct{ root *os.Root }

// incoming is the subfolder where files are written before they get their name.
// Files in it older than keepIncoming were left by a program that was stopped.
const (
	incoming     = "incoming"
	keepIncoming = 24 * time.Hour
)

// OpenFolder opens the folder at a path, creating it readable for this user only. The
// error says why it cannot be used, such as a lack of permission to write.
func OpenFolder(path string) (*Storage, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for files: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open the folder for files: %w", err)
	}
	f := &folder{root}
	if err := f.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("the folder for files cannot be used: %w", err), root.Close())
	}
	return &Storage{f}, nil
}

// check writes something and removes it: the folder may be gone or closed, or its disk full.
func (f *folder) check(context.Context) error {
	probe := path.Join(incoming, rand.Text())
	return errors.Join(f.root.WriteFile(probe, []byte("x"), 0o600), f.root.Remove(probe))
}

// prepare checks that the folder is writable, and removes incomplete files.
func (f *folder) prepare() error {
	if err := f.root.Mkdir(incoming, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := f.check(context.Background()); err != nil {
		return err
	}
	left, err := fs.ReadDir(f.root.FS(), incoming)
	if err != nil {
		return err
	}
	for _, entry := range left {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > keepIncoming {
			f.root.Remove(path.Join(incoming, entry.Name())) // if it fails, the next start tries again
		}
	}
	return nil
}

// String is the path.
func (f *folder) String() string { return f.root.Name() }

func (f *folder) close() error { return f.root.Close() }

// write is durable: after it returns, not even a power failure loses the file.
func (f *folder) write(_ context.Context, name string, content []byte) error {
	if there, err := f.root.ReadFile(name); err == nil && bytes.Equal(there, content) {
		return nil
	}
	half := path.Join(incoming, rand.Text())
	if err := f.writeWhole(half, content); err != nil {
		f.root.Remove(half)                                                   // if it fails, the next start does it
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) { // a full disk, until somebody makes room
			err = fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	}
	if err := f.root.Rename(half, name); err != nil {
		return err
	}
	return f.sync(".")
}

func (f *folder) writeWhole(name string, content []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// sync makes the names in a folder durable.
func (f *folder) sync(path string) error {
	d, err := f.root.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (f *folder) open(_ context.Context, name string) (Content, error) { return f.root.Open(name) }

func (f *folder) read(_ context.Context, name string) ([]byte, error) { return f.root.ReadFile(name) }

func (f *folder) list(context.Context) (map[string]int64, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			return nil, err
		}
		sizes[entry.Name()] = info.Size()
	}
	return sizes, nil
}
