package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/testdb"
)

const signInPath = "/en/sign-in"

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer, "GR Ioannina")
	ana.visit("/en/help").says(".mast", "Sample officer, Ioannina", "Sign out")
	ana.post("/en/sign-out").leads(http.StatusSeeOther, "/en/practices")
	if ana.token() != "" {
		t.Error("the cookie stays")
	}
	ana.visit("/en/help").says(".mast", "Sign in")
}

// Signing out takes a form, so that a picture on another site cannot sign people
// out.
func TestSigningOutTakesAForm(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	p := ana.get("/en/sign-out")
	p.is(http.StatusMethodNotAllowed)
	if got := p.header.Get("Allow"); got != http.MethodPost {
		t.Errorf("it takes %q", got)
	}
	cross := httptest.NewRequest(http.MethodPost, "/en/sign-out", nil)
	s.do(cross, "Sec-Fetch-Site", "cross-site", "Cookie", "__Host-exempla="+ana.token()).is(http.StatusForbidden)
	ana.visit("/en/account")
}

func TestReadersGetNoCookie(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	for _, path := range []string{"/en/practices", "/en/help", signInPath, "/en/reset", "/en/nothing"} {
		if got := s.get(path).header.Get("Set-Cookie"); got != "" {
			t.Errorf("%s sets %q", path, got)
		}
	}
	if got := s.stranger().post(signInPath, "mail", "nobody@example.org", "password", "x").header.Get("Set-Cookie"); got != "" {
		t.Errorf("a wrong password sets %q", got)
	}
}

func TestCookieIsWellKept(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	cookie := s.stranger().post(signInPath, "mail", a.Mail, "password", password).header.Get("Set-Cookie")
	for _, part := range []string{"__Host-exempla=", "; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax", "; Max-Age=604800"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie lacks %q: %s", part, cookie)
		}
	}
	s.Site = "http://localhost:8123"
	s.restart()
	if cookie = s.stranger().post(signInPath, "mail", a.Mail, "password", password).header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "exempla-8123=") ||
		strings.Contains(cookie, "Secure") {
		t.Errorf("without TLS: %s", cookie)
	}
}

// A token that an attacker has planted is worthless after signing in, even if it is
// that of a session.
func TestTokenChangesOnSignIn(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	thief, ana := s.stranger(), s.stranger()
	thief.post("/en/sign-in/passkey").is(http.StatusOK)
	planted := thief.token()
	if len(planted) < 40 {
		t.Fatalf("no session has begun: %q", planted)
	}
	ana.cookies["__Host-exempla"] = planted
	ana.signIn(s.person(account.Officer))
	if ana.token() == planted {
		t.Error("the token stays the same")
	}
	thief.visit("/en/help").says(".mast", "Sign in")
	before := ana.token()
	thief.cookies["__Host-exempla"] = before
	thief.visit("/en/help").says(".mast", "Sample officer")
	ana.post("/en/sign-out")
	thief.visit("/en/help").says(".mast", "Sign in") // signing out ends the session in every browser
}

func TestWrongAndUnknownGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	known, disabled := s.person(account.Editor), s.person(account.Editor)
	testdb.Exec(t, s.Store, `update account set state = 'disabled' where id = $1`, int64(disabled.ID))
	var bodies []string
	for _, mail := range []string{known.Mail, "nobody@example.org", disabled.Mail} {
		p := s.stranger().post(signInPath, "mail", mail, "password", map[bool]string{true: password, false: "wrong"}[mail == disabled.Mail])
		p.is(http.StatusUnprocessableEntity)
		p.says("#problems", "do not match")
		bodies = append(bodies, strings.ReplaceAll(p.body, mail, "MAIL"))
	}
	if bodies[0] != bodies[1] || bodies[0] != bodies[2] {
		t.Error("the answers differ")
	}
}

func TestStrangersComeBackToWhereTheyWentTo(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Officer)
	for back, want := range map[string]string{
		"/en/practices?q=x&topic=roma": "/en/practices?q=x&topic=roma", "": link.Start("en", account.Officer),
		"https://evil.example/": link.Start("en", account.Officer), "//evil.example": link.Start("en", account.Officer),
		`/\evil.example`: link.Start("en", account.Officer), "javascript:alert(1)": link.Start("en", account.Officer),
		"/\t/evil.example": link.Start("en", account.Officer), "/" + strings.Repeat("x", 5_000): link.Start("en", account.Officer),
	} {
		c := s.stranger()
		c.post(signInPath, "mail", a.Mail, "password", password, "back", back).leads(http.StatusSeeOther, want)
		if len(back) < 1_000 {
			c.get(link.SignIn("en", back)).leads(http.StatusFound, want)
		}
	}
}

func TestTriesAreLimited(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a, other := s.person(account.Editor), s.person(account.Editor)
	for range 10 {
		s.stranger().post(signInPath, "mail", strings.ToUpper(a.Mail), "password", "wrong").is(http.StatusUnprocessableEntity)
	}
	p := s.stranger().post(signInPath, "mail", a.Mail, "password", password)
	p.is(http.StatusTooManyRequests)
	p.says("#problems", "Wait 10 minutes")
	if p.header.Get("Retry-After") != "600" {
		t.Errorf("Retry-After is %q", p.header.Get("Retry-After"))
	}
	s.stranger().signIn(other)
	attacker := s.stranger()
	for range 60 {
		attacker.post(signInPath, "passkey", "x", "mail", "x")
	}
	attacker.post(signInPath, "mail", other.Mail, "password", password).is(http.StatusTooManyRequests)
	s.stranger().signIn(other)
}

func TestAwayIsNotSignedOut(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	ana := s.stranger()
	ana.cookies["__Host-exempla"] = "some token"
	ana.visit("/en/practices").says(".mast", "Sign in")
	ana.get(signInPath).is(http.StatusServiceUnavailable)
	ana.get("/en/account").is(http.StatusServiceUnavailable)
	ana.post("/en/account/password", "x", "y").is(http.StatusServiceUnavailable)
	s.stranger().visit(signInPath)
}

// An address that comes with invisible characters, as copied text does, is the same one.
func TestMailAddressIsReadAsItIsMeant(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	for _, typed := range []string{"\u200b" + a.Mail, a.Mail + "\u2060", " \ufeff" + strings.ToUpper(a.Mail) + "\u00a0"} {
		s.stranger().post(signInPath, "mail", typed, "password", password).is(http.StatusSeeOther)
	}
	hidden := strings.Replace(a.Mail, "@", "\u200b@", 1)
	s.stranger().post(signInPath, "mail", hidden, "password", password).is(http.StatusUnprocessableEntity)
}
