package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// Who decides about a text that another editor holds is asked first, and the other one
// gets a mail.
func TestATextThatAnotherEditorHolds(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	for path, state := range map[string]submission.State{"/ask": submission.ChangesRequested, "/approve": submission.Approved, "/reject": submission.Rejected} {
		mia := b.as(account.Editor)
		at := b.brings(submission.Submitted)
		mia.post(desks(at)+"/assign", "version", b.version(at), "assignee", fmt.Sprint(mia.id)).is(http.StatusSeeOther)
		sent := []string{"version", b.version(at), "cause", "double", "words", "See the other one"}
		if path == "/ask" {
			b.kim.asks(at, "impact", "More about it "+at)
		}
		b.mailed(store.MailDecided, mia.id, 0)
		asked := b.kim.post(desks(at)+path, sent...)
		if asked.status < 400 || b.stored(at).State != submission.Submitted {
			t.Fatalf("%d, and it is %s", asked.status, b.stored(at).State)
		}
		asked.says("#holder", "is working on this")
		b.kim.posts(desks(at)+path, asked.filled(fields{"cause": "double", "words": "See the other one"})).is(http.StatusSeeOther)
		if now := b.stored(at).State; now != state {
			t.Errorf("it is %s", now)
		}
		b.mailed(store.MailDecided, mia.id, 1)
	}
}

// Nobody is asked about an editor who cannot work on it any more, nor about one who has
// agreed and waits for the second approval.
func TestATextThatNobodyWorksOn(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	mia.post(desks(at)+"/assign", "version", b.version(at), "assignee", fmt.Sprint(mia.id)).is(http.StatusSeeOther)
	if err := b.Store.Accounts.Disable(t.Context(), mia.id, store.Actor{By: b.kim.id, At: today}); err != nil {
		t.Fatal(err)
	}
	other := b.brings(submission.Submitted)
	b.kim.visit(desks(at)).lacks("main .warning")
	b.kim.visit(desks(at) + "/reject").lacks("#holder")
	b.kim.visit("/en/desk?assignee=nobody").says("#count", "2 submissions are waiting")
	b.kim.post(desks(other)+"/approve", "version", b.version(other)).leads(http.StatusSeeOther, desks(other))
	b.kim.visit(desks(other)).says("#next", "Handed in")
	b.ana.visit(at).says("main", "with the editors; nobody has taken it yet")
	if err := b.Store.Accounts.Enable(t.Context(), mia.id, store.Actor{By: b.kim.id, At: today}); err != nil {
		t.Fatal(err)
	}
	b.kim.visit(desks(at)).says("main .warning", "is working on this")
	if err := b.Store.Accounts.Disable(t.Context(), mia.id, store.Actor{By: b.kim.id, At: today}); err != nil {
		t.Fatal(err)
	}
	b.kim.post(desks(at)+"/approve", "version", b.version(at)).leads(http.StatusSeeOther, desks(at))
}

// Where two editors have to agree, the first of them holds the text no more: others see
// it as the next one that waits.
func TestWhoHasAgreedHoldsItNoMore(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.Desk.SecondApproval = true
	b.restart()
	mia := b.as(account.Editor)
	at, other := b.brings(submission.Submitted), b.brings(submission.Submitted)
	b.kim.post(desks(at)+"/assign", "version", b.version(at), "assignee", fmt.Sprint(b.kim.id)).is(http.StatusSeeOther)
	b.kim.post(desks(at)+"/approve", "version", b.version(at)).is(http.StatusSeeOther)
	mia.post(desks(other)+"/reject", "version", b.version(other), "cause", "double", "words", "Twice").is(http.StatusSeeOther)
	mia.visit(desks(other)).one("#next")
	review := mia.visit(desks(at))
	review.says("main", "nobody has taken it yet")
	review.says(".assign", "Assign to me")
}

// Those who asked for changes learn that the text is back, and that it was answered,
// whoever it is assigned to.
func TestWhoAskedLearnsThatItIsBack(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	ivy := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	mia.post(desks(at)+"/assign", "version", b.version(at), "assignee", fmt.Sprint(mia.id)).is(http.StatusSeeOther)
	b.kim.asks(at, "impact", "More about it "+at)
	b.kim.edits(at, submission.Step{Action: submission.RequestChanges, Holder: mia.id})
	id := b.stored(at).ID
	written, err := b.Store.Submissions.Comments(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	r := store.Contribution{Submission: id, By: b.ana.viewer, At: today}
	if err := b.Store.Submissions.AddComment(t.Context(), r, submission.Comment{Parent: written[0].ID, Part: "impact", Text: "Here it is"}, "an answer"); err != nil {
		t.Fatal(err)
	}
	b.ana.edits(at, submission.Step{Action: submission.Submit, Consent: "Yes"})
	for _, editor := range []*client{b.kim, mia} {
		b.mailed(store.MailAnswered, editor.id, 1)
		b.mailed(store.MailSubmitted, editor.id, 2)
	}
	b.mailed(store.MailAnswered, ivy.id, 0)
	b.mailed(store.MailSubmitted, ivy.id, 1) // of the first time, when nobody knew it
	receipt := b.ana.visit(at + "/receipt")
	receipt.says("main", "who know it have been told")
	if strings.Contains(receipt.body, "has read it before") {
		t.Error("the receipt says who has read it")
	}
}

// Archiving and restoring a practice of one's own city is for other editors.
func TestArchivingAPracticeOfOnesOwnCity(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	eva := b.asBoth(both, "GR Ioannina")
	for _, path := range []string{"/archive", "/restore"} {
		at := "/en/desk/practices/" + ioannina + path
		eva.get(at).is(http.StatusForbidden)
		eva.post(at, "words", "It is out of date").is(http.StatusForbidden)
		if path == "/archive" {
			b.kim.post(at, "words", "It is out of date").is(http.StatusSeeOther)
		}
	}
}

// Who takes a submission in the list stays in the list, where it was.
func TestTakingInTheListStaysThere(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A garden")
	list := b.kim.visit(b.kim.canonical("/en/desk?q=garden"))
	taken := b.kim.presses(list, "/assign", nil)
	taken.leads(http.StatusSeeOther, "/en/desk?q=garden#submission-"+fmt.Sprint(int64(b.stored(at).ID)))
	if now := b.stored(at).Assignee; now != b.kim.id {
		t.Errorf("it is with %d", now)
	}
	b.kim.follow(taken).one("#submission-" + fmt.Sprint(int64(b.stored(at).ID)))
}

// Two requests at the same time begin one correction.
func TestTwoTabsBeginOneCorrection(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	var done sync.WaitGroup
	for i := range 6 {
		done.Go(func() {
			b.kim.post(link.BeginCorrection("en", ioannina), link.TextParameter, "en", "key", fmt.Sprintf("%032d", i))
		})
	}
	done.Wait()
	own, err := b.Store.Submissions.OwnCorrections(t.Context(), b.kim.id)
	if err != nil || len(own) != 1 {
		t.Errorf("%d corrections, %v", len(own), err)
	}
}

// What editors ask for is read as they wrote it, lists too, and only those who have
// joined are named as authors.
func TestCommentsAreReadAsWritten(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	b.kim.asks(at, "impact", "Please add:\n- how many came\n- how often")
	if got := len(all(b.kim.visit(desks(at)).doc, ".words li")); got != 2 {
		t.Errorf("the editor reads %d items", got)
	}
	b.kim.edits(at, submission.Step{Action: submission.RequestChanges})
	if got := len(all(b.ana.visit(at+"/impact").doc, ".words li")); got != 2 {
		t.Errorf("the officer reads %d items", got)
	}
	r := store.Contribution{Submission: b.stored(at).ID, By: b.ana.viewer, At: today}
	if err := b.Store.Submissions.InviteAuthor(t.Context(), r, "new@city.example", "en"); err != nil {
		t.Fatal(err)
	}
	b.ana.edits(at, submission.Step{Action: submission.Submit, Consent: "Yes"})
	if strings.Contains(b.kim.visit(desks(at)).body, "new@city.example") {
		t.Error("who was only invited is an author")
	}
}
