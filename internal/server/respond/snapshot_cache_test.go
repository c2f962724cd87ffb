package respond_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"weak"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/theme"
)

// counted serves cacheable pages behind the cache, and counts how many were made.
func counted(s *respond.Responder, content func(path string) string) (h http.Handler, made *atomic.Int32) {
	made = &atomic.Int32{}
	return s.FromCache(page(s, func(r *respond.Request) (respond.Response, error) {
		made.Add(1)
		return respond.Response{Page: text(content(r.URL.Path)), Cacheable: true}, nil
	})), made
}

// unzipped is the body of a compressed response.
func unzipped(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatalf("encoding %q: %v", w.Header().Get("Content-Encoding"), err)
	}
	content, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestPagesAreMadeOnce(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	h, made := counted(s, func(path string) string { return "page " + path })
	first := do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip")
	again := do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip")
	if made.Load() != 1 || unzipped(t, first) != "page /en/x" || unzipped(t, again) != "page /en/x" {
		t.Errorf("made %d times", made.Load())
	}
	for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding", "ETag", "Cache-Control", "Vary"} {
		if a, b := first.Header().Get(name), again.Header().Get(name); a != b || a == "" {
			t.Errorf("%s is %q for the page and %q from the cache", name, a, b)
		}
	}
	if w := do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip", "If-None-Match", first.Header().Get("ETag")); w.Code != 304 || made.Load() != 1 {
		t.Errorf("a browser that has the page gets %d", w.Code)
	}
}

func TestOnlyPagesForStrangersComeFromTheCache(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(http.Handler) *httptest.ResponseRecorder{
		"another address": func(h http.Handler) *httptest.ResponseRecorder {
			return do(h, http.MethodGet, "/en/x?y=1", "Accept-Encoding", "gzip")
		},
		"without gzip": func(h http.Handler) *httptest.ResponseRecorder { return do(h, http.MethodGet, "/en/x") },
		"a form": func(h http.Handler) *httptest.ResponseRecorder {
			return do(h, http.MethodPost, "/en/x", "Accept-Encoding", "gzip")
		},
		"an empty session": func(h http.Handler) *httptest.ResponseRecorder {
			return do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip", "Cookie", "__Host-exempla=")
		},
	} {
		h, made := counted(newResponder(t, nil), func(string) string { return "x" })
		do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip")
		if w := send(h); made.Load() != 2 || w.Code != http.StatusOK {
			t.Errorf("%s: status %d, made %d times", name, w.Code, made.Load())
		}
	}
}

func TestOnlyCacheablePagesAreKept(t *testing.T) {
	t.Parallel()
	for name, response := range map[string]respond.Response{"a page that is not cacheable": {Page: text("x")},
		"a page with a status": {Page: text("x"), Status: http.StatusNotFound, Cacheable: true}} {
		s := newResponder(t, nil)
		made := 0
		h := s.FromCache(page(s, func(*respond.Request) (respond.Response, error) { made++; return response, nil }))
		for range 2 {
			if got := unzipped(t, do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip")); got != "x" {
				t.Errorf("%s: %q", name, got)
			}
		}
		if made != 2 {
			t.Errorf("%s is made %d times", name, made)
		}
	}
}

// The cache holds four mebibytes. A page more than that empties it.
func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	random := rand.NewChaCha8([32]byte{})
	noise := make([]byte, 1<<20-1<<12) // incompressible; four pages fit
	_, _ = random.Read(noise)
	h, made := counted(newResponder(t, nil), func(string) string { return string(noise) })
	ask := func(number int) { do(h, http.MethodGet, fmt.Sprint("/en/", number), "Accept-Encoding", "gzip") }
	for number := range 4 {
		ask(number)
	}
	ask(0)
	if made.Load() != 4 {
		t.Errorf("four pages are made %d times", made.Load())
	}
	ask(4) // too much
	ask(4)
	if made.Load() != 5 {
		t.Errorf("the last page is not kept: made %d", made.Load())
	}
	ask(0)
	if made.Load() != 6 {
		t.Errorf("the cache grows without bound: made %d", made.Load())
	}
}

func TestPagesGoWithTheirSnapshot(t *testing.T) {
	t.Parallel()
	for _, linger := range []time.Duration{0, time.Hour} {
		x := catalogue.New(catalogue.NewIndex(nil, 1, today))
		s := newResponder(t, func(c *respond.Config) {
			c.Catalogue = x
			c.Linger = linger
		})
		h, made := counted(s, func(string) string { return "x" })
		before := do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip").Header().Get("ETag")
		x.Change(catalogue.Update{Since: x.Index(), Change: 2})
		after := do(h, http.MethodGet, "/en/x", "Accept-Encoding", "gzip").Header().Get("ETag")
		if renewed := made.Load() == 2 && after != before; renewed != (linger == 0) {
			t.Errorf("after a change, with a linger of %s: made %d times, tags %s and %s", linger, made.Load(), before, after)
		}
	}
}

func TestValuesAreMadeOncePerSnapshotAndLanguage(t *testing.T) {
	t.Parallel()
	x := catalogue.New(catalogue.NewIndex(nil, 1, today))
	s := newResponder(t, func(c *respond.Config) { c.Catalogue = x })
	var made sync.Map // how often, by language and change
	values := respond.PerSnapshot[string]{Make: func(l *locale.Locale, x *catalogue.Index, _ *theme.Look) string {
		value := fmt.Sprint(l.Tag(), " ", x.Change())
		count, _ := made.LoadOrStore(value, &atomic.Int32{})
		count.(*atomic.Int32).Add(1)
		runtime.Gosched() // so that others ask for it meanwhile
		return value
	}}
	h := page(s, func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Page: text(values.For(r))}, nil
	})
	for change := int64(1); change <= 2; change++ {
		if change > 1 {
			x.Change(catalogue.Update{Since: x.Index(), Change: change})
		}
		var all sync.WaitGroup
		for i := range 40 {
			tag := []string{"en", "el"}[i%2]
			all.Go(func() {
				if got, want := do(h, http.MethodGet, "/"+tag+"/x").Body.String(), fmt.Sprint(tag, " ", change); got != want {
					t.Errorf("the value is %q, want %q", got, want)
				}
			})
		}
		all.Wait()
	}
	made.Range(func(value, count any) bool {
		if n := count.(*atomic.Int32).Load(); n != 1 {
			t.Errorf("%s is made %d times", value, n)
		}
		return true
	})
}

func TestValuesGoWithTheirSnapshot(t *testing.T) {
	t.Parallel()
	x := catalogue.New(catalogue.NewIndex(nil, 1, today))
	s := newResponder(t, func(c *respond.Config) { c.Catalogue = x })
	type panel [1 << 16]byte
	var first weak.Pointer[panel]
	values := respond.PerSnapshot[*panel]{Make: func(*locale.Locale, *catalogue.Index, *theme.Look) *panel { return &panel{} }}
	h := page(s, func(r *respond.Request) (respond.Response, error) {
		if value := values.For(r); first == (weak.Pointer[panel]{}) {
			first = weak.Make(value)
		}
		return respond.Response{Page: text("x")}, nil
	})
	do(h, http.MethodGet, "/en/x")
	runtime.GC()
	if first.Value() == nil {
		t.Error("the value is gone before its snapshot")
	}
	x.Change(catalogue.Update{Since: x.Index(), Change: 2})
	do(h, http.MethodGet, "/en/x")
	runtime.GC()
	if first.Value() != nil {
		t.Error("the value outlives its snapshot")
	}
}

// Two values of the same type do not get in each other's way.
func TestValuesHaveTheirOwners(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	named := func(name string) *respond.PerSnapshot[string] {
		return &respond.PerSnapshot[string]{Make: func(*locale.Locale, *catalogue.Index, *theme.Look) string { return name }}
	}
	a, b := named("a"), named("b")
	w := do(page(s, func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Page: text(a.For(r) + b.For(r) + a.For(r))}, nil
	}), http.MethodGet, "/en/x")
	if w.Body.String() != "aba" {
		t.Errorf("the values are %q", w.Body)
	}
}

// A request keeps the snapshot that it began with.
func TestRequestKeepsItsSnapshot(t *testing.T) {
	t.Parallel()
	x := catalogue.New(catalogue.NewIndex(nil, 1, today))
	s := newResponder(t, func(c *respond.Config) { c.Catalogue = x })
	w := do(page(s, func(r *respond.Request) (respond.Response, error) {
		before := r.Index.Change()
		x.Change(catalogue.Update{Since: x.Index(), Change: 2})
		return respond.Response{Page: text(fmt.Sprint(before, r.Index.Change()))}, nil
	}), http.MethodGet, "/en/x")
	if w.Body.String() != "1 1" {
		t.Errorf("the changes are %s", w.Body)
	}
}
