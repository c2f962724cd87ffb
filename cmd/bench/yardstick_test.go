package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"exempla/internal/link"
)

func TestYardsticksRepeatAPage(t *testing.T) {
	t.Parallel()
	pages := map[string]response{"/a": {http.Header{"Content-Type": {"text/html"}, "Content-Encoding": {"gzip"}, "Etag": {`"x"`}, "Vary": {"Accept-Encoding"}, "X-Other": {"y"}}, []byte("bytes")}}
	for kind, tagged := range map[string]bool{bare: false, same: true} {
		handler := (&Yardstick{Kind: kind, From: "localhost:1"}).handler(pages)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/a", nil))
		h := w.Header()
		if w.Body.String() != "bytes" || h.Get("Content-Type") != "text/html" || h.Get("Content-Encoding") != "gzip" || h.Get("Content-Length") != "5" || h.Get("X-Other") != "" {
			t.Errorf("%s: %q, %v", kind, w.Body, h)
		}
		if got := h.Get("Etag") != "" && h.Get("Vary") != "" && h.Get("Content-Security-Policy") != ""; got != tagged {
			t.Errorf("%s: has the site's headers: %v", kind, got)
		}
		w = httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/b", nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: a page that is not there answers %d", kind, w.Code)
		}
	}
}

// Both yardsticks run as processes of their own, have figures, and are asked for
// a listing and a practice.
func TestYardsticksAreProcesses(t *testing.T) {
	t.Parallel()
	one := &trial{catalogue: &collection{size: 5, maker: maker(t)}, site: serving(t, func(w http.ResponseWriter, _ *http.Request) { page(w, "page") })}
	end, err := one.addYardsticks(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if len(one.tasks) != len(yardsticks)*2*len(concurrencies) {
		t.Fatalf("%d tasks", len(one.tasks))
	}
	for _, todo := range one.tasks {
		r, err := load(t.Context(), todo.to, todo.question, pace{todo.concurrency, time.Millisecond})
		if err != nil || len(r.errors) > 0 || len(r.latencies) < leastAnswers || r.used.allocations <= 0 {
			t.Errorf("%s: %d answers, %v, %v", todo.question.name, len(r.latencies), r.errors, err)
		}
	}
	if one.tasks[0].to.address == one.site.address || one.tasks[0].to == one.tasks[len(one.tasks)-1].to {
		t.Error("the yardsticks are not processes of their own")
	}
	if first := one.tasks[0].question; first.name != bareListing || first.addresses[0] != link.Catalogue(tag) {
		t.Errorf("first %s is asked for: %q", first.name, first.addresses)
	}
}

func TestAYardstickWithoutItsSiteDoesNotStart(t *testing.T) {
	t.Parallel()
	y := Yardstick{Kind: bare, From: "127.0.0.1:1", Pages: []string{"/"}}
	if err := y.Run(t.Context()); err == nil {
		t.Error("it ran")
	}
	one := &trial{catalogue: &collection{size: 5, maker: maker(t)}, site: &process{address: "127.0.0.1:1"}}
	if _, err := one.addYardsticks(t.Context(), nil); err == nil {
		t.Error("it was started")
	}
}
