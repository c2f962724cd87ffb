package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"exempla/internal/account"
	"exempla/internal/store"
)

// Names of what a session remembers. A session holds next to nothing: who has
// signed in with it stands in its row, where it can be taken away.
const (
	noticeKey   = "notice"   // message to be shown once
	pendingKey  = "pending"  // who has given the right password and owes a second factor
	passkeyKey  = "passkey"  // challenge that a passkey has to answer
	factorKey   = "factor"   // secret of a second factor that is not confirmed yet
	providerKey = "provider" // what the identity provider's answer has to match
)

// newSessions are sessions kept in the store. They are opened and written by
// hand: the middleware of scs would look for every reader, and it would write
// after the answer has begun.
func (s *Server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = s.Store.Sessions
	m.IdleTimeout, m.Lifetime, m.HashTokenInStore = store.SessionIdle, store.SessionLife, true
	m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Path = true, http.SameSiteLaxMode, "/"
	m.Cookie.Name, m.Cookie.Secure = cookieName(string(s.Site))
	return m
}

// cookieName is that of the session's cookie. With TLS the browser itself makes
// sure that no neighbouring host can set it; without, the port keeps servers
// apart that run on one machine.
func cookieName(site string) (name string, secure bool) {
	host, secure := strings.CutPrefix(site, "https://")
	if secure {
		return "__Host-exempla", true
	}
	if at := strings.LastIndexByte(host, ':'); at > len("http:") {
		return "exempla-" + strings.TrimRight(host[at+1:], "/"), false
	}
	return "exempla-80", false
}

// recognise finds out who makes the request. It asks the database only when a
// session cookie came. While the database is away the visitor counts as a
// stranger, who may still read what everybody may; v.away tells that from
// having signed out.
func (s *Server) recognise(v *visit) error {
	cookie, err := v.r.Cookie(s.sessions.Cookie.Name)
	if err != nil || cookie.Value == "" {
		return nil
	}
	viewer, err := s.Store.Sessions.Viewer(v.r.Context(), cookie.Value)
	var ctx context.Context
	if err == nil {
		ctx, err = s.sessions.Load(v.r.Context(), cookie.Value)
	}
	if err != nil {
		v.away = err
		return nil
	}
	v.r = v.r.WithContext(ctx)
	v.frame.Viewer = viewer
	v.token = s.sessions.Token(ctx)
	if key := s.sessions.GetString(ctx, noticeKey); key != "" {
		v.frame.Notice = v.l.T(key)
	}
	return nil
}

// open gives the session of a visit, a new one if there is none yet.
func (s *Server) open(v *visit) context.Context {
	// Without a token there is nothing to look for and nothing to fail.
	if ctx, err := s.sessions.Load(v.r.Context(), ""); err == nil && ctx != v.r.Context() {
		v.r = v.r.WithContext(ctx)
	}
	return v.r.Context()
}

// notify makes the next page say what has been done. The key is that of a
// message.
func (s *Server) notify(v *visit, key string) { s.remember(v, noticeKey, key) }

// remember keeps a text in the session until it is recalled.
func (s *Server) remember(v *visit, name, text string) {
	s.sessions.Put(s.open(v), name, text)
	v.changed = true
}

// recall is what the session remembers, empty for nothing.
func (s *Server) recall(v *visit, name string) string { return s.sessions.GetString(s.open(v), name) }

// forget removes something from the session.
func (s *Server) forget(v *visit, name string) {
	if s.recall(v, name) != "" {
		s.sessions.Remove(s.open(v), name)
		v.changed = true
	}
}

// settle writes the session before the answer begins. A notice that is about
// to be shown is not shown again.
func (s *Server) settle(v *visit, a answer) error {
	if a.view != nil && v.frame.Notice != "" {
		s.forget(v, noticeKey)
	}
	if !v.changed {
		return nil
	}
	return s.commit(v)
}

// commit writes the session, and the cookie where the browser has not got it.
// The cookie lasts as long as the session may in any case; that it ends earlier
// when nobody uses it is the store's affair.
func (s *Server) commit(v *visit) error {
	ctx := s.open(v)
	token, _, err := s.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	v.changed = false
	if token != v.token {
		s.sessions.WriteSessionCookie(ctx, v.w, token, s.sessions.Deadline(ctx))
		v.token = token
	}
	v.w.Header().Set("Cache-Control", "private, no-store")
	return nil
}

// enter signs an account in. The session gets another token, so that one which
// somebody else has planted is worth nothing.
func (s *Server) enter(v *visit, id account.ID) error {
	ctx := s.open(v)
	for _, name := range []string{pendingKey, passkeyKey, factorKey, providerKey, noticeKey} {
		s.sessions.Remove(ctx, name)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if err := s.commit(v); err != nil {
		return err
	}
	in := store.SignedIn{Account: id, Token: v.token, Agent: v.r.UserAgent(), At: s.Now()}
	if err := s.Store.Sessions.Bind(v.r.Context(), in); err != nil {
		return err
	}
	viewer, err := s.Store.Sessions.Viewer(v.r.Context(), v.token)
	v.frame.Viewer, v.frame.Notice = viewer, ""
	return err
}

// leave ends the session.
func (s *Server) leave(v *visit) error {
	ctx := s.open(v)
	if err := s.sessions.Destroy(ctx); err != nil {
		return err
	}
	v.changed, v.frame.Viewer, v.frame.Notice = false, account.Viewer{}, ""
	if v.token != "" {
		v.token = ""
		s.sessions.WriteSessionCookie(ctx, v.w, "", time.Time{})
	}
	return nil
}
