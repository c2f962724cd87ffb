package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
)

// invite invites a person and returns the path of the link.
func (s *site) invite(i store.Invitation) string {
	s.Helper()
	i.At = s.Now()
	invited, err := s.Store.Accounts.Invite(s.Context(), i)
	if err != nil {
		s.Fatal(err)
	}
	secret, err := s.Store.Accounts.LinkSecret(s.Context(), invited.Token, s.Now())
	if err != nil {
		s.Fatal(err)
	}
	return link.Invitation("en", secret)
}

var anaInvited = store.Invitation{Mail: "ana@example.org", Roles: []account.Role{account.Officer}, Cities: []account.City{account.NewCity("GR", "Ioannina")}}

func TestInvitationIsAccepted(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	path := s.invite(anaInvited)
	ana := s.stranger()
	for range 2 { // looking uses nothing up
		p := ana.visit(path)
		p.says("main", "ana@example.org", "Officer of Ioannina (Greece)")
		if got := p.header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
			t.Errorf("the page may be kept: %q", got)
		}
	}
	p := ana.post(path, "name", "", "password", "password1234", "locale", "fr")
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "Enter your name", "Many people use this password")
	ana.post(path, "name", " Ana  Papadopoulou ", "password", password, "locale", "fr").leads(http.StatusSeeOther, "/en/submissions")
	ana.visit("/en/help").says(".mast", "Ana Papadopoulou")
	a, err := s.Store.Accounts.ByMail(t.Context(), "ana@example.org")
	if err != nil || a.Locale != "fr" || a.State != account.Active {
		t.Errorf("account %+v, %v", a, err)
	}
	other := s.stranger()
	other.get(path).is(http.StatusGone)
	other.get(path).says("h1", "has already been used")
	other.post(path, "name", "Eve", "password", password).is(http.StatusGone)
	other.get(path + "x").is(http.StatusNotFound)
	s.stranger().signIn(a)
	if strings.Contains(s.log.lines(), strings.TrimPrefix(path, "/en/invitation/")) {
		t.Error("the log holds the secret")
	}
}

func TestInvitationEnds(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	path := s.invite(anaInvited)
	s.clock = func() time.Time { return today.Add(store.InvitationTime) }
	s.stranger().get(path).is(http.StatusGone)
	s.stranger().get(path).says("h1", "has expired")
	s.stranger().post(path, "name", "Ana", "password", password).is(http.StatusGone)
}

func TestResetByMail(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	elsewhere := s.stranger()
	elsewhere.signIn(a)
	c := s.stranger()
	var bodies []string
	for _, mail := range []string{a.Mail, "nobody@example.org"} {
		p := c.post("/en/reset", "mail", mail)
		p.is(http.StatusOK)
		bodies = append(bodies, p.body)
	}
	if bodies[0] != bodies[1] {
		t.Error("the answer tells who has an account")
	}
	c.post("/en/reset", "mail", "not an address").is(http.StatusUnprocessableEntity)
	secret, err := s.Store.Accounts.LinkSecret(t.Context(), 1, s.Now())
	if err != nil {
		t.Fatal(err)
	}
	path := link.Reset("en", secret)
	c.visit(path)
	c.post(path, "password", "short").is(http.StatusUnprocessableEntity)
	c.post(path, "password", "quite another sentence").says("main", "signed out everywhere")
	c.post(path, "password", "and one more of them").is(http.StatusGone)
	elsewhere.visit("/en/help").says(".mast", "Sign in")
	c.post(signInPath, "mail", a.Mail, "password", password).is(http.StatusUnprocessableEntity)
	c.post(signInPath, "mail", a.Mail, "password", "quite another sentence").is(http.StatusSeeOther)
	for range 10 {
		c.post("/en/reset", "mail", "nobody@example.org")
	}
	c.post("/en/reset", "mail", a.Mail).is(http.StatusTooManyRequests)
}
