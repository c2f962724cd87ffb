// Package respond holds what all handlers share: the request and the response
// as handlers see them, the session, the limits, the errors and their pages, and
// the cache of what was made from one snapshot of the catalogue. It knows no
// address of the site but the language that begins it.
package respond

import (
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
	"exempla/web/page/frame"
)

// Config is what responding depends on.
type Config struct {
	Site      link.Site
	By        frame.Publisher
	Build     string // of the program; a new build invalidates what browsers have cached
	Catalogue *catalogue.Catalogue
	Sessions  *store.Sessions
	Tries     *store.Tries
	Themes    *store.Themes
	Theme     *theme.Current // what is shown to everybody
	Log       *slog.Logger
	Now       func() time.Time

	Traces    bool // requests are traced
	Proxies   int  // trusted proxies in front of the program that append to X-Forwarded-For
	PageLimit int  // selections and searches that one address may ask for in a minute; 0 for no limit

	// Linger is how long strangers may see an earlier snapshot while the catalogue
	// keeps changing. People who have signed in always see the latest.
	Linger time.Duration

	// SharedAge is how long caches in front of the site may send a public page to
	// strangers without asking; 0 if they have to ask every time.
	SharedAge time.Duration
}

// Responder turns handlers into HTTP handlers. It is safe for concurrent use.
type Responder struct {
	Config

	// AskToSignIn answers a stranger who asks for a page that needs an account.
	AskToSignIn Handler

	sessions         *scs.SessionManager
	shared           []string // Cache-Control of what all strangers may get
	current          atomic.Pointer[snapshotCache]
	previewed        atomic.Pointer[theme.Look] // the last one; a version never changes
	pages, enquiries ownLimit
	tally            *tally
}

// New returns a responder. The caller has to set AskToSignIn.
func New(c Config) *Responder {
	if c.Theme == nil {
		c.Theme = &theme.Current{}
	}
	return &Responder{Config: c, sessions: newSessions(c), shared: sharedCache(c.SharedAge),
		pages: newOwnLimit(c.PageLimit, pageWindow), enquiries: newOwnLimit(enquiryTries, enquiryWindow), tally: newTally()}
}

// Handler answers a request. StatusOf says what its errors become.
type Handler func(*Request) (Response, error)

// Page makes an HTTP handler of one that answers with pages. All public pages in
// a language depend on the same data, which their entity tags identify. A browser
// that has the page already gets 304 before it is rendered: at once if the tag
// proves it, else once the handler has found that it exists. Pages for people who
// have signed in are never cached.
func (s *Responder) Page(h Handler) http.HandlerFunc { return s.page(h, false) }

// Upload is a page that takes files: its handler reads a form with files itself.
func (s *Responder) Upload(h Handler) http.HandlerFunc { return s.page(h, true) }

func (s *Responder) page(h Handler, takesFiles bool) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		r := s.newRequest(w, hr)
		defer func() {
			if failure := recover(); failure != nil {
				panic(panicked{failure, r})
			}
		}()
		w.Header()["Vary"] = varying
		s.authenticate(r)
		if to := elsewhere(r); to != "" {
			s.send(r, Response{Redirect: to})
			return
		}
		r.snapshot = s.snapshotOf(r)
		r.Index = r.snapshot.index
		if err := s.limitPages(r); err != nil {
			s.sendError(r, err)
			return
		}
		if err := r.readForm(takesFiles); err != nil {
			s.sendError(r, err)
			return
		}
		response, err := h(r)
		if failed := r.saveSession(response); err == nil {
			err = failed
		}
		if err != nil {
			s.sendError(r, err)
			return
		}
		s.send(r, response)
	}
}

// newRequest is a request of which only the language and the site are known.
func (s *Responder) newRequest(w http.ResponseWriter, r *http.Request) *Request {
	made := &Request{Request: r, Writer: w, Locale: locale.From(r.Context()), Frame: frame.Frame{Site: s.Site}, responder: s}
	s.dress(made, s.Theme.Look())
	return made
}
