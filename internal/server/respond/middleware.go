package respond

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"exempla/internal/link"
	"exempla/internal/locale"
)

// RequestID is the header that names a request, in responses and in the log.
const RequestID = "X-Request-Id"

// Bounds of an address, in bytes: it is as long as every proxy passes on.
const (
	maxAddress = 8 << 10
	maxLogged  = 300 // of a path in the log; the longest real one has half of that
)

// Logged gives every request an id, writes one line when it is done, and turns
// a panic into the page of a failure. The line holds the path but never the
// query, which has search words, nor the secret of a link from a mail, nor the
// client's address.
func (s *Responder) Logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := rand.Text()
		w.Header().Set(RequestID, id)
		wrapped := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			if failure := recover(); failure != nil {
				s.recovered(wrapped, r, failure)
			}
			path := link.Redacted(r.URL.Path)
			s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("id", id), slog.String("method", r.Method),
				slog.String("path", path[:min(len(path), maxLogged)]), slog.Int("status", wrapped.Status()),
				slog.Int("bytes", wrapped.BytesWritten()), slog.Duration("took", time.Since(start)))
		}()
		next.ServeHTTP(wrapped, r)
	})
}

// recovered answers after a panic, unless a response has begun already.
func (s *Responder) recovered(w middleware.WrapResponseWriter, r *http.Request, failure any) {
	if failure == http.ErrAbortHandler {
		panic(failure)
	}
	err := fmt.Errorf("panic: %v\n%s", failure, debug.Stack())
	if w.Status() != 0 {
		s.Log.Error("request failed in the middle of its response", "error", err)
		return
	}
	s.fail(w, r.WithContext(guess(r)), err)
}

// policy allows a page nothing but its own files.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protection is what every response bears. The values are shared by all
// responses, which saves a tenth of the work on a page that is kept.
var protection = map[string][]string{
	"Content-Security-Policy":      {policy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=()"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
}

// Headers sets what protects every response.
func (s *Responder) Headers(next http.Handler) http.Handler {
	secure := strings.HasPrefix(string(s.Site), "https:")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		maps.Copy(h, protection)
		if secure {
			h["Strict-Transport-Security"] = onlySecure
		}
		next.ServeHTTP(w, r)
	})
}

var onlySecure = []string{"max-age=31536000; includeSubDomains"}

// Bounded refuses what is longer than anything the site needs. limit gives the
// most bytes that a request may send.
func (s *Responder) Bounded(limit func(*http.Request) int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			most := limit(r)
			switch {
			case len(r.URL.RawQuery)+len(r.URL.Path) > maxAddress:
				r = r.WithContext(guess(r))
				r.URL = &url.URL{Path: link.Home} // the page of the error must not repeat it
				s.fail(w, r, ErrTooLong)
			case r.ContentLength > most:
				s.fail(w, r.WithContext(guess(r)), ErrTooLarge)
			default:
				if r.Body != http.NoBody {
					r.Body = http.MaxBytesReader(w, r.Body, most)
				}
				next.ServeHTTP(w, r)
			}
		})
	}
}

// HeadAsGet routes HEAD like GET; the HTTP server leaves the body out.
func HeadAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			chi.RouteContext(r.Context()).RouteMethod = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// InLanguage puts the language of the address into the context. An address in
// a language that the interface does not have does not exist.
func (s *Responder) InLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l, ok := locale.Find(chi.URLParam(r, "language"))
		if !ok {
			s.fail(w, r.WithContext(guess(r)), ErrNoSuchPage)
			return
		}
		next.ServeHTTP(w, r.WithContext(locale.With(r.Context(), l)))
	})
}

// Guessed puts the language that guess finds into the context, for addresses
// without one.
func Guessed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(guess(r)))
	})
}

// guess is a context with the language of an address that is not routed: its
// first element if that is a language, else what the browser prefers.
func guess(r *http.Request) context.Context {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	l, ok := locale.Find(first)
	if !ok {
		l = locale.Match(r.Header.Get("Accept-Language"))
	}
	return locale.With(r.Context(), l)
}
