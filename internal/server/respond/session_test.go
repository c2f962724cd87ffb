package respond_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// browser sends requests with the session cookie that it got last.
type browser struct {
	*testing.T
	responder *respond.Responder
	cookie    *http.Cookie
}

// open returns a browser of a site that has a store.
func open(t *testing.T, site link.Site) (*browser, *store.Store) {
	t.Helper()
	db := testdb.Open(t)
	return browse(t, db, site), db
}

// browse returns a browser of a site with a store.
func browse(t *testing.T, db *store.Store, site link.Site) *browser {
	t.Helper()
	change := func(c *respond.Config) {
		c.Site = site
		c.Sessions = db.Sessions
		c.Now = time.Now
	}
	return &browser{T: t, responder: newResponder(t, change)}
}

// send has a handler answer a request of the browser.
func (b *browser) send(method string, h respond.Handler) *httptest.ResponseRecorder {
	b.Helper()
	r := httptest.NewRequest(method, "/en/x", nil)
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	w := httptest.NewRecorder()
	page(b.responder, h).ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		b.cookie = cookie
		if cookie.MaxAge < 0 {
			b.cookie = nil
		}
	}
	return w
}

// newAccount adds an active account.
func newAccount(t *testing.T, db *store.Store, role account.Role) account.ID {
	t.Helper()
	a := account.Account{Role: role, State: account.Active, Name: "Ana", Mail: string(role) + "@example.org"}
	id, err := db.Accounts.AddSample(t.Context(), store.Sample{Account: a, Hash: "x"}, today)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestCookieIsNamedBySite(t *testing.T) {
	t.Parallel()
	db := testdb.Open(t)
	for site, want := range map[link.Site]string{
		"https://exempla.example": "__Host-exempla=", "https://exempla.example:8443": "__Host-exempla=",
		"http://localhost:8123": "exempla-8123=", "http://localhost:8123/": "exempla-8123=", "http://localhost": "exempla-80=", "http://[::1]:8080": "exempla-8080=",
	} {
		b := browse(t, db, site)
		cookie := b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) { return r.Done("account.saved", "/en/y") }).Header().Get("Set-Cookie")
		secure := strings.HasPrefix(string(site), "https:")
		if !strings.HasPrefix(cookie, want) || strings.Contains(cookie, "; Secure") != secure {
			t.Errorf("%s sets the cookie %q, want %s", site, cookie, want)
		}
		for _, attribute := range []string{"; Path=/;", "; HttpOnly", "; SameSite=Lax"} {
			if !strings.Contains(cookie, attribute) {
				t.Errorf("%s: the cookie %q lacks %q", site, cookie, attribute)
			}
		}
	}
}

// A session begins when there is something to remember, not before.
func TestPagesSetNoCookie(t *testing.T) {
	t.Parallel()
	b, _ := open(t, "https://exempla.example")
	w := b.send(http.MethodGet, func(r *respond.Request) (respond.Response, error) {
		if r.Recall("key") != "" {
			t.Error("an empty session remembers something")
		}
		r.Forget("key")
		return respond.Response{Page: text("x")}, nil
	})
	if w.Header().Get("Set-Cookie") != "" || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("headers %v", w.Header())
	}
}

func TestNoticeIsShownOnce(t *testing.T) {
	t.Parallel()
	b, _ := open(t, "https://exempla.example")
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) { return r.Done("account.saved", "/en/y") })
	show := func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Page: text(r.Frame.Notice), Cacheable: true}, nil
	}
	// A redirect shows no page, so the notice waits for the next one.
	b.send(http.MethodGet, always(respond.Response{Redirect: "/en/z"}))
	w := b.send(http.MethodGet, show)
	if w.Body.Len() == 0 || strings.Contains(w.Body.String(), "account.saved") || w.Header().Get("Cache-Control") != "private, no-store" {
		t.Errorf("the notice is %q, with the header %q", w.Body, w.Header().Get("Cache-Control"))
	}
	if w := b.send(http.MethodGet, show); w.Body.Len() > 0 {
		t.Errorf("the notice is shown again: %q", w.Body)
	}
}

func TestSessionRemembersUntilItForgets(t *testing.T) {
	t.Parallel()
	b, _ := open(t, "https://exempla.example")
	recall := func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Page: text(r.Recall("key"))}, nil
	}
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) {
		r.Remember("key", "value")
		return respond.Response{}, respond.ErrNotAllowed // an error does not undo it
	})
	if got := b.send(http.MethodGet, recall).Body.String(); got != "value" {
		t.Errorf("remembered %q", got)
	}
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) {
		r.Forget("key")
		return respond.Response{Page: text("")}, nil
	})
	if got := b.send(http.MethodGet, recall).Body.String(); got != "" {
		t.Errorf("still remembered: %q", got)
	}
}

func TestSignInRenewsTheSession(t *testing.T) {
	t.Parallel()
	b, db := open(t, "https://exempla.example")
	id := newAccount(t, db, account.Editor)
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) {
		r.Remember("key", "planted")
		return respond.Response{Page: text("")}, nil
	})
	planted := b.cookie
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) {
		if err := r.SignIn(id); err != nil {
			return respond.Response{}, err
		}
		if r.Viewer().ID != id || r.Recall("key") != "" {
			t.Errorf("viewer %+v, remembered %q", r.Viewer(), r.Recall("key"))
		}
		return respond.Response{Page: text("")}, nil
	})
	if b.cookie.Value == planted.Value {
		t.Error("the token stays the same")
	}
	name := func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Page: text(string(r.Viewer().Role))}, nil
	}
	w := b.send(http.MethodGet, name)
	if w.Body.String() != "editor" || w.Header().Get("Cache-Control") != "private, no-store" || w.Header().Get("ETag") != "" {
		t.Errorf("%q, headers %v", w.Body, w.Header())
	}
	signedIn := b.cookie
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) {
		err := r.SignOut()
		if !r.Viewer().Stranger() {
			t.Errorf("after signing out the viewer is %+v", r.Viewer())
		}
		return respond.Response{Redirect: "/en"}, err
	})
	if b.cookie != nil {
		t.Errorf("the cookie stays: %v", b.cookie)
	}
	for _, former := range []*http.Cookie{planted, signedIn} {
		b.cookie = former
		if got := b.send(http.MethodGet, name).Body.String(); got != "" {
			t.Errorf("the former cookie is that of an %s", got)
		}
	}
}

func TestOnlySomeRolesAreAllowed(t *testing.T) {
	t.Parallel()
	b, db := open(t, "https://exempla.example")
	id := newAccount(t, db, account.Editor)
	b.send(http.MethodPost, func(r *respond.Request) (respond.Response, error) {
		return respond.Response{Redirect: "/en"}, r.SignIn(id)
	})
	answer := always(respond.Response{Page: text("x")})
	for want, h := range map[int]respond.Handler{200: respond.Only(answer, account.Editor, account.Officer), 403: respond.Only(answer, account.Officer)} {
		if got := b.send(http.MethodGet, h).Code; got != want {
			t.Errorf("an editor gets %d, want %d", got, want)
		}
	}
}

// Without its database the site takes people for strangers, but it does not sign
// them out.
func TestDatabaseAwayIsNotSignedOut(t *testing.T) {
	t.Parallel()
	away, err := store.Open(t.Context(), "postgres://exempla@127.0.0.1:1/nothing?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(away.Close)
	b := &browser{T: t, responder: newResponder(t, func(c *respond.Config) { c.Sessions = away.Sessions }),
		cookie: &http.Cookie{Name: "__Host-exempla", Value: "token"}}
	if w := b.send(http.MethodGet, always(respond.Response{Page: text("public")})); w.Body.String() != "public" || b.cookie == nil {
		t.Errorf("status %d, cookie %v", w.Code, b.cookie)
	}
	w := b.send(http.MethodGet, respond.Only(always(respond.Response{Page: text("x")}), account.Editor))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != respond.RetryAfter {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
}
