package attachment

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/testbucket"
)

// settings are those of the bucket of a server.
func settings(s *testbucket.Server) Bucket {
	return Bucket{Host: s.Host, Name: testbucket.Bucket, Key: testbucket.AccessKey, Secret: testbucket.Secret, Prefix: "exempla/"}
}

func openedBucket(t *testing.T, s *testbucket.Server) *Storage {
	t.Helper()
	b, err := OpenBucket(t.Context(), settings(s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// everywhere tests each kind of storage.
func everywhere(t *testing.T, test func(*testing.T, *Storage)) {
	t.Parallel()
	t.Run("folder", func(t *testing.T) { test(t, openFolder(t, t.TempDir())) })
	t.Run("bucket", func(t *testing.T) { test(t, openedBucket(t, testbucket.Start(t))) })
}

// content is that of a file in a size.
func content(t *testing.T, s *Storage, hash string, size practice.PictureSize) []byte {
	t.Helper()
	file, err := s.Open(t.Context(), hash, size)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Error(err)
	}
	return got
}

func TestWhatIsKeptComesBack(t *testing.T) {
	everywhere(t, func(t *testing.T, s *Storage) {
		photo, report := read(t, asJPEG(t, quartered(600, 400))), read(t, pdf("x"))
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := errors.Join(s.Keep(t.Context(), photo), s.Keep(t.Context(), report)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for range 2 { // the second time the small size is there
			for _, c := range []struct {
				hash string
				size practice.PictureSize
				want []byte
			}{{photo.Hash, practice.PictureSize{}, photo.Content}, {photo.Hash, practice.SmallPicture, shrunk(t, photo)}, {report.Hash, practice.PictureSize{}, report.Content}} {
				if got := content(t, s, c.hash, c.size); !bytes.Equal(got, c.want) {
					t.Errorf("%d bytes of %d came back", len(got), len(c.want))
				}
			}
		}
		sizes, err := s.sizes(t.Context())
		if err != nil || len(sizes) != 2 || sizes[photo.Hash] != photo.Size || sizes[report.Hash] != report.Size {
			t.Errorf("there are %v, error %v", sizes, err)
		}
		if got, err := s.Whole(t.Context(), photo.Hash); err != nil || !bytes.Equal(got, photo.Content) {
			t.Errorf("%d bytes of %d came back at once, error %v", len(got), len(photo.Content), err)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	everywhere(t, func(t *testing.T, s *Storage) {
		report := read(t, pdf("x"))
		if err := s.Keep(t.Context(), report); err != nil {
			t.Fatal(err)
		}
		for _, hash := range []string{"", "..", "../x", incoming, probe, report.Hash[:63], report.Hash + "0", report.Hash[:63] + "/",
			read(t, pdf("y")).Hash} {
			_, opened := s.Open(t.Context(), hash, practice.PictureSize{})
			_, whole := s.Whole(t.Context(), hash)
			if !errors.Is(opened, fs.ErrNotExist) || !errors.Is(whole, fs.ErrNotExist) {
				t.Errorf("%q: errors %v, %v", hash, opened, whole)
			}
		}
		if _, err := s.Open(t.Context(), report.Hash, practice.SmallPicture); err == nil {
			t.Error("a document has a small size")
		}
		if _, err := s.Open(t.Context(), read(t, pdf("y")).Hash, practice.SmallPicture); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the small size of nothing: %v", err)
		}
	})
}

// Browsers ask for parts of a document, and go back and forth.
func TestPartsOfAFile(t *testing.T) {
	everywhere(t, func(t *testing.T, s *Storage) {
		report := read(t, pdf(strings.Repeat("0123456789", 30_000)))
		if err := s.Keep(t.Context(), report); err != nil {
			t.Fatal(err)
		}
		file, err := s.Open(t.Context(), report.Hash, practice.PictureSize{})
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for _, c := range []struct {
			offset int64
			whence int
			from   int64
		}{{0, io.SeekStart, 0}, {200_000, io.SeekStart, 200_000}, {-100_000, io.SeekCurrent, 100_100}, {-100, io.SeekEnd, report.Size - 100}, {10, io.SeekStart, 10}} {
			at, err := file.Seek(c.offset, c.whence)
			if err != nil || at != c.from {
				t.Fatalf("went to %d, error %v, want %d", at, err, c.from)
			}
			part := make([]byte, 100)
			if _, err := io.ReadFull(file, part); err != nil || !bytes.Equal(part, report.Content[at:at+100]) {
				t.Errorf("from %d: %q, error %v", at, part, err)
			}
		}
		if _, err := file.Seek(-1, io.SeekStart); err == nil {
			t.Error("there is something before the beginning")
		}
		if _, err := file.Seek(5, io.SeekEnd); err != nil {
			t.Error(err)
		}
		if n, err := file.Read(make([]byte, 1)); n != 0 || err != io.EOF {
			t.Errorf("read %d behind the end, error %v", n, err)
		}
	})
}

// damage puts something else in the place of a file.
func damage(t *testing.T, s *Storage, hash string) {
	t.Helper()
	var err error
	switch shelf := s.shelf.(type) {
	case *folder:
		err = shelf.root.WriteFile(hash, []byte("damaged"), 0o600)
	case *bucket:
		err = shelf.put(t.Context(), hash, []byte("damaged"), false)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestADamagedFileIsReplaced(t *testing.T) {
	everywhere(t, func(t *testing.T, s *Storage) {
		report := read(t, pdf("x"))
		if err := s.Keep(t.Context(), report); err != nil {
			t.Fatal(err)
		}
		damage(t, s, report.Hash)
		if _, err := s.Whole(t.Context(), report.Hash); err == nil || errors.Is(err, ErrAway) || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("error %v", err)
		}
		if err := s.Keep(t.Context(), report); err != nil {
			t.Fatal(err)
		}
		if got := content(t, s, report.Hash, practice.PictureSize{}); !bytes.Equal(got, report.Content) {
			t.Errorf("it is still %q", got)
		}
	})
}

func TestAReaderWhoGoesAwayEndsReading(t *testing.T) {
	t.Parallel()
	s := openedBucket(t, testbucket.Start(t))
	report := read(t, pdf("x"))
	if err := s.Keep(t.Context(), report); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Open(ctx, report.Hash, practice.PictureSize{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
