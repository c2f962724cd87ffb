package server

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page"
)

// answer is what a handler found: a page to show, or another address to go to.
type answer struct {
	view   templ.Component
	status int // 0 for 200, or for 302 when it leads elsewhere
	goTo   string
	keep   bool // whether the page depends on nothing but address and snapshot
	sent   bool // whether the handler has written the answer itself
}

// handler answers a request or says what kind of error there was.
type handler func(*visit) (answer, error)

// buffers are where pages are rendered, so that a failure in the middle never
// sends half a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxBuffer bounds a buffer that goes back to the pool, in bytes: one huge page
// must not hold its memory for ever.
const maxBuffer = 1 << 20

// page makes an HTTP handler of one that answers with pages. Every page that a
// stranger reads depends on the same things and bears the same tag; a browser
// that has the page is told so before it is rendered, but not before it is known
// to be there. What somebody sees who has signed in is kept by nobody.
func (s *Server) page(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{w: w, r: r, l: locale.From(r.Context())}
		v.frame.Site = s.Site
		w.Header()["Vary"] = varyEncoding
		if err := s.recognise(v); err != nil {
			s.refuse(v, err)
			return
		}
		v.edition = s.edition(v.viewer())
		v.tongue = v.edition.tongues[v.l]
		if err := s.paced(v); err != nil {
			s.refuse(v, err)
			return
		}
		a, err := h(v)
		if failed := s.settle(v, a); err == nil {
			err = failed
		}
		switch {
		case err != nil:
			s.refuse(v, err)
		case a.sent:
		case a.goTo != "":
			http.Redirect(w, v.r, a.goTo, cmp.Or(a.status, v.seeOther()))
		case !v.isPublic():
			w.Header().Set("Cache-Control", "private, no-store")
			s.show(v, a)
		case a.status != 0:
			w.Header().Set("Cache-Control", "no-store")
			s.show(v, a)
		case !v.unchanged():
			s.show(v, a)
		}
	}
}

// visit is one request for a page, on its way to an answer.
type visit struct {
	w        http.ResponseWriter
	r        *http.Request
	l        *locale.Locale // of the pages
	frame    component.Frame
	*edition        // of the catalogue, from which it is answered
	*tongue         // of the edition
	token    string // of the session; empty for none
	away     error  // why the session could not be looked for, if it could not

	changed bool // whether the session has to be written
}

// viewer is whoever makes the request.
func (v *visit) viewer() account.Viewer { return v.frame.Viewer }

// isPublic reports whether the answer is the same for everybody who asks.
func (v *visit) isPublic() bool {
	return onlyReads(v.r) && v.viewer().Stranger() && v.frame.Notice == ""
}

// onlyReads reports whether a request asks for something and changes nothing.
func onlyReads(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// seeOther is how the answer leads to another address: after a form has been
// sent, the browser is to read there, not to send again.
func (v *visit) seeOther() int {
	if v.r.Method == http.MethodPost {
		return http.StatusSeeOther
	}
	return http.StatusFound
}

func (v *visit) acceptsGzip() bool { return acceptsGzip(v.r.Header.Get("Accept-Encoding")) }

// unchanged sets the tag, and answers right away when the browser has the page
// with that tag.
func (v *visit) unchanged() bool {
	return unchanged(v.w, v.r, v.tag)
}

func unchanged(w http.ResponseWriter, r *http.Request, tag []string) bool {
	h := w.Header()
	h["Etag"], h["Cache-Control"] = tag, askAgain
	asked := r.Header.Get("If-None-Match")
	if asked == "" || !known(asked, tag[0]) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// entityTag names the state that pages in a language are made from: the
// program, the language, the catalogue, and the day, on which it depends what
// is still running.
func (s *Server) entityTag(l *locale.Locale, x *catalogue.Index) string {
	return `W/"` + s.Build + "-" + l.Tag() + "-" + strconv.FormatInt(x.Change(), 36) + "-" + x.Today().Format("20060102") + `"`
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

// borrow takes a buffer from the pool, and with it the way to give it back.
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
func (s *Server) show(v *visit, a answer) {
	buffer, giveBack := borrow()
	defer giveBack()
	if err := a.view.Render(v.r.Context(), buffer); err != nil {
		s.refuse(v, fmt.Errorf("render: %w", err))
		return
	}
	status := cmp.Or(a.status, http.StatusOK)
	if !v.acceptsGzip() {
		sendPage(v.w, status, buffer.Bytes())
		return
	}
	zipped, giveBack := borrow()
	defer giveBack()
	compress(zipped, buffer.Bytes())
	if a.keep && v.isPublic() && status == http.StatusOK {
		v.keep(v.r.RequestURI, kept{page: bytes.Clone(zipped.Bytes()), tag: v.tag}).send(v.w)
		return
	}
	v.w.Header().Set("Content-Encoding", "gzip")
	sendPage(v.w, status, zipped.Bytes())
}

// Values of headers that many answers share. Nobody appends to them: they are
// full, so whoever did would get a copy.
var (
	varyEncoding = []string{"Accept-Encoding"}
	askAgain     = []string{"no-cache"}
	htmlType     = []string{"text/html; charset=utf-8"}
	gzipped      = []string{"gzip"}
)

// send answers with the page.
func (k kept) send(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Encoding"], h["Content-Type"], h["Content-Length"] = gzipped, htmlType, k.length
	w.Write(k.page)
}

func sendPage(w http.ResponseWriter, status int, page []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	w.Write(page)
}

// problem is the page of an error status, in the reader's language.
func problem(v *visit, status int) page.Problem {
	p := page.NewProblem(v.l, status, samePlace(v.r), v.r.URL.RawQuery)
	p.Meta.Frame = v.frame
	return p
}
