package main

import (
	"strings"
	"testing"

	"exempla/internal/store"
	"exempla/internal/testdb"
)

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
