package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

const ofIoannina = "urban-response-coordination-ioannina"

// The public page has tools only for those who may use them.
func TestToolsOfOfficersOnThePublicPage(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	path := link.Practice("en", ofIoannina)
	both := b.ana.visit(path)
	both.one("form[action=" + link.Propose("en", ofIoannina) + "]")
	both.one("a[href=" + link.Translate("en", ofIoannina) + "]")
	other := b.ivo.visit(path)
	other.lacks("form[action=" + link.Propose("en", ofIoannina) + "]")
	other.one("a[href=" + link.Translate("en", ofIoannina) + "]")
	for _, p := range []page{b.kim.visit(path), b.visit(path)} {
		p.lacks("form[action=" + link.Propose("en", ofIoannina) + "]")
		p.lacks("a[href=" + link.Translate("en", ofIoannina) + "]")
	}
}

func TestProposeAChange(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	path := link.Propose("en", ofIoannina)
	form := fields{"text": "en", "key": "PROPOSAL"}
	at := b.ana.posts(path, form).header.Get("Location")
	s, p := b.stored(at), b.practice(ofIoannina)
	if s.Kind != submission.Change || s.Practice != p.Number || s.BaseRevision != p.Revision || s.Content.Summary != p.Texts[0].Summary {
		t.Errorf("begun as %+v", s)
	}
	again := b.ana.posts(path, fields{"text": "en", "key": "ANOTHER"})
	again.leads(http.StatusSeeOther, at)
	b.ana.follow(again).says("#notice", "already started this one")
	b.ana.visit(at).says("main", "change to a public text")
	b.ivo.posts(path, form).is(http.StatusForbidden)
	b.kim.posts(path, form).is(http.StatusForbidden)
	b.ana.posts(path, fields{"text": "pl"}).is(http.StatusNotFound)
	b.ana.posts(link.Propose("en", "no-such-practice"), form).is(http.StatusNotFound)
	b.ana.writes(at+"/summary", fields{"text": "Another summary"}).is(http.StatusSeeOther)
	b.visit(link.Practice("en", ofIoannina)).says(".prose .summary", p.Texts[0].Summary) // stays as it is
}

// A translation has only texts, and shows the original next to each.
func TestTranslate(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	path := link.Translate("en", ofIoannina)
	page := b.ivo.visit(path)
	same := b.ivo.posts(path, page.filled(fields{"language": "en"}))
	same.is(http.StatusUnprocessableEntity)
	same.says("#language-problem", "already")
	at := b.ivo.posts(path, page.filled(fields{"language": "pl"})).header.Get("Location")
	s := b.stored(at)
	if s.Kind != submission.Translation || s.Language != "pl" || s.Content.Summary != "" {
		t.Errorf("begun as %+v", s)
	}
	list := b.ivo.visit(at)
	list.lacks("a[href=" + at + "/period]")
	list.says("main", "of 10 parts")
	b.ivo.get(at + "/period").is(http.StatusNotFound)
	b.ivo.visit(at+"/summary").says("section[aria-labelledby=original]", b.practice(ofIoannina).Texts[0].Summary)
	title := b.ivo.visit(at + "/place")
	title.lacks("#country")
	b.ivo.posts(at+"/place", title.filled(fields{"title": "Tytuł"})).is(http.StatusSeeOther)
	if c := b.stored(at).Content; c.Title != "Tytuł" || len(c.Cities) == 0 {
		t.Errorf("kept as %+v", c)
	}
}

// Who speaks for no city works on the drafts of others and starts none.
func TestOfficerWithoutACityStartsNothing(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	guest := b.as(account.Officer)
	at := b.ana.begins("A desk for newcomers")
	b.ana.posts(at+"/colleague", fields{"mail": guest.mail})
	guest.visit(at).says("main", "A desk for newcomers")
	start := guest.visit("/en/submissions/new")
	start.says("main", "has no city yet")
	start.lacks("#title")
	guest.post("/en/submissions/new", "key", "0123456789", "title", "Nowhere", "language", "en").is(http.StatusForbidden)
	b.ana.visit("/en/submissions/new").one("#title")
}

// Whom to invite is somebody who has no account or is an officer, and is not there yet;
// else the form says so with the address. No address gets two mails.
func TestInviteAColleague(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	wrong := b.ana.posts(at+"/colleague", fields{"mail": "nobody"})
	wrong.is(http.StatusUnprocessableEntity)
	wrong.says("#mail-problem", "Enter one email address")
	for _, mail := range []string{b.ivo.mail, "new@city.example"} {
		sent := b.ana.posts(at+"/colleague", fields{"mail": mail})
		sent.leads(http.StatusSeeOther, at)
		b.ana.follow(sent).says("#notice", "on its way")
	}
	for mail, want := range map[string]struct {
		status int
		says   string
	}{
		strings.ToUpper(b.ivo.mail): {http.StatusConflict, "already works on this draft"},
		"new@city.example":          {http.StatusConflict, "already works on this draft"},
		b.ana.mail:                  {http.StatusConflict, "already works on this draft"},
		b.kim.mail:                  {http.StatusUnprocessableEntity, "another role"},
	} {
		refused := b.ana.posts(at+"/colleague", fields{"mail": mail})
		refused.is(want.status)
		refused.says("#mail-problem", want.says)
		refused.says("#problems", want.says)
		if kept := refused.filled(nil)["mail"]; kept != mail {
			t.Errorf("%q was typed, %q is kept", mail, kept)
		}
	}
	b.ivo.visit(at).says("main", "A desk for newcomers")
	b.ana.visit(at).says("main", "with you and "+b.ivo.viewer.Name)
	b.ana.visit(at).says("main", "new@city.example (invited)")
	b.ana.visit(at+"/colleague").says("main", "new@city.example (invited)")
	fresh, err := b.Store.Accounts.ByMail(t.Context(), "new@city.example")
	if err != nil || fresh.State != account.Invited || fresh.Role != account.Officer || len(fresh.Cities) > 0 {
		t.Errorf("invited is %+v, %v", fresh, err)
	}
	if s := b.stored(at); len(s.Authors) != 3 {
		t.Errorf("authors are %v", s.Authors)
	}
	if err := testdb.Try(t, b.Store, `select 1 / (count(*) = 2)::int from river_job where args->>'mail' = $1`, string(store.MailCoAuthor)); err != nil {
		t.Errorf("not two mails wait: %v", err)
	}
}

// Authors take one another off a draft, and leave it themselves, after a question; who
// has joined remains.
func TestTakeAColleagueOff(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	of := func(c *client) string { return fmt.Sprintf("%s/colleague/%d", at, c.id) }
	b.ana.visit(at + "/colleague").lacks("a[href=" + of(b.ana) + "]")
	b.ana.posts(at+"/colleague", fields{"mail": b.ivo.mail})
	b.ana.posts(at+"/colleague", fields{"mail": "new@city.example"})
	b.bo.visit(at + "/colleague").lacks("a[href=" + of(b.ana) + "]") // an officer of the city is no author
	b.bo.get(of(b.ana)).is(http.StatusForbidden)
	b.bo.posts(of(b.ana), nil).is(http.StatusForbidden)
	b.kim.posts(of(b.ivo), nil).is(http.StatusForbidden)
	b.ana.get(of(b.bo)).is(http.StatusNotFound)

	list := b.ana.visit(at + "/colleague")
	list.says("a[href="+of(b.ivo)+"]", "Take off this draft: "+b.ivo.viewer.Name)
	list.says("a[href="+of(b.ana)+"]", "Leave this draft")
	ask := b.ana.visit(of(b.ivo))
	ask.says("h1", "Take "+b.ivo.viewer.Name+" off this draft?")
	done := b.ana.posts(of(b.ivo), ask.filled(nil))
	done.leads(http.StatusSeeOther, at+"/colleague")
	b.ana.follow(done).says("#notice", "They get an email")
	b.ivo.get(at).is(http.StatusNotFound)
	b.ana.posts(of(b.ivo), nil).is(http.StatusNotFound) // sent twice

	alone := b.ana.posts(of(b.ana), nil) // the other has not joined
	alone.is(http.StatusUnprocessableEntity)
	alone.says("#problems", "invite a colleague first")
	b.ana.posts(at+"/colleague", fields{"mail": b.ivo.mail})
	b.ivo.visit(of(b.ivo)).says("h1", "Leave this draft?")
	b.ivo.posts(of(b.ivo), nil).leads(http.StatusSeeOther, "/en/submissions")
	b.ivo.visit("/en/submissions").says("#notice", "Your words stay")
	fresh, _ := b.Store.Accounts.ByMail(t.Context(), "new@city.example")
	b.ana.posts(fmt.Sprintf("%s/colleague/%d", at, fresh.ID), nil).leads(http.StatusSeeOther, at+"/colleague")

	if s := b.stored(at); len(s.Authors) != 1 || s.Authors[0] != b.ana.id {
		t.Errorf("authors are %v", s.Authors)
	}
	for what, n := range map[string]int{
		`select count(*) from event where action = 'remove_author' and concerned is not null`:        3,
		`select count(*) from river_job where args->>'mail' = 'removed_author'`:                      2, // none to who left
		`select count(*) from account_token where purpose = 'invitation' and submission is not null`: 0,
	} {
		if err := testdb.Try(t, b.Store, `select 1 / ((`+what+`) = $1)::int`, n); err != nil {
			t.Errorf("not %d: %s", n, what)
		}
	}
	waiting := b.ana.submits("Handed in")
	b.ana.posts(fmt.Sprintf("%s/colleague/%d", waiting, b.ana.id), nil).is(http.StatusConflict)
}

// A practice has one reference through all its rounds, whether it was submitted or
// imported; it is found by the number of any of them.
func TestOneReferencePerPractice(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	first := b.ana.submits("A desk for newcomers")
	b.kim.edits(first, submission.Step{Action: submission.Approve})
	for _, slug := range []string{b.stored(first).Slug, ofIoannina} {
		change := b.ana.posts(link.Propose("en", slug), fields{"text": "en", "key": "CHANGE" + slug}).header.Get("Location")
		form := b.ivo.visit(link.Translate("en", slug))
		translation := b.ivo.posts(link.Translate("en", slug), form.filled(fields{"language": "pl"})).header.Get("Location")
		want := b.stored(change).ID.Reference()
		if slug != ofIoannina {
			want = b.stored(first).ID.Reference()
		}
		b.ana.visit(change).says(".where", want)
		b.ana.visit("/en/submissions").says("main", want)
		b.ivo.visit(translation).says(".where", want)
		b.ivo.visit(translation+"/print").says(".where", want)
		b.ana.writes(change+"/topics", fields{"topics": "refugees"})
		b.ana.writes(change+"/period", fields{"start_year": "2017", "ongoing": "yes"})
		for _, part := range []string{"summary", "purpose", "process", "impact", "contact"} {
			b.ana.writes(change+"/"+part, fields{"text": "Words about " + part, "completed": "yes", "person": "no"})
		}
		b.ana.posts(change+"/check", b.ana.visit(change+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, change+"/receipt")
		b.ana.visit(change+"/receipt").says(".reference", want)
		b.kim.visit(desks(change)).says("main", want)
		b.kim.visit(desks(change)+"/history").says("main", want)
		title := b.stored(change).Content.Title
		for _, words := range []string{want, b.stored(change).ID.Reference(), b.stored(translation).ID.Reference()} {
			list := b.kim.visit("/en/desk?q=" + words)
			list.says(".queue", title)
			list.says("#count", "1 submission is waiting")
			b.root().visit("/en/events?number="+words).says("main", want, title)
		}
	}
}
