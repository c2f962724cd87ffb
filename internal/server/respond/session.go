package respond

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"exempla/internal/account"
	"exempla/internal/store"
)

// noticeKey is the session's key of the message that the next page shows.
const noticeKey = "notice"

// newSessions returns the manager of sessions in the store. The middleware of scs
// is not used: it would look up a session for every reader and write it only after
// the response has begun.
func newSessions(c Config) *scs.SessionManager {
	m := scs.New()
	m.Store = c.Sessions
	m.IdleTimeout = store.SessionIdle
	m.Lifetime = store.SessionLife
	m.HashTokenInStore = true
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	m.Cookie.Name, m.Cookie.Secure = cookieName(string(c.Site))
	return m
}

// cookieName is the name of the session's cookie. With TLS the prefix __Host- makes
// browsers refuse it from any other host; without TLS the port in the name keeps
// several servers on one machine apart.
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

// authenticate finds the viewer by the session cookie; without a cookie it asks
// nothing of the database. While the database is away the viewer counts as a
// stranger and can still read public pages; r.Away tells that from being signed
// out.
func (s *Responder) authenticate(r *Request) {
	cookie, err := r.Cookie(s.sessions.Cookie.Name)
	if err != nil || cookie.Value == "" {
		return
	}
	viewer, err := s.Sessions.Viewer(r.Context(), cookie.Value)
	var ctx context.Context
	if err == nil {
		ctx, err = s.sessions.Load(r.Context(), cookie.Value)
	}
	if err != nil {
		r.Away = err
		return
	}
	r.Request = r.WithContext(ctx)
	r.Frame.Viewer = viewer
	r.Token = s.sessions.Token(ctx)
	s.preview(r)
	if key := s.sessions.GetString(ctx, noticeKey); key != "" {
		r.Frame.Notice = r.Locale.T(key)
	}
}

// sessionContext is the context with the session of the request, which begins a
// session if there is none yet.
func (r *Request) sessionContext() context.Context {
	// Without a token there is nothing to look up and nothing to fail.
	if ctx, err := r.sessions().Load(r.Context(), ""); err == nil && ctx != r.Context() {
		r.Request = r.WithContext(ctx)
	}
	return r.Context()
}

func (r *Request) sessions() *scs.SessionManager { return r.responder.sessions }

// Notify makes the next page show a message, by its key.
func (r *Request) Notify(key string) { r.Remember(noticeKey, key) }

// Done redirects to a path whose page shows a message, by its key.
func (r *Request) Done(key, path string) (Response, error) {
	r.Notify(key)
	return Response{Redirect: path}, nil
}

// Remember stores a value in the session.
func (r *Request) Remember(name, value string) {
	r.sessions().Put(r.sessionContext(), name, value)
	r.changed = true
}

// Recall returns a value of the session; empty if there is none.
func (r *Request) Recall(name string) string { return r.sessions().GetString(r.sessionContext(), name) }

// Forget removes a value from the session.
func (r *Request) Forget(name string) {
	if r.Recall(name) != "" {
		r.sessions().Remove(r.sessionContext(), name)
		r.changed = true
	}
}

// saveSession writes a changed session before the response begins. A notice that
// the response shows is removed.
func (r *Request) saveSession(response Response) error {
	if response.Page != nil && r.Frame.Notice != "" {
		r.Forget(noticeKey)
	}
	if !r.changed {
		return nil
	}
	return r.Commit()
}

// Commit writes the session, and the cookie if the browser does not have it yet.
// The cookie lasts for the session's longest lifetime; the store ends idle
// sessions earlier.
func (r *Request) Commit() error {
	ctx := r.sessionContext()
	token, _, err := r.sessions().Commit(ctx)
	if err != nil {
		return err
	}
	r.changed = false
	if token != r.Token {
		r.sessions().WriteSessionCookie(ctx, r.Writer, token, r.sessions().Deadline(ctx))
		r.Token = token
	}
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	return nil
}

// SignIn binds the session to an account. The session is emptied and gets a new
// token, so that an attacker who planted the old one gains nothing.
func (r *Request) SignIn(id account.ID) error {
	ctx := r.sessionContext()
	if err := r.sessions().Clear(ctx); err != nil {
		return err
	}
	if err := r.sessions().RenewToken(ctx); err != nil {
		return err
	}
	if err := r.Commit(); err != nil {
		return err
	}
	signedIn := store.SignedIn{Account: id, Token: r.Token, Agent: r.UserAgent(), At: r.responder.Now()}
	if err := r.responder.Sessions.Bind(r.Context(), signedIn); err != nil {
		return err
	}
	viewer, err := r.responder.Sessions.Viewer(r.Context(), r.Token)
	r.Frame.Viewer = viewer
	r.Frame.Notice = ""
	return err
}

// SignOut ends the session.
func (r *Request) SignOut() error {
	ctx := r.sessionContext()
	if err := r.sessions().Destroy(ctx); err != nil {
		return err
	}
	r.changed = false
	r.Frame.Viewer = account.Viewer{}
	r.Frame.Notice = ""
	if r.Token != "" {
		r.Token = ""
		r.sessions().WriteSessionCookie(ctx, r.Writer, "", time.Time{})
	}
	return nil
}
