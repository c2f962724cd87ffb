package respond_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/server/respond"
)

func TestTransportSecurityIsForTLS(t *testing.T) {
	t.Parallel()
	for site, want := range map[string]string{"https://exempla.example": "max-age=31536000; includeSubDomains", "http://localhost:8080": ""} {
		s := newResponder(t, func(c *respond.Config) { c.Site = link.Site(site) })
		w := do(s.SecurityHeaders(page(s, always(respond.Response{Page: text("x")}))), http.MethodGet, "/en/x")
		if got := w.Header().Get("Strict-Transport-Security"); got != want {
			t.Errorf("%s: %q, want %q", site, got, want)
		}
		if got := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; script-src 'self';") {
			t.Errorf("%s: the policy is %q", site, got)
		}
	}
}

func TestSizesAreLimited(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	limit := func(r *http.Request) int64 {
		if r.URL.Path == "/en/upload" {
			return 100
		}
		return 10
	}
	called := false
	h := s.LimitSize(limit)(page(s, func(r *respond.Request) (respond.Response, error) {
		called = true
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return respond.Response{}, errors.Join(respond.ErrTooLarge, err)
		}
		return respond.Response{Page: text(string(body)), Status: http.StatusOK}, nil
	}))
	for _, c := range []struct {
		path    string
		length  int
		chunked bool
		want    int
	}{
		{"/en/x", 0, false, 200}, {"/en/x", 10, false, 200}, {"/en/x", 11, false, 413}, {"/en/x", 10, true, 200}, {"/en/x", 11, true, 413},
		{"/en/upload", 100, false, 200}, {"/en/upload", 101, true, 413},
		{"/en/" + strings.Repeat("x", 8<<10-4), 0, false, 200}, {"/en/" + strings.Repeat("x", 8<<10-3), 0, false, 414},
		{"/en/x?" + strings.Repeat("x", 8<<10), 0, false, 414},
	} {
		r := httptest.NewRequest(http.MethodPost, c.path, strings.NewReader(strings.Repeat("b", c.length)))
		if c.chunked {
			r.ContentLength = -1
		}
		w := httptest.NewRecorder()
		called = false
		h.ServeHTTP(w, r)
		if called != (c.want == 200 || c.chunked) { // a length that is known is refused at once
			t.Errorf("%.20s with %d bytes: the handler is called: %v", c.path, c.length, called)
		}
		if w.Code != c.want || c.want == 200 && w.Body.Len() != c.length || c.want == 414 && strings.Contains(w.Body.String(), "xxxx") {
			t.Errorf("%.20s with %d bytes: status %d, want %d", c.path, c.length, w.Code, c.want)
		}
	}
}

func TestLogHasOneDiscreetLinePerRequest(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newResponder(t, func(c *respond.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	h := s.LogRequests(page(s, always(respond.Response{Page: text("four"), Status: http.StatusGone})))
	for path, want := range map[string]string{
		"/en/practices?q=secret":                  "path=/en/practices ",
		"/en/invitation/secret":                   "path=/en/invitation/… ",
		"/en/reset/secret":                        "path=/en/reset/… ",
		"/en/" + strings.Repeat("y", 400) + "end": "path=/en/" + strings.Repeat("y", 296) + " ",
	} {
		log.Reset()
		w := do(h, http.MethodGet, path, "Referer", "https://secret.example", "User-Agent", "secret", respond.RequestID, "secret")
		line := log.String()
		if strings.Count(line, "\n") != 1 || strings.Contains(line, "secret") || strings.Contains(line, "192.0.2.1") {
			t.Errorf("%s: the log is %q", path, line)
		}
		for _, part := range []string{want, "method=GET", "status=410", "bytes=4", "id=" + w.Header().Get(respond.RequestID)} {
			if !strings.Contains(line, part) {
				t.Errorf("%s: the log lacks %q: %q", path, part, line)
			}
		}
	}
}

func TestLanguageIsGuessed(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	h := page(s, func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Page: text(r.Tag()), Status: http.StatusOK}, nil
	})
	for _, c := range []struct{ path, accept, want string }{
		{"/el/x", "fr", "el"}, {"/el", "fr", "el"}, {"/x", "fr", "fr"}, {"/x", "nl, uk;q=0.5", "uk"}, {"/", "", "en"}, {"/EL/x", "", "en"},
	} {
		if got := do(h, http.MethodGet, c.path, "Accept-Language", c.accept).Body.String(); got != c.want {
			t.Errorf("%s for %q: %s, want %s", c.path, c.accept, got, c.want)
		}
	}
}
