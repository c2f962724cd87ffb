package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"exempla/internal/link"
	"exempla/internal/submission"
)

// translates starts a translation of the practice of Ioannina, fills in what it must have
// and submits it.
func (c *client) translates(language, title string) string {
	c.Helper()
	path := link.Translate("en", ofIoannina)
	at := c.posts(path, c.visit(path).filled(fields{"language": language})).header.Get("Location")
	c.writes(at+"/place", fields{"title": title})
	for _, part := range []string{"summary", "purpose", "process", "impact", "contact"} {
		c.writes(at+"/"+part, fields{"text": title + " " + part}).is(http.StatusSeeOther)
	}
	c.posts(at+"/check", c.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	return at
}

// Each part of a translation has the original beside it, in its own language, and says
// what is missing and what the original has newer. The officers read the same.
func TestTranslationIsReviewedBesideItsOriginal(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	original := b.practice(ofIoannina).Texts[0]
	at := b.ivo.translates("ar", "تنسيق")
	review := b.kim.visit(desks(at))
	for _, part := range []string{"place", "summary", "purpose", "process", "impact"} {
		review.says("#original-"+part, "The original, in English")
		review.says("#translated-"+part, "The translation, in Arabic")
	}
	beside := "section[aria-labelledby=original-summary] .said[lang=en][dir=ltr]"
	review.says(beside, original.Summary)
	review.one("section[aria-labelledby=translated-summary] .said[lang=ar][dir=rtl]")
	review.says("section[aria-labelledby=original-place] p[lang=en]", original.Title)
	review.lacks(".aware")
	b.kim.visit(strings.Replace(desks(at), "/en/", "/ar/", 1)).one("h1[dir=auto][lang=ar]")

	change := b.ana.posts(link.Propose("en", ofIoannina), fields{"text": "en", "key": "PROPOSAL"}).header.Get("Location")
	b.ana.writes(change+"/summary", fields{"text": original.Summary + " Every year."}).is(http.StatusSeeOther)
	b.ana.writes(change+"/contact", fields{"text": "The town hall", "person": "no"}).is(http.StatusSeeOther)
	b.ana.writes(change+"/stimulus", fields{"text": "People came."}).is(http.StatusSeeOther)
	b.ana.posts(change+"/check", b.ana.visit(change+"/check").filled(fields{"consent": "yes"})).is(http.StatusSeeOther)
	b.kim.edits(change, submission.Step{Action: submission.Approve})

	review = b.kim.visit(desks(at))
	review.says("#part-summary .aware", "The original has changed here")
	review.says("section[aria-labelledby=original-summary] ins", "Every year.")
	same(t, "marks", texts(all(review.doc, "#part-stimulus .aware")), []string{"Missing in the translation.", "The original has changed here since it was translated. The changes are marked in it."})
	for _, part := range []string{"place", "purpose", "process"} {
		review.lacks("#part-" + part + " .aware")
	}
	b.ivo.posts(at+"/withdraw", b.ivo.visit(at+"/withdraw").filled(nil)).is(http.StatusSeeOther)
	form := b.ivo.visit(at + "/summary")
	form.says(".aware", "The original has changed here")
	form.says("section[aria-labelledby=original] ins", "Every year.")
	b.ivo.visit(at+"/stimulus").says("main", "Missing in the translation.", "The original has changed here")
}

// Where the original is no longer public, a translation is reviewed without it.
func TestTranslationOfAnArchivedPractice(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ivo.translates("ar", "تنسيق")
	err := b.Store.Practices.Advance(b.T.Context(), ofIoannina, submission.PracticeStep{Action: submission.Archive, By: b.kim.viewer, At: today, Reason: "Over"})
	if err != nil {
		t.Fatal(err)
	}
	b.kim.visit(desks(at)).lacks("#original-summary")
}

// Editors ask of a translation whether it says what the original says; what makes a good
// practice was asked of the original.
func TestTranslationHasItsOwnCriteria(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	review := desks(b.ivo.translates("ar", "تنسيق"))
	same(t, "criteria", attrs(all(b.kim.visit(review).doc, "#criteria input"), "value"), []string{"faithful", "complete", "plain"})
	b.kim.posts(review+"/criteria", b.kim.visit(review).filled(fields{"criterion": "plain"})).is(http.StatusSeeOther)
	p := b.kim.visit(review)
	same(t, "ticked", attrs(all(p.doc, "#criteria input[checked]"), "value"), []string{"plain"})
	p.says(".dock", "Criteria 1 of 3")
}

// changesOriginal changes the summary of the practice of Ioannina, and has it approved.
func (b *bureau) changesOriginal(summary string, approve func(at string)) {
	b.Helper()
	change := b.ana.posts(link.Propose("en", ofIoannina), fields{"text": "en", "key": "CHANGE"}).header.Get("Location")
	b.ana.writes(change+"/summary", fields{"text": summary}).is(http.StatusSeeOther)
	b.ana.writes(change+"/contact", fields{"text": "The town hall", "person": "no"}).is(http.StatusSeeOther)
	b.ana.posts(change+"/check", b.ana.visit(change+"/check").filled(fields{"consent": "yes"})).is(http.StatusSeeOther)
	approve(change)
}

// ticking has the clock of the site go on by an hour with each approval.
func (b *bureau) ticking() (approve func(at string)) {
	hours := 0
	b.clock = func() time.Time { return today.Add(time.Duration(hours) * time.Hour) }
	return func(at string) {
		b.Helper()
		hours++
		b.kim.presses(b.kim.visit(desks(at)), "/approve", nil).is(http.StatusSeeOther)
		hours++
	}
}

// A translation whose original has changed is marked wherever it is listed. Translated
// again, it is asked for what is new in the original, and follows it then.
func TestTranslationIsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	approve := b.ticking()
	approve(b.ivo.translates("ar", "تنسيق"))
	b.ivo.visit("/en/submissions").lacks(".own .aware")
	b.changesOriginal(b.practice(ofIoannina).Texts[0].Summary+" Every year.", approve)

	own := b.ivo.visit("/en/submissions")
	own.says(".own .aware", "The original has changed since")
	older := func() string {
		return strings.Join(texts(all(b.ana.visit("/en/submissions").doc, ".own .aware")), "; ")
	}
	if said := older(); !strings.Contains(said, "older than the original: Arabic") {
		t.Errorf("who published the original reads %q", said)
	}
	arabic := link.Text("en", ofIoannina, "ar")
	same(t, "next step", attrs(all(own.doc, ".own a.btn"), "href")[:1], []string{arabic})
	b.kim.visit("/en/desk?state=all").says(".queue .aware", "The original has changed since")
	b.stranger().visit(arabic).says("article .note", "The original has changed since this translation was made.")
	b.stranger().visit(arabic).lacks(".tools form[method=post]")
	b.ivo.visit(arabic).says(".tools form[method=post]", "Bring this translation up to date")

	again := b.ivo.posts(link.Translate("en", ofIoannina), fields{"language": "ar", "key": "AGAIN"}).header.Get("Location")
	same(t, "asked for", texts(all(b.ivo.visit(again).doc, ".tasks .problem")), []string{
		"Bring “Summary” up to date with the original, then tick the box below it", "Bring “Contact” up to date with the original, then tick the box below it"})
	b.ivo.visit(again + "/purpose").lacks("#completed")
	b.ivo.visit(again+"/summary").says("section[aria-labelledby=original] ins", "Every year.")
	send := func() page {
		return b.ivo.posts(again+"/check", b.ivo.visit(again+"/check").filled(fields{"consent": "yes"}))
	}
	send().is(http.StatusUnprocessableEntity)
	b.ivo.writes(again+"/summary", fields{"text": "تنسيق كل عام", "completed": "yes"}).is(http.StatusSeeOther)
	b.ivo.writes(again+"/contact", fields{"completed": "yes"}).is(http.StatusSeeOther)
	send().is(http.StatusSeeOther)
	review := b.kim.visit(desks(again))
	review.says("section[aria-labelledby=original-summary] ins", "Every year.")
	review.says(".comparing", "public")
	approve(again)
	b.ivo.visit("/en/submissions").lacks(".own .aware")
	if said := older(); strings.Contains(said, "Arabic") {
		t.Errorf("brought up to date, it is still %q", said)
	}
	if notes := texts(all(b.stranger().visit(arabic).doc, "article .note")); strings.Contains(strings.Join(notes, " "), "has changed") {
		t.Errorf("brought up to date, its page says %q", notes)
	}
}

// A translation that is approved as it is, although its original has changed since its
// officers submitted it, is outdated from its first day. They are told.
func TestTranslationApprovedBehindItsOriginal(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	approve := b.ticking()
	at := b.ivo.translates("ar", "تنسيق")
	b.changesOriginal("It is another one now.", approve)
	b.kim.visit("/en/desk").says(".queue .aware", "The original has changed since")
	b.ivo.visit("/en/submissions").says(".own .aware", "The original has changed since")
	moved := b.kim.presses(b.kim.visit(desks(at)), "/approve", nil)
	moved.is(http.StatusConflict)
	b.kim.presses(moved, "/approve", nil).is(http.StatusSeeOther)
	b.stranger().visit(link.Text("en", ofIoannina, "ar")).says("article .note", "The original has changed since this translation was made.")
	again := b.ivo.posts(link.Translate("en", ofIoannina), fields{"language": "ar", "key": "AGAIN"}).header.Get("Location")
	b.ivo.visit(again+"/summary").says("section[aria-labelledby=original] ins", "It is another one now")
	b.ivo.visit(again + "/summary").one("#completed")
	b.ivo.visit(again + "/purpose").lacks("#completed")
}
