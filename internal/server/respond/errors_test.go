package respond_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// router is a router with one address and the pages of errors.
func router(s *respond.Responder, pattern string, h respond.Handler) *chi.Mux {
	r := chi.NewRouter()
	r.Use(s.LogRequests, respond.HeadAsGet)
	r.NotFound(s.NotFound)
	r.MethodNotAllowed(s.MethodNotAllowed)
	r.With(s.InLanguage).Get(pattern, s.Page(h))
	return r
}

func TestStatusOfEveryError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want int
	}{
		{respond.ErrNoSuchPage, 404}, {store.ErrNotFound, 404}, {store.Archived{Reason: "x"}, 410},
		{respond.ErrNotAllowed, 403}, {submission.ErrNotYours, 403},
		{submission.ErrConflict, 409}, {submission.ErrState, 409}, {submission.ErrMoved, 409}, {submission.ErrTooLate, 409},
		{respond.TooOften{Wait: time.Minute}, 429}, {respond.ErrBrokenOff, 400}, {respond.ErrTooLarge, 413}, {respond.ErrTooLong, 414},
		{store.ErrAway, 503}, {errors.New("anything else"), 500}, {context.Canceled, 500},
	} {
		if got := respond.StatusOf(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
		if got := respond.StatusOf(fmt.Errorf("while testing: %w", c.err)); got != c.want {
			t.Errorf("%v, wrapped: %d, want %d", c.err, got, c.want)
		}
	}
}

func TestErrorsBecomePages(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	for _, c := range []struct {
		err        error
		status     int
		says       string
		retryAfter string
	}{
		{store.Archived{Reason: "It was <b>too</b> old."}, 410, "It was &lt;b&gt;too&lt;/b&gt; old.", ""},
		{store.ErrAway, 503, "<h1>", respond.RetryAfter},
		{errors.New("secret detail"), 500, "<code>", ""},
	} {
		h := router(s, "/{language}/x", func(*respond.Request) (respond.Response, error) { return respond.Response{}, c.err })
		w := do(h, http.MethodGet, "/el/x")
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) || !strings.Contains(w.Body.String(), `<html lang="el"`) ||
			strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%v: status %d: %s", c.err, w.Code, w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" || w.Header().Get("Retry-After") != c.retryAfter {
			t.Errorf("%v: headers %v", c.err, w.Header())
		}
	}
}

// A page that cannot be rendered is never sent by half.
func TestFailedPageIsNotSent(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newResponder(t, func(c *respond.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "first half")
		return errors.New("no second half")
	})
	w := do(router(s, "/{language}/x", always(respond.Response{Page: half, Cacheable: true})), http.MethodGet, "/en/x", "Accept-Encoding", "gzip")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "first half") || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if id := w.Header().Get(respond.RequestID); !strings.Contains(log.String(), "no second half") || !strings.Contains(w.Body.String(), id) {
		t.Errorf("request %s is not in the log: %s", id, log.String())
	}
}

func TestUnknownAddressesAndMethods(t *testing.T) {
	t.Parallel()
	h := router(newResponder(t, nil), "/{language}/x", always(respond.Response{Page: text("x")}))
	for _, c := range []struct {
		method, path, accept string
		status               int
		language, allow      string
	}{
		{http.MethodGet, "/en/x", "el", 200, "", ""},
		{http.MethodHead, "/en/x", "el", 200, "", ""},
		{http.MethodGet, "/xx/x", "el", 404, "el", ""},
		{http.MethodGet, "/fr/y", "el", 404, "fr", ""},
		{http.MethodGet, "/y", "", 404, "en", ""},
		{http.MethodPost, "/de/x", "el", 405, "de", "GET, HEAD"},
	} {
		w := do(h, c.method, c.path, "Accept-Language", c.accept)
		if w.Code != c.status || !strings.Contains(w.Body.String(), `<html lang="`+c.language+`"`) && c.language != "" || w.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, allow %q", c.method, c.path, w.Code, w.Header().Get("Allow"))
		}
	}
	// The language switcher keeps an address that has a language.
	if w := do(h, http.MethodGet, "/fr/y?z=1"); !strings.Contains(w.Body.String(), `href="/de/y?z=1"`) {
		t.Errorf("the switcher leads elsewhere: %s", w.Body)
	}
}

// What is sent to a page that fails or panics comes back, with a button that sends it again.
func TestFailuresGiveTheFormBack(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	const words = "Words that took an hour"
	for name, fail := range map[string]respond.Handler{
		"an error": func(*respond.Request) (respond.Response, error) {
			return respond.Response{}, errors.New("out of order")
		},
		"a panic": func(*respond.Request) (respond.Response, error) { panic("out of order") },
		"a page that cannot be shown": func(*respond.Request) (respond.Response, error) {
			return respond.Show(templ.ComponentFunc(func(context.Context, io.Writer) error { return errors.New("out of order") })), nil
		},
	} {
		h := chi.NewRouter()
		h.Use(s.LogRequests)
		h.With(s.InLanguage).Post("/{language}/x", s.Page(fail))
		r := httptest.NewRequest(http.MethodPost, "/el/x?y=z", strings.NewReader(url.Values{"text": {words}, "password": {"hidden-words"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusInternalServerError {
			t.Errorf("%s: %d", name, w.Code)
		}
		for _, want := range []string{`<html lang="el"`, `action="/el/x?y=z"`, `name="text" value="` + words + `"`, ">" + words + "</blockquote>", "<code>"} {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: no %s in %s", name, want, w.Body)
			}
		}
		if strings.Contains(w.Body.String(), "hidden-words") || strings.Contains(w.Body.String(), "out of order") {
			t.Errorf("%s tells too much: %s", name, w.Body)
		}
	}
}

func TestPanicsBecomePages(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newResponder(t, func(c *respond.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	w := do(router(s, "/{language}/x", func(*respond.Request) (respond.Response, error) { panic("out of order") }), http.MethodGet, "/el/x")
	if w.Code != 500 || !strings.Contains(w.Body.String(), `<html lang="el"`) || strings.Contains(w.Body.String(), "out of order") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "out of order") || !strings.Contains(log.String(), "status=500") {
		t.Errorf("the log lacks the panic: %s", log.String())
	}
	begun := router(s, "/{language}/x", func(r *respond.Request) (respond.Response, error) {
		r.Writer.WriteHeader(http.StatusAccepted)
		panic("too late")
	})
	if w := do(begun, http.MethodGet, "/en/x"); w.Code != http.StatusAccepted || w.Body.Len() > 0 || !strings.Contains(log.String(), "too late") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("an aborted response ends with %v", got)
		}
	}()
	do(router(s, "/{language}/x", func(*respond.Request) (respond.Response, error) { panic(http.ErrAbortHandler) }), http.MethodGet, "/en/x")
}
