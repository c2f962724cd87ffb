package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/store"
)

// troubled checks an error page: its status, its words in a language, and that it
// offers the search.
func (p page) troubled(status int, tag, name string) {
	p.Helper()
	p.is(status)
	p.in(tag)
	p.says("h1", problemOf(tag, name))
	p.says("title", problemOf(tag, name))
	p.one("input#q")
	if p.header.Get("Cache-Control") != "no-store" || p.header.Get("ETag") != "" {
		p.Errorf("%s: an error is kept: %q, tag %q", p.path, p.header.Get("Cache-Control"), p.header.Get("ETag"))
	}
	if attr(p.one("meta[name=robots]"), "content") != "noindex" {
		p.Errorf("%s: an error may be listed by search engines", p.path)
	}
	p.lacks("link[rel=canonical]")
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		for _, rest := range []string{"/nothing", "/practices/no-such-practice", "/practices/a/b", "/about/us", "/practices/%3Cb%3E"} {
			s.get("/"+l.Tag()+rest, "Accept-Language", "nl, fr").troubled(http.StatusNotFound, l.Tag(), "404")
		}
	}
}

func TestUnknownLanguageAnswersInTheBrowsersLanguage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{"/xx/practices", "/nl", "/EN/practices", "/nothing", "/wp-admin/index.php", "/en-GB/practices"} {
		p := s.get(path, "Accept-Language", "el, fr;q=0.5")
		p.troubled(http.StatusNotFound, "el", "404")
		s.get(path).troubled(http.StatusNotFound, "en", "404")
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions} {
		for _, path := range []string{"/de/practices", "/de/practices/" + ioannina, "/de/help", "/de"} {
			p := s.send(method, path)
			p.troubled(http.StatusMethodNotAllowed, "de", "405")
			if got := p.header.Get("Allow"); got != "GET, HEAD" {
				t.Errorf("%s %s: Allow is %q", method, path, got)
			}
		}
	}
	s.send(http.MethodPost, "/", "Accept-Language", "uk").troubled(http.StatusMethodNotAllowed, "uk", "405")
	s.send(http.MethodPost, "/de/nothing").troubled(http.StatusNotFound, "de", "404")
}

func TestTooMuchAtOnce(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	request := httptest.NewRequest(http.MethodPost, "/fr/practices", strings.NewReader(strings.Repeat("x", 1<<20+1)))
	s.do(request).troubled(http.StatusRequestEntityTooLarge, "fr", "413")
}

func TestTooLongAddresses(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	long := strings.Repeat("verylong", 1_100)
	for _, path := range []string{"/fr/practices?q=" + long, "/fr/" + long, "/fr/practices/" + long} {
		p := s.get(path)
		p.troubled(http.StatusRequestURITooLong, "fr", "414")
		if strings.Contains(p.body, "verylong") {
			t.Errorf("the page of %.20s… repeats it and has %d bytes", path, len(p.body))
		}
	}
	s.get("/"+long, "Accept-Language", "el").troubled(http.StatusRequestURITooLong, "el", "414")
	// Long, but not too long: words are cut, unknown values dropped.
	s.get("/fr/practices?q="+long[:8_000]).leads(http.StatusFound, "/fr/practices?q="+long[:catalogue.MaxWords])
}

// TestPanicIsAPage opens a practice on a server without a store.
func TestPanicIsAPage(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	s.Store = &store.Store{}
	s.restart()
	for _, encoding := range []string{"", "gzip"} {
		p := s.get("/el/practices/"+ioannina, "Accept-Encoding", encoding)
		p.troubled(http.StatusInternalServerError, "el", "500")
		id := p.header.Get("X-Request-Id")
		p.says("article code", id)
		if strings.Contains(p.body, "goroutine") || strings.Contains(p.body, "nil pointer") {
			t.Error("the page tells about the inside")
		}
		if log := s.log.lines(); !strings.Contains(log, "nil pointer") || strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, id) {
			t.Errorf("the failure is not in the log once: %s", log)
		}
		s.log.Reset()
	}
}

func TestListingGoesOnWithoutDatabase(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	for _, path := range []string{"/en/practices", "/el/practices?topic=refugees&sort=title", "/ar/practices?page=2", "/el/practices?q=school", "/en/help", "/en/template"} {
		s.visit(path)
	}
	p := s.get("/el/practices/" + ioannina)
	p.troubled(http.StatusServiceUnavailable, "el", "503")
	if p.header.Get("Retry-After") == "" {
		t.Error("there is no Retry-After")
	}
	if strings.Contains(s.log.lines(), "level=ERROR") {
		t.Errorf("an absent database counts as our failure: %s", s.log.lines())
	}
}

func TestPastTheLastPage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, last := range map[string]string{"/fr/practices?page=99": "/fr/practices?page=14", "/fr/practices?size=50&page=100000": "/fr/practices?size=50&page=6",
		"/fr/practices?country=JP&page=2": "/fr/practices?country=JP", "/fr/practices?q=xyzzy&page=2": "/fr/practices?q=xyzzy"} {
		p := s.get(path)
		p.troubled(http.StatusNotFound, "fr", "page")
		if got := attr(all(p.doc, "ul.ways a")[0], "href"); got != last {
			t.Errorf("%s: the way back leads to %q, want %q", path, got, last)
		}
		s.visit(last)
	}
}

// TestOddAddressesAreNoFailure: senseless addresses do not exist, but they break
// nothing.
func TestOddAddressesAreNoFailure(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, slug := range []string{"%00", "a%00b", "%ff", "%C3%28", "%F0%9F%8F%99", "%27", "..%2f..%2fetc", "%2e%2e", "%25", "A", strings.Repeat("a", 7_000)} {
		if p := s.get("/en/practices/" + slug); p.status != http.StatusNotFound {
			t.Errorf("/en/practices/%.20s: status %d, want 404", slug, p.status)
		}
	}
	for _, language := range []string{"%00", "%ff", "en%00"} {
		if p := s.get("/" + language + "/practices"); p.status != http.StatusNotFound {
			t.Errorf("/%s/practices: status %d, want 404", language, p.status)
		}
	}
}

func TestOddWordsAreNoFailure(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, words := range []string{"'", `"`, `\`, `\'`, ":*", "&|!()", "%", "-", "--", "- -", "or", "or or", "a:b", "<->", "the", strings.Repeat(`"`, 200),
		strings.Repeat("(", 200), strings.Repeat("a ", 99) + "a", strings.Repeat("-x ", 60) + "y", "\U0001f3d9", "\u202e", "e\u0301", "\ufeff", "\ufdd0", "$1", "@words", "{{.Words}}", "{0}"} {
		s.visit("/en/practices?q=" + url.QueryEscape(words))
	}
}
