package backup

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"exempla/internal/account"
	"exempla/internal/attachment"
	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/internal/theme"
	"exempla/migrations"
)

func TestMain(m *testing.M) { testdb.Main(m) }

var noon = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// siteOn is a site with a folder for its files.
func siteOn(t *testing.T, s *store.Store) Site {
	t.Helper()
	files, err := attachment.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return Site{Store: s, Files: files, Steps: migrations.Files, Program: "1.0"}
}

// full is a site that has something of most things, with one file.
func full(t *testing.T) (Site, string) {
	t.Helper()
	site := siteOn(t, testdb.OpenSample(t))
	if _, err := site.Store.Accounts.AddSample(t.Context(), store.Sample{Account: account.Account{Role: account.Editor, Mail: "e@city.example"}, Hash: "x"}, noon); err != nil {
		t.Fatal(err)
	}
	return site, keep(t, site, "a file\n\x00")
}

// keep stores a file as an upload does.
func keep(t *testing.T, site Site, content string) (hash string) {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	a := practice.Attachment{Hash: hex.EncodeToString(sum[:]), Type: "application/pdf", Size: int64(len(content))}
	if err := errors.Join(site.Files.Keep(t.Context(), attachment.File{Attachment: a, Content: []byte(content)}), site.Store.Files.Keep(t.Context(), a, noon)); err != nil {
		t.Fatal(err)
	}
	return a.Hash
}

// written is a backup of a site in a new file.
func written(t *testing.T, site Site, key Key) (string, Report) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.backup")
	site.Key = key
	report, err := WriteFile(t.Context(), site, Folder(filepath.Dir(name)), filepath.Base(name))
	if err != nil {
		t.Fatal(err)
	}
	return name, report
}

func restored(t *testing.T, name string, key Key) Site {
	t.Helper()
	site := siteOn(t, testdb.Open(t))
	site.Key = key
	if _, err := Restore(t.Context(), site, name); err != nil {
		t.Fatal(err)
	}
	return site
}

func TestWhatIsRestoredIsWhatWasThere(t *testing.T) {
	t.Parallel()
	site, hash := full(t)
	name, report := written(t, site, Key{})
	again := restored(t, name, Key{})
	_, second := written(t, again, Key{})
	if !maps.Equal(report.Rows, second.Rows) || !maps.Equal(report.Sequences, second.Sequences) || report.Practices() != 274 {
		t.Errorf("%d practices, and what differs is %v; sequences %v and %v", report.Practices(), differing(second.Rows, report.Rows), report.Sequences, second.Sequences)
	}
	if content, err := again.Files.Whole(t.Context(), hash); string(content) != "a file\n\x00" || err != nil || second.Contents.Files != 1 {
		t.Errorf("the file is %q, %v, of %d", content, err, second.Contents.Files)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info, err)
	}
	// The site lives on: numbers go on, rules hold.
	if _, err := again.Store.Accounts.AddSample(t.Context(), store.Sample{Account: account.Account{Role: account.Officer, Mail: "o@city.example"}}, noon); err != nil {
		t.Error(err)
	}
	for _, sql := range []string{`delete from event`, `insert into practice_topic values (-1, 0, 'roma')`} {
		if testdb.Try(t, again.Store, sql) == nil {
			t.Errorf("%s is taken", sql)
		}
	}
}

// A running program must never take a restored database for the one before, even where
// both have the same last change.
func TestARestoredDatabaseHasAnotherHistory(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	before, err := site.Store.Practices.Index(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	name, _ := written(t, site, Key{})
	after, err := restored(t, name, Key{}).Store.Practices.Index(t.Context(), noon)
	if err != nil || before.Change() != after.Change() || before.Mark() == after.Mark() {
		t.Errorf("change %d %s, then %d %s, %v", before.Change(), before.Mark(), after.Change(), after.Mark(), err)
	}
}

// bare is a site without any table.
func bare(t *testing.T) Site {
	t.Helper()
	site := siteOn(t, testdb.Open(t))
	testdb.Exec(t, site.Store, `drop schema public cascade`)
	testdb.Exec(t, site.Store, `create schema public`)
	return site
}

// What an older program has backed up is restored as it was, and then brought to the
// shape of this one.
func TestOlderBackup(t *testing.T) {
	t.Parallel()
	old := bare(t)
	older := fstest.MapFS{}
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if name < "0027" { // the first with a backup
			older[name] = &fstest.MapFile{Data: content}
		}
	}
	if _, err := old.Store.Migrate(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	if _, err := old.Store.Accounts.AddSample(t.Context(), store.Sample{Account: account.Account{Role: account.Editor, Mail: "e@city.example"}}, noon); err != nil {
		t.Fatal(err)
	}
	name, before := written(t, old, Key{})
	site := bare(t)
	report, err := Restore(t.Context(), site, name)
	if err != nil || report.Schema != before.Schema || report.Rows["account"].Rows != 1 {
		t.Errorf("%v, %v", report, err)
	}
	if n, err := site.Store.PendingMigrations(t.Context(), migrations.Files); err != nil || n > 0 {
		t.Errorf("%d migrations are pending, %v", n, err)
	}
}

// A site that is put back in its place is followed by the programs that run on it.
func TestRunningProgramsFollowWhatWasPutBack(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	name, before := written(t, site, Key{})
	x, err := site.Store.Practices.Index(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	c := catalogue.New(x)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		site.Store.Practices.Follow(ctx, c, &theme.Current{}, func() time.Time { return noon })
	}()
	defer func() { stop(); <-ended }()
	testdb.Exec(t, site.Store, `drop schema public cascade`) // under the running program
	testdb.Exec(t, site.Store, `create schema public`)
	if _, err := Restore(t.Context(), site, name); err != nil {
		t.Fatal(err)
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(20 * time.Second); c.Index().Mark() == x.Mark() || c.Index().Size() != before.Practices(); {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("%d practices, change %d", c.Index().Size(), c.Index().Change())
		}
	}
}

// Rehearsing leaves neither the site changed nor a database behind.
func TestRehearsal(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	name, report := written(t, site, Key{})
	testdb.Exec(t, site.Store, `create database exempla_scratch_`+strings.Repeat("z", 26)) // as a killed program leaves it
	got, err := Rehearse(t.Context(), site, name)
	if err != nil || !maps.Equal(got.Rows, report.Rows) {
		t.Errorf("%v, %v", got, err)
	}
	if err := testdb.Try(t, site.Store, `do $$ begin assert not exists (select from pg_database where datname like 'exempla\_scratch\_%'); end $$`); err != nil {
		t.Error(err)
	}
}

// An attempt that fails at the end leaves a place that the next one takes.
func TestRestoreAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	name, report := written(t, site, Key{})
	target := siteOn(t, testdb.Open(t))
	fails := errors.New("fails")
	err := target.Store.Restore(t.Context(), migrations.Files, report.Shape, func(ctx context.Context, l *store.Load) error {
		return errors.Join(l.Fill(ctx, store.Table{Name: "old_slug", Columns: []string{"slug", "practice"}}, strings.NewReader("a\t1\n")), fails)
	})
	if !errors.Is(err, fails) {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), target, name); err != nil {
		t.Error(err)
	}
}

// A backup holds one moment, although people go on writing.
func TestBackupWhilePeopleWrite(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	_, before := written(t, site, Key{})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error)
	begun := make(chan struct{}, 1)
	go func() {
		for n := 0; ; n++ {
			p := practice.Practice{Slug: fmt.Sprint("w-", n), Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"education"},
				Texts: []practice.Text{{Language: "en", State: practice.Original, TitleLanguage: "en", Title: "T", Summary: "S"}}}
			if _, err := site.Store.Practices.Import(ctx, []practice.Practice{p}, noon, func(int) {}); err != nil {
				ended <- err
				return
			}
			select {
			case begun <- struct{}{}:
			default:
			}
		}
	}()
	for range 3 {
		<-begun
		name, report := written(t, site, Key{})
		again := restored(t, name, Key{})
		x, err := again.Store.Practices.Index(t.Context(), noon)
		if err != nil || x.Size() != report.Practices() || x.Change() != report.Change ||
			int64(report.Practices()-before.Practices()) != report.Change-before.Change {
			t.Errorf("%d of %d practices, change %d of %d, %v", x.Size(), report.Practices(), x.Change(), report.Change, err)
		}
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) && !errors.Is(err, store.ErrAway) {
		t.Error(err)
	}
}

// What is missing is named, and the rest is worth no less.
func TestMissingFilesAreNamed(t *testing.T) {
	t.Parallel()
	site, hash := full(t)
	lost, damaged := keep(t, site, "lost"), keep(t, site, "damaged")
	other := siteOn(t, site.Store)
	content, err := site.Files.Whole(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(other.Files.Keep(t.Context(), attachment.File{Attachment: practice.Attachment{Hash: hash}, Content: content}),
		other.Files.Keep(t.Context(), attachment.File{Attachment: practice.Attachment{Hash: damaged}, Content: []byte("dama")})); err != nil {
		t.Fatal(err)
	}
	name, report := written(t, other, Key{})
	want := []string{lost, damaged}
	slices.Sort(want)
	if report.Contents.Files != 1 || !slices.Equal(report.Missing, want) {
		t.Errorf("%d files, without %v", report.Contents.Files, report.Missing)
	}
	restored(t, name, Key{})
}

// Whose database user may not make databases hears that.
func TestRehearsalWithoutTheRight(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	name, _ := written(t, site, Key{})
	role := "r" + strings.ToLower(rand.Text())
	testdb.Exec(t, site.Store, `create role `+role+` login`)
	defer testdb.Exec(t, site.Store, `drop role `+role)
	address, err := url.Parse(testdb.URL(t, site.Store))
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.User(role)
	if site.Store, err = store.Open(t.Context(), address.String()); err != nil {
		t.Fatal(err)
	}
	defer site.Store.Close()
	if _, err := Rehearse(t.Context(), site, name); !errors.Is(err, store.ErrMayNot) {
		t.Error(err)
	}
}

func TestOneBackupAtATime(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	err := site.Store.Dump(t.Context(), func(ctx context.Context, _ *store.Dump) error {
		_, err := Write(ctx, site, io.Discard)
		return err
	})
	if !errors.Is(err, store.ErrBusy) {
		t.Error(err)
	}
	empty := testdb.Open(t)
	testdb.Exec(t, empty, `drop table river_migration`)
	if _, err := Write(t.Context(), siteOn(t, empty), io.Discard); !errors.Is(err, store.ErrNoShape) {
		t.Error(err)
	}
}

// Neither what fails nor what is there already ends as a file that looks good.
func TestFilesAreWholeOrNotThere(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	name, _ := written(t, site, Key{})
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := WriteFile(t.Context(), site, Folder(filepath.Dir(name)), filepath.Base(name)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	if after, err := os.ReadFile(name); err != nil || !bytes.Equal(before, after) {
		t.Errorf("it was changed, %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	folder := t.TempDir()
	if _, err := WriteFile(ctx, site, Folder(folder), "x"); err == nil {
		t.Error("no error")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// Somebody's own table beside ours comes into the backup, and does no harm to it.
func TestTablesOfOthersAreLeftOut(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	testdb.Exec(t, site.Store, `create table "Other's" as select 1 as n`)
	name, _ := written(t, site, Key{})
	target := siteOn(t, testdb.Open(t))
	report, err := Restore(t.Context(), target, name)
	if err != nil || !slices.Equal(report.LeftOut, []string{"Other's"}) {
		t.Errorf("%v, %v", report.LeftOut, err)
	}
}
