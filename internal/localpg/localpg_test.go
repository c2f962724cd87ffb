package localpg

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDataSurviveARestart(t *testing.T) {
	t.Parallel()
	data := newData(t)
	server := start(t, Settings{Data: data, Durable: true})
	ask(t, server.URL(), "create table practice (title text)")
	ask(t, server.URL(), "insert into practice values ('Δήμος')")
	stop(t, server)
	select {
	case <-server.Done():
	default:
		t.Error("Stop returned before the server was done")
	}
	if err := server.Stop(t.Context()); err != nil {
		t.Errorf("a second Stop: %v", err)
	}
	server = start(t, Settings{Data: data, Durable: true})
	if got := ask(t, server.URL(), "select title from practice"); got != "Δήμος" {
		t.Errorf("after a restart the title is %q", got)
	}
}

func TestServerSettings(t *testing.T) {
	t.Parallel()
	cases := []struct {
		durable bool
		want    map[string]string
	}{
		{true, map[string]string{"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
			"shared_buffers": "128MB", "max_connections": "100"}},
		{false, map[string]string{"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
			"max_connections": "200"}},
	}
	for _, c := range cases {
		server := start(t, Settings{Data: readyData(t), Durable: c.durable})
		c.want["listen_addresses"], c.want["server_encoding"], c.want["TimeZone"] = "", "UTF8", "UTC"
		for setting, want := range c.want {
			if got := ask(t, server.URL(), "show "+setting); got != want {
				t.Errorf("durable %t: %s is %q, want %q", c.durable, setting, got, want)
			}
		}
		if got := ask(t, server.URL(), "select current_user || ' ' || datname || ' ' || datctype from pg_database where datname = current_database()"); got != "exempla exempla C.UTF-8" {
			t.Errorf("user, database, locale: %s", got)
		}
	}
}

// With another locale pg_trgm finds nothing outside Latin.
func TestTrigramsKnowEveryScript(t *testing.T) {
	t.Parallel()
	server := start(t, Settings{Data: readyData(t)})
	ask(t, server.URL(), "create extension pg_trgm")
	for _, word := range []string{"Харків", "予算編成", "Δήμος"} {
		if ask(t, server.URL(), "select show_trgm('"+word+"')::text") == "{}" {
			t.Errorf("no trigrams of %s", word)
		}
	}
}

func TestFoldersSideBySide(t *testing.T) {
	t.Parallel()
	first := start(t, Settings{Data: readyData(t)})
	second := start(t, Settings{Data: readyData(t)})
	ask(t, first.URL(), "create table only_here ()")
	if got := ask(t, second.URL(), "select coalesce(to_regclass('only_here')::text, 'none')"); got != "none" {
		t.Errorf("the second server has the first one's table")
	}
}

// Names that a socket address or a connection string cannot hold are served
// from a short folder of their own, which goes with the server.
func TestAwkwardFolders(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"with space", `comma, "quote"`, strings.Repeat("long", 30)} {
		data := filepath.Join(filepath.Dir(newData(t)), name)
		copyTo(t, data)
		server := start(t, Settings{Data: data})
		if got := ask(t, server.URL(), "select 'here'"); got != "here" {
			t.Errorf("%s: got %q", name, got)
		}
		stop(t, server)
		if own := filepath.Join(data, "postgres"); server.socket != own {
			if _, err := os.Stat(server.socket); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s: the socket's folder %s is left behind: %v", name, server.socket, err)
			}
		}
	}
}

func TestStopDoesNotWaitForSessions(t *testing.T) {
	t.Parallel()
	server := start(t, Settings{Data: readyData(t)})
	busy := connect(t, server.URL())
	defer busy.Close(context.Background())
	if _, err := busy.Exec(t.Context(), "begin"); err != nil {
		t.Fatal(err)
	}
	stop(t, server)
}

// A deadline that is over makes Stop rough, but never leaves a server behind.
func TestStopPastItsDeadline(t *testing.T) {
	t.Parallel()
	server := start(t, Settings{Data: readyData(t)})
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := server.Stop(over); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-server.Done()
}

func TestStartGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	data := newData(t)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(over, Settings{Data: data}); !errors.Is(err, context.Canceled) {
		t.Fatalf("want a cancelled start, got %v", err)
	}
	start(t, Settings{Data: data})
}

// Data from before a failed start stay; the error quotes the server's log.
func TestFailedStartQuotesTheLog(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	conf := filepath.Join(data, "postgres", "data", "postgresql.conf")
	text, err := os.ReadFile(conf)
	if err != nil {
		t.Fatal(err)
	}
	replace(t, conf, append(text, "\nwork_mem = 'much'\n"...))
	if _, err := Start(t.Context(), Settings{Data: data}); err == nil || !strings.Contains(err.Error(), "work_mem") {
		t.Fatalf("the error does not say what is wrong: %v", err)
	}
	replace(t, conf, text)
	start(t, Settings{Data: data})
}

func TestLargeLogBeginsAnew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	replace(t, path, make([]byte, maxLog+1))
	log, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if info, err := log.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("a large log is kept: %v, %v", info, err)
	}
}

// What a crash of the first set-up left behind is no database.
func TestHalfMadeDirectoryIsMadeAgain(t *testing.T) {
	t.Parallel()
	data := newData(t)
	half := filepath.Join(data, "postgres", "unfinished")
	if err := makeReachable(filepath.Dir(data), data, filepath.Dir(half), half); err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(half, "PG_VERSION"), []byte("15\n"))
	giveHome(t, data)
	start(t, Settings{Data: data})
}
