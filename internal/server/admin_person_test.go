package server_test

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
)

// The log calls cities as the reader does: those whose names were changed, and those for
// which somebody is invited or writes from now on. A change that changes nothing is none.
func TestEventLogNamesCities(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	invite := c.visit("/en/people/invite").filled(fields{"mail": "new@city.example", "role": "officer", "city-0": "Vienna, AT"})
	c.posts("/en/people/invite", invite).is(http.StatusSeeOther)
	ana := s.person(account.Officer, "GR Ioannina")
	own := link.Person("en", ana.ID)
	for range 2 {
		c.posts(own, c.visit(own).filled(fields{"role": "officer", "city-0": "Vienna, AT"})).is(http.StatusSeeOther)
	}
	naming := "/en/desk/cities/gr-ioannina"
	c.posts(naming, c.visit(naming).filled(fields{"others": "Janina"})).is(http.StatusSeeOther)

	c.visit("/de/people?q=new@city.example").says(".rows", "Wien (Österreich)")
	c.visit("/de/events?action=invite").says(".rows", "Wien")
	c.visit("/el/events?action=change_cities").says(".rows", "Ιωάννινα", "Βιέννη")
	c.visit("/el/events?action=name_city").says(".rows", "Ιωάννινα")
	file := c.visit("/fr/events.csv?action=name_city").body
	if !strings.HasSuffix(strings.TrimSpace(file), ",Ioannina") {
		t.Errorf("the file says %q", file)
	}
	if n := strings.Count(c.visit("/en/events.csv?action=change_cities").body, "change_cities"); n != 1 {
		t.Errorf("%d changes of cities, want one", n)
	}
}

// Who gets other cities, is barred or let in again learns it by mail.
func TestPeopleAreToldWhatIsDoneToTheirAccount(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	ana := s.person(account.Officer, "GR Ioannina")
	own := link.Person("en", ana.ID)
	c.posts(own, c.visit(own).filled(fields{"role": "officer", "city-0": "Munich, DE"})).is(http.StatusSeeOther)
	c.post(own + "/disable").is(http.StatusSeeOther)
	c.post(own + "/enable").is(http.StatusSeeOther)
	told := map[store.MailKind]bool{}
	for _, w := range queued(s).Waiting {
		told[w.Job.Mail] = told[w.Job.Mail] || w.Job.To == ana.ID && w.Job.By == c.id
		if _, err := s.Store.Queue.Letter(t.Context(), w.Job); err != nil && w.Job.Mail == store.MailCities {
			t.Error(err)
		}
	}
	for _, kind := range []store.MailKind{store.MailCities, store.MailDisabled, store.MailEnabled} {
		if !told[kind] {
			t.Errorf("nobody is told: %s", kind)
		}
	}
}

// Who is no officer any more has no rights left, to texts or to cities; what would be
// nobody's is told to administrators until a colleague can open it.
func TestOfficerWhoLosesTheRole(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	root, ana, bo := s.as(account.Administrator), s.as(account.Officer, "GR Ioannina"), s.as(account.Officer, "NO Bergen")
	at := ana.begins("A desk for newcomers")
	shared := ana.begins("A shared desk")
	ana.posts(shared+"/colleague", fields{"mail": bo.mail}).is(http.StatusSeeOther)
	own := link.Person("en", ana.id)
	alone := root.visit(own)
	alone.says("#alone", "A desk for newcomers", "Ioannina", "Draft")
	if said := text(alone.one("#alone")); strings.Contains(said, "A shared desk") {
		t.Errorf("a colleague can open it: %s", said)
	}
	alone.lacks("#alone[open]")
	root.posts(own, fields{"role": "editor", "city-0": "Ioannina, GR"}).is(http.StatusSeeOther)

	a, err := s.Store.Accounts.Find(t.Context(), ana.id)
	if err != nil || a.Is(account.Officer) || len(a.Cities) > 0 || a.Viewer().SpeaksFor([]account.City{account.NewCity("GR", "Ioannina")}) {
		t.Errorf("left are %+v, %v", a, err)
	}
	for _, path := range []string{at, at + "/summary", shared, shared + "/colleague"} {
		if p := ana.get(path); p.status != http.StatusNotFound && p.status != http.StatusForbidden {
			t.Errorf("%s answers %d", path, p.status)
		}
	}
	ana.posts(at+"/summary", fields{"text": "Words"}).is(http.StatusNotFound)
	ana.posts("/en/submissions/new", fields{"title": "Another", "language": "en", "key": "0123456789"}).is(http.StatusForbidden)
	root.visit(own).says("#alone[open]", "A desk for newcomers")
	bo.visit(shared).says("h1", "A shared desk")

	cy := s.person(account.Officer, "NO Oslo")
	root.posts(link.Person("en", cy.ID), fields{"role": "officer", "city-0": "Ioannina, GR"}).is(http.StatusSeeOther)
	root.visit(own).lacks("#alone")
	other := s.stranger()
	other.signIn(cy)
	other.visit(at).says("h1", "A desk for newcomers")
}
