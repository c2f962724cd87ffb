package server_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// pagesOfAdministrators are all their addresses that show a page.
var pagesOfAdministrators = []string{"/en/people", "/en/people/invite", "/en/people/1", "/en/people/1/disable", "/en/people/1/erase",
	"/en/people/1/reset-factor", "/en/events", "/en/events.csv", "/en/mail-queue", "/en/state"}

// Strangers are sent to sign in; officers and editors get 403 for every page.
func TestOnlyAdministratorsManagePeople(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	posts := []string{"/en/people/invite", "/en/people/1", "/en/people/1/disable", "/en/people/1/enable", "/en/people/1/erase",
		"/en/people/1/reset-factor", "/en/people/1/remind", "/en/mail-queue/1"}
	for _, role := range []account.Role{account.Officer, account.Editor} {
		c := s.as(role, "GR Ioannina")
		for _, path := range pagesOfAdministrators {
			c.get(path).is(http.StatusForbidden)
		}
		for _, path := range posts {
			c.post(path).is(http.StatusForbidden)
		}
	}
	stranger := s.stranger()
	for _, path := range pagesOfAdministrators {
		stranger.get(path).leads(http.StatusSeeOther, link.SignIn("en", path))
	}
	for _, path := range posts {
		stranger.post(path).is(http.StatusUnauthorized)
	}
}

func TestInviting(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	c.visit("/en/people/invite").says("main", "Invite somebody")
	wrong := c.post("/en/people/invite", "mail", "not an address", "role", "officer", "locale", "el", "city-3", "Ioannina")
	wrong.is(http.StatusUnprocessableEntity)
	wrong.says(".problems", "Enter one email address", "“Ioannina” needs a city")
	if attr(wrong.one("#mail"), "value") != "not an address" || attr(wrong.one("#city-0"), "value") != "Ioannina" ||
		attr(wrong.one("#city-0"), "aria-invalid") != "true" || len(all(wrong.doc, "#locale option[selected]")) != 1 {
		t.Errorf("what was typed is lost: %s", wrong.body)
	}
	c.post("/en/people/invite", "mail", "a@city.example", "role", "officer").says(".problems", "Enter at least one city")
	c.post("/en/people/invite", "mail", "a@city.example", "role", "king").says(".problems", "Choose at least one role")

	done := c.post("/en/people/invite", "mail", "New@city.example", "role", "officer", "locale", "el", "city-0", "Ioannina, gr", "city-5", "Bergen, NO")
	a, err := s.Store.Accounts.ByMail(t.Context(), "new@city.example")
	if err != nil {
		t.Fatal(err)
	}
	done.leads(http.StatusSeeOther, link.Person("en", a.ID))
	if a.State != account.Invited || a.Locale != "el" || len(a.Cities) != 2 {
		t.Errorf("invited %+v", a)
	}
	c.follow(done).says("#notice", "on its way")
	if q := queued(s); len(q.Waiting) != 1 || q.Waiting[0].Job.Mail != store.MailInvitation || q.Waiting[0].Job.To != a.ID {
		t.Errorf("%+v", q)
	}
	c.follow(c.post(fmt.Sprintf("/en/people/%d/remind", a.ID))).says("#notice", "A new invitation")
	if q := queued(s); len(q.Waiting) != 2 || q.Waiting[0].Job.Token == q.Waiting[1].Job.Token {
		t.Errorf("%+v", q)
	}
	taken := c.post("/en/people/invite", "mail", c.mail, "role", "editor")
	taken.is(http.StatusUnprocessableEntity)
	taken.says(".problems", "There is already an account with this email address")
}

func queued(s *site) store.QueueState {
	s.Helper()
	q, err := s.Store.Queue.State(s.Context(), today)
	if err != nil {
		s.Fatal(err)
	}
	return q
}

// Rows for cities are added in the form, and nothing that was typed is lost.
func TestAnotherRowForACity(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	admin := s.as(account.Administrator)
	ana := s.person(account.Officer, "GR Ioannina")
	for _, path := range []string{"/en/people/invite", link.Person("en", ana.ID)} {
		p := admin.visit(path)
		form := p.filled(fields{"city-0": "Ioannina, GR", "city-1": "nowhere", "mail": "half", "role": "officer|editor"})
		for more := range 3 {
			button := p.one("button[name=rows]")
			form["rows"] = attr(button, "value")
			p = admin.posts(path, form)
			p.is(http.StatusOK)
			p.lacks("#problems")
			same(t, path, attrs(all(p.doc, "input[list=cities]"), "value")[:2], []string{"Ioannina, GR", "nowhere"})
			if got := len(all(p.doc, "input[list=cities]")); got < 4+more {
				t.Errorf("%s: %d rows after %d more", path, got, more+1)
			}
			same(t, "roles", attrs(all(p.doc, "input[name=role][checked]"), "value"), []string{"officer", "editor"})
		}
		if strings.HasSuffix(path, "invite") && attr(p.one("#mail"), "value") != "half" {
			t.Error("the address is lost")
		}
		delete(form, "rows")
		admin.posts(path, form).is(http.StatusUnprocessableEntity)
	}
}

func TestListOfPeople(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	testdb.Exec(t, s.Store, `insert into account (role, state, name, mail, handle, created)
		select 'officer', case when n > 60 then 'disabled' else 'active' end, 'Person ' || lpad(n::text, 3, '0'), 'p' || n || '@city.example', n::text::bytea, now()
		from generate_series(1, 120) n`)
	first := c.visit("/en/people?role=officer&state=active")
	first.says("main", "60 people", "Page 1 of 2", "Person 050")
	if n := len(all(first.doc, ".rows li")); n != store.AccountsPerPage {
		t.Errorf("%d people on a page", n)
	}
	next := attr(first.one("a[rel=next]"), "href")
	second := c.visit(next)
	second.says("main", "Person 051", "Person 060", "Page 2 of 2")
	second.lacks("a[rel=next]")
	c.visit("/en/people?q=P77%40CITY").says(".rows", "Person 077")
	c.visit("/en/people?q=nobody").says(".empty", "Nobody matches what you chose")
	// Unknown values are left out; a page too far is the last one.
	c.visit("/en/people?role=king&state=odd&page=999").says("main", "121 people", "Page 3 of 3")
	c.visit("/en/people?q=%00%FF&page=-1").says("main", "121 people")
	c.visit("/ar/people").in("ar")
}

func TestChangingAPerson(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	other := s.stranger()
	ana := s.person(account.Officer, "GR Ioannina")
	other.signIn(ana)
	other.visit("/en/submissions")
	own := link.Person("en", ana.ID)
	c.visit(own).says("main", "Ioannina (Greece)", ana.Mail)
	wrong := c.post(own, "role", "officer", "city-0", "Atlantis, XX")
	wrong.is(http.StatusUnprocessableEntity)
	wrong.says(".problems", "“Atlantis, XX” needs a city")
	c.follow(c.post(own, "role", "officer", "city-0", "Bergen, NO", "city-1", "Bergen, NO")).says("#notice", "saved")
	if a := s.known(ana.ID); len(a.Cities) != 1 || a.Cities[0].Slug != "bergen" {
		t.Errorf("cities: %+v", a.Cities)
	}
	c.follow(c.post(own, "role", "editor", "city-0", "Bergen, NO"))
	if a := s.known(ana.ID); a.Role != account.Editor || len(a.Cities) != 0 {
		t.Errorf("%+v", a)
	}
	other.get("/en/submissions").is(http.StatusForbidden)

	c.visit(own+"/disable").says("main", "Disable the account of "+ana.Name, "signed out at once")
	c.follow(c.post(own+"/disable")).says("main", "Disabled")
	other.get("/en/submissions").leads(http.StatusSeeOther, link.SignIn("en", "/en/submissions"))
	c.follow(c.post(own+"/enable")).says("#notice", "can be used again")

	c.visit(own+"/erase").says("main", "This cannot be undone")
	gone := c.follow(c.post(own + "/erase"))
	gone.says("h1", "Erased account")
	gone.lacks("main form")
	if strings.Contains(gone.body, ana.Mail) || strings.Contains(gone.body, ana.Name) {
		t.Error("the page still names them")
	}
	c.get(own + "/erase").is(http.StatusNotFound)
	c.post(own + "/erase").is(http.StatusNotFound)
	for _, path := range []string{"/en/people/0", "/en/people/01", "/en/people/x", "/en/people/99999", "/en/people/9999999999999999999"} {
		c.get(path).is(http.StatusNotFound)
	}
}

func (s *site) known(id account.ID) account.Account {
	s.Helper()
	a, err := s.Store.Accounts.Find(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

// Administrators cannot change their own account, so one always remains.
func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	own := link.Person("en", c.id)
	p := c.visit(own)
	p.says(".note", "your own account")
	p.lacks("main form")
	for _, path := range []string{own, own + "/disable", own + "/erase", own + "/remind"} {
		c.post(path, "role", "officer", "city-0", "Bergen, NO").is(http.StatusForbidden)
	}
	second := s.as(account.Administrator)
	c.follow(c.post(link.Person("en", second.id), "role", "editor")).says("#notice", "saved")
	second.get("/en/people").is(http.StatusForbidden)
	if a := s.known(c.id); a.Role != account.Administrator || a.State != account.Active {
		t.Errorf("%+v", a)
	}
}

func TestEventLog(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	ana := s.person(account.Officer, "GR Ioannina")
	c.post(link.Person("en", ana.ID) + "/disable").is(http.StatusSeeOther)
	c.post(link.Person("en", ana.ID) + "/erase").is(http.StatusSeeOther)
	testdb.Exec(t, s.Store, `insert into event (at, account, action, subject, number, from_state, to_state)
		select '2025-01-01'::timestamptz + n * interval '1 day', $1, 'submit', 'submission', n, 'draft', 'submitted' from generate_series(1, 150) n`, int64(ana.ID))

	first := c.visit("/en/events?action=submit")
	if n := len(all(first.doc, ".rows li")); n != 100 {
		t.Errorf("%d events on a page", n)
	}
	for _, phrase := range []string{"Erased account", "submitted", "EX-00150", "from “", "31 May 2025, 00:00 UTC"} {
		if got := text(all(first.doc, ".rows li")[0]); !strings.Contains(got, phrase) {
			t.Errorf("the newest event says %q, want %q", got, phrase)
		}
	}
	older := c.visit(attr(first.one("a[rel=next]"), "href"))
	if n := len(all(older.doc, ".rows li")); n != 50 {
		t.Errorf("%d older events", n)
	}
	older.lacks("a[rel=next]")
	day := c.visit("/en/events?from=2025-01-10&to=2025-01-10")
	day.says(".rows", "EX-00009")
	if n := len(all(day.doc, ".rows li")); n != 1 {
		t.Errorf("%d events of one day", n)
	}
	c.visit("/en/events?subject=submission&number=EX-00012").says(".rows", "EX-00012")
	c.visit("/en/events?before=9223372036854775807").says(".rows", "EX-") // more than 32 bits
	mine := c.visit("/en/events?who=" + c.mail + "&subject=account")
	mine.says(".rows", "disabled", "erased", "Erased account")
	c.visit("/en/events?who=nobody").says(".empty", "Nothing of that kind")
	c.visit("/en/events?action=odd&subject=odd&number=x&from=odd&to=2025-99-99&before=-3").says("main", "Older events")
}

// The file holds what the filter finds, however much it is, and nothing that a
// spreadsheet would run.
func TestExportOfTheEventLog(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	ana := s.person(account.Officer, "GR Ioannina")
	testdb.Exec(t, s.Store, `update account set name = '=cmd|'' /C calc''!A0' where id = $1`, int64(ana.ID))
	testdb.Exec(t, s.Store, `insert into event (at, account, action, subject, number, from_state, to_state)
		select '2025-01-01'::timestamptz, $1, 'submit', 'submission', n, 'draft', 'submitted' from generate_series(1, 1000) n`, int64(ana.ID))
	p := c.visit("/en/events.csv?action=submit")
	if p.header.Get("Content-Disposition") != `attachment; filename="exempla-events-2025-06-15.csv"` || p.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%v", p.header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1001 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := strings.Join(rows[1][1:], "|"); got != fmt.Sprintf("2025-01-01T00:00:00Z|%d|'=cmd|' /C calc'!A0|submit|submission|1000|draft|submitted|0|0||||||EX-01000", ana.ID) {
		t.Errorf("the first row is %s", got)
	}
	c.visit("/en/events.csv?who=nobody").says("body", "number,time")
}

// A lost second factor is removed when an administrator confirms it; the person is
// signed out and told.
func TestSecondFactorIsReset(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c, ana := s.as(account.Administrator), s.as(account.Officer, "GR Ioannina")
	own := link.Person("en", ana.id)
	offered := func() bool { return strings.Contains(text(c.visit(own).one("main")), "Reset the second step") }
	if offered() {
		t.Error("there is nothing to reset")
	}
	ana.factor()
	if !offered() {
		t.Error("it is not offered")
	}
	c.visit(own+"/reset-factor").says("main", "Reset the second step of "+s.known(ana.id).Name)
	c.follow(c.post(own+"/reset-factor")).says("#notice", "second step has been removed")
	if s.known(ana.id).TwoFactor {
		t.Error("the second factor is still asked for")
	}
	ana.get("/en/account").is(http.StatusSeeOther)
	ana.post("/en/sign-in", "mail", ana.mail, "password", password).is(http.StatusSeeOther)
	c.visit("/en/events?action=second_factor_reset").says(".rows", "second step reset", s.known(ana.id).Name)
	var told bool
	for _, w := range queued(s).Waiting {
		told = told || w.Job.Mail == store.MailSecondReset && w.Job.To == ana.id && w.Job.By == c.id
	}
	if !told {
		t.Error("the person is not told")
	}
}

// The list says when people last signed in, and how many wrong passwords there were
// since; the log has those of unknown addresses too.
func TestSignInsAreSeen(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	ana := s.person(account.Officer, "GR Ioannina")
	c.visit("/en/people?role=officer").says(".rows", "never signed in")
	wrong := func(mail string) {
		s.stranger().post("/en/sign-in", "mail", mail, "password", "wrong").is(http.StatusUnprocessableEntity)
	}
	wrong(ana.Mail)
	s.stranger().signIn(ana)
	list := c.visit("/en/people?role=officer")
	list.says(".rows", "last signed in on 15 June 2025")
	if strings.Contains(text(list.one(".rows")), "wrong") {
		t.Error("a wrong password before the last sign-in is counted")
	}
	wrong(ana.Mail)
	wrong(ana.Mail)
	wrong("nobody@city.example")
	c.visit("/en/people?role=officer").says(".rows", "2 wrong passwords since")
	log := c.visit("/en/events?action=password_failed")
	if n := len(all(log.doc, ".rows li")); n != 4 {
		t.Errorf("%d wrong passwords in the log", n)
	}
}

// The log and its file say why.
func TestEventLogSaysWhy(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c, kim := s.as(account.Administrator), s.person(account.Editor)
	made := practice.Practice{Slug: "a-desk", Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"education"},
		Texts: []practice.Text{{Language: "fr", State: practice.Original, TitleLanguage: "fr", Title: "Un bureau", Summary: "Un bureau."}}}
	if _, err := s.Store.Practices.Import(t.Context(), []practice.Practice{made}, today, func(int) {}); err != nil {
		t.Fatal(err)
	}
	step := submission.PracticeStep{Action: submission.Archive, By: account.Viewer{ID: kim.ID, Role: account.Editor}, At: today, Reason: "=Trop vieux", Language: "fr"}
	if err := s.Store.Practices.Advance(t.Context(), "a-desk", step); err != nil {
		t.Fatal(err)
	}
	log := c.visit("/en/events?action=archive")
	log.says(".rows", "Un bureau", "=Trop vieux")
	if attr(log.one(".rows q"), "lang") != "fr" {
		t.Error("the reason does not say its language")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.visit("/en/events.csv?action=archive").body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || strings.Join(rows[1][10:], "|") != "0||Un bureau||'=Trop vieux|fr|Un bureau" {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestMailQueue(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	c.visit("/en/mail-queue").says(".empty", "No email is waiting")
	s.MailWaits = true
	s.restart()
	c.visit("/en/mail-queue").says(".note", "No mail server is set")
	s.MailWaits = false
	s.restart()
	for _, name := range []string{"a", "b", "c"} {
		c.post("/en/people/invite", "mail", name+"@city.example", "role", "editor")
	}
	testdb.Exec(t, s.Store, `update river_job set state = 'retryable', attempt = 3, scheduled_at = '2025-06-15 13:00Z', errors = array['{"error": "away"}']::jsonb[] where id = 1`)
	testdb.Exec(t, s.Store, `update river_job set state = 'cancelled', attempt = 1, finalized_at = now(), errors = array['{"error": "JobCancelError: refused 550"}']::jsonb[] where id = 2`)
	testdb.Exec(t, s.Store, `update river_job set state = 'discarded', attempt = 128, finalized_at = now(), errors = array['{"error": "x@y.example broke"}']::jsonb[] where id = 3`)
	p := c.visit("/en/mail-queue")
	p.says("main", "Given up", "refused this recipient", "(550)", "b@city.example", "Will be tried again", "cannot be reached", "3 tries",
		"Next try: 15 June 2025, 13:00 UTC", "128 tries", "Something went wrong")
	if strings.Contains(p.body, "broke") {
		t.Error("the page repeats what the error says")
	}
	for id := 1; id <= 3; id++ {
		c.follow(c.post(fmt.Sprintf("/en/mail-queue/%d", id))).says("#notice", "trying to send the email again")
	}
	if q := queued(s); len(q.Waiting) != 3 {
		t.Errorf("%+v", q)
	}
	c.post("/en/mail-queue/77").is(http.StatusNotFound)
	c.post("/en/mail-queue/x").is(http.StatusNotFound)
}
