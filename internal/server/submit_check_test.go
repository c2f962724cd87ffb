package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/submission"
)

func TestCheckAndSubmit(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	check := b.ana.visit(at + "/check")
	check.says("main", "things are still missing", "Say in which year it began", "Write something under “Purpose”", "Not provided")
	check.lacks("#problems")

	refused := b.ana.posts(at+"/check", check.filled(nil))
	refused.is(http.StatusUnprocessableEntity)
	refused.says("title", "Error: Check your answers")
	refused.says("#problems", "Choose at least one topic", "Write something under “Impact”")
	path := "/en/submissions/1/impact?return=check#impact"
	if found := all(refused.doc, "#problems a[href="+path+"]"); len(found) != 1 {
		t.Errorf("nothing leads to %s", path)
	}
	field := b.ana.visit("/en/submissions/1/impact?return=check")
	field.says("#impact-problem", "Write something under “Impact”")
	b.ana.posts(at+"/impact", field.filled(fields{"text": "2,000 people came", "act": "continue"})).leads(http.StatusSeeOther, at+"/check")
	if b.stored(at).State != submission.Draft {
		t.Error("what is incomplete was submitted")
	}
}

// The consent is stored in the words that were shown. A button that is pressed
// twice submits once.
func TestSubmitOnce(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.complete("A desk for newcomers")
	check := b.ana.visit(at + "/check")
	refused := b.ana.posts(at+"/check", check.filled(nil))
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#consent-problem", "Tick the box")

	form := check.filled(fields{"consent": "yes"})
	b.ana.posts(at+"/check", form).leads(http.StatusSeeOther, at+"/receipt")
	b.ana.posts(at+"/check", form).leads(http.StatusSeeOther, at+"/receipt")
	s := b.stored(at)
	if s.State != submission.Submitted || s.Round != 1 || !strings.Contains(s.Consent.Wording, "CC BY 4.0") || s.Consent.By != b.ana.id || !s.Consent.At.Equal(today) {
		t.Errorf("submitted as %+v", s)
	}
	if revisions, err := b.Store.Submissions.Revisions(t.Context(), s.ID); err != nil || len(revisions) != 1 {
		t.Errorf("revisions: %d, %v", len(revisions), err)
	}
	b.ana.visit(at+"/receipt").says("main", "EX-00001", "within 14 days", "The editors have been told", "CC BY 4.0", b.ana.viewer.Name, "15 June 2025")
	b.ana.visit(at).says("main", "Submitted", "with the editors", "Words about process")
	b.ana.get(at+"/summary").leads(http.StatusFound, at)
	b.ana.get(at+"/check").leads(http.StatusFound, at)
	late := b.ana.posts(at+"/summary", fields{"text": "Words that took an hour"})
	late.is(http.StatusConflict)
	late.says("#problems", "cannot be changed here any more", "Submitted")
	late.says("#summary", "Words that took an hour")
	b.bo.posts(at+"/check", form).is(http.StatusConflict) // a colleague's form, sent too late
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk for newcomers")
	form := b.ana.visit(at + "/withdraw").filled(nil)
	b.ana.posts(at+"/withdraw", form).leads(http.StatusSeeOther, at)
	b.ana.posts(at+"/withdraw", form).leads(http.StatusSeeOther, at)
	list := b.ana.visit(at)
	list.says("#notice", "Withdrawn")
	list.says("main", "Draft", "completed")
	b.ana.get(at+"/withdraw").leads(http.StatusFound, at)
	b.ana.get(at+"/receipt").leads(http.StatusFound, at)
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	if s := b.stored(at); s.Round != 2 {
		t.Errorf("the second time it is round %d", s.Round)
	}
}

func TestDiscardAndTakeBack(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	b.ana.posts(at+"/discard", b.ana.visit(at).filled(nil)).leads(http.StatusSeeOther, "/en/submissions")
	list := b.ana.visit("/en/submissions")
	list.says("#notice", "Discarded")
	list.says("section[aria-labelledby=group-discarded]", "A desk for newcomers", "Restore")
	b.ana.visit(at).says("main", "Discarded")
	b.ana.posts(at+"/take-back", list.filled(nil)).leads(http.StatusSeeOther, at)
	b.ana.visit(at).says("main", "Draft")

	b.ana.posts(at+"/discard", b.ana.visit(at).filled(nil))
	late := b.ana.visit(at).filled(nil)
	b.clock = func() time.Time { return today.Add(submission.KeepDiscarded + time.Hour) }
	b.ana.signIn(account.Account{ID: b.ana.id, Role: account.Officer, Mail: b.ana.mail, Cities: b.ana.viewer.Cities})
	b.ana.posts(at+"/take-back", late).is(http.StatusConflict)
	b.ana.visit("/en/submissions").says(".empty", "You have not started a practice yet")
}

// Comments of editors are shown on the task list and at their parts. Officers
// reply, mark them as done, and submit again.
func TestChangesAskedFor(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk for newcomers")
	b.kim.asks(at, "impact", "How many people?")
	b.kim.asks(at, "", "Nice work")
	b.kim.edits(at, submission.Step{Action: submission.RequestChanges})

	b.ana.visit("/en/submissions").says("section[aria-labelledby=group-changes_requested]", "A desk for newcomers", "See what to change")
	list := b.ana.visit(at)
	list.says("main", "An editor has asked for 2 changes", "Nice work", "1 comment")
	list.says("#state-impact", "Change asked for")
	part := b.ana.visit(at + "/impact")
	comment := "/en/submissions/1/comments/1"
	part.says(".say", "How many people?", b.kim.viewer.Name)
	empty := b.ana.posts(at+"/impact", part.filled(fields{"answer": "1", "reply-1": " "}))
	empty.is(http.StatusUnprocessableEntity)
	empty.says(".say .problem", "Write an answer")
	for range 2 {
		b.ana.posts(at+"/impact", part.filled(fields{"answer": "1", "reply-1": "2,000"})).leads(http.StatusSeeOther, at+"/impact#comment-1")
	}
	part = b.ana.visit(at + "/impact")
	part.says(".say .say", "2,000")
	for field, said := range map[string]string{"done": "Marked as done.", "undone": "No longer marked as done."} {
		b.ana.follow(b.ana.posts(comment, fields{field: "1"})).says("#notice", said)
	}
	b.ana.follow(b.ana.posts(comment, fields{"done": "1", "reply-1": "In 2019"})).says("#notice", "Your answer has been saved, and the comment is marked as done.")
	b.ana.visit(at+"/impact").says(".answering", "Not done after all")
	b.ana.posts("/en/submissions/1/comments/2", fields{"done": "2"}).leads(http.StatusSeeOther, at+"#comment-2")
	b.ana.visit(at).says("main", "Everything that was asked for is marked as done")
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	b.ana.visit(at).says("main", "How many people?", "2,000")
	b.ana.posts(comment, fields{"undone": "1"}).is(http.StatusConflict)
	b.ana.posts("/en/submissions/1/comments/99", fields{"done": "99"}).is(http.StatusNotFound)
}

// A button beside a comment saves the part, and what stands in the boxes of other
// comments stays there; a reply that is written goes with its comment.
func TestMarkingACommentLosesNoWord(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk for newcomers")
	for _, words := range []string{"How many?", "Since when?"} {
		b.kim.asks(at, "impact", words)
		b.kim.asks(at, "pictures", words+" pictures")
		b.kim.asks(at, "", words+" in all")
	}
	b.kim.edits(at, submission.Step{Action: submission.RequestChanges})
	b.ana.posts(at+"/impact", b.ana.visit(at+"/impact").filled(fields{"text": "1,677 people", "done": "1", "reply-4": "I am asking"})).leads(http.StatusSeeOther, at+"/impact#comment-1")
	page := b.ana.visit(at + "/impact")
	page.says("#impact", "1,677 people")
	page.says("#reply-4", "I am asking")
	page.says("#comment-1", "Not done after all")
	page.lacks("#comment-4 .say")
	if other := b.bo.visit(at + "/impact"); text(other.one("#reply-4")) != "" {
		t.Error("a colleague reads what is not sent")
	}
	b.ana.posts(at+"/impact", page.filled(fields{"done": "4"}))
	b.ana.visit(at+"/impact").says("#comment-4 .say", "I am asking")
	b.ana.posts(at+"/pictures", b.ana.visit(at+"/pictures").filled(fields{"done": "2", "reply-5": "None yet"})).leads(http.StatusSeeOther, at+"/pictures#comment-2")
	b.ana.visit(at+"/pictures").says("#reply-5", "None yet")
	list := b.ana.visit(at)
	b.ana.presses(list, "/comments/3", fields{"answer": "3", "reply-3": "See above", "reply-6": "Half a"}).leads(http.StatusSeeOther, at+"#comment-3")
	list = b.ana.visit(at)
	list.says("#comment-3 .say", "See above")
	list.says("#reply-6", "Half a")
}

func TestPrintedDraft(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.complete("A desk for newcomers")
	b.ana.visit(at+"/print").says("article", "EX-00001", "Words about process", "since April 2017", "Ioannina, Greece", "Not provided", "3 of 600 words")
}
