// Package server is the site: its routing table, its middleware and its static
// files. The handlers are in the packages below, by audience: browse for residents,
// submit for officers, desk for editors, access for signing in, admin for
// administrators, machine and api for programs; respond is what they share.
package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/server/access"
	"exempla/internal/server/admin"
	"exempla/internal/server/api"
	"exempla/internal/server/browse"
	"exempla/internal/server/desk"
	"exempla/internal/server/machine"
	"exempla/internal/server/respond"
	"exempla/internal/server/submit"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/theme"
	"exempla/web/page/frame"
)

// Publisher is who answers for a site.
type Publisher = frame.Publisher

// Config is what a site depends on.
type Config struct {
	Site       link.Site
	By         Publisher
	Security   machine.Security // where weaknesses of the site are reported
	Licence    string           // URL of the licence of the catalogue; empty for CC BY 4.0
	Version    string           // of the program, as a release is called
	Build      string           // of the program; a new build invalidates what browsers have cached
	Catalogue  *catalogue.Catalogue
	Theme      *theme.Current // what the site shows of its own; nil if nothing keeps it in step
	Store      *store.Store
	Files      *attachment.Storage // where uploaded files are kept
	Log        *slog.Logger
	Now        func() time.Time
	ReviewDays int // within which editors usually decide
	Desk       submission.Settings
	Outbox     *mail.Outbox     // of a trial site, which sends no mails; else nil
	MailWaits  bool             // no mail server is configured, so that mails stay in the queue
	Provider   *signin.Provider // nil if none is configured
	Backups    bool             // whether the program is set to make them every night
	Traces     bool             // requests are traced; without, that costs nothing
	Proxies    int              // trusted proxies in front of the program that append to X-Forwarded-For

	Disk func() (free, size int64, ok bool) // in bytes, where uploaded files lie; nil if they are on no disk

	Certificate func(context.Context) (trouble string) // with that of the program, as a kind of admin.Trouble; nil if a proxy has it

	PageLimit int // selections and searches that one address may ask for in a minute; 0 for no limit

	// Linger is how long strangers may see an earlier snapshot while the catalogue
	// keeps changing. People who have signed in always see the latest.
	Linger time.Duration

	// SharedAge is how long caches in front of the site may send a public page to
	// strangers without asking; 0 if they have to ask every time.
	SharedAge time.Duration
}

// Server answers the requests of one site.
type Server struct {
	Config
	respond     *respond.Responder
	browse      *browse.Handlers
	cards       *browse.Cards
	follow      *browse.FollowHandlers
	machine     *machine.Handlers
	api         *api.Handlers
	submit      *submit.Handlers
	authors     submit.ColleagueHandlers
	parts       submit.PartHandlers
	files       *submit.FileHandlers
	desk        *desk.Handlers
	published   *desk.PublishedHandlers
	cityNames   *desk.CityHandlers
	collections *desk.CollectionHandlers
	enquiries   *desk.EnquiryHandlers
	access      *access.Handlers
	account     *access.AccountHandlers
	admin       *admin.Handlers
	state       admin.StateHandlers
	appearance  admin.AppearanceHandlers
	leaving     atomic.Bool
}

// New returns the server of a site. It asks nothing of the store before the first
// request.
func New(c Config) *Server {
	s := &Server{Config: c}
	db, reading := c.Store, c.Store.Reading()
	s.respond = respond.New(respond.Config{Site: c.Site, By: c.By, Build: c.Build, Catalogue: c.Catalogue, Sessions: db.Sessions, Tries: db.Tries,
		Themes: db.Themes, Theme: c.Theme, Log: c.Log, Now: c.Now, Traces: c.Traces, Proxies: c.Proxies, PageLimit: c.PageLimit, Linger: c.Linger, SharedAge: c.SharedAge})
	s.browse = browse.New(browse.Config{Practices: reading.Practices, Submissions: db.Submissions, Collections: reading.Collections, Enquiries: reading.Enquiries, Files: reading.Files, Content: c.Files,
		Log: c.Log, Now: c.Now})
	s.cards = browse.NewCards(s.browse)
	s.follow = &browse.FollowHandlers{Handlers: s.browse, Subscriptions: db.Subscriptions, MailWaits: c.MailWaits}
	s.machine = machine.New(machine.Config{Site: c.Site, Security: c.Security, Licence: s.licence(), Now: c.Now, Practices: reading.Practices, Collections: reading.Collections})
	s.api = &api.Handlers{Config: api.Config{Site: c.Site, Licence: s.licence(), Catalogue: c.Catalogue, Practices: reading.Practices, Collections: reading.Collections,
		Theme: s.respond.Theme, Log: c.Log}}
	s.submit = &submit.Handlers{Practices: db.Practices, Enquiries: db.Enquiries, Submissions: db.Submissions, Accounts: db.Accounts,
		Log: c.Log, Now: c.Now, ReviewDays: c.ReviewDays}
	s.authors = submit.ColleagueHandlers{Handlers: s.submit}
	s.parts = submit.PartHandlers{Handlers: s.submit}
	s.files = &submit.FileHandlers{Handlers: s.submit, Files: db.Files, Content: c.Files}
	s.desk = &desk.Handlers{Practices: db.Practices, Enquiries: db.Enquiries, Submissions: db.Submissions, Accounts: db.Accounts, Events: db.Events,
		Catalogue: c.Catalogue, Log: c.Log, Now: c.Now, ReviewDays: c.ReviewDays, Settings: c.Desk}
	s.published, s.cityNames = &desk.PublishedHandlers{Handlers: s.desk}, &desk.CityHandlers{Handlers: s.desk}
	s.collections = &desk.CollectionHandlers{Handlers: s.desk, Collections: db.Collections}
	s.enquiries = &desk.EnquiryHandlers{Handlers: s.desk}
	s.access = &access.Handlers{Accounts: db.Accounts, Credentials: db.Credentials, Sessions: db.Sessions,
		Provider: c.Provider, Passkeys: passkeys(c), Site: c.Site, Log: c.Log, Now: c.Now}
	s.account = &access.AccountHandlers{Handlers: s.access}
	s.admin = &admin.Handlers{Practices: db.Practices, Accounts: db.Accounts, Events: db.Events, Submissions: db.Submissions, Queue: db.Queue, Outbox: c.Outbox,
		MailWaits: c.MailWaits, Log: c.Log, Now: c.Now}
	s.state = admin.StateHandlers{Handlers: s.admin, Store: db, Version: c.Version, Build: c.Build, Backups: c.Backups, CheckFiles: c.Files.Check, Disk: c.Disk, Certificate: c.Certificate}
	s.appearance = admin.AppearanceHandlers{Handlers: s.admin, Themes: db.Themes}
	s.respond.AskToSignIn = s.access.AskToSignIn
	return s
}

func (s *Server) licence() string { return cmp.Or(s.Licence, ccBy) }

// ccBy is the licence of a catalogue that names none.
const ccBy = "https://creativecommons.org/licenses/by/4.0/"

// passkeys returns the passkeys of the site; nil if its address allows none.
func passkeys(c Config) *signin.Passkeys {
	made, err := signin.NewPasskeys(string(c.Site))
	if err != nil {
		c.Log.Warn("passkeys cannot be used at this address", "site", c.Site, "error", err)
		return nil
	}
	return made
}

// Timeouts of the HTTP server. The one for headers is short, because slow senders
// of headers are a way to exhaust a server.
const (
	headerTime = 10 * time.Second
	idleTime   = 2 * time.Minute
	maxHeader  = 32 << 10 // bytes; the longest address allowed and room for cookies
)

// HTTP returns an HTTP server with timeouts, ready to serve a listener.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, WriteTimeout: respond.WriteTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
}

// Leave makes /readyz fail, so that the proxy sends no more visitors here.
func (s *Server) Leave() { s.leaving.Store(true) }
