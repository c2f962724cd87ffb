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
	"go.opentelemetry.io/otel/trace"

	"exempla/internal/link"
	"exempla/internal/locale"
)

// RequestID is the header that names a request, in responses and in the log.
const RequestID = "X-Request-Id"

// Bounds of an address, in bytes.
const (
	maxAddress = 8 << 10 // every proxy passes on as much
	maxLogged  = 300     // of a path in the log; the longest real one has half of that
)

// LogRequests gives every request an id, logs and counts it when it is done, and turns a
// panic into an error page. For privacy the log has no query, which holds search
// words, no secret of a link from a mail, and no address of the client.
func (s *Responder) LogRequests(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := rand.Text()
		w.Header().Set(RequestID, id)
		var span trace.Span
		if s.Traces {
			r, span = s.startSpan(r)
		}
		wrapped := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			if failure := recover(); failure != nil {
				s.failAfterPanic(wrapped, r, failure)
			}
			took := time.Since(start)
			s.tally.add(r, wrapped.Status(), took)
			if s.Traces {
				endSpan(span, r, id, wrapped.Status())
			}
			path := link.Redacted(r.URL.Path)
			s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("id", id), slog.String("method", r.Method),
				slog.String("path", path[:min(len(path), maxLogged)]), slog.Int("status", wrapped.Status()),
				slog.Int("bytes", wrapped.BytesWritten()), slog.Duration("took", took))
		}()
		next.ServeHTTP(wrapped, r)
	})
}

// panicked is a panic while a page was made, with the request as it was read by then.
type panicked struct {
	failure any
	request *Request
}

// failAfterPanic sends an error page, unless the response has begun already.
func (s *Responder) failAfterPanic(w middleware.WrapResponseWriter, r *http.Request, failure any) {
	read, known := failure.(panicked)
	if known {
		failure = read.failure
	}
	if failure == http.ErrAbortHandler {
		panic(failure)
	}
	err := fmt.Errorf("panic: %v\n%s", failure, debug.Stack())
	if w.Status() != 0 {
		s.Log.Error("request failed in the middle of its response", "error", err)
		return
	}
	if known {
		s.sendError(read.request, err)
		return
	}
	s.fail(w, r.WithContext(withGuessedLanguage(r)), err)
}

// contentPolicy allows a page nothing but the site's own files.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// securityHeaders are on every response. All responses share the values, which
// saves a tenth of the work on a cached page.
var securityHeaders = map[string][]string{
	"Content-Security-Policy":      {contentPolicy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=()"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
}

// SecurityHeaders sets the headers that protect every response.
func (s *Responder) SecurityHeaders(next http.Handler) http.Handler {
	secure := strings.HasPrefix(string(s.Site), "https:")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		maps.Copy(h, securityHeaders)
		if secure {
			h["Strict-Transport-Security"] = strictTransport
		}
		next.ServeHTTP(w, r)
	})
}

var strictTransport = []string{"max-age=31536000; includeSubDomains"}

// LimitSize refuses addresses and bodies that are longer than anything the site
// needs. limit gives the largest body of a request, in bytes.
func (s *Responder) LimitSize(limit func(*http.Request) int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			maxBody := limit(r)
			switch {
			case len(r.URL.RawQuery)+len(r.URL.Path) > maxAddress:
				r = r.WithContext(withGuessedLanguage(r))
				if !link.IsAPI(r.URL.Path) {
					r.URL = &url.URL{Path: link.Home} // the page of the error must not repeat it
				}
				s.fail(w, r, ErrTooLong)
			case r.ContentLength > maxBody:
				s.fail(w, r.WithContext(withGuessedLanguage(r)), ErrTooLarge)
			default:
				if r.Body != http.NoBody {
					r.Body = newFormBody(w, http.MaxBytesReader(w, r.Body, maxBody))
				}
				next.ServeHTTP(w, r)
			}
		})
	}
}

// SameSite refuses what another site's page sends in the name of a reader. The site's
// own origin is trusted even where a proxy has changed the header Host.
func (s *Responder) SameSite(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	if own, err := url.Parse(string(s.Site)); err == nil && own.Host != "" {
		if err := protection.AddTrustedOrigin(own.Scheme + "://" + own.Host); err != nil {
			s.Log.Warn("forms need the header Host of the public address", "error", err)
		}
	}
	// A mail program sends this from wherever it runs, without cookies. The secret in the
	// address is the proof, and who has it needs nobody's browser.
	protection.AddInsecureBypassPattern("POST /{language}/" + link.FollowPage + "/{secret}/" + link.StopPage)
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		r := s.newRequest(w, hr.WithContext(withGuessedLanguage(hr)))
		s.sendProblem(w, r.Request, problem(r, http.StatusForbidden).WithMessages(r.Locale, "elsewhere"))
	}))
	return protection.Handler(next)
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

// InLanguage puts the language of the address into the context. Addresses in a
// language that the interface does not have do not exist.
func (s *Responder) InLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l, ok := locale.Find(chi.URLParam(r, "language"))
		if !ok {
			s.fail(w, r.WithContext(withGuessedLanguage(r)), ErrNoSuchPage)
			return
		}
		next.ServeHTTP(w, r.WithContext(locale.With(r.Context(), l)))
	})
}

// GuessLanguage puts a language into the context for addresses without one.
func GuessLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(withGuessedLanguage(r)))
	})
}

// withGuessedLanguage is the context of a request with its likely language: the
// first element of the path if that is one, else what the browser prefers.
func withGuessedLanguage(r *http.Request) context.Context {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	l, ok := locale.Find(first)
	if !ok {
		l = locale.Match(r.Header.Get("Accept-Language"))
	}
	return locale.With(r.Context(), l)
}
