package main

import (
	"net/http"
	"strings"
	"syscall"
	"testing"

	"exempla/internal/store"
	"exempla/internal/testdb"
)

// A program that is asked to stop says so to its balancer, and serves who comes meanwhile.
func TestStoppingProgramServesOn(t *testing.T) {
	t.Parallel()
	p := start(t, "EXEMPLA_DRAIN=2", "serve")
	if err := p.process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	status := func(path string) int {
		answer, err := http.Get(p.address + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	eventually(t, "that it takes no more visitors", func() bool { return status("/readyz") == http.StatusServiceUnavailable })
	if got := status("/en/practices"); got != http.StatusOK {
		t.Errorf("who came all the same got %d", got)
	}
	if <-p.ended; p.err != nil {
		t.Error(p.err)
	}
}

// Programs on one database know of one another, and of who has left.
func TestProgramsKnowOfOneAnother(t *testing.T) {
	t.Parallel()
	server := testdb.Private(t, emptyFolder(t))
	setting := "DATABASE_URL=" + server.URL()
	s, err := store.Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var list []store.Node
	known := func(n int) func() bool {
		return func() bool {
			if list, err = s.Nodes(t.Context()); err != nil {
				t.Fatal(err)
			}
			return len(list) == n
		}
	}
	first, second := start(t, setting, "serve"), start(t, setting, "serve")
	eventually(t, "both programs", known(2))
	for _, n := range list {
		if n.Version != version || n.Build == "" || n.Late || !strings.Contains(n.Name, ":") {
			t.Errorf("%+v", n)
		}
	}
	second.end()
	eventually(t, "one program", known(1))
	if !strings.HasSuffix(first.address, list[0].Name[strings.LastIndex(list[0].Name, ":"):]) {
		t.Errorf("%s is known as %s", first.address, list[0].Name)
	}
}
