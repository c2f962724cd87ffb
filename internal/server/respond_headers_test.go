package server_test

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/web/static"
)

// every address whose headers are looked at: pages, redirects, files, errors.
var every = []string{"/", "/en", "/en/practices", "/en/practices?topic=", "/en/practices?q=school", "/en/practices/" + ioannina,
	"/en/practices/nothing", "/en/practices?page=99", "/en/help", "/nothing", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/favicon.ico",
	static.Path("style.css"), "/static/nothing.css", "/en/practices?q=" + strings.Repeat("x", 9_000)}

// protection is what every answer says in its headers.
var protection = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
	"Permissions-Policy": "camera=(), geolocation=(), microphone=()", "Set-Cookie": "", "Server": "", "X-Powered-By": ""}

func TestEveryAnswerIsProtected(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range every {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			p := s.send(method, path)
			for name, value := range protection {
				if got := strings.Join(p.header.Values(name), ", "); got != value {
					t.Errorf("%s %.40s: %s is %q, want %q", method, path, name, got, value)
				}
			}
		}
	}
}

func TestTransportSecurityNeedsTLS(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	s.Site = link.Site("http://localhost:8080")
	s.restart()
	if got := s.visit("/en/practices").header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("a site without TLS promises %q", got)
	}
}

// TestPagesObeyThePolicy looks for what the policy would block, or would have
// to be loosened for.
func TestPagesObeyThePolicy(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range append(addresses("en"), "/en/nothing") {
		s.get(path).obeys()
	}
}

// obeys checks that a page runs and loads nothing but its own files.
func (p page) obeys() {
	p.Helper()
	for _, element := range all(p.doc, "script") {
		own := strings.HasPrefix(attr(element, "src"), static.Prefix)
		if !own && attr(element, "type") != "application/ld+json" {
			p.Errorf("%s: a script that is not ours: %q %q", p.path, attr(element, "src"), text(element))
		}
	}
	for _, name := range []string{"img", "iframe", "object", "embed", "style", "base", "video", "audio", "meta[http-equiv]", "[style]", "[srcdoc]", "[formaction]"} {
		p.lacks(name)
	}
	for _, element := range all(p.doc, "[href]") {
		href := strings.ToLower(strings.TrimSpace(attr(element, "href")))
		if scheme, _, ok := strings.Cut(href, ":"); ok && scheme != "http" && scheme != "https" && scheme != "mailto" {
			p.Errorf("%s: a link to %q", p.path, href)
		}
	}
	for element := range p.doc.Descendants() {
		for _, a := range element.Attr {
			if strings.HasPrefix(a.Key, "on") {
				p.Errorf("%s: <%s %s=%q>", p.path, element.Data, a.Key, a.Val)
			}
		}
	}
}

func TestCrossSiteSendingIsRefused(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.send(http.MethodPost, "/el/practices", "Sec-Fetch-Site", "cross-site").troubled(http.StatusForbidden, "el", "elsewhere")
	s.send(http.MethodPost, "/sign-in", "Sec-Fetch-Site", "cross-site", "Accept-Language", "fr").troubled(http.StatusForbidden, "fr", "elsewhere")
	s.send(http.MethodPost, "/en/practices", "Origin", "https://elsewhere.example").is(http.StatusForbidden)
	s.send(http.MethodPost, "/en/practices", "Sec-Fetch-Site", "same-origin").is(http.StatusMethodNotAllowed)
	s.get("/en/practices", "Sec-Fetch-Site", "cross-site").is(http.StatusOK) // a link from elsewhere

	// A proxy may send the name of the machine behind it as Host.
	for from, refused := range map[string]bool{origin: false, "https://elsewhere.example": true, "null": true} {
		p := s.send(http.MethodPost, "http://behind.internal/sign-in", "Origin", from)
		if (p.status == http.StatusForbidden) != refused {
			t.Errorf("from %s behind a proxy: status %d", from, p.status)
		}
	}
}

func TestEveryAnswerHasItsOwnName(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	seen := map[string]bool{}
	for _, path := range every {
		id := s.get(path, "X-Request-Id", "chosen-by-the-sender").header.Get("X-Request-Id")
		if len(id) < 20 || seen[id] || id == "chosen-by-the-sender" {
			t.Errorf("%.40s: request id %q", path, id)
		}
		seen[id] = true
		if !strings.Contains(s.log.lines(), id) {
			t.Errorf("%.40s: request %s is not in the log", path, id)
		}
	}
}

func TestHostHeaderIsNotBelieved(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{"/en/practices", "/en/practices/" + ioannina, "/en/nothing", "/en/practices?topic=", "/"} {
		p := s.get("http://evil.example"+path, "X-Forwarded-Host", "evil.example", "Forwarded", "host=evil.example")
		if strings.Contains(p.body, "evil.example") || strings.Contains(p.header.Get("Location"), "evil.example") {
			t.Errorf("%s repeats the host that the sender names", path)
		}
	}
}

// TestLogIsDiscreet sends words and an address that must not be written down.
func TestLogIsDiscreet(t *testing.T) {
	t.Parallel()
	away := openAway(t)
	for _, s := range []*site{openSample(t), away} {
		for _, path := range []string{"/en/practices?q=secretword", "/en/practices?q=secretword&page=99", "/en/practices?q=secretword&topic=",
			"/en/practices/" + ioannina + "?q=secretword", "/en/nothing?q=secretword"} {
			s.get(path, "X-Forwarded-For", "203.0.113.77", "User-Agent", "secretbrowser", "Cookie", "a=secretcookie", "Referer", "https://secretsite.example/")
		}
		log := s.log.lines()
		for _, secret := range []string{"secret", "203.0.113.77", "192.0.2.1", "q="} {
			if strings.Contains(log, secret) {
				t.Errorf("the log tells %q: %s", secret, log)
			}
		}
		if got := strings.Count(log, "msg=request "); got != 5 {
			t.Errorf("%d lines for 5 requests", got)
		}
	}
}

func TestLogTellsTheRequest(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.get("/en/practices/nothing?topic=roma")
	for _, word := range []string{"method=GET", "path=/en/practices/nothing", "status=404", "bytes=", "took=", "id="} {
		if !strings.Contains(s.log.lines(), word) {
			t.Errorf("the log lacks %q: %s", word, s.log.lines())
		}
	}
}
