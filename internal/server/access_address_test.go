package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

const addressPath = "/en/account/address"

// sealed is the latest mail of a kind that waits to be sent.
func (s *site) sealed(kind store.MailKind) store.MailJob {
	s.Helper()
	q, err := s.Store.Queue.State(s.Context(), today)
	if err != nil {
		s.Fatal(err)
	}
	var found store.MailJob
	for _, w := range q.Waiting {
		if w.Job.Mail == kind {
			found = w.Job
		}
	}
	return found
}

// addressLink is the page to which the latest mail of a kind leads.
func (s *site) addressLink(kind store.MailKind) string {
	s.Helper()
	secret, err := s.Store.Accounts.LinkSecret(s.Context(), s.sealed(kind).Token, s.Now())
	if err != nil {
		s.Fatal(err)
	}
	return "/en/address/" + secret
}

// ask asks for another address by the form.
func (c *client) ask(mail string) page {
	c.Helper()
	return c.post(addressPath, "mail", mail, "current", password)
}

// mailOf is the present address of an account.
func (s *site) mailOf(id account.ID) string {
	s.Helper()
	a, err := s.Store.Accounts.Find(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	return a.Mail
}

// A new address needs the password, then both addresses, in any order. A GET confirms
// nothing; with the change all other sessions end.
func TestAddressIsChanged(t *testing.T) {
	t.Parallel()
	for _, order := range [][]store.MailKind{{store.MailOldAddress, store.MailNewAddress}, {store.MailNewAddress, store.MailOldAddress}} {
		s := openPeople(t)
		a := s.person(account.Editor)
		here, there := s.stranger(), s.stranger()
		here.signIn(a)
		there.signIn(a)
		here.visit("/en/account").says("main", "Change your address")
		here.post(addressPath, "mail", "new@city.example", "current", "wrong").says("#problems", "not your current password")
		here.post(addressPath, "mail", "no address", "current", password).says("#problems", "Enter one email address")
		here.ask(strings.ToUpper(a.Mail)).says("#problems", "already your address")
		here.follow(here.ask("New@city.example")).says("#notice", "both addresses")
		here.visit(addressPath).says("main .note", "New@city.example", "UTC")
		for i, kind := range order {
			path := s.addressLink(kind)
			for range 2 { // programs that scan mails open links, too
				p := s.stranger().visit(path)
				p.says("main", "New@city.example", "Confirm")
				if strings.Contains(p.body, a.Mail) {
					t.Error("the page of a link names the present address")
				}
			}
			if got := s.mailOf(a.ID); got != a.Mail {
				t.Fatalf("the address is %s after %d of 2", got, i)
			}
			here.post(path, "act", "confirm").says("main", []string{"the other address has to confirm", "from now on your address is New@city.example"}[i])
			here.get(path).is(http.StatusGone)
		}
		if got := s.mailOf(a.ID); got != "New@city.example" {
			t.Fatalf("the address is %s", got)
		}
		here.visit("/en/account").says("main", "New@city.example")
		there.get("/en/account").is(http.StatusSeeOther)
		if job := s.sealed(store.MailAddressChanged); job.To != a.ID {
			t.Errorf("no mail tells of it: %+v", job)
		}
		s.stranger().post(signInPath, "mail", a.Mail, "password", password).is(http.StatusUnprocessableEntity)
		s.stranger().post(signInPath, "mail", "new@city.example", "password", password).leads(http.StatusSeeOther, "/en/desk")
		var actions []string
		for _, e := range s.events() {
			if strings.HasPrefix(e.Action, "address") && e.Number == int64(a.ID) {
				actions = append(actions, e.Action)
			}
		}
		same(t, "events", actions, []string{store.AddressChanged, store.AddressAsked})
	}
}

// The present address stops a change, its owner does on the page, and a new password
// does; the links lead nowhere then. The new address stops nothing.
func TestAddressChangeIsStopped(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	stop := map[string]func(){
		"the present address": func() {
			path := s.addressLink(store.MailNewAddress)
			s.stranger().visit(path).lacks("button[value=stop]")
			s.stranger().post(path, "act", "stop").is(http.StatusNotFound)
			path = s.addressLink(store.MailOldAddress)
			s.stranger().visit(path).says("button[value=stop]", "Stop the change")
			s.stranger().post(path, "act", "stop").says("main", "The change is stopped")
		},
		"the owner": func() { ana.follow(ana.post(addressPath, "act", "stop")).says("#notice", "The change is stopped") },
		"a new password": func() {
			ana.post("/en/account/password", "current", password, "password", "quite another sentence")
			ana.post("/en/account/password", "current", "quite another sentence", "password", password)
		},
	}
	n := 0
	for who, how := range stop {
		n++
		ana.ask(fmt.Sprintf("new%d@city.example", n))
		how()
		ana.visit(addressPath).lacks("button[value=stop]")
		for _, kind := range []store.MailKind{store.MailOldAddress, store.MailNewAddress} {
			if p := s.stranger().post(s.addressLink(kind), "act", "confirm"); p.status != http.StatusNotFound {
				t.Errorf("%s has stopped it, and the link answers %d", who, p.status)
			}
		}
	}
	if got := s.mailOf(ana.id); got != ana.mail {
		t.Errorf("the address is %s", got)
	}
}

// An address that somebody has is not disclosed: the answers are the same, and its
// owner gets a mail in place of the link.
func TestAddressOfAnotherIsNotDisclosed(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana, ivo, kim := s.as(account.Officer), s.as(account.Officer), s.person(account.Editor)
	free := ana.ask("free@city.example")
	links := []string{s.addressLink(store.MailNewAddress), s.addressLink(store.MailOldAddress)}
	taken := ivo.ask(strings.ToUpper(kim.Mail))
	if free.status != taken.status || free.header.Get("Location") != taken.header.Get("Location") {
		t.Errorf("%d for a free address, %d for another's", free.status, taken.status)
	}
	told := func(c *client, mail string) string {
		c.Helper()
		return strings.NewReplacer(mail, "", c.mail, "").Replace(strings.Join(texts(all(c.visit(addressPath).doc, "main p")), "\n"))
	}
	if a, b := told(ana, "free@city.example"), told(ivo, strings.ToUpper(kim.Mail)); a != b || a == "" {
		t.Errorf("the pages differ:\n%s\n%s", a, b)
	}
	if job := s.sealed(store.MailAddressTaken); job.To != kim.ID || job.Token != 0 || job.By != 0 {
		t.Errorf("the owner is told %+v", job)
	}
	if job := s.sealed(store.MailNewAddress); job.To != ana.id {
		t.Errorf("a link is sent for %+v", job)
	}
	// Somebody may take the address while the change waits.
	ana.post(links[0], "act", "confirm")
	testdb.Exec(t, s.Store, `update account set mail = 'Free@city.example' where id = $1`, int64(kim.ID))
	p := ana.post(links[1], "act", "confirm")
	p.is(http.StatusConflict)
	p.says("main", "already")
	if got := s.mailOf(ana.id); got != ana.mail {
		t.Errorf("the address is %s", got)
	}
}

// Links work for a day, and only those of the latest change.
func TestAddressLinksEnd(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	ana.ask("first@city.example")
	first := s.addressLink(store.MailNewAddress)
	ana.ask("second@city.example")
	s.stranger().post(first, "act", "confirm").is(http.StatusNotFound)
	second := s.addressLink(store.MailNewAddress)
	s.clock = func() time.Time { return today.Add(25 * time.Hour) }
	s.stranger().get(second).is(http.StatusGone)
	s.stranger().post(second, "act", "confirm").is(http.StatusGone)
	s.stranger().get("/en/address/unknown").is(http.StatusNotFound)
	for range 5 {
		ana.ask("many@city.example")
	}
	ana.ask("many@city.example").is(http.StatusTooManyRequests)
}

// Without a password a code of the second factor is asked for, and without one a
// sign-in of just now.
func TestAddressWithoutAPassword(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	testdb.Exec(t, s.Store, `update account set password = ''`)
	ana.post(addressPath, "mail", "new@city.example").leads(http.StatusSeeOther, addressPath)
	testdb.Exec(t, s.Store, `update session set created = now() - interval '11 minutes'`)
	ana.post(addressPath, "mail", "new@city.example").says("#problems", "signed in too long ago")
	codes, hashes := signin.NewRecoveryCodes()
	err := s.Store.Credentials.SetSecondFactor(t.Context(), store.Owner{Account: ana.id, At: today}, store.SecondFactor{Secret: "JBSWY3DPEHPK3PXP", Codes: hashes})
	if err != nil {
		t.Fatal(err)
	}
	ana.visit(addressPath).says("main", "recovery codes")
	ana.post(addressPath, "mail", "new@city.example", "code", "123456").says("#problems", "not valid")
	ana.post(addressPath, "mail", "new@city.example", "code", codes[0]).leads(http.StatusSeeOther, addressPath)
}
