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
	"exempla/web/page/frame"
)

// Config is what responding depends on.
type Config struct {
	Site      link.Site
	Build     string // the program that is running; a new build renews every page that browsers keep
	Catalogue *catalogue.Catalogue
	Sessions  *store.Sessions
	Log       *slog.Logger
	Now       func() time.Time

	Proxies   int // trusted proxies in front of the program, whose word on a client's address is believed
	PageLimit int // selections and searches that one address may ask for in a minute; 0 for no limit

	// Linger is for how long strangers may be shown an earlier snapshot while the
	// catalogue keeps changing. Whoever has signed in always sees the latest.
	Linger time.Duration
}

// Responder turns handlers into HTTP handlers. It is safe for concurrent use.
type Responder struct {
	Config
	Limits Limits

	// AskToSignIn answers a stranger who asks for a page that needs an account.
	AskToSignIn Handler

	sessions *scs.SessionManager
	current  atomic.Pointer[snapshotCache]
}

// New returns a responder. AskToSignIn is still to be set by the caller.
func New(c Config) *Responder {
	return &Responder{Config: c, Limits: newLimits(c.PageLimit), sessions: newSessions(c)}
}

// Handler answers a request, or says which kind of error there was.
type Handler func(*Request) (Response, error)

// Page makes an HTTP handler of one that answers with pages. Every page that a
// stranger reads depends on the same things and bears the same tag. A browser
// that has the page already is told so before it is rendered, but not before it
// is known to exist. Pages for people who have signed in are never cached.
func (s *Responder) Page(h Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		r := s.newRequest(w, hr)
		w.Header()["Vary"] = varyEncoding
		s.recognise(r)
		r.snapshot = s.snapshot(r.Viewer())
		r.Index = r.snapshot.index
		if err := s.paced(r); err != nil {
			s.refuse(r, err)
			return
		}
		a, err := h(r)
		if failed := r.settle(a); err == nil {
			err = failed
		}
		if err != nil {
			s.refuse(r, err)
			return
		}
		s.send(r, a)
	}
}

// newRequest is a request of which only language and site are known.
func (s *Responder) newRequest(w http.ResponseWriter, r *http.Request) *Request {
	return &Request{Request: r, Writer: w, Locale: locale.From(r.Context()), Frame: frame.Frame{Site: s.Site}, responder: s}
}
