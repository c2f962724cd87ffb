package server_test

import (
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// What is written in the boxes of a review is kept whichever button is pressed, also by
// a browser without script; only whoever wrote it sees it.
func TestEveryBoxOfAReviewIsKept(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	typed := func(more fields) fields {
		f := b.kim.visit(desks(at)).filled(fields{"say-impact": "How many?", "say-summary": "Shorter", "say-notes": "Ask the mayor", "criterion": "real"})
		maps.Copy(f, more)
		return f
	}
	b.kim.posts(desks(at)+"/comments", typed(fields{"add": "say-impact"})).leads(http.StatusSeeOther, desks(at)+"#part-impact")
	page := b.kim.visit(desks(at))
	page.says("#part-impact .say", "How many?")
	page.says("#say-summary", "Shorter")
	page.says("#say-notes", "Ask the mayor")
	page.says(".dock", "Ask for changes (2 comments)", "Criteria 1 of 6")
	if other := mia.visit(desks(at)); text(other.one("#say-summary")) != "" {
		t.Error("another editor reads what is not sent")
	}
	for _, path := range []string{"/criteria", "/assign", "/comments"} {
		form := b.kim.visit(desks(at)).filled(fields{"say-process": "Who paid? " + path, "take": strconv.Itoa(int(b.kim.id)), "to": "correct/summary"})
		b.kim.posts(desks(at)+path, form).is(http.StatusSeeOther)
		b.kim.visit(desks(at)).says("#say-process", "Who paid? "+path)
	}
	form := b.kim.visit(desks(at)).filled(nil)
	for range 2 { // the button is pressed twice
		b.kim.posts(desks(at)+"/ask", form).is(http.StatusSeeOther)
	}
	officer := b.ana.visit(at + "/summary")
	officer.says(".say .words", "Shorter")
	b.ana.visit(at+"/process").says(".say .words", "Who paid?")
	page = b.kim.visit(desks(at))
	page.says("#say-notes", "Ask the mayor") // notes are sent to nobody
	page.lacks("#say-summary")
	same(t, "ticked", b.stored(at).Criteria, []submission.Criterion{"real"})
}

// The script saves what is written, and two editors who tick at the same time do not
// undo each other.
func TestAReviewSavesItself(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	form := b.kim.visit(desks(at))
	mia.presses(mia.visit(desks(at)), "/criteria", fields{"criterion": "honest"})
	saved := b.kim.posts(desks(at)+"/comments", form.filled(fields{"say-impact": "How ma", "criterion": "real"}), "Accept", "application/json")
	saved.is(http.StatusOK)
	if want := `{"saved":"2025-06-15T12:00:00Z","seen":"real,honest","words":0}`; strings.TrimSpace(saved.body) != want {
		t.Errorf("answered %s, want %s", saved.body, want)
	}
	b.kim.visit(desks(at)).says("#say-impact", "How ma")
	same(t, "ticked by both", b.stored(at).Criteria, []submission.Criterion{"real", "honest"})
	b.kim.posts(desks(at)+"/comments", form.filled(fields{"say-impact": "How many?", "add": "say-impact", "seen": "real,honest", "criterion": "honest"}))
	b.kim.posts(desks(at)+"/comments", form.filled(fields{"say-impact": "How many?", "seen": "real,honest"}), "Accept", "application/json") // late
	if now := b.kim.visit(desks(at)); text(now.one("#say-impact")) != "" {
		t.Error("what is a comment now is a draft again")
	}
	b.kim.posts(desks(at)+"/comments", form.filled(fields{"say-impact": "And when?", "add": "say-impact"})) // by the button Back
	b.kim.visit(desks(at)).says("#part-impact", "How many?", "And when?")
}

// The last decision says what becomes of comments that are not sent, those in boxes too,
// or nothing is decided and everything stays.
func TestNoCommentIsLeftBehind(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	for _, act := range []struct{ name, choice string }{{"approve", "send"}, {"approve", "drop"}, {"reject", "send"}, {"reject", "drop"}} {
		at := b.brings(submission.Submitted)
		b.kim.comments(desks(at), "impact", "Some figures would help "+at)
		typed := b.kim.visit(desks(at)).filled(fields{"say-summary": "A little long", "to": act.name})
		path := desks(at) + "/comments"
		if act.name == "approve" {
			path = desks(at) + "/approve"
		}
		question := b.kim.posts(path, typed)
		if act.name == "reject" {
			question = b.kim.follow(question)
		}
		question.says("main", "2 comments have not been sent yet", "Some figures would help", "A little long")
		if now := b.stored(at).State; now != submission.Submitted {
			t.Fatalf("%s: it is %s before anybody has chosen", act.name, now)
		}
		b.kim.visit(desks(at)).says("#part-summary .say", "A little long") // stopping is going back
		undecided := b.kim.posts(desks(at)+"/"+act.name, question.filled(fields{"cause": "scope", "words": "Typed words"}))
		undecided.is(http.StatusUnprocessableEntity)
		undecided.says("#problems a", "Choose what happens to the comments")
		b.kim.posts(desks(at)+"/"+act.name, undecided.filled(fields{"pending": act.choice})).leads(http.StatusSeeOther, desks(at))
		page, text := b.kim.visit(desks(at)), text(b.ana.visit(at).one("main"))
		if sent := strings.Contains(text, "A little long") && strings.Contains(text, "Some figures"); sent != (act.choice == "send") {
			t.Errorf("%s, %s: the officer reads %q", act.name, act.choice, text)
		}
		if act.choice == "send" {
			page.says("#part-summary .say", "Sent with the decision")
		} else {
			page.lacks(".say")
		}
	}
}

// Every way that leads from a review to another page keeps what is written in its boxes,
// without a script too, and leads there.
func TestLeavingAReviewKeepsWhatIsWritten(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	again := b.brings(submission.Submitted)
	b.kim.comments(desks(again), "impact", "How many?")
	b.kim.edits(again, submission.Step{Action: submission.RequestChanges})
	b.ana.posts(again+"/check", b.ana.visit(again+"/check").filled(fields{"consent": "yes"})).is(http.StatusSeeOther)
	public := b.brings(submission.Approved)
	practice := "/en/practices/" + b.stored(public).Slug
	id := func(at string) string { return strconv.Itoa(int(b.stored(at).ID)) }
	for at, ways := range map[string]map[string]string{
		again: {"desk": "/en/desk", "history": desks(again) + "/history", "view/whole": desks(again) + "?view=whole",
			"view/changes": desks(again) + "?view=changes", "since": desks(again) + "?since=1", "reopen": desks(again) + "/reopen"},
		public: {"practice": practice, "archive": "/en/desk/practices/" + b.stored(public).Slug + "/archive", "desk/" + id(again): desks(again)},
	} {
		page := b.kim.visit(desks(at))
		for _, a := range all(page.doc, "main a") {
			if href := attr(a, "href"); !strings.HasPrefix(href, "#") {
				t.Errorf("%s is a link, which forgets what is written", href)
			}
		}
		for to, address := range ways {
			if to != "reopen" && len(all(page.doc, "button[form=written][name=to][value="+to+"]")) == 0 && len(all(page.doc, "#next[value="+to+"]")) == 0 {
				t.Errorf("no button leads to %s", to)
			}
			b.kim.posts(desks(at)+"/comments", b.kim.visit(desks(at)).filled(fields{"say-notes": "Words before " + to, "to": to, "since": "1"})).leads(http.StatusSeeOther, address)
			b.kim.visit(desks(at)).says("#say-notes", "Words before "+to)
		}
		b.kim.posts(desks(at)+"/comments", page.filled(fields{"to": "https://elsewhere.example"})).is(http.StatusNotFound)
	}
}

// A form with more fields than can be read is refused: as an empty one it would be
// answered like a saved one, and its words would be gone.
func TestFormWithTooManyFieldsIsRefused(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("Many boxes")
	form := fields{"say-impact": "Kept or refused"}
	for i := range 10_001 {
		form[fmt.Sprint("x", i)] = ""
	}
	b.kim.posts(desks(at)+"/comments", form).is(http.StatusRequestEntityTooLarge)
	b.kim.posts(desks(at)+"/comments", fields{"reply-999999": "to nobody"}).is(http.StatusSeeOther)
	if drafts, err := b.Store.Submissions.CommentDrafts(t.Context(), b.stored(at).ID, b.kim.id); err != nil || len(drafts) > 0 {
		t.Errorf("kept: %v, %v", drafts, err)
	}
}
