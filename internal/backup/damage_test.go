package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"filippo.io/age"

	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// secret is a key by passphrase, and the same for a recipient.
func secret(t *testing.T, phrase string) Key {
	t.Helper()
	file := filepath.Join(t.TempDir(), "phrase")
	if err := os.WriteFile(file, []byte(phrase+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := KeyFiles{Passphrase: file}.Read()
	if err != nil {
		t.Fatal(err)
	}
	key.recipients[0].(*age.ScryptRecipient).SetWorkFactor(10) // else each opening takes a second, as it should
	return key
}

func TestEncrypted(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	key := secret(t, "long enough")
	name, _ := written(t, site, key)
	restored(t, name, secret(t, "long enough"))
	if _, err := Check(t.Context(), name, secret(t, "another")); !errors.Is(err, ErrWrongKey) {
		t.Errorf("another passphrase: %v", err)
	}
	if _, err := Check(t.Context(), name, Key{}); !errors.Is(err, ErrSealed) {
		t.Errorf("no passphrase: %v", err)
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "identity")
	if err := os.WriteFile(file, []byte(identity.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	seal, err := KeyFiles{Recipient: identity.Recipient().String()}.Read()
	if err != nil {
		t.Fatal(err)
	}
	open, err := KeyFiles{Identity: file}.Read()
	if err != nil {
		t.Fatal(err)
	}
	name, _ = written(t, site, seal)
	restored(t, name, open)
	if _, err := Check(t.Context(), name, key); !errors.Is(err, ErrWrongKey) {
		t.Errorf("a passphrase where it was encrypted for a recipient: %v", err)
	}
}

// What is damaged anywhere, or cut off anywhere, is refused, and nothing is written.
func TestDamagedFilesAreRefused(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	plain, whole := written(t, site, Key{})
	key := secret(t, "long enough")
	sealed, _ := written(t, site, key)
	target := siteOn(t, testdb.Open(t))
	target.Key = key
	for name, step := range map[string]int{plain: 40, sealed: 40} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "bad")
		refused := func(what string, bad []byte) {
			t.Helper()
			if err := os.WriteFile(file, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			// Compression pads with bits that mean nothing: what comes out is the same.
			if same, err := Check(t.Context(), file, key); err == nil && len(bad) == len(content) && maps.Equal(same.Rows, whole.Rows) {
				return
			}
			if _, err := Restore(t.Context(), target, file); err == nil {
				t.Fatalf("%s: taken", what)
			}
		}
		for i := range step {
			at := len(content) - 1 - i*(len(content)-1)/step
			refused(fmt.Sprintf("byte %d of %d flipped", at, len(content)), slices.Concat(content[:at], []byte{content[at] ^ 4}, content[at+1:]))
			refused(fmt.Sprintf("cut off after %d of %d", at, len(content)), content[:at])
		}
		refused("more behind it", append(slices.Clone(content), "more"...))
	}
	if _, after := written(t, target, Key{}); after.Practices() > 0 || after.Contents.Files > 0 {
		t.Error("something was written")
	}
}

// reworded is a backup whose first and last entries say something else.
func reworded(t *testing.T, name string, about func(*About), contents func(*Contents)) string {
	t.Helper()
	from, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	in, err := newReader(from, Key{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	out, err := newWriter(&b, Key{})
	if err != nil {
		t.Fatal(err)
	}
	first, err := in.about()
	if err != nil {
		t.Fatal(err)
	}
	about(&first)
	err = out.json(aboutName, first)
	for err == nil {
		var entry string
		var content []byte
		if entry, content, err = in.next(); entry == contentsName {
			report := Contents{}
			err = json.Unmarshal(content, &report)
			contents(&report)
			err = errors.Join(err, out.json(contentsName, report), out.Close())
			break
		}
		err = errors.Join(err, out.entry(entry, content))
	}
	changed := filepath.Join(t.TempDir(), "changed")
	if err := errors.Join(err, os.WriteFile(changed, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return changed
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	site, hash := full(t)
	name, _ := written(t, site, Key{})
	same := func(*Contents) {}
	target := siteOn(t, testdb.Open(t))
	for what, c := range map[string]struct {
		file string
		want error
	}{
		"a newer schema":                     {reworded(t, name, func(a *About) { a.Schema++ }, same), ErrNewerProgram},
		"a newer queue":                      {reworded(t, name, func(a *About) { a.Queue++ }, same), ErrNewerProgram},
		"an older schema than the place has": {reworded(t, name, func(a *About) { a.Schema-- }, same), store.ErrOtherShape},
		"a newer form":                       {reworded(t, name, func(a *About) { a.Form++ }, same), nil},
		"a row too few": {reworded(t, name, func(*About) {}, func(c *Contents) {
			count := c.Rows["account"]
			count.Rows++
			c.Rows["account"] = count
		}), errDamaged},
		"a file too few": {reworded(t, name, func(*About) {}, func(c *Contents) { c.Files++ }), errDamaged},
		"something else": {filepath.Join("backup_test.go"), ErrNoBackup},
		"nothing":        {filepath.Join(t.TempDir(), "none"), fs.ErrNotExist},
	} {
		if _, err := Restore(t.Context(), target, c.file); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Restore(t.Context(), site, name); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("a place that is not empty: %v", err)
	}
	if _, err := target.Files.Whole(t.Context(), hash); err == nil {
		t.Error("a file was written")
	}
}

// A place that does not take what it is given is found out, and stays empty.
func TestWhatDoesNotArriveIsNoticed(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	testdb.Exec(t, site.Store, `update city set latitude = 39.6650123456789, longitude = 20.8 where id = (select min(id) from city)`)
	name, _ := written(t, site, Key{})
	target := siteOn(t, testdb.Open(t))
	testdb.Exec(t, target.Store, `alter table city alter latitude type real`)
	if _, err := Restore(t.Context(), target, name); err == nil || !strings.Contains(err.Error(), "what was restored is not what was backed up: city ") {
		t.Error(err)
	}
	if _, after := written(t, target, Key{}); after.Rows["city"].Rows > 0 {
		t.Error("something was written")
	}
}

// A place with something else in it is refused before anything is written, also where the
// tables of a site would fit in beside.
func TestRestoreTakesAnEmptyPlaceOnly(t *testing.T) {
	t.Parallel()
	site, hash := full(t)
	name, _ := written(t, site, Key{})
	for what, make := range map[string]string{
		"a table of others":  `create table "Other's" ()`,
		"a schema of others": `create schema other; create table other.thing ()`,
		"a view of others":   `create view thing as select 1 as one`,
		"others beside ours": `create schema other; create table other.thing (); create table goose_db_version ()`,
	} {
		target := bare(t)
		testdb.Exec(t, target.Store, make)
		_, err := Restore(t.Context(), target, name)
		if !errors.Is(err, store.ErrNotEmpty) || !strings.Contains(err.Error(), "hing") && !strings.Contains(err.Error(), "Other's") {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := target.Files.Whole(t.Context(), hash); err == nil {
			t.Errorf("%s: a file was written", what)
		}
	}
	for what, file := range map[string]string{"a file of others": "photo.jpg", "a file of another site": strings.Repeat("a", 64)} {
		target := bare(t)
		if err := os.WriteFile(filepath.Join(target.Files.String(), file), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), target, name); !errors.Is(err, ErrForeignFiles) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", what, err)
		}
		if err := target.Store.Dump(t.Context(), nil); !errors.Is(err, store.ErrNoShape) {
			t.Errorf("%s: something was made: %v", what, err)
		}
	}
	target := bare(t)
	for _, file := range []string{hash, hash + "-small", "lost+found"} { // of an attempt before, or of the disk
		if err := os.WriteFile(filepath.Join(target.Files.String(), file), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Restore(t.Context(), target, name); err != nil {
		t.Error(err)
	}
}

// A program that is killed while it restores leaves a place that the next attempt takes,
// and no site. The tables of some steps have rows that later steps take away.
func TestRestoreAgainWhereverItEnded(t *testing.T) {
	t.Parallel()
	site, _ := full(t)
	name, before := written(t, site, Key{})
	for _, step := range []string{"0002", "0005", "0010", "9"} {
		target := bare(t)
		fails := errors.New("fails")
		cut := fstest.MapFS{}
		names, err := fs.Glob(migrations.Files, "*.sql")
		for _, path := range names {
			var content []byte
			if path < step && err == nil {
				content, err = fs.ReadFile(migrations.Files, path)
				cut[path] = &fstest.MapFile{Data: content}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		shape := before.Shape
		shape.Schema = migrations.Newest(cut)
		err = target.Store.Restore(t.Context(), cut, shape, func(context.Context, *store.Load) error { return fails })
		if !errors.Is(err, fails) {
			t.Fatal(step, err)
		}
		if _, err := target.Store.Migrate(t.Context(), migrations.Files); !errors.Is(err, store.ErrUnfinished) {
			t.Errorf("%s: a site may begin there: %v", step, err)
		}
		if _, err := Restore(t.Context(), target, name); err != nil {
			t.Errorf("%s: %v", step, err)
		}
		if _, after := written(t, target, Key{}); !maps.Equal(before.Rows, after.Rows) {
			t.Errorf("%s: %v", step, differing(after.Rows, before.Rows))
		}
	}
}
