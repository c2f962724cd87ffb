package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"exempla/internal/attachment"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/sample"
	"exempla/internal/server"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// today is the day from which all tests see the catalogue.
var today = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

const origin = "https://exempla.example"

// site is a server whose answers are looked at.
type site struct {
	*testing.T
	*server.Server
	handler http.Handler
	clock   func() time.Time
	log     *journal
}

// journal keeps the lines of the log.
type journal struct {
	sync.Mutex
	bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.Lock()
	defer j.Unlock()
	return j.Buffer.Write(p)
}

func (j *journal) lines() string {
	j.Lock()
	defer j.Unlock()
	return j.Buffer.String()
}

// shared is one sample catalogue for all tests that only read: a database for
// each of them would take longer than all they do.
var shared struct {
	sync.Once
	store *store.Store
	index *catalogue.Index
}

// processT lets a database outlive the test that happens to be first; testdb
// removes it with the process.
type processT struct{ *testing.T }

func (processT) Cleanup(func()) {}

func (processT) Context() context.Context { return context.Background() }

// openSample is a site with the sample catalogue, to be read only.
func openSample(t *testing.T) *site {
	t.Helper()
	shared.Do(func() {
		shared.store = testdb.OpenSample(processT{t})
		shared.index = indexOf(t, shared.store)
	})
	if shared.index == nil {
		t.Fatal("the sample catalogue could not be opened")
	}
	return assemble(t, shared.store, shared.index)
}

// openOwn is a site with a sample catalogue of its own, to be changed.
func openOwn(t *testing.T) *site {
	t.Helper()
	return serve(t, testdb.OpenSample(t))
}

// serve is a site over a store as it is now.
func serve(t *testing.T, s *store.Store) *site {
	t.Helper()
	return assemble(t, s, indexOf(t, s))
}

func indexOf(t *testing.T, s *store.Store) *catalogue.Index {
	t.Helper()
	x, err := s.Practices.Index(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func assemble(t *testing.T, s *store.Store, x *catalogue.Index) *site {
	t.Helper()
	j := &journal{}
	files, err := attachment.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	own := &site{T: t, log: j, clock: func() time.Time { return today }}
	own.Server = server.New(server.Config{Site: origin, Build: "test", Catalogue: catalogue.New(x), Store: s, Files: files,
		Log: slog.New(slog.NewTextHandler(j, nil)), Now: func() time.Time { return own.clock() }, ReviewDays: 14})
	own.handler = own.Handler()
	return own
}

// openAway is a site with the sample catalogue in memory, whose database does
// not answer.
func openAway(t *testing.T) *site {
	t.Helper()
	away, err := store.Open(t.Context(), "postgres://nobody@127.0.0.1:1/nothing?sslmode=disable", locale.SearchNames)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(away.Close)
	practices, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	for i := range practices {
		practices[i].Number = int64(i + 1)
	}
	return assemble(t, away, catalogue.NewIndex(practices, 1, today))
}

// restart puts the site together again, after its settings were changed.
func (s *site) restart() {
	s.Server = server.New(s.Config)
	s.handler = s.Handler()
}

// page is an answer.
type page struct {
	*testing.T
	path   string
	status int
	header http.Header
	body   string
	doc    *html.Node
}

// send makes a request; headers are alternately names and values.
func (s *site) send(method, path string, headers ...string) page {
	s.Helper()
	return s.do(httptest.NewRequest(method, path, nil), headers...)
}

func (s *site) do(r *http.Request, headers ...string) page {
	s.Helper()
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	answer := w.Result()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	return page{s.T, r.URL.RequestURI(), answer.StatusCode, answer.Header, string(body), doc}
}

// get asks for an address.
func (s *site) get(path string, headers ...string) page {
	s.Helper()
	return s.send(http.MethodGet, path, headers...)
}

// visit asks for an address that must show a page at once.
func (s *site) visit(path string) page {
	s.Helper()
	p := s.get(path)
	p.is(http.StatusOK)
	return p
}

// is checks the status.
func (p page) is(status int) {
	p.Helper()
	if p.status != status {
		p.Fatalf("%s: status %d (%s), want %d", p.path, p.status, p.header.Get("Location"), status)
	}
}

// leads checks that the answer sends the reader to another address.
func (p page) leads(status int, to string) {
	p.Helper()
	if got := p.header.Get("Location"); p.status != status || got != to {
		p.Errorf("%s: status %d to %q, want %d to %q", p.path, p.status, got, status, to)
	}
}

// one is the only element that a selector means.
func (p page) one(selector string) *html.Node {
	p.Helper()
	found := all(p.doc, selector)
	if len(found) != 1 {
		p.Fatalf("%s: %d elements %q, want one", p.path, len(found), selector)
	}
	return found[0]
}

// says checks that each of the phrases can be read in the only element that a
// selector means.
func (p page) says(selector string, phrases ...string) {
	p.Helper()
	got := text(p.one(selector))
	for _, phrase := range phrases {
		if !strings.Contains(got, phrase) {
			p.Errorf("%s: %s says %q, want %q in it", p.path, selector, got, phrase)
		}
	}
}

// lacks checks that nothing on the page is what a selector means.
func (p page) lacks(selector string) {
	p.Helper()
	if found := all(p.doc, selector); len(found) > 0 {
		p.Errorf("%s: there is %q, saying %q", p.path, selector, texts(found))
	}
}

// in checks the language and direction of the page.
func (p page) in(tag string) {
	p.Helper()
	root := p.one("html")
	if attr(root, "lang") != tag || attr(root, "dir") != locale.Direction(tag) {
		p.Errorf("%s: in %q %q, want %q", p.path, attr(root, "lang"), attr(root, "dir"), tag)
	}
}

// same checks that two lists are equal.
func same[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// problemOf is the title of the page of an error, in a language.
func problemOf(tag, name string) string {
	l, _ := locale.Find(tag)
	return l.T("problem." + name + ".title")
}

// slugs are the practices of a listing, in its order.
func (p page) slugs() []string {
	var list []string
	for _, id := range attrs(all(p.doc, "li.item"), "id") {
		list = append(list, strings.TrimPrefix(id, strings.TrimPrefix(link.Entry(""), "#")))
	}
	return list
}
