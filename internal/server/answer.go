package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/locale"
	"exempla/web/page"
)

// answer is what a handler found: a page to show, or another address to go to.
type answer struct {
	view   templ.Component
	status int // 0 for 200
	goTo   string
}

// handler answers a request or says what kind of error there was.
type handler func(*http.Request) (answer, error)

// buffers are where pages are rendered, so that a failure in the middle never
// sends half a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKept bounds a buffer that goes back to the pool, in bytes: one huge page
// must not hold its memory for ever.
const maxKept = 1 << 20

// page makes an HTTP handler of one that answers with pages. Every page depends
// on the same things and bears the same tag: while nothing has changed, a
// browser that has the page is told so before any work is done.
func (s *Server) page(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tag := s.entityTag(locale.From(r.Context()))
		if known(r.Header.Get("If-None-Match"), tag) {
			w.Header().Set("ETag", tag)
			w.Header().Set("Cache-Control", "no-cache")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		a, err := h(r)
		switch {
		case err != nil:
			s.fail(w, r, err)
		case a.goTo != "":
			http.Redirect(w, r, a.goTo, max(a.status, http.StatusFound))
		default:
			if a.status == 0 {
				w.Header().Set("ETag", tag)
				w.Header().Set("Cache-Control", "no-cache")
			}
			s.show(w, r, a)
		}
	}
}

// entityTag names the state that pages in a language are made from: the
// program, the language, the catalogue, and the day, on which it depends what
// is still running.
func (s *Server) entityTag(l *locale.Locale) string {
	x := s.Catalogue.Index()
	state := fmt.Sprint(s.Build, l.Tag(), x.Change(), x.Size(), x.Today().Format(time.DateOnly))
	sum := sha256.Sum256([]byte(state))
	return `W/"` + hex.EncodeToString(sum[:8]) + `"`
}

// known reports whether an If-None-Match header names the tag. Comparison is
// weak, as RFC 9110 (13.1.2) demands.
func known(header, tag string) bool {
	weak := strings.TrimPrefix(tag, "W/")
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == weak {
			return true
		}
	}
	return false
}

// show renders a page and sends it.
func (s *Server) show(w http.ResponseWriter, r *http.Request, a answer) {
	buffer := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	defer func() {
		if buffer.Cap() <= maxKept {
			buffers.Put(buffer)
		}
	}()
	if err := a.view.Render(r.Context(), buffer); err != nil {
		s.fail(w, r, fmt.Errorf("render: %w", err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(max(a.status, http.StatusOK))
	w.Write(buffer.Bytes())
}

// problem is the page of an error status, in the reader's language.
func problem(r *http.Request, status int) page.Problem {
	return page.NewProblem(locale.From(r.Context()), status, samePlace(r), r.URL.RawQuery)
}
