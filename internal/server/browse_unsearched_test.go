package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/testdb"
)

// unsearched checks the page of words that could not be looked for: it keeps
// them, leads to what the filters find, and is not told as anything else.
func (p page) unsearched(s *site, tag, name string) {
	p.Helper()
	p.troubled(http.StatusServiceUnavailable, tag, name)
	if got := attr(p.one("input#q"), "value"); got != "zebra crossing" {
		p.Errorf("%s: the box keeps %q", p.path, got)
	}
	same(p.T, "filters that the form keeps", attrs(all(p.doc, "form input[type=hidden]"), "value"), []string{"refugees", "GR"})
	way := all(p.doc, "ul.ways a")[0]
	if got, want := counted(p.T, text(way)), s.visit(attr(way, "href")).total(); got != want || got == 0 {
		p.Errorf("%s: %q leads to %d practices", p.path, text(way), want)
	}
	log := s.log.lines()
	if strings.Contains(log, "zebra") || strings.Contains(log, "level=ERROR") || !strings.Contains(log, "level=WARN") {
		p.Errorf("%s: the log says %s", p.path, log)
	}
}

const unsearched = "/en/practices?q=zebra+crossing&topic=refugees&country=GR"

// TestSlowSearchSaysSo holds the words of the catalogue until the search is cut
// off. A practice opened from such a search is shown all the same.
func TestSlowSearchSaysSo(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	conn, err := pgx.Connect(t.Context(), testdb.URL(t, s.Store))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `lock practice_words in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	pages := make(chan page)
	for _, path := range []string{unsearched, "/en/practices/" + ioannina + "?q=zebra"} {
		go func() { pages <- s.get(path) }()
	}
	for range 2 {
		if p := <-pages; p.path == unsearched {
			p.unsearched(s, "en", "slow")
		} else {
			p.is(http.StatusOK)
			p.says("h1", "Urban response coordination")
			p.lacks("nav.neighbours")
		}
	}
}

func TestWordsWaitForTheDatabase(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	p := s.get(unsearched)
	p.unsearched(s, "en", "words")
	if p.header.Get("Retry-After") == "" {
		t.Error("there is no Retry-After")
	}
	p = s.get("/en/practices?q=zebra")
	p.troubled(http.StatusServiceUnavailable, "en", "words")
	if ways := all(p.doc, "ul.ways a"); len(ways) != 1 || attr(ways[0], "href") != "/en/practices" {
		t.Errorf("ways out: %v", texts(ways))
	}
}
