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

// site is a server under test.
type site struct {
	*testing.T
	*server.Server
	handler http.Handler
	clock   func() time.Time
	log     *logBuffer
}

// logBuffer holds the lines of the log. It is safe for concurrent use.
type logBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}

func (b *logBuffer) lines() string {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.String()
}

// shared is one sample catalogue for all tests that only read. A database for each
// of them would take longer than the tests.
var shared struct {
	sync.Once
	store *store.Store
	index *catalogue.Index
}

// processT is a test whose cleanups never run, so that the shared database outlives
// the first test that uses it; testdb removes it when the process ends.
type processT struct{ *testing.T }

func (processT) Cleanup(func()) {}

func (processT) Context() context.Context { return context.Background() }

// openSample returns a site with the shared sample catalogue, which tests must not
// change.
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

// openOwn returns a site with a sample catalogue of its own, which tests may change.
func openOwn(t *testing.T) *site {
	t.Helper()
	return serve(t, testdb.OpenSample(t))
}

// serve returns a site with what is in a store now.
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
	files, err := attachment.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return assembleWith(t, s, x, files)
}

func assembleWith(t *testing.T, s *store.Store, x *catalogue.Index, files *attachment.Storage) *site {
	t.Helper()
	log := &logBuffer{}
	own := &site{T: t, log: log, clock: func() time.Time { return today }}
	own.Server = server.New(server.Config{Site: origin, Build: "test", Catalogue: catalogue.New(x), Store: s, Files: files,
		Log: slog.New(slog.NewTextHandler(log, nil)), Now: func() time.Time { return own.clock() }, ReviewDays: 14})
	own.handler = own.Handler()
	return own
}

// openAway returns a site with the sample catalogue in memory and a database that
// cannot be reached.
func openAway(t *testing.T) *site {
	t.Helper()
	away, err := store.Open(t.Context(), "postgres://exempla@127.0.0.1:1/nothing?sslmode=disable")
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

// restart makes a new server after a change of the settings.
func (s *site) restart() {
	s.Server = server.New(s.Config)
	s.handler = s.Handler()
}

// page is a response.
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

// get requests an address.
func (s *site) get(path string, headers ...string) page {
	s.Helper()
	return s.send(http.MethodGet, path, headers...)
}

// visit requests an address that must answer 200.
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

// leads checks that the response redirects to an address.
func (p page) leads(status int, to string) {
	p.Helper()
	if got := p.header.Get("Location"); p.status != status || got != to {
		p.Errorf("%s: status %d to %q, want %d to %q", p.path, p.status, got, status, to)
	}
}

// one returns the only element that matches a selector.
func (p page) one(selector string) *html.Node {
	p.Helper()
	found := all(p.doc, selector)
	if len(found) != 1 {
		p.Fatalf("%s: %d elements %q, want one", p.path, len(found), selector)
	}
	return found[0]
}

// says checks that the only element that matches a selector has all of the phrases
// in its text.
func (p page) says(selector string, phrases ...string) {
	p.Helper()
	got := text(p.one(selector))
	for _, phrase := range phrases {
		if !strings.Contains(got, phrase) {
			p.Errorf("%s: %s says %q, want %q in it", p.path, selector, got, phrase)
		}
	}
}

// lacks checks that nothing on the page matches a selector.
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

// problemOf is the title of an error page in a language.
func problemOf(tag, name string) string {
	l, _ := locale.Find(tag)
	return l.T("problem." + name + ".title")
}

// slugs lists the practices of a listing in its order.
func (p page) slugs() []string {
	var list []string
	for _, id := range attrs(all(p.doc, "li.item"), "id") {
		list = append(list, strings.TrimPrefix(id, strings.TrimPrefix(link.Entry(""), "#")))
	}
	return list
}
