package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/submission"
)

func TestOnlyActiveEditorsAreAssigned(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	assign := func(to any) page {
		return b.kim.post(desks(at)+"/assign", "version", b.version(at), "assignee", fmt.Sprint(to))
	}
	for _, to := range []any{b.ana.id, 999999, "x", ""} {
		assign(to).is(http.StatusNotFound)
	}
	assign(mia.id).leads(http.StatusSeeOther, desks(at))
	if now := b.stored(at); now.Assignee != mia.id {
		t.Errorf("it is with %d, not with %d", now.Assignee, mia.id)
	}
	mia.visit("/en/desk?assignee=me").says(".queue", "Handed in", "with you")
	b.kim.visit("/en/desk?assignee=me").says(".empty", "Nothing here matches")
}

func TestReasonsHaveALimit(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	limit := submission.MaxReason - 500
	reject := func(reason string) page {
		return b.kim.post(desks(at)+"/reject", "version", b.version(at), "cause", "scope", "words", reason)
	}
	long := reject(strings.Repeat("ä", limit+1))
	long.is(http.StatusUnprocessableEntity)
	long.says("#words-problem", "Use at most")
	reject("\xff").is(http.StatusUnprocessableEntity)
	reject(strings.Repeat("ä", limit)).leads(http.StatusSeeOther, desks(at))
	if now := b.stored(at); now.State != submission.Rejected {
		t.Errorf("it is %s", now.State)
	}
}

func TestUnknownModesOfAReviewAreIgnored(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.changes(ioannina, "Another title")
	b.kim.visit(desks(at)+"?view=nonsense&since=-3").says("main", "compared with the public text")
	b.kim.visit(desks(at) + "?view=whole").lacks("ins")
	sent := b.kim.post(desks(at)+"/criteria?view=whole", "criterion", "real")
	sent.leads(http.StatusSeeOther, desks(at)+"?view=whole#criteria")
	b.kim.post(desks(at)+"/criteria?view=nonsense", "criterion", "real").leads(http.StatusSeeOther, desks(at)+"#criteria")
}

// An archived practice can still be translated, only without the original text,
// and a change of it is reviewed as a whole.
func TestWorkOnAnArchivedPractice(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	form := b.ana.visit(link.Translate("en", ioannina)).filled(fields{"language": "uk"})
	at := b.ana.posts(link.Translate("en", ioannina), form).header.Get("Location")
	b.ana.visit(at + "/summary").one("#original")
	change := b.changes(ioannina, "Another title")
	b.kim.post("/en/desk/practices/"+ioannina+"/archive", "words", "It never happened").is(http.StatusSeeOther)
	b.ana.visit(at + "/summary").lacks("#original")
	b.ana.writes(at+"/summary", fields{"text": "Слова"}).is(http.StatusSeeOther)
	b.kim.visit(desks(change)).lacks("ins")
	b.kim.get("/en/desk/practices/no-such-practice/archive").is(http.StatusNotFound)
	b.kim.get("/en/desk/practices/Not%20a%20slug/archive").is(http.StatusNotFound)
}
