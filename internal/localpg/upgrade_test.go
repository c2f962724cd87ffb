package localpg

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// opened is an upgrade of a folder with a table in it. Both versions are the installed
// one, for a machine need not have two.
func opened(t *testing.T, data string) *Upgrade {
	t.Helper()
	f := held(t, Settings{Data: data})
	bin, err := f.choose(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &Upgrade{From: bin.major, To: bin.major, folder: f, old: bin, new: bin}
}

// withTable is a stopped database with a table of one row.
func withTable(t *testing.T) string {
	t.Helper()
	data := readyData(t)
	server := start(t, Settings{Data: data})
	ask(t, server.URL(), "create table kept as select 'old' as what")
	stop(t, server)
	return data
}

func TestUpgrade(t *testing.T) {
	t.Parallel()
	data := withTable(t)
	u := opened(t, data)
	if size, err := u.Size(); err != nil || size < 1<<20 {
		t.Errorf("the database takes %d bytes, %v", size, err)
	}
	old, err := u.StartOld(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, old.URL(), "show default_transaction_read_only"); got != "on" {
		t.Errorf("what is written now is lost: read-only is %s", got)
	}
	stop(t, old)
	next, err := u.StartNew(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, running := Running(data); running {
		t.Error("other commands find a database that is not whole")
	}
	ask(t, next.URL(), "create table kept as select 'new' as what")
	stop(t, next)
	if _, err := Start(shortly(t), Settings{Data: data}); err == nil || !strings.Contains(err.Error(), "in use by another run") {
		t.Errorf("a site begins meanwhile: %v", err)
	}
	kept, err := u.Swap(time.Now())
	if err := errors.Join(err, u.Close()); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, start(t, Settings{Data: data}).URL(), "select what from kept"); got != "new" {
		t.Errorf("the %s database is there", got)
	}
	if _, err := os.Stat(filepath.Join(kept, "PG_VERSION")); err != nil || !strings.HasPrefix(filepath.Base(kept), "data-") {
		t.Errorf("the old database is at %s: %v", kept, err)
	}
}

// shortly is a context that ends before a start would stop waiting.
func shortly(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

// Wherever an upgrade is cut off, one whole database is in the place, and nothing else is
// left. A new one that was not compared is none.
func TestUpgradeThatIsCutOff(t *testing.T) {
	t.Parallel()
	move := func(t *testing.T, f *folder, from, to string) {
		t.Helper()
		if err := os.Rename(filepath.Join(f.home(), from), filepath.Join(f.home(), to)); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		moves [][2]string
		want  string
	}{
		"before all":                 {nil, "old"},
		"before the old one is away": {[][2]string{{upgrading, upgraded}}, "old"},
		"while no one is there":      {[][2]string{{upgrading, upgraded}, {"data", "data-14"}}, "new"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := withTable(t)
			u := opened(t, data)
			next, err := u.StartNew(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			ask(t, next.URL(), "create table kept as select 'new' as what")
			stop(t, next)
			way, err := u.Folder()
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range c.moves {
				move(t, u.folder, m[0], m[1])
			}
			u.folder.lock.Close() // as when the program is killed
			if !Made(data) {
				t.Error("there is no site")
			}
			if got := ask(t, start(t, Settings{Data: data}).URL(), "select what from kept"); got != c.want {
				t.Errorf("the %s database is there", got)
			}
			for _, path := range []string{u.folder.beside(upgrading), u.folder.beside(upgraded), way} {
				if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("%s is left", path)
				}
			}
		})
	}
}

// An operator is told what to install, or that all is new.
func TestVersionsOfAnUpgrade(t *testing.T) {
	t.Setenv("PATH", "/nowhere") // no npm
	v14, v17, v19 := installed(t, "14"), installed(t, "17"), installed(t, "19")
	for name, c := range map[string]struct {
		made     string
		patterns []string
		want     string // in the error
	}{
		"both":     {"14", []string{v14, v17}, ""},
		"no older": {"14", []string{v17}, "apt-get install postgresql-14"},
		"no newer": {"14", []string{v14}, "no PostgreSQL newer than 14 is installed"},
		"newest":   {"19", []string{v17, v19}, "no newer PostgreSQL was found"},
	} {
		data := newData(t)
		f := held(t, Settings{Data: data})
		pretendMade(t, f, c.made)
		f.lock.Close()
		u, err := OpenUpgrade(t.Context(), Settings{Data: data, patterns: c.patterns})
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, ErrNewest) != (name == "newest") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || u.From != 14 || u.To != 17 {
			t.Errorf("%s: %+v, %v", name, u, err)
			continue
		}
		u.Close()
	}
}
