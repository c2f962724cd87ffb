package respond

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
)

// Response is what a handler answers: a page, or another address to go to.
type Response struct {
	Page      templ.Component
	Status    int    // 0 for 200, or for a redirect that suits the method
	Redirect  string // address to go to; empty for none
	Cacheable bool   // whether the page depends on nothing but address and snapshot
	Written   bool   // whether the handler has written the response itself
}

// WriteTime is how long writing a response may take, unless Extend gives more.
const WriteTime = time.Minute

// Extend gives the response more time than others have.
func Extend(w http.ResponseWriter, more time.Duration) {
	// A writer without deadlines, as in tests, needs no more time.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(more))
}

// send writes a response with the headers that tell who may cache it.
func (s *Responder) send(r *Request, a Response) {
	switch {
	case a.Written:
	case a.Redirect != "":
		http.Redirect(r.Writer, r.Request, a.Redirect, cmp.Or(a.Status, r.redirectStatus()))
	case !r.isPublic():
		r.Writer.Header().Set("Cache-Control", "private, no-store")
		s.show(r, a)
	case a.Status != 0:
		r.Writer.Header().Set("Cache-Control", "no-store")
		s.show(r, a)
	case !unchanged(r.Writer, r.Request, r.snapshot.tags[r.Locale]):
		s.show(r, a)
	}
}

// unchanged sets the entity tag, and answers right away if the browser has the
// page with that tag.
func unchanged(w http.ResponseWriter, r *http.Request, tag []string) bool {
	h := w.Header()
	h["Etag"], h["Cache-Control"] = tag, askAgain
	known := r.Header.Get("If-None-Match")
	if known == "" || !matches(known, tag[0]) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// matches reports whether an If-None-Match header names the tag. Comparison is
// weak, as RFC 9110 (13.1.2) demands.
func matches(header, tag string) bool {
	weak := strings.TrimPrefix(tag, "W/")
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == weak {
			return true
		}
	}
	return false
}

// buffers are where pages are rendered, so that a failure halfway never sends
// half a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxBuffer bounds a buffer that goes back to the pool, in bytes: one huge page
// must not hold its memory for ever.
const maxBuffer = 1 << 20

// borrow takes a buffer from the pool, and returns with it the way to give it
// back.
func borrow() (buffer *bytes.Buffer, giveBack func()) {
	buffer = buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	return buffer, func() {
		if buffer.Cap() <= maxBuffer {
			buffers.Put(buffer)
		}
	}
}

// show renders a page, sends it, and keeps it where it may be kept.
func (s *Responder) show(r *Request, a Response) {
	buffer, giveBack := borrow()
	defer giveBack()
	if err := a.Page.Render(r.Context(), buffer); err != nil {
		s.refuse(r, fmt.Errorf("render: %w", err))
		return
	}
	status := cmp.Or(a.Status, http.StatusOK)
	if !AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		sendPage(r.Writer, status, buffer.Bytes())
		return
	}
	zipped, giveBack := borrow()
	defer giveBack()
	compress(zipped, buffer.Bytes())
	if a.Cacheable && r.isPublic() && status == http.StatusOK {
		kept := keptPage{content: bytes.Clone(zipped.Bytes()), tag: r.snapshot.tags[r.Locale]}
		r.snapshot.keep(r.RequestURI, kept).send(r.Writer)
		return
	}
	r.Writer.Header().Set("Content-Encoding", "gzip")
	sendPage(r.Writer, status, zipped.Bytes())
}

// Values of headers that many responses share. Nothing appends to them: they are
// full, so that appending would copy.
var (
	varyEncoding = []string{"Accept-Encoding"}
	askAgain     = []string{"no-cache"}
	htmlType     = []string{"text/html; charset=utf-8"}
	gzipped      = []string{"gzip"}
)

func sendPage(w http.ResponseWriter, status int, page []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	w.Write(page)
}
