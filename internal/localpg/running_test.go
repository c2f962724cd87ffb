package localpg

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func TestRunningServerIsFound(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	if url, ok := Running(data); ok {
		t.Errorf("before the start, %s is said to run", url)
	}
	server := start(t, Settings{Data: data})
	url, ok := Running(data + "/../" + filepath.Base(data))
	if !ok || url != server.URL() {
		t.Fatalf("found %q, %v, want %q", url, ok, server.URL())
	}
	if got := ask(t, url, "select 'beside'"); got != "beside" {
		t.Errorf("it answers %q", got)
	}
	stop(t, server)
	if url, ok := Running(data); ok {
		t.Errorf("after the stop, %s is said to run", url)
	}
}

// What a crash left behind names no server, whatever has its number now.
func TestNoteOfADeadServerIsNotBelieved(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	server := start(t, Settings{Data: data})
	note := read(t, filepath.Join(clusterOf(data), pidFile))
	stop(t, server)
	_, rest, _ := strings.Cut(note, "\n")
	for name, first := range map[string]string{
		"an ended process": strconv.Itoa(deadProcess(t)), "another program": strconv.Itoa(livingProcess(t)),
		"no number": "x", "number zero": "0", "a negative number": "-1",
	} {
		replace(t, filepath.Join(clusterOf(data), pidFile), []byte(first+"\n"+rest))
		if url, ok := Running(data); ok {
			t.Errorf("%s is taken for the server at %s", name, url)
		}
	}
}

func TestReadyNote(t *testing.T) {
	t.Parallel()
	const lines = "42\n/data\n1700000000\n5432\n/socket\n\n  5432001   7\n"
	for text, want := range map[string]bool{
		lines + "ready   \n": true, lines + "starting\n": false, lines + "stopping\n": false, lines: false, "42\n": false, "": false,
	} {
		path := filepath.Join(t.TempDir(), pidFile)
		replace(t, path, []byte(text))
		if got := accepting(path, 42); got != want {
			t.Errorf("%q is ready: %v", text, got)
		}
		if accepting(path, 43) {
			t.Errorf("%q is taken for the note of another process", text)
		}
	}
	if readyNote(filepath.Join(t.TempDir(), "nothing")) != nil {
		t.Error("a note that is not there is ready")
	}
}

// A server that ends by itself is noticed, and Stop says how it ended.
func TestServerThatEndsByItself(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	server := start(t, Settings{Data: data, Durable: true})
	if noted := firstNumber(filepath.Join(clusterOf(data), pidFile)); server.Process() != noted {
		t.Fatalf("the process is %d, its note says %d", server.Process(), noted)
	}
	ask(t, server.URL(), "create table practice as select 'kept'::text as title")
	if err := syscall.Kill(server.Process(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-server.Done()
	first := server.Stop(t.Context())
	if first == nil || !strings.Contains(first.Error(), "postgres ended: signal: killed") {
		t.Errorf("Stop says %v", first)
	}
	if again := server.Stop(t.Context()); !errors.Is(again, first) {
		t.Errorf("Stop says %v, then %v", first, again)
	}
	recovered, err := server.Revive(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer recovered.Stop(context.Background())
	if got := ask(t, server.URL(), "select title from practice"); got != "kept" {
		t.Errorf("after a crash the title is %q", got)
	}
}

// Whoever knows the address of a server finds it there again, also where the folder's own
// name is too long for one.
func TestRevivedServerHasItsAddress(t *testing.T) {
	t.Parallel()
	data := filepath.Join(newData(t), strings.Repeat("long", 30))
	server := start(t, Settings{Data: data})
	if err := syscall.Kill(server.Process(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-server.Done()
	revived, err := server.Revive(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer revived.Stop(context.Background())
	if ask(t, server.URL(), "select 'there'") != "there" || revived.URL() != server.URL() {
		t.Errorf("it was at %s and is at %s", server.URL(), revived.URL())
	}
}

// A start takes over from a run that is about to leave, and says that it waits.
func TestStartWaitsForTheRunBefore(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	before := start(t, Settings{Data: data})
	heard := newNotice("waiting for another run")
	log := slog.New(slog.NewTextHandler(heard, nil))
	after := make(chan error, 1)
	go func() {
		server, err := Start(t.Context(), Settings{Data: data, Log: log})
		if err == nil {
			err = server.Stop(t.Context())
		}
		after <- err
	}()
	<-heard.come
	stop(t, before)
	if err := <-after; err != nil {
		t.Error(err)
	}
}

// notice is written to until a phrase has come.
type notice struct {
	phrase string
	come   chan struct{}
	all    bytes.Buffer
}

func newNotice(phrase string) *notice { return &notice{phrase: phrase, come: make(chan struct{})} }

func (n *notice) Write(text []byte) (int, error) {
	had := strings.Contains(n.all.String(), n.phrase)
	n.all.Write(text)
	if !had && strings.Contains(n.all.String(), n.phrase) {
		close(n.come)
	}
	return len(text), nil
}

// A first set-up that fails leaves nothing that looks like a database.
func TestFailedSetUpLeavesNoDatabase(t *testing.T) {
	t.Parallel()
	bin := installed(t, "16")
	replace(t, filepath.Join(bin, "initdb"), []byte("#!/bin/sh\necho 'initdb: no space left' >&2\nexit 1\n"))
	data := newData(t)
	_, err := Start(t.Context(), Settings{Data: data, patterns: []string{bin}})
	if err == nil || !strings.Contains(err.Error(), "set up the database") || !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("error: %v", err)
	}
	if _, err := os.Stat(clusterOf(data)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a data directory: %v", err)
	}
	start(t, Settings{Data: data})
}

func TestSmallLogIsKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	replace(t, path, bytes.Repeat([]byte("x"), maxLog))
	log, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if _, err := log.WriteString("more"); err != nil {
		t.Fatal(err)
	}
	if info, err := log.Stat(); err != nil || info.Size() != maxLog+4 {
		t.Errorf("the log has %d bytes, %v", info.Size(), err)
	}
}

func TestSocketNamesAtTheLimit(t *testing.T) {
	t.Parallel()
	longest := "/" + strings.Repeat("a", maxSocket-len("/"+socketName)-1)
	for path, want := range map[string]bool{"/srv/site": true, longest: true, longest + "a": false, "/srv/a,b": false} {
		if fitsSocket(path) != want {
			t.Errorf("%d bytes, %.20q: fits %v", len(path), path, !want)
		}
	}
}

// An error quotes the end of a long output, where the cause stands.
func TestErrorsQuoteTheEnd(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", tailBytes) + "the cause\n\n"
	if got := string(tail([]byte(long))); len(got) != tailBytes || !strings.HasSuffix(got, "the cause") {
		t.Errorf("quoted %d bytes, the last %q", len(got), got[len(got)-12:])
	}
	if got := string(tail([]byte(" short \n"))); got != "short" {
		t.Errorf("quoted %q", got)
	}
}
