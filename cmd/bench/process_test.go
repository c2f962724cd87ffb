package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAProgramIsStartedAndAskedToEnd(t *testing.T) {
	t.Parallel()
	note := filepath.Join(t.TempDir(), "note")
	p, err := launch(self(t, "serve", note))
	if err != nil {
		t.Fatal(err)
	}
	if p.address != "127.0.0.1:4321" {
		t.Errorf("its address is %q", p.address)
	}
	p.end()
	if !p.cmd.ProcessState.Success() {
		t.Errorf("it ended with %v", p.cmd.ProcessState)
	}
	if said, err := os.ReadFile(note); err != nil || string(said) != "ended" {
		t.Errorf("it was not asked to end: %q, %v", said, err)
	}
}

func TestAProgramThatDoesNotStartIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := launch(self(t, "silent")); err == nil || !strings.Contains(err.Error(), "did not start") {
		t.Errorf("one that says nothing: %v", err)
	}
	if _, err := launch(exec.Command(filepath.Join(t.TempDir(), "nothing"))); err == nil {
		t.Error("one that is not there was started")
	}
}

func TestSettingsOfTheProgramAreNotInherited(t *testing.T) {
	t.Setenv("EXEMPLA_PAGE_LIMIT", "1")
	t.Setenv("DATABASE_URL", "postgres://elsewhere")
	t.Setenv("BENCH_TEST_OTHER", "kept")
	list := environment("EXEMPLA_DATA=here")
	if !slices.Contains(list, "EXEMPLA_DATA=here") || !slices.Contains(list, "BENCH_TEST_OTHER=kept") {
		t.Errorf("something is missing in %q", list)
	}
	for _, entry := range list {
		if strings.HasPrefix(entry, "EXEMPLA_PAGE_LIMIT=") || strings.HasPrefix(entry, "DATABASE_URL=") {
			t.Errorf("%q was inherited", entry)
		}
	}
}

func TestFreeAddressesCanBeListenedOn(t *testing.T) {
	t.Parallel()
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
}

func TestPagesAreFetchedCompressedAndWhole(t *testing.T) {
	t.Parallel()
	p := serving(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/page" || r.Header.Get("Accept-Encoding") != "gzip" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Content-Encoding", "gzip")
		w.Write([]byte("as it came"))
	})
	page, err := fetch(t.Context(), p.address, "/page")
	if err != nil || string(page.body) != "as it came" || page.header.Get("ETag") != `"x"` {
		t.Errorf("%q, %v, %v", page.body, page.header, err)
	}
	if _, err := fetch(t.Context(), p.address, "/nothing"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a page that is not there: %v", err)
	}
	if _, err := fetch(t.Context(), "127.0.0.1:1", "/page"); err == nil {
		t.Error("a server that is not there answered")
	}
}

func TestUsageOfAProcess(t *testing.T) {
	t.Parallel()
	p := serving(t, http.NotFound)
	p.postgres = os.Getpid()
	before, err := p.usage(t.Context())
	if err != nil || before.allocations == 0 {
		t.Fatalf("%+v, %v", before, err)
	}
	for began := time.Now(); time.Since(began) < 5*tick; { // work that the system counts
		_ = strings.Repeat("work", 1_000)
	}
	after, err := p.usage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if used := after.since(before); used.cpu <= 0 || used.sql <= 0 || used.allocations <= 0 {
		t.Errorf("used %+v", used)
	}
	p.debug = "127.0.0.1:1"
	if _, err := p.usage(t.Context()); err == nil {
		t.Error("figures came from nowhere")
	}
}

func TestMemoryOfAProcess(t *testing.T) {
	t.Parallel()
	resident, peak, err := serving(t, http.NotFound).memory()
	if err != nil || resident < 1<<20 || peak < resident {
		t.Errorf("%d bytes, at most %d, %v", resident, peak, err)
	}
}

// A process knows its parent, and a parent is charged for its children.
func TestTheTimeOfATree(t *testing.T) {
	t.Parallel()
	p, err := launch(self(t, "parent"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.end()
	head, err := readStat(p.cmd.Process.Pid)
	if err != nil || head.parent != os.Getpid() {
		t.Errorf("%+v, %v", head, err)
	}
	if sum, err := treeTime(p.cmd.Process.Pid); err != nil || sum < head.cpu+worked {
		t.Errorf("the tree took %s, its head alone %s, %v", sum, head.cpu, err)
	}
	const absent = 1 << 30 // above the highest number that Linux gives a process
	if _, err := treeTime(absent); err == nil {
		t.Error("a process that is not there took time")
	}
}

func TestQuietIsWaitedFor(t *testing.T) {
	t.Parallel()
	p, err := launch(self(t, "serve"))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := p.waitUntilIdle(t.Context()); err != nil || time.Since(began) > longestIdleWait/2 {
		t.Errorf("an idle program took %s to be quiet, %v", time.Since(began), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.waitUntilIdle(ctx); err == nil {
		t.Error("the wait goes on after its end")
	}
	p.end()
	if err := p.waitUntilIdle(t.Context()); err == nil {
		t.Error("a program that has ended is quiet")
	}
}
