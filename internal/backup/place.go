package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Place is where backups lie: a Folder or a Bucket.
type Place interface {
	// List names what lies there.
	List(ctx context.Context) ([]string, error)
	// Write makes what fill writes a file, which has its name only once it is whole and
	// safe. Errors: fs.ErrExist, those of fill.
	Write(ctx context.Context, name string, fill func(io.Writer) error) error
	// Fetch returns the path at which a file can be read until done is called. Errors:
	// fs.ErrNotExist.
	Fetch(ctx context.Context, name string) (path string, done func() error, err error)
	// Remove removes a file.
	Remove(ctx context.Context, name string) error
	// Sweep removes what killed programs have left of nightly backups, except for that of
	// this name.
	Sweep(ctx context.Context, own string) error
}

// isNightly reports whether a name is that of a nightly backup.
func isNightly(name string) bool {
	_, err := time.Parse(stampForm, name)
	return err == nil
}

// Folder is a folder with backups.
type Folder string

// partial ends the name of a file that is not whole yet.
const partial = ".partial"

// List see Place.
func (f Folder) List(context.Context) ([]string, error) {
	entries, err := os.ReadDir(string(f))
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names, err
}

// Write see Place.
func (f Folder) Write(_ context.Context, name string, fill func(io.Writer) error) error {
	path := f.path(name)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, os.ErrExist)
	}
	half := path + partial
	file, err := os.OpenFile(half, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // #nosec G304 -- the operator names it
	if err != nil {
		return err
	}
	err = fill(file)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(half, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(half))
	}
	return syncFolder(string(f))
}

// Fetch see Place.
func (f Folder) Fetch(_ context.Context, name string) (path string, done func() error, err error) {
	return f.path(name), func() error { return nil }, nil
}

// Remove see Place.
func (f Folder) Remove(_ context.Context, name string) error { return os.Remove(f.path(name)) }

// Sweep see Place.
func (f Folder) Sweep(ctx context.Context, own string) error {
	names, err := f.List(ctx)
	for _, half := range names {
		if name, is := strings.CutSuffix(half, partial); is && isNightly(name) && name != own {
			err = errors.Join(err, os.Remove(f.path(half)))
		}
	}
	return err
}

func (f Folder) path(name string) string { return filepath.Join(string(f), name) }

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path) // #nosec G304 -- the operator names it
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
