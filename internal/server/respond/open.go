package respond

import (
	"encoding/json"
	"net/http"

	"github.com/klauspost/compress/gzip"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/web/page/frame"
)

// problemType is the media type of RFC 9457.
const problemType = "application/problem+json"

// Headers by which scripts of other sites may read what is for everybody anyway. They
// send no cookies along, and may not write.
var (
	anyOrigin   = []string{"*"}
	crossOrigin = []string{"cross-origin"}
	readable    = []string{"ETag, Link, Retry-After"}
	readMethods = []string{"GET, HEAD, OPTIONS"}
	askedWith   = []string{"Accept, If-None-Match"}
	askedAgain  = []string{"86400"} // seconds
)

// embedPolicy lets any site show a page in a frame. Nothing can be done on it, so
// that nobody can be led to do it unawares.
var embedPolicy = []string{"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"}

// Open lets scripts of other sites read the addresses of link.IsOpen, and answers what
// browsers ask before. Those of link.IsEmbed it lets other sites show.
func Open(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if link.IsEmbed(r.URL.Path) {
			h["Content-Security-Policy"], h["Cross-Origin-Resource-Policy"] = embedPolicy, crossOrigin
		}
		if !link.IsOpen(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		h["Access-Control-Allow-Origin"], h["Access-Control-Expose-Headers"], h["Cross-Origin-Resource-Policy"] = anyOrigin, readable, crossOrigin
		if r.Method != http.MethodOptions {
			next.ServeHTTP(w, r)
			return
		}
		h["Access-Control-Allow-Methods"], h["Access-Control-Allow-Headers"], h["Access-Control-Max-Age"] = readMethods, askedWith, askedAgain
		h["Allow"] = readMethods
		w.WriteHeader(http.StatusNoContent)
	})
}

// Data is the middleware of what programs read, which is the same for everybody: it
// counts requests as for pages, compresses, and gives what succeeds the tag by which
// FromCache knows it again. Cookies change nothing.
func (s *Responder) Data(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		r := s.newRequest(w, hr)
		w.Header()["Vary"] = varying
		if err := s.limitPages(r); err != nil {
			s.sendError(r, err)
			return
		}
		// The tag is of a snapshot no later than the one that the handler takes, so that
		// it never stands for more than it has.
		tag := s.snapshot(account.Viewer{}).pageTag(r.Tag(), r.RequestURI)
		out := &dataWriter{ResponseWriter: w, valid: validity{[]string{tag}, s.shared}, zips: Accepts(r.Header.Get("Accept-Encoding"), "gzip")}
		defer out.end()
		next.ServeHTTP(out, r.Request)
	})
}

// dataWriter adds caching and compression to responses that succeed.
type dataWriter struct {
	http.ResponseWriter
	valid validity
	zips  bool
	begun bool
	zip   *gzip.Writer // nil unless the response is compressed
}

// WriteHeader begins the response.
func (w *dataWriter) WriteHeader(status int) {
	h := w.Header()
	w.begun = true
	if status != http.StatusOK {
		h.Set("Cache-Control", "no-store")
	} else {
		h["Etag"], h["Cache-Control"] = w.valid.tag, w.valid.cache
		if w.zips {
			h["Content-Encoding"] = gzipped
			w.zip = compressors.Get().(*gzip.Writer)
			w.zip.Reset(w.ResponseWriter)
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write writes a part of the response.
func (w *dataWriter) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	if w.zip != nil {
		return w.zip.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap returns the writer below, for its deadlines.
func (w *dataWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *dataWriter) end() {
	if w.zip != nil {
		w.zip.Close() // fails only if the client has gone
		compressors.Put(w.zip)
	}
}

// sendProblemJSON sends an error to a program, in the form that the interface has.
func sendProblemJSON(w http.ResponseWriter, view frame.Problem) {
	h := w.Header()
	h.Set("Content-Type", problemType)
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	w.WriteHeader(view.Status)
	body, err := json.Marshal(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail,omitempty"`
	}{http.StatusText(view.Status), view.Status, view.Meta.Title})
	if err == nil { // text and a number cannot fail
		w.Write(append(body, '\n'))
	}
}
