package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

var both = []account.Role{account.Officer, account.Editor}

// leavesAlone checks that somebody cannot take any step of an editor with a submission, nor
// comment on it as one, and that nothing of the kind is in their list.
func (b *bureau) leavesAlone(c *client, at string) {
	b.Helper()
	before := b.stored(at)
	c.get(desks(at)).is(http.StatusNotFound)
	c.get(desks(at) + "/history").is(http.StatusNotFound)
	for _, act := range acts {
		sent := append([]string{"version", b.version(at), "assignee", fmt.Sprint(c.id), "seen", before.Content.Digest(submission.Summary), "summary", "Mine"}, act.fields...)
		c.post(desks(at)+act.path, sent...).is(http.StatusNotFound)
	}
	c.post(desks(at)+"/comments", "say-notes", "A note", "add", "say-notes").is(http.StatusNotFound)
	written, err := b.Store.Submissions.Comments(b.Context(), before.ID)
	if err != nil {
		b.Fatal(err)
	}
	for _, comment := range written {
		c.post(desks(at) + "/comments/" + fmt.Sprint(comment.ID) + "/settle").is(http.StatusNotFound)
		r := store.Contribution{Submission: before.ID, By: c.viewer, At: today}
		if b.Store.Submissions.SettleComment(b.Context(), r, comment.ID, true) == nil {
			b.Errorf("they settle comment %d on their own text", comment.ID)
		}
	}
	c.posts("/en/desk/several", fields{"act": "me", "pick": b.tick(at)})
	c.posts("/en/desk/several", fields{"act": "reject", "sure": "1", "cause": "double", "words": "No", "pick": b.tick(at)})
	b.kim.posts("/en/desk/several", fields{"act": fmt.Sprint(c.id), "pick": b.tick(at)}).says("main", "Not done")
	b.kim.post(desks(at)+"/assign", "version", b.version(at), "assignee", fmt.Sprint(c.id)).is(http.StatusForbidden)
	for _, state := range []string{"", "?state=all"} {
		if list := c.get("/en/desk" + state); strings.Contains(list.body, desks(at)+`"`) || strings.Contains(list.body, desks(at)+"?") {
			b.Errorf("%s is in the list of the desk %s", at, state)
		}
	}
	if next, ok, err := b.Store.Submissions.NextWaiting(b.Context(), c.id, 0); err != nil || ok && next.ID == before.ID {
		b.Errorf("%s is offered next, %v", at, err)
	}
	after := b.stored(at)
	if after.State != before.State || after.Version != before.Version || after.Assignee != before.Assignee {
		b.Errorf("%s was %s with %d, is %s with %d", at, before.State, before.Assignee, after.State, after.Assignee)
	}
}

// An editor who is also an officer of a city has no part in what the desk does with the
// texts of that city, nor with those that they wrote in; with others' they have.
func TestAnEditorWhoIsAnOfficerLeavesOwnTextsAlone(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	eva := b.asBoth(both, "GR Ioannina")
	own, colleagues := eva.submits("My own"), b.ana.submits("Of a colleague")
	other := b.ivo.submits("Of Bergen")
	b.mailed(store.MailSubmitted, eva.id, 1) // that of Bergen
	b.mailed(store.MailSubmitted, b.kim.id, 3)
	for _, at := range []string{own, colleagues} {
		b.kim.asks(at, "impact", "More about the effect of "+at)
		id := b.stored(at).ID
		note := submission.Comment{Text: "Looks like an advertisement", Internal: true}
		r := store.Contribution{Submission: id, By: b.kim.viewer, At: today}
		if err := b.Store.Submissions.AddComment(t.Context(), r, note, at+" note"); err != nil {
			t.Fatal(err)
		}
		b.leavesAlone(eva, at)
		b.kim.edits(at, submission.Step{Action: submission.RequestChanges})
		b.leavesAlone(eva, at)
		p := eva.visit(at)
		p.says("main", "asked for 1 change")
		eva.visit(at+"/impact").says("main", "More about the effect")
		if strings.Contains(p.body, "advertisement") {
			t.Errorf("%s shows what editors say among themselves", at)
		}
	}
	eva.visit("/en/desk").says("main", "Of Bergen")
	eva.visit(desks(other)).one(".dock")
	eva.post(desks(other)+"/assign", "version", b.version(other), "assignee", fmt.Sprint(eva.id)).is(http.StatusSeeOther)
	eva.post(desks(other)+"/approve", "version", b.version(other)).leads(http.StatusSeeOther, desks(other))
	if now := b.stored(other); now.State != submission.Approved {
		t.Errorf("that of another city is %s", now.State)
	}
}

// Whoever has left a draft decides about it as little as before.
func TestAnEditorWhoLeftADraftLeavesItAlone(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	eva := b.asBoth(both, "NO Bergen")
	at := b.ana.complete("Written by two")
	id := b.stored(at).ID
	r := store.Contribution{Submission: id, By: b.ana.viewer, At: today}
	if err := b.Store.Submissions.InviteAuthor(t.Context(), r, eva.mail, "en"); err != nil {
		t.Fatal(err)
	}
	eva.visit(at)
	r.By = eva.viewer
	if err := b.Store.Submissions.RemoveAuthor(t.Context(), r, eva.id); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Store.Submissions.Advance(t.Context(), id, b.stored(at).Version, submission.Step{Action: submission.Submit, By: b.ana.viewer, At: today, Consent: "Yes"}); err != nil {
		t.Fatal(err)
	}
	eva.get(at).is(http.StatusNotFound)
	b.mailed(store.MailSubmitted, eva.id, 0)
	b.leavesAlone(eva, at)
}

// A correction of a text of one's own city waits for another editor, and nobody with a
// part in the text is that one.
func TestCorrectingTheTextOfOnesOwnCity(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	eva := b.asBoth(both, "GR Ioannina")
	second := b.asBoth(both, "GR Ioannina")
	page, parts := eva.corrects(ioannina, "en")
	eva.get(parts).leads(http.StatusFound, page)
	r := store.Contribution{Submission: b.stored(parts).ID, By: eva.viewer, At: today}
	if b.Store.Submissions.InviteAuthor(t.Context(), r, b.bo.mail, "en") == nil {
		t.Error("a correction gets a second author")
	}
	eva.writes(parts+"/summary", fields{"text": "Other words"}).leads(http.StatusSeeOther, page)
	eva.publishes(page, fields{"words": "A slip"})
	if now := b.stored(parts); now.State != submission.Submitted || len(now.Approvals) > 0 {
		t.Fatalf("it is %s, with %d approvals", now.State, len(now.Approvals))
	}
	second.get(desks(parts)).is(http.StatusNotFound)
	b.mailed(store.MailApprovedFirst, second.id, 0)
	b.mailed(store.MailApprovedFirst, b.kim.id, 1)
	b.kim.post(desks(parts)+"/approve", "version", b.version(parts)).is(http.StatusSeeOther)
	if now := b.stored(parts); now.State != submission.Approved {
		t.Errorf("it is %s", now.State)
	}
}

// With several roles the menu has the pages of each, the start page is where work is,
// and every page of either role opens.
func TestPagesOfSeveralRoles(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	for _, c := range []struct {
		roles []account.Role
		start string
		menu  []string
	}{
		{both, "/en/desk", []string{"/en/submissions", "/en/desk"}},
		{[]account.Role{account.Administrator, account.Editor}, "/en/desk", []string{"/en/desk", "/en/people"}},
		{[]account.Role{account.Administrator, account.Officer}, "/en/submissions", []string{"/en/submissions", "/en/people"}},
		{account.Roles, "/en/desk", []string{"/en/submissions", "/en/desk", "/en/people"}},
	} {
		if got := link.Start("en", c.roles...); got != c.start {
			t.Errorf("%v starts at %s", c.roles, got)
		}
		somebody := b.asBoth(c.roles, "GR Ioannina")
		var menu []string
		for _, a := range all(somebody.visit(c.start).doc, "header nav a") {
			if path := attr(a, "href"); slices.Contains([]string{"/en/submissions", "/en/desk", "/en/people"}, path) {
				menu = append(menu, path)
			}
		}
		if !slices.Equal(menu, c.menu) {
			t.Errorf("%v: the menu is %v", c.roles, menu)
		}
		for _, path := range c.menu {
			somebody.visit(path)
		}
		mails := somebody.visit("/en/account/mails").body
		for role, kind := range map[account.Role]store.MailKind{account.Officer: store.MailChanges, account.Editor: store.MailSubmitted} {
			if strings.Contains(mails, `name="`+string(kind)+`"`) != slices.Contains(c.roles, role) {
				t.Errorf("%v: choice about %s", c.roles, kind)
			}
		}
	}
	b.asBoth(account.Roles, "GR Ioannina").visit("/en/account").says("main", "Officer, Editor and Administrator", "Ioannina")
}

// Boxes give and take roles; the record and a mail say which, and who is signed in stays
// so with what is left.
func TestGivingAndTakingRoles(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	c.follow(c.post("/en/people/invite", "mail", "new@city.example", "role", "editor", "role", "officer", "city-0", "Bergen, NO"))
	if a, err := s.Store.Accounts.ByMail(t.Context(), "new@city.example"); err != nil || a.Role != account.Editor || !a.Is(account.Officer) || len(a.Cities) != 1 {
		t.Errorf("invited %+v, %v", a, err)
	}
	c.post("/en/people/invite", "mail", "b@city.example").says(".problems", "Choose at least one role")
	kim := s.as(account.Editor)
	own := link.Person("en", kim.id)
	c.follow(c.post(own, "role", "editor", "role", "officer", "role", "administrator", "city-0", "Bergen, NO")).says("main", "Officer, Editor and Administrator", "Bergen (Norway)")
	if n := len(all(c.visit(own).doc, "#role input[type=checkbox][checked]")); n != 3 {
		t.Errorf("%d roles are ticked", n)
	}
	for _, role := range account.Roles {
		if list := c.visit("/en/people?role=" + string(role)).body; !strings.Contains(list, own+`"`) {
			t.Errorf("not among those who are %s", role)
		}
	}
	kim.visit("/en/people")
	kim.visit("/en/submissions")
	c.follow(c.post(own, "role", "editor", "role", "officer", "city-0", "Bergen, NO"))
	kim.get("/en/people").is(http.StatusForbidden)
	kim.visit("/en/desk")
	log := c.visit("/en/events?action=change_role").body
	if !strings.Contains(log, "Officer, Editor and Administrator") || !strings.Contains(log, "Officer and Editor") {
		t.Error("the record does not say which roles")
	}
	var told []string
	for _, waiting := range queued(s).Waiting {
		if job := waiting.Job; job.Mail == store.MailRole && job.To == kim.id {
			told = append(told, fmt.Sprint(job.Gained, job.Lost))
		}
	}
	slices.Sort(told)
	if !slices.Equal(told, []string{"[] [administrator]", "[officer administrator] []"}) {
		t.Errorf("mails tell of %q", told)
	}
	c.post(own, "city-0", "Bergen, NO").says(".problems", "Choose at least one role")
}

// Programs that know of one role find the highest; when they change it, it is the only
// one.
func TestProgramsThatKnowOfOneRole(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	for _, roles := range [][]account.Role{account.Roles, both, {account.Administrator, account.Officer}} {
		a := s.personOf(roles, "GR Ioannina")
		highest, _ := account.Ranked(roles)
		testdb.Exec(t, s.Store, `select 1 / (role = $2 and cardinality(roles) = $3)::int from account where id = $1`, int64(a.ID), string(highest), len(roles))
		testdb.Exec(t, s.Store, `update account set role = 'officer' where id = $1`, int64(a.ID))
		if now := s.known(a.ID); !slices.Equal(now.Roles(), []account.Role{account.Officer}) {
			t.Errorf("%v became %v", roles, now.Roles())
		}
	}
}

// The last administrator stays one, whatever else they are.
func TestTheLastAdministratorOfSeveralRolesStays(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	last := s.personOf([]account.Role{account.Administrator, account.Editor})
	by := store.Actor{At: today}
	if err := s.Store.Accounts.Change(t.Context(), last.ID, account.Account{Role: account.Editor}, by); err == nil {
		t.Error("none is left")
	}
	if err := s.Store.Accounts.Change(t.Context(), last.ID, account.Account{Role: account.Administrator}, by); err != nil {
		t.Error(err)
	}
	if now := s.known(last.ID); !slices.Equal(now.Roles(), []account.Role{account.Administrator}) {
		t.Errorf("%v", now.Roles())
	}
}
