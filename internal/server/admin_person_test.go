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
