// Package server turns requests into questions and answers into pages. It
// knows addresses, headers and the kinds of errors; what is asked and what is
// shown it leaves to the catalogue and to the pages.
package server

import (
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"

	"exempla/internal/attachment"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// Server answers the requests of one site.
type Server struct {
	Site       link.Site
	Build      string // what is running; a new build renews every page kept by browsers
	Catalogue  *catalogue.Catalogue
	Store      *store.Store
	Files      *attachment.Folder // where files that people hand in lie
	Log        *slog.Logger
	Now        func() time.Time
	ReviewDays int // within which editors decide as a rule
	Desk       submission.Settings
	Outbox     *mail.Outbox     // what would have been sent; nil unless the site is only tried out
	MailWaits  bool             // no mail server is set, so that mails stay in the queue
	Provider   *signin.Provider // nil where none is set
	Proxies    int              // proxies of ours before the program, whose word on a sender's address is believed

	PageLimit int // selections and searches a minute for one address; 0 for no limit

	// Linger is how long strangers may be shown the catalogue as it was, when it
	// changes again and again. Whoever changes it sees the change at once.
	Linger time.Duration

	leaving  atomic.Bool
	current  atomic.Pointer[edition]
	sessions *scs.SessionManager
	limits   limits
	passkeys *signin.Passkeys // nil where the site's address allows none

	suggester *catalogue.Suggester
}

// Waits of the HTTP server. Slow readers keep their connection, slow senders
// of headers do not: those are how a server is starved.
const (
	headerTime = 10 * time.Second
	writeTime  = time.Minute
	idleTime   = 2 * time.Minute
	maxHeader  = 32 << 10 // bytes; the longest address allowed and room for cookies
)

// HTTP returns a server with sensible waits, to be started on a listener.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
}

// Leave makes /readyz refuse, so that no new visitors are sent here.
func (s *Server) Leave() { s.leaving.Store(true) }
