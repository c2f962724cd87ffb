package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkUnchanged compares a page with the answer that a browser has it already:
// of one that was asked for before, and of one that nobody has asked for since the
// program began.
func BenchmarkUnchanged(b *testing.B) {
	const kept, fresh = "/en/practices?topic=refugees", "/en/practices?topic=roma&country=IT"
	handler := many(b).Handler()
	ask := func(address, tag string) *discard {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.Header.Set("If-None-Match", tag)
		w := &discard{header: http.Header{}}
		handler.ServeHTTP(w, r)
		return w
	}
	keptTag, freshTag := ask(kept, "").header.Get("ETag"), ask(fresh, "").header.Get("ETag")
	handler = many(b).Handler()
	ask(kept, "")
	for _, c := range []struct {
		name, address, tag string
		status             int
	}{
		{"page asked for before", kept, "", http.StatusOK},
		{"same, unchanged", kept, keptTag, http.StatusNotModified},
		{"other page, unchanged", fresh, freshTag, http.StatusNotModified},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := ask(c.address, c.tag).status; got != c.status {
					b.Fatalf("status %d, want %d", got, c.status)
				}
			}
		})
	}
}
