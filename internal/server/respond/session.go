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

// noticeKey is where a session keeps the message to be shown once.
const noticeKey = "notice"

// newSessions are sessions kept in the store. They are opened and written by
// hand: the middleware of scs would look a session up for every reader, and
// would write after the response has begun.
func newSessions(c Config) *scs.SessionManager {
	m := scs.New()
	m.Store = c.Sessions
	m.IdleTimeout, m.Lifetime, m.HashTokenInStore = store.SessionIdle, store.SessionLife, true
	m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Path = true, http.SameSiteLaxMode, "/"
	m.Cookie.Name, m.Cookie.Secure = cookieName(string(c.Site))
	return m
}

// cookieName is the name of the session's cookie. With TLS the browser itself
// makes sure that no neighbouring host can set it; without, the port keeps
// servers apart that run on one machine.
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

// recognise finds out who makes the request. It asks the database only if a
// session cookie came. While the database is away the viewer counts as a
// stranger, who may still read what everybody may; r.Away tells that from being
// signed out.
func (s *Responder) recognise(r *Request) {
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
	if key := s.sessions.GetString(ctx, noticeKey); key != "" {
		r.Frame.Notice = r.Locale.T(key)
	}
}

// open gives the context with the session of a request, a new one if there is
// none yet.
func (r *Request) open() context.Context {
	// Without a token there is nothing to look up and nothing to fail.
	if ctx, err := r.sessions().Load(r.Context(), ""); err == nil && ctx != r.Context() {
		r.Request = r.WithContext(ctx)
	}
	return r.Context()
}

func (r *Request) sessions() *scs.SessionManager { return r.responder.sessions }

// Notify makes the next page say what has been done, by the key of a message.
func (r *Request) Notify(key string) { r.Remember(noticeKey, key) }

// Done leads to another address and says there what has been done, by the key
// of a message.
func (r *Request) Done(key, path string) (Response, error) {
	r.Notify(key)
	return Response{Redirect: path}, nil
}

// Remember keeps a text in the session until it is forgotten.
func (r *Request) Remember(name, text string) {
	r.sessions().Put(r.open(), name, text)
	r.changed = true
}

// Recall is what the session remembers; empty for nothing.
func (r *Request) Recall(name string) string { return r.sessions().GetString(r.open(), name) }

// Forget removes a text from the session.
func (r *Request) Forget(name string) {
	if r.Recall(name) != "" {
		r.sessions().Remove(r.open(), name)
		r.changed = true
	}
}

// settle writes the session before the response begins. A notice that is about
// to be shown is not shown again.
func (r *Request) settle(a Response) error {
	if a.Page != nil && r.Frame.Notice != "" {
		r.Forget(noticeKey)
	}
	if !r.changed {
		return nil
	}
	return r.Commit()
}

// Commit writes the session, and the cookie if the browser does not have it.
// The cookie lasts as long as the session may at most; that it ends earlier when
// it is not used is up to the store.
func (r *Request) Commit() error {
	ctx := r.open()
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

// SignIn makes the session that of an account. It gets another token and forgets
// everything, so that a session which somebody else has planted is worth nothing.
func (r *Request) SignIn(id account.ID) error {
	ctx := r.open()
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
	ctx := r.open()
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
