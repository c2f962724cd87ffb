package admin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/admin"
	"exempla/web/page/frame"
)

// viewer is the frame of the pages in these tests.
var viewer = frame.Frame{Site: "https://exempla.example", Viewer: account.Viewer{ID: 1, Role: account.Administrator, Name: "Root"}}

// The people of these tests.
var (
	ana     = account.Account{ID: 2, Name: "Ana", Mail: "ana@example.org", Role: account.Officer, State: account.Active, Cities: []account.City{account.NewCity("GR", "Ioannina")}}
	invited = account.Account{ID: 3, Mail: "new@example.org", Role: account.Editor, State: account.Invited}
	erased  = account.Account{ID: 4, Role: account.Officer, State: account.Erased}
	people  = map[account.ID]account.Account{2: ana, 3: invited, 4: erased}
)

func english(t *testing.T) *locale.Locale {
	t.Helper()
	l, ok := locale.Find("en")
	if !ok {
		t.Fatal("no English")
	}
	return l
}

func render(t *testing.T, l *locale.Locale, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(locale.With(t.Context(), l), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// expect checks what markup has, and what it lacks: phrases after a "-".
func expect(t *testing.T, name, html string, phrases ...string) {
	t.Helper()
	for _, phrase := range phrases {
		unwanted, lacks := strings.CutPrefix(phrase, "-")
		if lacks && strings.Contains(html, unwanted) {
			t.Errorf("%s has %q", name, unwanted)
		}
		if !lacks && !strings.Contains(html, phrase) {
			t.Errorf("%s lacks %q", name, phrase)
		}
	}
}

func TestFiltersAsQueries(t *testing.T) {
	t.Parallel()
	day := time.Date(2025, time.January, 2, 0, 0, 0, 0, time.UTC)
	for want, got := range map[string]string{
		"": admin.EventsFilter{}.Query(0),
		"action=submit&before=7&from=2025-01-02&number=12&subject=submission&to=2025-01-03&who=ana+b": admin.EventsFilter{Who: "ana b", Action: "submit", Subject: "submission",
			Number: 12, From: day, To: day.AddDate(0, 0, 1)}.Query(7),
		"before=7":                    admin.EventsFilter{}.Query(7),
		"who=%26":                     admin.EventsFilter{Who: "&"}.Query(-1),
		"role=editor":                 admin.PeopleFilter{Role: account.Editor}.Query(1),
		"page=2&q=ana&state=disabled": admin.PeopleFilter{Words: "ana", State: account.Disabled}.Query(2),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNamesOfActors(t *testing.T) {
	t.Parallel()
	l := english(t)
	for id, want := range map[account.ID]string{0: l.T("events.program"), 2: "Ana", 3: "new@example.org", 4: l.T("people.erased"), 99: l.T("people.erased")} {
		if got := admin.ActorName(l, people, id); got != want {
			t.Errorf("account %d is called %q, want %q", id, got, want)
		}
	}
}

// entries is the list of a page with one event.
func entries(t *testing.T, e admin.Event) string {
	t.Helper()
	in := admin.EventsInput{List: []admin.Event{e}, Actions: []string{e.Action}, First: true, People: people}
	html := render(t, english(t), admin.NewEvents(english(t), viewer, in).View())
	_, list, _ := strings.Cut(html, `<ol class="rows">`)
	list, _, _ = strings.Cut(list, "</ol>")
	return list
}

func TestEventsInWords(t *testing.T) {
	t.Parallel()
	l := english(t)
	at := time.Date(2025, time.May, 31, 1, 30, 0, 0, time.FixedZone("", 2*3600))
	for name, c := range map[string]struct {
		event   admin.Event
		phrases []string
	}{
		"submission": {admin.Event{At: at, By: 2, Action: "submit", Subject: "submission", Number: 150, From: "draft", To: "submitted"},
			[]string{"Ana", "EX-00150", "30 May 2025, 23:30 UTC", `datetime="2025-05-30T23:30:00Z"`, l.T("event.submit"), "number=150&amp;subject=submission", "from “"}},
		"account": {admin.Event{At: at, By: 1, Action: "change_role", Subject: "account", Number: 3, From: "officer", To: "editor"},
			[]string{"new@example.org", l.T("people.role.officer"), l.T("people.role.editor"), l.T("people.erased")}},
		"session":         {admin.Event{At: at, By: 2, Action: "sign_in", Subject: "session", Number: 2}, []string{`<bdi>Ana</bdi></a>`, "-from “"}},
		"archived":        {admin.Event{At: at, Action: "archive", Subject: "practice", Number: 9, From: "live", To: "archived"}, []string{l.T("events.practice.archived"), l.T("events.program")}},
		"without number":  {admin.Event{At: at, By: 2, Action: "submit", Subject: "practice"}, []string{"<span>" + l.T("events.subject.practice") + "</span>", "-number="}},
		"only a state":    {admin.Event{At: at, By: 2, Action: "submit", Subject: "submission", Number: 1, To: "draft"}, []string{"(" + component.State(l, "draft") + ")", "-from “"}},
		"the same state":  {admin.Event{At: at, By: 2, Action: "submit", Subject: "submission", Number: 1, From: "draft", To: "draft"}, []string{"(" + component.State(l, "draft") + ")", "-from “"}},
		"unknown to this": {admin.Event{At: at, By: 2, Action: "submit", Subject: "submission", Number: 1, From: "a<b", To: "x"}, []string{"a&lt;b"}},
	} {
		expect(t, name, entries(t, c.event), c.phrases...)
	}
}

// An action that the program no longer knows is shown as it was recorded.
func TestUnknownActions(t *testing.T) {
	t.Parallel()
	l := english(t)
	in := admin.EventsInput{List: []admin.Event{{Action: "formerly", Subject: "submission", Number: 1}}, Actions: []string{"submit"}}
	expect(t, "the log", render(t, l, admin.NewEvents(l, viewer, in).View()), "<b>formerly</b>")
}

func TestPagesOfTheLog(t *testing.T) {
	t.Parallel()
	l := english(t)
	filter := admin.EventsFilter{Who: "ana"}
	in := admin.EventsInput{Filter: filter, First: true, List: []admin.Event{{Action: "submit", Subject: "submission", Number: 1}}, Older: 7}
	expect(t, "the newest page", render(t, l, admin.NewEvents(l, viewer, in).View()), `rel="next" href="/en/events?before=7&amp;who=ana"`, "-"+l.T("events.newest"),
		`href="/en/events.csv?who=ana" download`)
	in.First = false
	in.Older = 0
	expect(t, "the oldest page", render(t, l, admin.NewEvents(l, viewer, in).View()), `-rel="next"`, l.T("events.newest"))
	expect(t, "an empty page", render(t, l, admin.NewEvents(l, viewer, admin.EventsInput{Filter: filter, First: true}).View()), l.T("events.empty"), "-.csv")
}

func TestMailQueue(t *testing.T) {
	t.Parallel()
	l := english(t)
	now := time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)
	tried := admin.UnsentMail{ID: 5, Kind: "invitation", To: invited, Queued: now, Next: now.Add(time.Hour), Tries: 2, Class: "busy", Code: "451"}
	fresh := admin.UnsentMail{ID: 6, Kind: "reset", To: ana, Queued: now}
	in := admin.MailQueueInput{Sent: 12, Days: 7, Groups: []admin.MailGroup{{Name: "given_up"}, {Name: "retrying", List: []admin.UnsentMail{tried}}, {Name: "waiting", List: []admin.UnsentMail{fresh}}}}
	html := render(t, l, admin.NewMailQueue(l, viewer, in).View())
	expect(t, "the queue", html, "new@example.org", "(451)", l.T("mails.class.busy"), l.N("mails.tries", 2), "15 June 2025, 13:00 UTC",
		l.N("mails.sent", 12, "Days", 7), `action="/en/mail-queue/5"`, `-action="/en/mail-queue/6"`, l.T("mails.group.retrying"), "-"+l.T("mails.group.given_up"),
		"-"+l.T("mails.empty"), "-"+l.T("mails.no_server"), "-"+l.T("mails.more"))
	in.Waits = true
	in.More = true
	expect(t, "a queue without a server", render(t, l, admin.NewMailQueue(l, viewer, in).View()), l.T("mails.no_server"), l.T("mails.more"), `-action="/en/mail-queue/5"`)
	expect(t, "an empty queue", render(t, l, admin.NewMailQueue(l, viewer, admin.MailQueueInput{Shown: true}).View()), l.T("mails.empty"), `href="`+link.DevMail+`"`)
}

func TestOutboxShowsMailsInTheirLanguage(t *testing.T) {
	t.Parallel()
	l := english(t)
	mails := []admin.OutboxMail{{To: "a@example.org", Subject: "مرحبا", Text: "one\ntwo", HTML: "<p>one</p>", Link: "/ar/x", Tag: "ar"}}
	expect(t, "the outbox", render(t, l, admin.NewOutbox(l, viewer, mails).View()), `<h2 dir="rtl" lang="ar">مرحبا</h2>`, `<pre dir="ltr" lang="ar"`, "&lt;p&gt;one&lt;/p&gt;",
		`href="/ar/x"`, "-"+l.T("dev_mail.empty"))
	expect(t, "an empty outbox", render(t, l, admin.NewOutbox(l, viewer, nil).View()), l.T("dev_mail.empty"))
}

func TestListOfPeople(t *testing.T) {
	t.Parallel()
	l := english(t)
	in := admin.PeopleInput{Filter: admin.PeopleFilter{Words: "a<", Role: account.Officer}, List: []account.Account{ana, invited, erased}, Total: 70, Page: 2, Pages: 3}
	html := render(t, l, admin.NewPeople(l, viewer, in).View())
	expect(t, "the list", html, `value="a&lt;"`, `<option value="officer" selected>`, `href="/en/people/2"><bdi>Ana</bdi>`, "<bdi>new@example.org</bdi></a>", "<bdi>"+l.T("people.erased")+"</bdi>",
		"Ioannina (Greece)", `rel="prev" href="/en/people?q=a%3C&amp;role=officer"`, `rel="next" href="/en/people?page=3&amp;q=a%3C&amp;role=officer"`, l.N("people.count", 70))
	in = admin.PeopleInput{List: []account.Account{ana}, Total: 1, Page: 1, Pages: 1}
	expect(t, "one page", render(t, l, admin.NewPeople(l, viewer, in).View()), `-rel="next"`, `-rel="prev"`)
	expect(t, "an empty list", render(t, l, admin.NewPeople(l, viewer, admin.PeopleInput{Page: 1, Pages: 1}).View()), l.T("people.empty"))
}

func TestFormsOfferEmptyRowsForCities(t *testing.T) {
	t.Parallel()
	l := english(t)
	suggested := []practice.City{{Country: "NO", Name: "Bergen"}}
	for typed, want := range map[int]int{0: 2, 1: 3, account.MaxCities - 1: account.MaxCities, account.MaxCities: account.MaxCities} {
		entry := admin.PersonEntry{Mail: "a", Roles: []account.Role{account.Editor}, Locale: "el", Cities: make([]string, typed)}
		in := admin.InviteInput{Entry: entry, Cities: suggested, Problems: component.Problems{{Field: admin.CityID(0), Text: "Which city?"}}}
		html := render(t, l, admin.NewInvite(l, viewer, in).View())
		expect(t, "the form", html, `id="`+admin.CityID(want-1)+`"`, `-id="`+admin.CityID(want)+`"`)
		expect(t, "the form", html, `value="Bergen, NO"`, `href="#city-0">Which city?`, `value="editor" checked`, `<option value="el" selected`, "<title>Error: ")
	}
}

func TestWhatCanBeDoneWithAPerson(t *testing.T) {
	t.Parallel()
	l := english(t)
	remind, enable, disable, erase := l.T("person.remind.do"), l.T("person.enable.do"), l.T("person.disable.do"), l.T("person.erase.do")
	disabled := ana
	disabled.State = account.Disabled
	own := ana
	own.ID = viewer.Viewer.ID
	for name, c := range map[string]struct {
		account account.Account
		phrases []string
	}{
		"active":   {ana, []string{disable, erase, "-" + remind, "-" + enable, `action="/en/people/2"`}},
		"invited":  {invited, []string{remind, disable, erase, "-" + enable}},
		"disabled": {disabled, []string{enable, erase, "-" + remind, "-" + disable}},
		"erased":   {erased, []string{l.T("person.is_erased"), "-" + erase, `-action="/en/people/`}},
		"own":      {own, []string{l.T("person.own"), "-" + erase, "-" + disable, `-action="/en/people/`}},
	} {
		in := admin.PersonInput{Account: c.account, Entry: admin.PersonEntry{Roles: c.account.Roles()}}
		expect(t, name, render(t, l, admin.NewPerson(l, viewer, in).View()), c.phrases...)
	}
}

func TestConfirmationsAreWrittenInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All() {
		for _, action := range []string{link.DisablePage, link.ErasePage} {
			p := admin.NewConfirmation(l, viewer, admin.ConfirmationInput{Account: ana, Action: action})
			if !strings.Contains(p.Meta.Title, "Ana") || !p.Meta.Unlisted {
				t.Errorf("%s: the title is %q", l.Tag(), p.Meta.Title)
			}
			expect(t, l.Tag(), render(t, l, p.View()), `action="/`+l.Tag()+"/people/2/"+action+`"`, "->person.", `href="/`+l.Tag()+`/people/2"`)
		}
	}
}

func TestStateWithStandbys(t *testing.T) {
	t.Parallel()
	l := english(t)
	in := admin.StateInput{Standbys: 2, Lag: 40 * time.Second, Troubles: []admin.Trouble{{Kind: "read_only"}, {Kind: "standby_behind"}}}
	expect(t, "a database that is read", render(t, l, admin.NewState(l, viewer, in).View()), l.N("state.troubles", 2), l.N("state.seconds", 40),
		l.T("state.trouble.read_only"), l.T("state.advice.standby_behind"), l.T("state.nodes_unknown"), "-"+l.T("state.well"), "-"+l.T("state.slowest"))
}
