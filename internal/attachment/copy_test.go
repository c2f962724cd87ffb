package attachment

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/testbucket"
)

func TestFilesAreCopiedThereAndBack(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	first, away, back := openFolder(t, t.TempDir()), openedBucket(t, server), openFolder(t, t.TempDir())
	photo := read(t, asJPEG(t, quartered(600, 400)))
	all := []File{photo}
	for i := range 20 {
		all = append(all, read(t, pdf(fmt.Sprint(i))))
	}
	for _, f := range all {
		if err := first.Keep(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	content(t, first, photo.Hash, practice.SmallPicture)
	// Some are there, some half, and one is damaged where it comes from.
	if err := errors.Join(away.Keep(t.Context(), all[1]), away.Keep(t.Context(), all[2])); err != nil {
		t.Fatal(err)
	}
	damage(t, away, all[2].Hash)
	damage(t, first, all[3].Hash)
	told := 0
	got, err := Copy(t.Context(), first, away, func(c Copied) {
		if told++; c.Done() != told || c.Total != 21 {
			t.Errorf("%d of %d were told as %+v", told, 21, c)
		}
	})
	if err != nil || got.New != 19 || got.There != 1 || !slices.Equal(got.Damaged, []string{all[3].Hash}) || told != 21 {
		t.Errorf("copied %+v, told %d times, error %v", got, told, err)
	}
	if err := first.Keep(t.Context(), all[3]); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time nothing is left to do
		got, err = Copy(t.Context(), first, away, func(Copied) {})
		if err != nil || got.New+got.There != 21 || len(got.Damaged) > 0 {
			t.Errorf("copied again %+v, error %v", got, err)
		}
	}
	if got.New != 0 {
		t.Errorf("%d are copied each time", got.New)
	}
	if got, err := Copy(t.Context(), away, back, func(Copied) {}); err != nil || got.New != 21 {
		t.Errorf("copied back %+v, error %v", got, err)
	}
	for _, f := range all {
		if there := content(t, back, f.Hash, practice.PictureSize{}); !slices.Equal(there, f.Content) {
			t.Errorf("%s came back with %d bytes", f.Hash, len(there))
		}
	}
	server.Stop()
	if _, err := Copy(t.Context(), back, away, func(Copied) {}); !errors.Is(err, ErrAway) {
		t.Errorf("while the server is away: %v", err)
	}
}
