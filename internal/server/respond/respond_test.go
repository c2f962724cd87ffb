package respond_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/testdb"
)

func TestMain(m *testing.M) { testdb.Main(m) }

// today is the day of the catalogues in these tests.
var today = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

// newResponder returns a responder with an empty catalogue and no store, which is
// never asked because no cookie comes. change adjusts its configuration.
func newResponder(t *testing.T, change func(*respond.Config)) *respond.Responder {
	t.Helper()
	c := respond.Config{Site: "https://exempla.example", Build: "b1", Catalogue: catalogue.New(catalogue.NewIndex(nil, 1, today)),
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: func() time.Time { return today }}
	if change != nil {
		change(&c)
	}
	s := respond.New(c)
	s.AskToSignIn = func(*respond.Request) (respond.Response, error) {
		return respond.Response{Redirect: link.SignIn("en", ""), Status: http.StatusSeeOther}, nil
	}
	return s
}

// page is the HTTP handler of a handler, in the language of its address.
func page(s *respond.Responder, h respond.Handler) http.Handler {
	return s.IdentifyClient(respond.GuessLanguage(s.Page(h)))
}

// do sends a request; headers are alternately names and values.
func do(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// text is a page with nothing but a text.
func text(content string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	})
}

// always answers every request in the same way.
func always(response respond.Response) respond.Handler {
	return func(*respond.Request) (respond.Response, error) { return response, nil }
}

func TestOnlyPublicPagesMayBeKept(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	for _, c := range []struct {
		method string
		status int
		want   string
		tagged bool
	}{
		{http.MethodGet, 0, "no-cache", true},
		{http.MethodHead, 0, "no-cache", true},
		{http.MethodGet, http.StatusOK, "no-store", false},
		{http.MethodGet, http.StatusGone, "no-store", false},
		{http.MethodPost, 0, "private, no-store", false},
	} {
		w := do(page(s, always(respond.Response{Page: text("x"), Status: c.status})), c.method, "/en/x")
		if got := w.Header().Get("Cache-Control"); got != c.want || (w.Header().Get("ETag") != "") != c.tagged || w.Code != max(c.status, http.StatusOK) {
			t.Errorf("%s with status %d: %d, %q, tag %q", c.method, c.status, w.Code, got, w.Header().Get("ETag"))
		}
		if got := w.Header().Get("Vary"); got != "Accept-Encoding, Cookie" {
			t.Errorf("Vary is %q", got)
		}
	}
}

// Caches in front of the site may send what is the same for all strangers, and
// nothing else.
func TestSharedCaches(t *testing.T) {
	t.Parallel()
	for age, shared := range map[time.Duration]string{0: "no-cache", time.Minute: "max-age=0, s-maxage=60, stale-while-revalidate=60"} {
		s := newResponder(t, func(c *respond.Config) { c.SharedAge = age })
		for _, c := range []struct {
			method   string
			response respond.Response
			want     string
		}{
			{http.MethodGet, respond.Response{Page: text("x"), Cacheable: true}, shared},
			{http.MethodGet, respond.Response{Page: text("x"), Cacheable: true, Rare: true}, shared},
			{http.MethodGet, respond.Response{Page: text("x")}, "no-cache"},
			{http.MethodGet, respond.Response{Page: text("x"), Cacheable: true, Status: http.StatusGone}, "no-store"},
			{http.MethodPost, respond.Response{Page: text("x"), Cacheable: true}, "private, no-store"},
		} {
			w := do(page(s, always(c.response)), c.method, "/en/x")
			if got := w.Header().Get("Cache-Control"); got != c.want {
				t.Errorf("%s of %v with an age of %s: %q, want %q", c.method, c.response, age, got, c.want)
			}
		}
	}
}

// Who sends back the tag of a page is answered before anything is worked out; a tag
// of another page, or none, proves nothing.
func TestKnownPagesCostNothing(t *testing.T) {
	t.Parallel()
	s := newResponder(t, func(c *respond.Config) { c.PageLimit = 1 })
	made := 0
	h := s.FromCache(page(s, func(*respond.Request) (respond.Response, error) {
		made++
		return respond.Response{Page: text("x"), Cacheable: true, Rare: true}, nil
	}))
	tag := do(h, http.MethodGet, "/en/practices?q=a").Header().Get("ETag")
	for range 3 {
		w := do(h, http.MethodGet, "/en/practices?q=a", "If-None-Match", `"other", `+tag)
		if w.Code != 304 || made != 1 || w.Header().Get("ETag") != tag || w.Header().Get("Vary") != "Accept-Encoding, Cookie" {
			t.Errorf("%d with tag %q, made %d times", w.Code, w.Header().Get("ETag"), made)
		}
	}
	for i, c := range []struct{ path, tag, cookie string }{{"/en/y", tag, ""}, {"/en/practices", "*", ""}, {"/el/practices?q=a", tag, ""}} {
		do(h, http.MethodGet, c.path, "If-None-Match", c.tag)
		if c.path != "/el/practices?q=a" && made != i+2 {
			t.Errorf("%s with tag %s: answered without a look", c.path, c.tag)
		}
	}
	if made != 3 { // the limit refuses the last
		t.Errorf("made %d times", made)
	}
}

func TestIfNoneMatch(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	h := page(s, always(respond.Response{Page: text("x")}))
	tag := do(h, http.MethodGet, "/en/x").Header().Get("ETag")
	strong := strings.TrimPrefix(tag, "W/")
	for header, want := range map[string]int{
		tag: 304, strong: 304, "*": 304, ` "a" , ` + tag: 304, `"a",W/"b",` + strong + `,"c"`: 304,
		"": 200, `"a"`: 200, strings.Trim(strong, `"`): 200, strings.ToUpper(tag): 200, tag[:len(tag)-2] + `"`: 200,
	} {
		w := do(h, http.MethodGet, "/en/x", "If-None-Match", header)
		if w.Code != want || (w.Body.Len() == 0) != (want == 304) || w.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match: %s: status %d with %d bytes, want %d", header, w.Code, w.Body.Len(), want)
		}
	}
	if got := do(page(s, always(respond.Response{Page: text("x"), Status: 410})), http.MethodGet, "/en/x", "If-None-Match", "*"); got.Code != 410 {
		t.Errorf("a page with a status of its own is answered %d", got.Code)
	}
	missing := func(*respond.Request) (respond.Response, error) { return respond.Response{}, respond.ErrNoSuchPage }
	if got := do(page(s, missing), http.MethodGet, "/en/x", "If-None-Match", "*"); got.Code != 404 || got.Header().Get("ETag") != "" {
		t.Errorf("a page that does not exist is answered %d with the tag %q", got.Code, got.Header().Get("ETag"))
	}
}

func TestTagsDependOnLanguageBuildAndCatalogue(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, c := range []struct {
		name, path, build string
		change            int64
		day               time.Time
	}{
		{"first", "/en/x", "b1", 1, today}, {"language", "/el/x", "b1", 1, today}, {"build", "/en/x", "b2", 1, today},
		{"catalogue", "/en/x", "b1", 2, today}, {"day", "/en/x", "b1", 1, today.AddDate(0, 0, 1)},
	} {
		s := newResponder(t, func(config *respond.Config) {
			config.Build = c.build
			config.Catalogue = catalogue.New(catalogue.NewIndex(nil, c.change, c.day))
		})
		tag := do(page(s, always(respond.Response{Page: text("x")})), http.MethodGet, c.path).Header().Get("ETag")
		if other, ok := seen[tag]; ok || tag == "" {
			t.Errorf("another %s has the tag %q of %q", c.name, tag, other)
		}
		seen[tag] = c.name
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	for _, c := range []struct {
		method       string
		status, want int
	}{
		{http.MethodGet, 0, http.StatusFound}, {http.MethodHead, 0, http.StatusFound}, {http.MethodPost, 0, http.StatusSeeOther},
		{http.MethodGet, http.StatusMovedPermanently, http.StatusMovedPermanently},
	} {
		w := do(page(s, always(respond.Response{Redirect: "/en/y", Status: c.status})), c.method, "/en/x")
		if w.Code != c.want || w.Header().Get("Location") != "/en/y" {
			t.Errorf("%s: %d to %q, want %d", c.method, w.Code, w.Header().Get("Location"), c.want)
		}
	}
}

func TestNumbersHaveOneSpelling(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	for spelling, want := range map[string]bool{"1": true, "9223372036854775807": true, "0": false, "-1": false, "+1": false, "01": false,
		"1.0": false, "x": false, "9223372036854775808": false, "١": false} {
		var ok bool
		h := router(s, "/{language}/{id}", func(r *respond.Request) (respond.Response, error) {
			_, ok = r.Number("id")
			return respond.Response{Page: text(r.Param("id"))}, nil
		})
		if w := do(h, http.MethodGet, "/en/"+spelling); w.Body.String() != spelling || ok != want {
			t.Errorf("%q: %v, want %v", spelling, ok, want)
		}
	}
}

func TestScriptsAreRecognised(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"X-Requested-With", "fetch", true}, {"Accept", "application/json", true}, {"Accept", "text/html, application/json;q=0.5", true},
		{"Accept", "text/html", false}, {"X-Requested-With", "browser", false},
	} {
		var got bool
		do(page(s, func(r *respond.Request) (respond.Response, error) {
			got = r.IsFetch()
			return respond.Response{Page: text("x")}, nil
		}), http.MethodGet, "/en/x", c.name, c.value)
		if got != c.want {
			t.Errorf("%s: %s: %v", c.name, c.value, got)
		}
	}
}

func TestOnlyAsksStrangersToSignIn(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	called := false
	h := respond.Only(func(*respond.Request) (respond.Response, error) { called = true; return respond.Response{}, nil }, "editor")
	w := do(page(s, h), http.MethodGet, "/en/desk")
	if w.Code != http.StatusSeeOther || w.Header().Get("Cache-Control") != "no-store" || called {
		t.Errorf("%d, %q, called: %v", w.Code, w.Header().Get("Cache-Control"), called)
	}
}

// A handler that has written its response is left alone.
func TestWrittenResponsesStay(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	w := do(page(s, func(r *respond.Request) (respond.Response, error) {
		r.Writer.WriteHeader(http.StatusTeapot)
		return respond.Response{Written: true}, nil
	}), http.MethodGet, "/en/x")
	if w.Code != http.StatusTeapot || w.Body.Len() != 0 {
		t.Errorf("%d with %d bytes", w.Code, w.Body.Len())
	}
}
