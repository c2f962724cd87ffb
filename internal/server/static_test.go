package server_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"exempla/web/static"
)

var fileTypes = map[string]string{"style.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8",
	"icon.svg": "image/svg+xml"}

func TestStaticFilesAreKeptForAYear(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for name, media := range fileTypes {
		p := s.visit(static.Path(name))
		for header, want := range map[string]string{"Content-Type": media, "Content-Encoding": "",
			"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"} {
			if got := strings.Join(p.header.Values(header), ", "); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
		if p.header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: Vary is %q", name, p.header.Values("Vary"))
		}
	}
}

func TestStaticFilesAreCompressedForThoseWhoAccept(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	plain := s.visit(static.Path("style.css")).body
	for accepted, coding := range map[string]string{"gzip": "gzip", "br, gzip;q=0.8": "br", "gzip, br;q=0": "gzip", "GZIP": "gzip", "gzip; q=1.0": "gzip",
		"gzip;q=0": "", "gzip; q=0.0": "", "deflate, br": "br", "": "", "identity": ""} {
		p := s.get(static.Path("style.css"), "Accept-Encoding", accepted)
		p.is(http.StatusOK)
		if got := p.header.Get("Content-Encoding"); got != coding {
			t.Errorf("Accept-Encoding %q: encoded as %q", accepted, got)
			continue
		}
		if got := p.header.Get("Content-Length"); got != strconv.Itoa(len(p.body)) {
			t.Errorf("Accept-Encoding %q: length %s of %d", accepted, got, len(p.body))
		}
		s.get(static.Path("style.css"), "Accept-Encoding", accepted, "If-None-Match", p.header.Get("Etag")).is(http.StatusNotModified)
		if body := unpacked(t, p); body != plain {
			t.Errorf("Accept-Encoding %q: another file arrives", accepted)
		}
	}
}

// unpacked is the body as the reader's browser sees it.
func unpacked(t *testing.T, p page) string {
	t.Helper()
	var read io.Reader = strings.NewReader(p.body)
	switch p.header.Get("Content-Encoding") {
	case "gzip":
		zip, err := gzip.NewReader(read)
		if err != nil {
			t.Fatal(err)
		}
		read = zip
	case "br":
		read = brotli.NewReader(read)
	}
	body, err := io.ReadAll(read)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestStaticFilesOfAnotherBuildAreNotFound(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{"/static/style.000000000000.css", "/static/style.css", "/static/", "/static/../server.go"} {
		p := s.get(path)
		p.is(http.StatusNotFound)
		if strings.Contains(p.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: its absence is kept for a year", path)
		}
	}
}

func TestPagesAreCompressedForThoseWhoAccept(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	plain := s.visit("/en/practices").body
	for accepted, compressed := range map[string]bool{"gzip, br": true, "gzip;q=0": false, "": false} {
		p := s.get("/en/practices", "Accept-Encoding", accepted)
		if got := p.header.Get("Content-Encoding") == "gzip"; got != compressed {
			t.Errorf("Accept-Encoding %q: compressed is %v", accepted, got)
		}
		if !strings.Contains(strings.Join(p.header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("Accept-Encoding %q: Vary is %q", accepted, p.header.Values("Vary"))
		}
		if unpacked(t, p) != plain {
			t.Errorf("Accept-Encoding %q: another page arrives", accepted)
		}
	}
}

// TestPagesAreLight holds the weight of a page over the wire, in bytes, with
// its style and script.
func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, limit := range map[string]int{"/en/practices": 25_000, "/ar/practices": 25_000, "/en/practices/" + ioannina: 20_000} {
		total := 0
		for _, address := range []string{path, static.Path("style.css"), static.Path("app.js")} {
			total += len(s.get(address, "Accept-Encoding", "gzip, br").body)
		}
		if total > limit {
			t.Errorf("%s weighs %d bytes, want at most %d", path, total, limit)
		}
	}
	if script := len(s.get(static.Path("app.js"), "Accept-Encoding", "gzip").body); script > 5_000 {
		t.Errorf("the script weighs %d bytes, want at most 5000", script)
	}
}
