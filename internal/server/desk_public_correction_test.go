package server_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// corrects begins to correct a text of a practice, by the button on its page, and
// returns the addresses of the correction and of its parts.
func (c *client) corrects(slug, language string) (page, parts string) {
	c.Helper()
	public := c.visit(link.Text("en", slug, practice.Language(language)))
	begun := c.presses(public, "/correct", nil)
	page = begun.header.Get("Location")
	number, ok := strings.CutPrefix(page, "/en/desk/corrections/")
	if begun.status != http.StatusSeeOther || !ok {
		c.Fatalf("beginning a correction: status %d to %q", begun.status, page)
	}
	return page, "/en/submissions/" + number
}

// publishes sends the page of a correction.
func (c *client) publishes(at string, changed fields) page {
	c.Helper()
	form := c.visit(at).filled(fields{"act": "publish"})
	for name, value := range changed {
		form[name] = value
	}
	return c.posts(at, form)
}

// mailed counts the mails of a kind that wait for somebody.
func (s *site) mailed(kind store.MailKind, to account.ID, n int) {
	s.Helper()
	if err := testdb.Try(s.T, s.Store, `select 1 / (count(*) = $3)::int from river_job where args->>'mail' = $1 and (args->>'to')::bigint = $2`,
		string(kind), int64(to), n); err != nil {
		s.Errorf("not %d mails of kind %s to account %d: %v", n, kind, to, err)
	}
}

// Everything of a public text can be corrected: words, period, place, topics,
// documents and pictures. Readers see it at once, and why.
func TestAnEditorCorrectsAPublicText(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	before := b.practice(ioannina)
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.visit("/en/desk").says("#corrections", before.Texts[0].Title)
	b.kim.visit(at).says("main", "Readers see the current text")
	b.kim.publishes(at, fields{"words": "A slip"}).says("#problems", "Nothing is different")

	form := b.kim.visit(at)
	form.one("button[name=to][value=summary]")
	b.kim.posts(at, form.filled(fields{"to": "summary", "words": "A half sen"})).leads(http.StatusSeeOther, parts+"/summary")
	b.kim.visit(at).says("#words", "A half sen")
	review := b.kim.visit(desks(parts))
	review.says(".dock", "An editor is still working on this correction")
	if strings.Contains(text(review.one("main")), "round 0") {
		t.Error("what was never handed in is in a round")
	}
	b.kim.writes(parts+"/summary", fields{"text": "Better words about refugees"}).leads(http.StatusSeeOther, at)
	period := b.kim.visit(parts + "/period").filled(fields{"start_year": "2011", "start_month": "5", "end_year": "2019"})
	delete(period, "ongoing")
	b.kim.posts(parts+"/period", period).leads(http.StatusSeeOther, at)
	b.kim.writes(parts+"/topics", fields{"topics": "roma|education"}).leads(http.StatusSeeOther, at)
	b.kim.writes(parts+"/place", fields{"organisation": "City of Ioannina"}).leads(http.StatusSeeOther, at)
	b.kim.hands(parts+"/pictures", fields{"act": "upload"}, chosen{"one.jpg", photo(t, 900, 600)})
	picture := b.stored(parts).Content.Pictures[0]
	b.kim.visit(link.Picture(picture.Hash, practice.SmallPicture))
	b.stranger().get(link.File(picture.Hash)).is(http.StatusNotFound)
	b.stranger().visit(link.Practice("en", ioannina)).says(".summary", before.Texts[0].Summary) // stays as it is

	b.kim.publishes(at, fields{"words": "The year was wrong"}).says("#problems", "Say what each picture shows")
	b.stranger().visit(link.Practice("en", ioannina)).lacks(".history")
	b.kim.hands(parts+"/pictures", fields{submission.AltField(picture.Hash): "A desk in a hall", "act": "save"}).leads(http.StatusSeeOther, at)
	ready := b.kim.visit(at)
	ready.says("main", "What will be different", "Better words about refugees")
	without := b.kim.publishes(at, fields{"words": " "})
	without.is(http.StatusUnprocessableEntity)
	without.says("#words-problem", "what you have corrected and why")
	done := b.kim.publishes(at, fields{"words": "The year was wrong, <b>says</b> the city"})
	done.leads(http.StatusSeeOther, link.Text("en", ioannina, "en"))
	b.kim.follow(done).says("#notice", "Everybody reads the new text now")

	now := b.practice(ioannina)
	if now.Period.Start.Year != 2011 || now.Period.End.Year != 2019 || !slices.Equal(now.Topics, []practice.Topic{"education", "roma"}) ||
		now.Organisation != "City of Ioannina" || now.Revision != before.Revision+1 || now.Licence != before.Licence || now.Source != before.Source {
		t.Errorf("corrected to %v, %v, %q, revision %d, %q", now.Period, now.Topics, now.Organisation, now.Revision, now.Licence)
	}
	reader := b.stranger().visit(link.Practice("en", ioannina))
	reader.says(".summary", "Better words about refugees")
	reader.says(".dates", "2011", "2019")
	reader.says(".history", "corrected by an editor", "The year was wrong, <b>says</b> the city")
	if alts := attrs(all(reader.doc, "figure img"), "alt"); !slices.Equal(alts, []string{"A desk in a hall"}) {
		t.Errorf("the pictures say %q", alts)
	}
	b.stranger().visit(link.File(picture.Hash))
	if !slices.Contains(b.listed("topic=roma&country=GR"), ioannina) {
		t.Error("the listing does not know the new topic")
	}
	b.mailed(store.MailTextCorrected, b.ana.id, 1)
	b.mailed(store.MailTextCorrected, b.bo.id, 1)
	b.mailed(store.MailTextCorrected, b.ivo.id, 0)
	b.mailed(store.MailTextCorrected, b.kim.id, 0)
	b.root().visit("/en/events").says("main", "The year was wrong")
	b.kim.visit(desks(parts)+"/history").says("main", "The year was wrong")
	b.kim.visit("/en/desk").lacks("#corrections")
	b.ana.visit("/en/submissions").lacks("a[href=" + parts + "]") // it is not the officer's work
	if err := testdb.Try(t, b.Store, `select 1 / (count(*) = 1)::int from practice_revision where practice = $1 and origin = 'correction'`, now.Number); err != nil {
		t.Error("no revision tells of the correction")
	}
}

// Translations are outdated if, and only if, the words of the original have changed and
// the editor does not say that they still say the same.
func TestWhichCorrectionsOutdateTranslations(t *testing.T) {
	t.Parallel()
	for what, one := range map[string]struct {
		part     string
		change   fields
		said     fields
		outdated bool
	}{
		"the period": {"/period", fields{"start_year": "2011"}, fields{"words": "Because"}, false},
		"the topics": {"/topics", fields{"topics": "roma"}, fields{"words": "Because"}, false},
		"the words":  {"/purpose", fields{"text": "Another purpose"}, fields{"words": "Because"}, true},
		"the title":  {"/place", fields{"title": "Another title"}, fields{"words": "Because"}, true},
		"a slip":     {"/purpose", fields{"text": "A slip mended"}, fields{"words": "Because", "in_step": "yes"}, false},
	} {
		b := openBureau(t)
		at, parts := b.kim.corrects(ioannina, "en")
		b.kim.writes(parts+one.part, one.change).leads(http.StatusSeeOther, at)
		b.kim.publishes(at, one.said).is(http.StatusSeeOther)
		for _, text := range b.practice(ioannina).Texts {
			if want := one.outdated && text.Language != "en"; (text.State == practice.Outdated) != want {
				t.Errorf("%s corrected: the text in %s is %s", what, text.Language, text.State)
			}
		}
	}
}

// A correction of a translation leaves the facts, the original and the state of the
// translation as they are, unless the editor has compared it with the original.
func TestCorrectingATranslation(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	stateOf := func(p practice.Practice) practice.TextState {
		return p.Texts[slices.IndexFunc(p.Texts, func(t practice.Text) bool { return t.Language == "el" })].State
	}
	before := b.practice(ioannina)
	testdb.Exec(t, b.Store, `update practice_text set state = 'machine' where practice = $1 and language = 'el'`, before.Number)
	at, parts := b.kim.corrects(ioannina, "el")
	b.kim.get(parts + "/period").is(http.StatusNotFound)
	b.kim.visit(parts+"/summary").says("section[aria-labelledby=original]", before.Texts[0].Summary)
	b.kim.writes(parts+"/summary", fields{"text": "Μια άλλη περίληψη"}).leads(http.StatusSeeOther, at)
	b.kim.publishes(at, fields{"words": "Ένα λάθος", "words_language": "el"}).is(http.StatusSeeOther)
	now := b.practice(ioannina)
	if stateOf(now) != practice.Machine || now.Texts[0].State != practice.Original || !slices.Equal(now.Topics, before.Topics) {
		t.Errorf("it is %+v", now)
	}
	reader := b.stranger().visit(link.Text("en", ioannina, "el"))
	reader.says(".summary", "Μια άλλη περίληψη")
	if lang := attr(reader.one(".history q"), "lang"); lang != "el" {
		t.Errorf("the note is marked as %q", lang)
	}
	at, parts = b.kim.corrects(ioannina, "el")
	b.kim.writes(parts+"/summary", fields{"text": "Η ίδια περίληψη"})
	b.kim.publishes(at, fields{"words": "Compared", "in_step": "yes"}).is(http.StatusSeeOther)
	if state := stateOf(b.practice(ioannina)); state != practice.Human {
		t.Errorf("compared with the original, it is %s", state)
	}
}

// Where two corrections meet, the later one stands on the text of the earlier: what it
// does not touch stays, and its editor sees it before it is published. No word is lost.
func TestTwoCorrectionsOfOneText(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.writes(parts+"/purpose", fields{"text": "The purpose of Kim"})
	b.kim.writes(parts+"/summary", fields{"text": "The summary of Kim"})
	form := b.kim.visit(at).filled(fields{"act": "publish", "words": "Words that took an hour"})

	other, otherParts := mia.corrects(ioannina, "en")
	if other == at {
		t.Fatal("two editors are led to one correction")
	}
	mia.get(at).is(http.StatusNotFound)
	mia.get(parts + "/summary").is(http.StatusNotFound)
	mia.writes(otherParts+"/period", fields{"start_year": "2011"})
	mia.writes(otherParts+"/summary", fields{"text": "The summary of Mia"})
	mia.publishes(other, fields{"words": "The year"}).is(http.StatusSeeOther)

	late := b.kim.posts(at, form)
	late.is(http.StatusConflict)
	late.says("#problems", "The public text has changed since you began")
	late.says("#words", "Words that took an hour")
	late.says("main", "The summary of", "Mia")
	b.kim.posts(at, late.filled(fields{"act": "publish"})).is(http.StatusSeeOther)
	now := b.practice(ioannina)
	if now.Period.Start.Year != 2011 || now.Texts[0].Summary != "The summary of Kim" || now.Texts[0].Sections[practice.Purpose] != "The purpose of Kim" {
		t.Errorf("it is %+v", now)
	}
	again := b.kim.posts(at, late.filled(fields{"act": "publish"})) // sent twice
	again.is(http.StatusConflict)
	again.says("main", "This correction is published")
	if b.practice(ioannina).Revision != now.Revision {
		t.Error("a form sent twice is published twice")
	}
	b.kim.post(at, "act", "approve").is(http.StatusNotFound)
}

// What officers have begun from the earlier text meets the conflict that it always
// meets when the practice has moved on.
func TestACorrectionMeetsAChange(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	change := b.changes(ioannina, "The change of Ana")
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.writes(parts+"/period", fields{"start_year": "2011"})
	b.kim.publishes(at, fields{"words": "The year"}).is(http.StatusSeeOther)
	moved := b.kim.presses(b.kim.visit(desks(change)), "/approve", nil)
	moved.is(http.StatusConflict)
	moved.says("main", "The public text has changed since")
}

// Where two editors have to agree, a correction waits on the desk for the second.
func TestACorrectionNeedsASecondEditor(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.Desk.SecondApproval = true
	b.restart()
	mia := b.as(account.Editor)
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.writes(parts+"/summary", fields{"text": "A corrected summary"})
	b.kim.visit(at).says(".acts", "Hand it to a second editor")
	b.kim.publishes(at, fields{"words": "A wrong name"}).leads(http.StatusSeeOther, at)
	b.kim.visit(at).says("main", "is waiting for another editor", "A wrong name")
	b.mailed(store.MailApprovedFirst, mia.id, 1)
	b.mailed(store.MailApprovedFirst, b.kim.id, 0)
	b.mailed(store.MailTextCorrected, b.ana.id, 0)
	mia.visit("/en/desk").says(".queue", "correction of a public text", "1 of 2 approvals")
	b.ana.get(parts).is(http.StatusNotFound)
	b.kim.post(desks(parts)+"/approve", "version", b.version(parts)).is(http.StatusForbidden)
	mia.get(parts+"/summary").leads(http.StatusFound, desks(parts))
	mia.post(parts+"/summary", "seen", b.stored(parts).Content.Digest(submission.Summary), "text", "Mine").is(http.StatusConflict)
	review := mia.visit(desks(parts))
	review.says("#part-summary ins", "corrected")
	review.says("main", "A wrong name")

	mia.comments(desks(parts), "summary", "Which name?")
	mia.presses(mia.visit(desks(parts)), "/ask", nil).is(http.StatusSeeOther)
	b.kim.visit(at).says(".tasks", "Which name?")
	b.kim.visit(parts+"/summary").says("main", "Which name?")
	b.kim.writes(parts+"/summary", fields{"text": "A better summary"}).leads(http.StatusSeeOther, at)
	b.kim.publishes(at, nil).leads(http.StatusSeeOther, at)
	mia.presses(mia.visit(desks(parts)), "/approve", nil).leads(http.StatusSeeOther, desks(parts))
	b.stranger().visit(link.Practice("en", ioannina)).says(".summary", "A better summary")
	b.stranger().visit(link.Practice("en", ioannina)).says(".history", "corrected by an editor", "A wrong name")
	history := b.stranger().visit(link.Practice("en", ioannina) + "/history")
	history.says("main", "corrected by an editor", "A wrong name", "A better summary")
	if strings.Contains(history.body, b.kim.viewer.Name) {
		t.Error("the public history names an editor")
	}
	b.mailed(store.MailTextCorrected, b.ana.id, 1)
	mia.visit(desks(parts)).says("#part-summary ins", "A better summary")
	mia.presses(mia.visit(desks(parts)), "/correct", nil).leads(http.StatusSeeOther, "/en/desk/corrections/2")
}

// An editor who has written the public text cannot correct it alone.
func TestNobodyCorrectsTheirOwnTextAlone(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	change := b.changes(ioannina, "The change of Ana")
	id := b.stored(change).ID
	testdb.Exec(t, b.Store, `insert into submission_officer (submission, account) values ($1, $2)`, int64(id), int64(b.kim.id))
	mia.presses(mia.visit(desks(change)), "/approve", nil).is(http.StatusSeeOther)
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.writes(parts+"/summary", fields{"text": "My own words"})
	b.kim.publishes(at, fields{"words": "Mine"}).leads(http.StatusSeeOther, at)
	b.kim.visit(at).says("main", "is waiting for another editor")
	mia.presses(mia.visit(desks(parts)), "/approve", nil).is(http.StatusSeeOther)
	b.stranger().visit(link.Practice("en", ioannina)).says(".summary", "My own words")
}

// What is archived cannot be corrected, before the correction begins or after.
func TestArchivedPracticesAreNotCorrected(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.writes(parts+"/summary", fields{"text": "A corrected summary"})
	b.kim.post("/en/desk/practices/"+ioannina+"/archive", "words", "It never happened").is(http.StatusSeeOther)
	late := b.kim.publishes(at, fields{"words": "Words that took an hour"})
	late.is(http.StatusConflict)
	late.says("#problems", "is archived")
	late.says("#words", "Words that took an hour")
	b.kim.visit(at).says("main", "is archived")
	begin := b.kim.post(link.BeginCorrection("en", ioannina), "text", "en")
	begin.is(http.StatusConflict)
	begin.says("#problems", "is archived")
	b.kim.post("/en/desk/practices/"+ioannina+"/restore", "words", "It did").is(http.StatusSeeOther)
	b.kim.publishes(at, fields{"words": "Now"}).is(http.StatusSeeOther)
}

// A public text that lacks what a submission needs can be corrected all the same.
func TestAShortTextIsCorrected(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	list := b.listed("country=DE")
	slug := list[slices.IndexFunc(list, func(slug string) bool { return len(b.practice(slug).Texts[0].Sections) == 0 })]
	at, parts := b.kim.corrects(slug, string(b.practice(slug).Texts[0].Language))
	b.kim.writes(parts+"/place", fields{"title": "A title without its slip"}).leads(http.StatusSeeOther, at)
	b.kim.writes(parts+"/period", fields{"start_year": "2020", "end_year": "2010"}).leads(http.StatusSeeOther, at)
	b.kim.publishes(at, fields{"words": "A slip"}).is(http.StatusUnprocessableEntity) // what is wrong now was not before
	b.kim.writes(parts+"/period", fields{"start_year": "2010", "end_year": "2020"}).leads(http.StatusSeeOther, at)
	b.kim.publishes(at, fields{"words": "A slip"}).is(http.StatusSeeOther)
	b.stranger().visit(link.Practice("en", slug)).says("h1", "A title without its slip")
}

// A correction can be discarded and taken back; the script saves its note.
func TestACorrectionIsDiscardedAndTakenBack(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.posts(at, fields{"words": "Half a sen", "act": "save"}, "Accept", "application/json").is(http.StatusOK)
	b.kim.visit(at).says("#words", "Half a sen")
	b.kim.posts(at, b.kim.visit(at).filled(fields{"act": "discard"})).leads(http.StatusSeeOther, at)
	b.kim.get(parts+"/summary").leads(http.StatusFound, at)
	b.kim.posts(at, fields{"words": "Half a sen", "act": "save"}, "Accept", "application/json").is(http.StatusConflict)
	b.kim.posts(at, b.kim.visit(at).filled(fields{"act": "take_back"})).leads(http.StatusSeeOther, at)
	b.kim.visit(at).says("#words", "Half a sen")
	again, _ := b.kim.corrects(ioannina, "en")
	if again != at {
		t.Errorf("what was begun is begun again: %s and %s", at, again)
	}
	b.ana.get(at).is(http.StatusForbidden)
	b.ana.get(parts).is(http.StatusNotFound)
	b.ana.get(parts + "/summary").is(http.StatusNotFound)
	b.kim.get("/en/desk/corrections/" + strconv.Itoa(999999)).is(http.StatusNotFound)
}
