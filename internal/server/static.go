package server

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"exempla/internal/server/respond"
	"exempla/web/static"
)

// serveStatic sends a static file. Its name changes with its content, so browsers
// may keep it.
func serveStatic(w http.ResponseWriter, r *http.Request) {
	file, ok := static.Find(chi.URLParam(r, "name"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	accepted := r.Header.Get("Accept-Encoding")
	content, coding := file.Content, ""
	switch {
	case respond.Accepts(accepted, "br"):
		content, coding = file.Brotli(), "br"
	case respond.Accepts(accepted, "gzip"):
		content, coding = file.Gzip(), "gzip"
	}
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Etag", file.Tag())
	h.Add("Vary", "Accept-Encoding")
	if coding != "" {
		h.Set("Content-Encoding", coding)
		h.Set("Content-Length", strconv.Itoa(len(content))) // the library leaves it out of what is compressed
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// favicon answers the address that browsers request unasked.
func (s *Server) favicon(w http.ResponseWriter, r *http.Request) {
	icon := s.respond.Logo().Icon()
	if icon == "" {
		w.WriteHeader(http.StatusNoContent) // an error would be told to whoever looks at the console
		return
	}
	http.Redirect(w, r, icon, http.StatusFound)
}

// alive reports that the program runs.
func alive(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) }

// ready reports whether the site can take visitors: from when the catalogue is in
// memory until Leave. It ignores the database, because the listing works without
// it.
func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.leaving.Load() || s.Catalogue.Index() == nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	w.Write([]byte("ready\n"))
}

// writes reports whether the database takes changes, which it does not while it is
// away, and while the server that it leads to is a standby. Reading goes on without.
func (s *Server) writes(w http.ResponseWriter, r *http.Request) {
	writable, err := s.Store.Writable(r.Context())
	switch {
	case err != nil:
		http.Error(w, "the database is away", http.StatusServiceUnavailable)
	case !writable:
		http.Error(w, "the database is read-only", http.StatusServiceUnavailable)
	default:
		w.Write([]byte("writing\n"))
	}
}
