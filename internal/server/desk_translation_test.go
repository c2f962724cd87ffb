package server_test

import (
	"net/http"
	"strings"
	"testing"

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
	b.ana.writes(change+"/contact", fields{"text": "The town hall"}).is(http.StatusSeeOther)
	b.ana.writes(change+"/stimulus", fields{"text": "People came."}).is(http.StatusSeeOther)
	b.ana.posts(change+"/check", b.ana.visit(change+"/check").filled(fields{"consent": "yes"})).is(http.StatusSeeOther)
	b.kim.edits(change, submission.Step{Action: submission.Approve})

	review = b.kim.visit(desks(at))
	review.says("#part-summary .aware", "The original has changed here")
	review.says("section[aria-labelledby=original-summary] ins", "Every year.")
	same(t, "marks", texts(all(review.doc, "#part-stimulus .aware")), []string{"Missing in the translation.", "The original has changed here since this translation began. The changes are marked in it."})
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
