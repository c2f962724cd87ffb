package server_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/submission"
)

// version is the version of a submission, as forms carry it.
func (s *site) version(at string) string {
	s.Helper()
	return strconv.Itoa(s.stored(at).Version)
}

// acts are the steps of editors, each with a valid form.
var acts = []struct {
	action submission.Action
	path   string
	fields []string
}{
	{submission.Approve, "/approve", nil},
	{submission.RequestChanges, "/ask", nil},
	{submission.Reject, "/reject", []string{"cause", "double", "words", "See the other one"}},
	{submission.Reopen, "/reopen", []string{"words", "We were wrong"}},
	{submission.Assign, "/assign", nil},
}

// brings creates a submission in a state.
func (b *bureau) brings(state submission.State) string {
	b.Helper()
	at := "/en/submissions/" + b.handIn(b.ana)
	steps := map[submission.State]submission.Step{
		submission.ChangesRequested: {Action: submission.RequestChanges},
		submission.Approved:         {Action: submission.Approve},
		submission.Rejected:         {Action: submission.Reject, Reason: "Twice"},
	}
	if state == submission.ChangesRequested {
		b.kim.asks(at, "impact", "More "+at)
	}
	if step, ok := steps[state]; ok {
		b.kim.edits(at, step)
	}
	if state == submission.Draft || state == submission.Discarded {
		b.ana.posts(at+"/withdraw", fields{"version": b.version(at)})
	}
	if state == submission.Discarded {
		b.ana.posts(at+"/discard", fields{"version": b.version(at)})
	}
	if now := b.stored(at).State; now != state {
		b.Fatalf("wanted one that is %s, got %s", state, now)
	}
	return at
}

// TestEveryDecisionInEveryState sends every form in every state, and compares
// with the table of steps: what it allows happens, and everything else changes
// nothing and says so.
func TestEveryDecisionInEveryState(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	for _, state := range submission.States {
		for _, act := range acts {
			at := b.brings(state)
			before := b.stored(at)
			allowed := before.Allows(act.action, mia.viewer)
			sent := append([]string{"version", b.version(at), "assignee", strconv.Itoa(int(mia.id))}, act.fields...)
			if act.action == submission.RequestChanges && allowed {
				b.kim.asks(at, "summary", "More of it "+at)
			}
			got := mia.post(desks(at)+act.path, sent...)
			after := b.stored(at)
			switch {
			case allowed && got.status != http.StatusSeeOther:
				t.Errorf("%s of one that is %s: %d", act.action, state, got.status)
			case !allowed && (got.status != http.StatusConflict || after.State != before.State || after.Version != before.Version):
				t.Errorf("%s of one that is %s: %d, and now it is %s", act.action, state, got.status, after.State)
			case !allowed:
				got.one("#problems")
			}
			offered := slices.ContainsFunc(all(mia.visit(desks(at)).doc, "main button"), sends(act.path))
			if still := after.Allows(act.action, mia.viewer); offered != still {
				t.Errorf("%s of one that is %s now: offered %t, allowed %t", act.action, after.State, offered, still)
			}
		}
	}
}

// sends returns whether a button leads to a path under a submission.
func sends(path string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		to, _, _ := strings.Cut(attr(n, "formaction"), "?")
		return strings.HasSuffix(to, path) || attr(n, "name") == "to" && "/"+attr(n, "value") == path
	}
}

func TestNobodyApprovesTheirOwn(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	mia.writes(at+"/summary", fields{"text": "Corrected words"}).leads(http.StatusSeeOther, desks(at)+"#part-summary")
	hers := mia.visit(desks(at))
	hers.says(".dock", "You have corrected this text")
	hers.says("#part-summary ins", "Corrected")
	mia.post(desks(at)+"/approve", "version", b.version(at)).is(http.StatusForbidden)
	b.ana.visit(at).says(".corrected", "Sample editor corrected the text", "Corrected")
	b.kim.post(desks(at)+"/approve", "version", b.version(at)).leads(http.StatusSeeOther, desks(at))
}

func TestStaleFormsLoseNoWord(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	stale := b.version(at)
	b.kim.edits(at, submission.Step{Action: submission.Correct, Content: b.stored(at).Content.WithText(submission.Summary, "Better")})
	late := mia.post(desks(at)+"/reject", "version", stale, "cause", "other", "words", "Words that took an hour")
	late.is(http.StatusConflict)
	late.says("#problems", "Somebody got there first", "Sample editor")
	late.says("#words", "Words that took an hour")
	mia.posts(desks(at)+"/reject", late.filled(nil)).leads(http.StatusSeeOther, desks(at)) // knowing what has happened
	b.ana.visit(at).says("main", "Words that took an hour")

	again := mia.post(desks(at)+"/comments", "say-impact", "A comment that took an hour", "add", "say-impact")
	again.is(http.StatusUnprocessableEntity)
	again.says("#say-notes", "A comment that took an hour")

	at = b.brings(submission.Submitted)
	seen := b.stored(at).Content.Digest(submission.Summary)
	b.kim.post(at+"/summary", "seen", seen, "text", "First", "act", "save").is(http.StatusSeeOther)
	second := mia.post(at+"/summary", "seen", seen, "text", "Second", "act", "save")
	second.is(http.StatusConflict)
	second.says("section[aria-labelledby=theirs]", "First")
	second.says("#summary", "Second")
	mia.posts(at+"/summary", second.filled(nil)).is(http.StatusSeeOther)
	if text := b.stored(at).Content.Summary; text != "Second" {
		t.Errorf("the summary is %q", text)
	}
}

func TestReasonsAreAskedFor(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	none := b.kim.posts(desks(at)+"/reject", b.kim.visit(desks(at)+"/reject").filled(nil))
	none.is(http.StatusUnprocessableEntity)
	none.says("#problems a", "Choose a reason")
	b.kim.post(desks(at)+"/reject", "version", b.version(at), "cause", "other").says("#words-problem", "Say why")
	unknown := b.kim.post(desks(at)+"/reject", "version", b.version(at), "cause", "boring", "words", "As typed")
	unknown.is(http.StatusUnprocessableEntity)
	unknown.says("#problems a", "Choose a reason")
	unknown.says("textarea", "As typed")
	b.kim.post(desks(at)+"/reject", "version", b.version(at), "cause", "scope").leads(http.StatusSeeOther, desks(at))
	b.ana.visit(at).says("main", "It is not a practice that has been carried out")
	b.ana.visit(strings.Replace(at, "/en/", "/de/", 1)).says("main", "Es ist kein Praxisbeispiel, das umgesetzt worden ist")
	b.kim.visit(desks(at)).says(".reason", "It is not a practice that has been carried out")
	b.kim.visit(desks(at)+"/history").says("main", "It is not a practice that has been carried out")
	b.kim.post(desks(at)+"/reopen", "version", b.version(at), "words", "").says("#words-problem", "Say why")
	b.kim.visit("/en/desk/statistics").says("main", "It is not a practice that has been carried out")
}

func TestTwoApprovals(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.Desk.SecondApproval = true
	b.restart()
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	b.kim.visit(desks(at)).says(".dock", "Approve (1 of 2)")
	b.kim.presses(b.kim.visit(desks(at)), "/approve", nil)
	once := b.kim.visit(desks(at))
	once.says(".dock", "1 of 2 approvals: Sample editor", "You have approved this text")
	if slices.ContainsFunc(all(once.doc, "button"), sends("/approve")) {
		t.Error("the same editor is offered to approve twice")
	}
	mia.visit("/en/desk").says(".queue", "1 of 2 approvals: Sample editor")
	if b.stored(at).State != submission.Submitted {
		t.Error("it was published by one")
	}
	mia.presses(mia.visit(desks(at)), "/approve", nil)
	if now := b.stored(at); now.State != submission.Approved || now.Slug == "" {
		t.Errorf("it is %s after two approvals", now.State)
	}
}

// changes submits a change to a public text.
func (b *bureau) changes(slug, title string) string {
	b.Helper()
	p, err := b.Store.Practices.Find(b.T.Context(), slug)
	if err != nil {
		b.Fatal(err)
	}
	c := submission.Proposed(p, "en")
	c.Title = title
	for _, part := range submission.Parts {
		if part.IsText() && !part.Optional() && c.Text(part) == "" {
			c = c.WithText(part, "Words")
		}
	}
	begun := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: "en", Content: c, Created: today}
	id, err := b.Store.Submissions.Start(b.T.Context(), begun, title, b.ana.viewer)
	if err != nil {
		b.Fatal(err)
	}
	step := submission.Step{Action: submission.Submit, By: b.ana.viewer, At: today, Consent: "I agree"}
	if _, err := b.Store.Submissions.Advance(b.T.Context(), id, 1, step); err != nil {
		b.Fatal(err)
	}
	return link.Submission("en", id)
}

func TestTwoChangesOfOnePractice(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	one, two := b.changes(ioannina, "One change"), b.changes(ioannina, "Two changes")
	first := b.kim.visit(desks(one))
	first.says("main", "compared with the public text")
	first.says("#part-place ins", "One change")
	b.stranger().visit("/en/practices/" + ioannina).lacks("a[href=" + link.Archive("en", ioannina) + "]")
	b.kim.presses(first, "/approve", nil).leads(http.StatusSeeOther, desks(one))
	b.kim.visit("/en/practices/"+ioannina).says("h1", "One change")
	b.kim.visit("/en/practices/"+ioannina+"?text=el").says(".note", "The original has changed")

	moved := b.kim.presses(b.kim.visit(desks(two)), "/approve", nil)
	moved.is(http.StatusConflict)
	moved.says("main", "The public text has changed since")
	moved.says("#part-place del", "One change")
	b.kim.presses(moved, "/approve", nil).leads(http.StatusSeeOther, desks(two))
	b.kim.visit("/en/practices/"+ioannina).says("h1", "Two changes")
}

func TestPublishedAtOnce(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	before := b.Catalogue.Index().Change()
	at := b.brings(submission.Submitted)
	b.kim.post(desks(at)+"/approve", "version", b.version(at))
	if b.Catalogue.Index().Change() == before {
		t.Error("the catalogue of the one who approved is as it was")
	}
	b.kim.visit("/en/practices?q=%22handed+in%22&topic=refugees&country=GR").says("main", "Handed in")
	slug := b.stored(at).Slug
	archive := b.kim.visit("/en/desk/practices/" + slug + "/archive")
	archive.says("main", "Handed in")
	b.kim.posts("/en/desk/practices/"+slug+"/archive", archive.filled(nil)).is(http.StatusUnprocessableEntity)
	b.kim.posts("/en/desk/practices/"+slug+"/archive", archive.filled(fields{"words": "It never happened"})).leads(http.StatusSeeOther, "/en/desk/practices")
	gone := b.stranger().get("/en/practices/" + slug)
	gone.is(http.StatusGone)
	gone.says("main", "It never happened")
	b.kim.visit("/en/practices?q=%22handed+in%22").lacks("#practice-" + slug)
	b.kim.visit("/en/desk/practices").says(".queue", "Handed in", "It never happened")
	again := b.kim.posts("/en/desk/practices/"+slug+"/archive", archive.filled(fields{"words": "Twice"}))
	again.is(http.StatusConflict)
	again.says("#words", "Twice")
	b.kim.post("/en/desk/practices/"+slug+"/restore", "words", "It did").leads(http.StatusSeeOther, link.Practice("en", slug))
	b.stranger().visit("/en/practices/" + slug)
}

func TestCommentsAtTheDesk(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	empty := b.kim.post(desks(at)+"/comments", "say-impact", " ", "add", "say-impact")
	empty.is(http.StatusUnprocessableEntity)
	empty.says("#problems a", "Write between 1 and 2,000 characters")
	long := strings.Repeat("x", submission.MaxComment+1)
	b.kim.post(desks(at)+"/comments", "say-impact", long, "add", "say-impact").says("#say-impact", long)
	b.kim.post(desks(at)+"/comments", "say-impact", "").is(http.StatusSeeOther) // emptied, it is gone

	b.kim.comments(desks(at), "impact", "How many?")
	b.kim.comments(desks(at), "impact", "How many?") // sent twice
	page := b.kim.visit(desks(at))
	if n := len(all(page.doc, "#part-impact .say")); n != 1 {
		t.Errorf("%d comments", n)
	}
	b.kim.follow(b.kim.presses(page, "/drop", nil)).says("#say-impact", "How many?")
	b.kim.visit(desks(at)).lacks(".say")
	b.kim.comments(desks(at), "impact", "How many then?")
	b.kim.presses(b.kim.visit(desks(at)), "/ask", nil)
	b.kim.presses(b.kim.visit(desks(at)), "/settle", nil)
	b.kim.visit(desks(at)).says("#part-impact .say", "Settled")
	b.kim.presses(b.kim.visit(desks(at)), "/open", nil)
	b.kim.visit(desks(at)).says("#part-impact .say", "Not done yet")
	b.kim.post(desks(at) + "/comments/1/settle").is(http.StatusNotFound) // it was deleted
}

func TestCriteria(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	b.kim.post(desks(at)+"/criteria", "seen", "", "criterion", "real", "criterion", "honest", "criterion", "nonsense").leads(http.StatusSeeOther, desks(at)+"#criteria")
	page := b.kim.visit(desks(at))
	page.says(".dock", "Criteria 2 of 6")
	b.kim.presses(page, "/criteria", nil)
	same(t, "kept", b.stored(at).Criteria, []submission.Criterion{"real", "honest"})
}

func TestOverdue(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.ReviewDays = 14
	b.restart()
	b.brings(submission.Submitted)
	now := today
	b.clock = func() time.Time { return now }
	now = today.AddDate(0, 0, 14)
	b.kim.visit("/en/desk").lacks(".overdue")
	now = now.Add(time.Second)
	b.kim.visit("/en/desk").says(".overdue", "14 days", "overdue", "Handed in")
}
