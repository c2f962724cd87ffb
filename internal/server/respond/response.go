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
	"github.com/go-chi/chi/v5"
)

// Response is what a handler answers: a page or a redirect.
type Response struct {
	Page      templ.Component
	Status    int    // 0 for 200, or for a redirect that suits the method
	Redirect  string // address; empty for none
	Cacheable bool   // whether the page depends on nothing but address and snapshot, so that all strangers may get the same
	Rare      bool   // whether it is not worth the memory to keep it, because there are too many of its kind
	Written   bool   // whether the handler has written the response itself
}

// WriteTime is how long writing a response may take, unless Extend gives more.
const WriteTime = time.Minute

// Extend gives the response more time than others have.
func Extend(w http.ResponseWriter, more time.Duration) {
	// Writers without deadlines, as in tests, need no more time.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(more))
}

// send writes a response with its caching headers.
func (s *Responder) send(r *Request, response Response) {
	switch {
	case response.Written:
	case response.Redirect != "":
		http.Redirect(r.Writer, r.Request, response.Redirect, cmp.Or(response.Status, r.redirectStatus()))
	case !r.isPublic():
		r.Writer.Header().Set("Cache-Control", "private, no-store")
		s.render(r, response)
	case response.Status != 0:
		r.Writer.Header().Set("Cache-Control", "no-store")
		s.render(r, response)
	case response.Cacheable:
		if !r.Unchanged() {
			s.render(r, response)
		}
	case !notModified(r.Writer, r.Request, validity{r.snapshot.tags[r.Tag()], noCache}):
		s.render(r, response)
	}
}

// Unchanged sets the caching headers of what depends on nothing but address and
// snapshot, and sends 304 if the client has it already. A handler that writes its
// response itself asks this first, and writes nothing if so. For people who have
// signed in nothing is kept.
func (r *Request) Unchanged() bool {
	if !r.isPublic() {
		r.Writer.Header().Set("Cache-Control", "private, no-store")
		return false
	}
	tag := r.snapshot.pageTag(r.Tag(), r.RequestURI)
	return notModified(r.Writer, r.Request, validity{[]string{tag}, r.responder.shared})
}

// validity says for how long a response is good: the values of the headers ETag
// and Cache-Control.
type validity struct{ tag, cache []string }

// sharedCache is the Cache-Control of a public page. Browsers ask every time;
// caches in front of the site may send it for the given time without asking, and
// once more while they ask.
func sharedCache(age time.Duration) []string {
	if age <= 0 {
		return noCache
	}
	seconds := strconv.Itoa(int(age.Seconds()))
	return []string{"max-age=0, s-maxage=" + seconds + ", stale-while-revalidate=" + seconds}
}

// notModified sets the caching headers, and sends 304 if the browser has the page
// with that tag.
func notModified(w http.ResponseWriter, r *http.Request, v validity) bool {
	h := w.Header()
	h["Etag"], h["Cache-Control"] = v.tag, v.cache
	known := r.Header.Get("If-None-Match")
	if known == "" || strings.TrimSpace(known) != "*" && !names(known, v.tag[0]) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// names reports whether an If-None-Match header has the tag. Comparison is weak, as
// RFC 9110 (13.1.2) demands.
func names(header, tag string) bool {
	weak := strings.TrimPrefix(tag, "W/")
	for candidate := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(candidate), "W/") == weak {
			return true
		}
	}
	return false
}

// buffers hold pages while they are rendered, so that a failure never sends half
// a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxBuffer is the largest buffer that goes back to the pool, in bytes, so that
// one huge page does not hold its memory for ever.
const maxBuffer = 1 << 20

// borrowBuffer takes a buffer from the pool; giveBack returns it.
func borrowBuffer() (buffer *bytes.Buffer, giveBack func()) {
	buffer = buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	return buffer, func() {
		if buffer.Cap() <= maxBuffer {
			buffers.Put(buffer)
		}
	}
}

// render renders a page, sends it, and caches it if it may be cached.
func (s *Responder) render(r *Request, response Response) {
	buffer, giveBack := borrowBuffer()
	defer giveBack()
	if err := response.Page.Render(r.Context(), buffer); err != nil {
		s.sendError(r, fmt.Errorf("render: %w", err))
		return
	}
	status := cmp.Or(response.Status, http.StatusOK)
	if !Accepts(r.Header.Get("Accept-Encoding"), "gzip") {
		sendPage(r.Writer, status, buffer.Bytes())
		return
	}
	zipped, giveBack := borrowBuffer()
	defer giveBack()
	compress(zipped, buffer.Bytes())
	if response.Cacheable && !response.Rare && r.isPublic() && status == http.StatusOK {
		kept := keptPage{content: bytes.Clone(zipped.Bytes()), tag: r.Writer.Header()["Etag"], route: chi.RouteContext(r.Context()).RoutePattern()}
		r.snapshot.keep(r.RequestURI, kept).send(r.Writer)
		return
	}
	r.Writer.Header().Set("Content-Encoding", "gzip")
	sendPage(r.Writer, status, zipped.Bytes())
}

// Header values that many responses share. They have no spare capacity, so that
// appending to one copies it.
var (
	varying  = []string{"Accept-Encoding, Cookie"} // the language is in the address
	noCache  = []string{"no-cache"}
	htmlType = []string{"text/html; charset=utf-8"}
	gzipped  = []string{"gzip"}
)

func sendPage(w http.ResponseWriter, status int, page []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	w.Write(page)
}
