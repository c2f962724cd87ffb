package attachment

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"exempla/internal/practice"
)

func openFolder(t *testing.T, path string) *Storage {
	t.Helper()
	f, err := OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func names(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestFilesLieUnderTheirHash(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "files")
	f := openFolder(t, path)
	photo, report := read(t, asJPEG(t, quartered(600, 400))), read(t, pdf("x"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := errors.Join(f.Keep(t.Context(), photo), f.Keep(t.Context(), report)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, c := range []struct {
		hash string
		size practice.PictureSize
		want []byte
	}{{photo.Hash, practice.PictureSize{}, photo.Content}, {photo.Hash, practice.SmallPicture, shrunk(t, photo)},
		{photo.Hash, practice.SmallPicture, shrunk(t, photo)}, {report.Hash, practice.PictureSize{}, report.Content}} {
		file, err := f.Open(t.Context(), c.hash, c.size)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(file)
		if err := errors.Join(err, file.Close()); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%d bytes of %d came back, error %v", len(got), len(c.want), err)
		}
	}
	want := []string{photo.Hash, photo.Hash + "-small", report.Hash, incoming}
	slices.Sort(want)
	if got := names(t, path); !slices.Equal(got, want) {
		t.Errorf("the folder holds %v", got)
	}
	if left := names(t, filepath.Join(path, incoming)); len(left) > 0 {
		t.Errorf("half files are left: %v", left)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("others may enter: %v, %v", info.Mode(), err)
	}
}

func TestAFolderOutsideIsNotReached(t *testing.T) {
	t.Parallel()
	path, report := t.TempDir(), read(t, pdf("x"))
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openFolder(t, path)
	if err := os.Symlink(secret, filepath.Join(path, report.Hash)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Open(t.Context(), report.Hash, practice.PictureSize{}); err == nil {
		t.Error("a file was opened through a link")
	}
}

func TestHalfFilesAreClearedAway(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	openFolder(t, path)
	old, fresh := filepath.Join(path, incoming, "old"), filepath.Join(path, incoming, "fresh")
	long := time.Now().Add(-keepIncoming - time.Minute)
	if err := errors.Join(os.WriteFile(old, nil, 0o600), os.WriteFile(fresh, nil, 0o600), os.Chtimes(old, long, long)); err != nil {
		t.Fatal(err)
	}
	openFolder(t, path)
	if got := names(t, filepath.Join(path, incoming)); !slices.Equal(got, []string{"fresh"}) {
		t.Errorf("left are %v", got)
	}
}

func TestAFolderThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(path); err == nil {
		t.Error("a file was opened as a folder")
	}
}
