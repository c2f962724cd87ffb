package attachment

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"time"

	"exempla/internal/practice"
)

// Folder stores files by the hash of their content, with smaller sizes of a picture beside
// it, each made when it is first asked for. Files are never changed. It may be used concurrently, also by several
// programs.
type Folder struct{ root *os.Root }

// incoming is the subfolder where files are written before they get their name.
// Files in it older than keepIncoming were left by a program that was stopped.
const (
	incoming     = "incoming"
	keepIncoming = 24 * time.Hour
)

// OpenFolder opens the folder at a path, creating it readable for this user only. The
// error says why it cannot be used, such as a lack of permission to write.
func OpenFolder(path string) (*Folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for files: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open the folder for files: %w", err)
	}
	f := &Folder{root}
	if err := f.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("the folder for files cannot be used: %w", err), root.Close())
	}
	return f, nil
}

// Check reports why the folder takes no files, if it takes none: because it is gone or
// closed, or its disk is full.
func (f *Folder) Check() error {
	probe := path.Join(incoming, rand.Text())
	return errors.Join(f.root.WriteFile(probe, []byte("x"), 0o600), f.root.Remove(probe))
}

// prepare checks that the folder is writable, and removes incomplete files.
func (f *Folder) prepare() error {
	if err := f.root.Mkdir(incoming, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := f.Check(); err != nil {
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

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Keep stores a file durably: after it returns, not even a power failure loses the
// file. A file that is stored already is left as it is, unless it is damaged.
func (f *Folder) Keep(file File) error {
	if err := f.write(file.Hash, file.Content); err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	return nil
}

func (f *Folder) write(name string, content []byte) error {
	if there, err := f.root.ReadFile(name); err == nil && bytes.Equal(there, content) {
		return nil
	}
	half := path.Join(incoming, rand.Text())
	if err := f.writeWhole(half, content); err != nil {
		f.root.Remove(half) // if it fails, the next start does it
		return err
	}
	if err := f.root.Rename(half, name); err != nil {
		return err
	}
	return f.sync(".")
}

func (f *Folder) writeWhole(name string, content []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// sync makes the names in a folder durable.
func (f *Folder) sync(folder string) error {
	d, err := f.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

var hash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// IsHash reports whether text can be the hash of a file: 64 lower-case hex digits.
func IsHash(text string) bool { return hash.MatchString(text) }

// Open opens a file by the hash of its content, a picture in a size. The error is
// fs.ErrNotExist if there is none, or that the context has ended while waiting for other
// pictures to be read. The caller closes the file.
func (f *Folder) Open(ctx context.Context, hash string, size practice.PictureSize) (*os.File, error) {
	if !IsHash(hash) {
		return nil, fs.ErrNotExist
	}
	name := hash
	if size.Side > 0 {
		name += "-" + size.Name
	}
	file, err := f.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) && size.Side > 0 {
		if err = f.shrink(ctx, hash, size.Side, name); err == nil {
			file, err = f.root.Open(name)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open a file: %w", err)
	}
	return file, nil
}

// Whole returns the content of a file. Errors: fs.ErrNotExist, and that the content is
// not that of its hash.
func (f *Folder) Whole(hash string) ([]byte, error) {
	if !IsHash(hash) {
		return nil, fs.ErrNotExist
	}
	content, err := f.root.ReadFile(hash)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
		return nil, fmt.Errorf("file %s is damaged", hash)
	}
	return content, nil
}

// shrink keeps a smaller size of a picture.
func (f *Folder) shrink(ctx context.Context, hash string, side int, name string) error {
	content, err := f.root.ReadFile(hash)
	if err != nil {
		return err
	}
	if content, err = smaller(ctx, content, side); err != nil {
		return err
	}
	return f.write(name, content)
}
