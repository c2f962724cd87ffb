package attachment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// ErrAway means that the place with the files does not answer, or not as it should. It is
// no fault of who asks, and may be over in a minute.
var ErrAway = errors.New("the files are away")

// Storage keeps files by the hash of their content, with smaller sizes of a picture beside
// it, each made when it is first asked for. Files are never changed. It may be used
// concurrently, also by several programs.
type Storage struct{ shelf shelf }

// shelf keeps content under names. Names are the hash of a file, with an ending for a
// smaller size, so that whoever writes under a name writes the same.
type shelf interface {
	// open errors: fs.ErrNotExist, ErrAway. So does read.
	open(ctx context.Context, name string) (Content, error)
	read(ctx context.Context, name string) ([]byte, error)
	// write leaves what is there as it is, unless it is damaged.
	write(ctx context.Context, name string, content []byte) error
	list(ctx context.Context) (sizes map[string]int64, err error)
	check(ctx context.Context) error
	close() error
	String() string // where it is, without secrets
}

// Content is that of a file, as http.ServeContent takes it.
type Content = io.ReadSeekCloser

var hash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// IsHash reports whether text can be the hash of a file: 64 lower-case hex digits.
func IsHash(text string) bool { return hash.MatchString(text) }

// Check reports why no files can be kept, if none can be.
func (s *Storage) Check(ctx context.Context) error { return s.shelf.check(ctx) }

// String says where the files are.
func (s *Storage) String() string { return s.shelf.String() }

// Close ends the use of the place.
func (s *Storage) Close() error { return s.shelf.close() }

// Keep stores a file durably. A file that is stored already is left as it is, unless it is
// damaged. Errors: ErrAway.
func (s *Storage) Keep(ctx context.Context, file File) error {
	if err := s.shelf.write(ctx, file.Hash, file.Content); err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	return nil
}

// Open opens a file by the hash of its content, a picture in a size. Errors:
// fs.ErrNotExist, ErrAway, and that the context has ended while waiting for other
// pictures to be read. The caller closes the file before the context ends.
func (s *Storage) Open(ctx context.Context, hash string, size practice.PictureSize) (Content, error) {
	if !IsHash(hash) {
		return nil, fs.ErrNotExist
	}
	name := hash
	if size.Side > 0 {
		name += "-" + size.Name
	}
	file, err := s.shelf.open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) && size.Side > 0 {
		if err = s.shrink(ctx, hash, size.Side, name); err == nil {
			file, err = s.shelf.open(ctx, name)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open a file: %w", err)
	}
	return file, nil
}

// Whole returns the content of a file. Errors: fs.ErrNotExist, ErrAway, and that the
// content is not that of its hash.
func (s *Storage) Whole(ctx context.Context, hash string) ([]byte, error) {
	if !IsHash(hash) {
		return nil, fs.ErrNotExist
	}
	content, err := s.shelf.read(ctx, hash)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
		return nil, fmt.Errorf("file %s is damaged", hash)
	}
	return content, nil
}

// shrink keeps a smaller size of a picture.
func (s *Storage) shrink(ctx context.Context, hash string, side int, name string) error {
	content, err := s.shelf.read(ctx, hash)
	if err != nil {
		return err
	}
	if content, err = smaller(ctx, content, side); err != nil {
		return err
	}
	return s.shelf.write(ctx, name, content)
}

// sizes are the sizes of all files in bytes, by hash.
func (s *Storage) sizes(ctx context.Context) (map[string]int64, error) {
	all, err := s.shelf.list(ctx)
	maps.DeleteFunc(all, func(name string, _ int64) bool { return !IsHash(name) })
	return all, err
}

// Foreign returns the first name in the place, in alphabetical order, that neither belongs
// to one of these files, by hash, nor comes with every place of the kind; empty if there is
// none. Errors: ErrAway.
func (s *Storage) Foreign(ctx context.Context, known map[string]bool) (name string, err error) {
	all, err := s.shelf.list(ctx)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		hash, _, _ := strings.Cut(name, "-") // of a smaller size
		if !known[hash] && name != incoming && name != probe && name != lostAndFound {
			return name, err
		}
	}
	return "", err
}

// lostAndFound is a folder that a disk has from the beginning.
const lostAndFound = "lost+found"
