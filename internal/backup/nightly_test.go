package backup

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// nightly makes backups of a site at a time that the test turns.
func nightly(t *testing.T, site Site, now *time.Time) *Nightly {
	t.Helper()
	return &Nightly{Site: site, Place: Folder(t.TempDir()), Now: func() time.Time { return *now }, Log: slog.New(slog.DiscardHandler)}
}

// look looks, and names what lies there then.
func look(t *testing.T, n *Nightly) []string {
	t.Helper()
	if err := n.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	names, err := n.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestNightly(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	now := time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)
	n := nightly(t, site, &now)
	folder := string(n.Place.(Folder))
	half := filepath.Join(folder, "exempla-20260301T020000Z.backup.partial")
	other := filepath.Join(folder, "other.partial")
	if err := errors.Join(os.WriteFile(half, nil, 0o600), os.WriteFile(other, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	first := []string{"exempla-20260302T120000Z.backup", "other.partial"}
	if got := look(t, n); !slices.Equal(got, first) {
		t.Fatalf("at first %v", got)
	}
	_, made, err := site.Store.Noted(t.Context(), store.BackupMade)
	name, checked, e := site.Store.Noted(t.Context(), store.BackupChecked)
	if err != nil || e != nil || made.IsZero() || !checked.Equal(now) || name != first[0] {
		t.Errorf("noted %v, %s %v, %v, %v", made, name, checked, err, e)
	}
	now = now.Add(13 * time.Hour) // one in the morning
	if got := look(t, n); !slices.Equal(got, first) {
		t.Errorf("before the night %v", got)
	}
	now = now.Add(time.Hour)
	second := slices.Insert(slices.Clone(first), 1, "exempla-20260303T020000Z.backup")
	if got := look(t, n); !slices.Equal(got, second) {
		t.Errorf("in the night %v", got)
	}
	if _, again, _ := site.Store.Noted(t.Context(), store.BackupChecked); !again.Equal(checked) {
		t.Error("it was checked again after a day")
	}
	now = now.AddDate(0, 1, 1) // the program did not run
	look(t, n)
	if _, again, _ := site.Store.Noted(t.Context(), store.BackupChecked); !again.Equal(now) {
		t.Error("it was not checked again after a month")
	}
}

// A backup without some of the files is made, and noted as what it is.
func TestNightlyLacksAFile(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	now := noon
	n := nightly(t, site, &now)
	lost := practice.Attachment{Hash: strings.Repeat("a", 64), Type: "application/pdf", Size: 1}
	if err := site.Store.Files.Keep(t.Context(), lost, noon); err != nil {
		t.Fatal(err)
	}
	name := look(t, n)[0]
	noted, _, err := site.Store.Noted(t.Context(), store.BackupMade)
	if err != nil || noted != store.Lacking(name, 1) || noted == name {
		t.Errorf("noted as %q, %v", noted, err)
	}
}

// Where several programs run on one database and one folder, one of them makes the backup.
func TestNightlyOfSeveralPrograms(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	now := noon
	first := nightly(t, site, &now)
	var group errgroup.Group
	for i := range 4 {
		other := *first
		at := noon.Add(time.Duration(i) * time.Second) // their files would have other names
		other.Now = func() time.Time { return at }
		group.Go(func() error { return other.Look(t.Context()) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := look(t, first); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

// Where no backup can be made, the old ones stay and the error is told.
func TestNightlyFails(t *testing.T) {
	t.Parallel()
	now := noon
	n := nightly(t, siteOn(t, testdb.Open(t)), &now)
	look(t, n)
	testdb.Exec(t, n.Store, `alter table river_migration rename to gone`)
	now = now.AddDate(2, 0, 0)
	if err := n.Look(t.Context()); !errors.Is(err, store.ErrNoShape) {
		t.Error(err)
	}
	if made, err := n.made(t.Context()); err != nil || len(made) != 1 {
		t.Errorf("left %v, %v", made, err)
	}
	if err := os.RemoveAll(string(n.Place.(Folder))); err != nil {
		t.Fatal(err)
	}
	if err := n.Look(t.Context()); err == nil {
		t.Error("no error without a folder")
	}
}

func TestWhichBackupsAreKept(t *testing.T) {
	t.Parallel()
	var made []time.Time
	for at := time.Date(2026, time.November, 28, 2, 0, 0, 0, time.UTC); at.Year() > 2023; at = at.AddDate(0, 0, -1) {
		made = append(made, at, at.Add(-time.Hour))
	}
	gone := expired(made)
	made = slices.DeleteFunc(made, func(at time.Time) bool { return slices.Contains(gone, at) })
	var got []string
	for _, at := range made {
		got = append(got, at.Format("060102"))
	}
	want := []string{"261128", "261127", "261126", "261125", "261124", "261123", "261122", "261115", "261108",
		"261031", "260930", "260831", "260731", "260630", "260531", "260430", "260331", "260228", "260131", "251231"}
	if !slices.Equal(got, want) {
		t.Errorf("kept %v\nwant %v", got, want)
	}
}
