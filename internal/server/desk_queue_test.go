package server_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/static"
)

// Editors find one among many, in the order they like, and the address says it all.
func TestDeskIsSearched(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	first := b.ana.submits("Café for newcomers")
	b.ana.submits("A garden")
	for query, want := range map[string]string{"q=CAFE": "Café for newcomers", "q=" + b.stored(first).ID.Reference(): "Café for newcomers",
		"q=garden&sort=newest": "A garden", "q=sample+officer&sort=title": "A garden", "city=ioannina": "Ioannina", "q=Ιωάννινα": "A garden"} {
		b.kim.visit(b.kim.canonical("/en/desk?"+query)).says(".queue", want)
	}
	b.kim.visit("/en/desk?q=garden").says("#count", "1 submission is waiting")
	b.kim.visit("/en/desk?city=ioannina").says("#city", "Ioannina")
	b.kim.get("/en/desk?sort=luck&page=1&q=").leads(http.StatusFound, "/en/desk?sort=luck")
	none := b.kim.visit("/en/desk?q=xyzzy&sort=newest")
	none.says(".empty", "Nothing here matches", "Search everything for “xyzzy”")
	none.one("#wider")
	b.kim.visit("/en/desk?q=xyzzy&state=all").lacks("#wider")
}

// canonical is where an address leads; itself if nowhere.
func (c *client) canonical(path string) string {
	c.Helper()
	if to := c.get(path).header.Get("Location"); to != "" {
		return to
	}
	return path
}

// After a decision the next one is a click away, unless another editor has it.
func TestNextInTheQueue(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	first := b.ana.submits("The first")
	b.kim.visit(desks(first)).lacks("#next")
	second := b.ana.submits("The second")
	done := b.kim.follow(b.kim.presses(b.kim.visit(desks(first)), "/approve", nil))
	done.says(".dock", "Next in the queue: The second")
	b.kim.posts(desks(first)+"/comments", done.filled(fields{"to": attr(done.one("#next"), "value")})).leads(http.StatusSeeOther, desks(second))
	if done := b.kim.visit(desks(first)); strings.Contains(done.body, "with nobody") {
		t.Error("what is published is with nobody")
	}
	b.kim.edits(second, submission.Step{Action: submission.Reject, Reason: "Twice"})
	b.kim.visit(desks(first)).lacks("#next")
}

// tick is the box of a submission in the list, as the database has it.
func (b *bureau) tick(at string) string {
	return fmt.Sprintf("%d-%s", b.stored(at).ID, b.version(at))
}

func TestSeveralAreAssigned(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	one, two, decided := b.ana.submits("The first"), b.ana.submits("The second"), b.ana.submits("The third")
	list := b.kim.visit("/en/desk")
	list.one("#several")
	for _, at := range []string{one, two, decided} {
		if box := `form="several" name="pick" value="` + b.tick(at) + `"`; !strings.Contains(list.body, box) {
			t.Errorf("%s cannot be ticked: %s is missing", at, box)
		}
	}
	late := b.tick(decided)
	mia.edits(decided, submission.Step{Action: submission.Reject, Reason: "Twice"})
	done := b.kim.posts("/en/desk/several?q=the", fields{"act": fmt.Sprint(mia.id), "pick": strings.Join([]string{b.tick(one), b.tick(two), b.tick(two), late, "9999-1", "x", ""}, "|")})
	done.is(http.StatusOK)
	done.says("#done", "Assigned 2 submissions to Sample editor")
	done.says("main", "Not done for 2", "The third", "It is no longer waiting", "One is no longer there")
	if to := attr(done.one("a.back"), "href"); to != "/en/desk?q=the" {
		t.Errorf("back leads to %s", to)
	}
	for at, want := range map[string]account.ID{one: mia.id, two: mia.id, decided: 0} {
		if now := b.stored(at); now.Assignee != want {
			t.Errorf("%s is with %d, want %d", at, now.Assignee, want)
		}
	}
	b.kim.posts("/en/desk/several", fields{"act": "me", "pick": b.tick(one)}).says("#done", "Assigned 1 submission to Sample editor")
	if now := b.stored(one); now.Assignee != b.kim.id {
		t.Errorf("it is with %d", now.Assignee)
	}
	b.kim.follow(b.kim.posts("/en/desk/several", fields{"act": "me"})).says("#notice", "Tick the submissions first")
	for _, act := range []string{"", "nobody", fmt.Sprint(b.ana.id), "999999"} {
		b.kim.posts("/en/desk/several", fields{"act": act, "pick": b.tick(one)}).is(http.StatusNotFound)
	}
	b.ana.posts("/en/desk/several", fields{"act": "me", "pick": b.tick(one)}).is(http.StatusForbidden)
}

// Rejecting sends mails, so it asks first; who has changed the text meanwhile is not
// passed over.
func TestSeveralAreRejected(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	one, two := b.ana.submits("The first"), b.ana.submits("The second")
	ask := b.kim.posts("/en/desk/several?sort=title", fields{"act": "reject", "pick": b.tick(one) + "|" + b.tick(two)})
	ask.is(http.StatusOK)
	ask.says("h1", "Reject 2 submissions")
	ask.says("main", "The first", "The second", "cannot be called back")
	if now := b.stored(one); now.State != submission.Submitted {
		t.Fatalf("it is %s before anybody was sure", now.State)
	}
	refused := b.kim.presses(ask, "/several", fields{"words": "Not for us"})
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#problems", "Choose")
	refused.says("textarea", "Not for us")
	b.kim.edits(two, submission.Step{Action: submission.Correct, Content: b.stored(two).Content})
	done := b.kim.presses(ask, "/several", fields{"cause": "scope", "words": "Not for us"})
	done.says("#done", "Rejected 1 submission")
	done.says("main", "The second", "It has changed since you opened the list")
	if first, second := b.stored(one), b.stored(two); first.State != submission.Rejected || second.State != submission.Submitted {
		t.Errorf("they are %s and %s", first.State, second.State)
	}
	again := b.kim.presses(ask, "/several", fields{"cause": "scope", "words": "Not for us"})
	again.says("#done", "Rejected 1 submission") // pressed twice

	asked := b.ana.submits("With a question")
	b.kim.posts(desks(asked)+"/comments", fields{"version": b.version(asked), "say-impact": "How many?", "add": "say-impact"})
	kept := b.kim.posts("/en/desk/several", fields{"act": "reject", "sure": "yes", "cause": "scope", "pick": b.tick(asked)})
	kept.is(http.StatusConflict)
	kept.says("main", "With a question", "comments that have not been sent")
}

// Two editors at the same text learn of each other, in the list and on the page.
func TestEditorsSeeWhoReads(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.ana.submits("A desk")
	b.kim.visit(desks(at)).lacks(".warning")
	b.kim.visit(desks(at)).lacks(".warning") // oneself is nobody else
	mia.visit(desks(at)).says(".warning", "Also open right now: Sample editor")
	mia.visit("/en/desk").says(".queue", "Also open right now: Sample editor")
	later := today.Add(store.ReadingTime + time.Second)
	b.clock = func() time.Time { return later }
	mia.visit("/en/desk").lacks(".aware")
	mia.visit(desks(at)).lacks(".warning")
	b.kim.posts(desks(at)+"/assign", fields{"version": b.version(at), "assignee": fmt.Sprint(b.kim.id)}).is(http.StatusSeeOther)
	mia.visit(desks(at)).says(".warning", "Sample editor is working on this")
	b.kim.visit("/en/desk?state=all").says(".queue", "Also open right now") // mia reads
	mia.edits(at, submission.Step{Action: submission.Reject, Reason: "Twice", Holder: b.kim.id})
	b.kim.visit(desks(at)).lacks(".warning") // it is decided
	b.kim.visit("/en/desk?state=all").lacks(".aware")
}

// What comes back without an answer to what was asked says so.
func TestUnansweredComments(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk")
	b.kim.comments(desks(at), "impact", "How many people?")
	b.kim.comments(desks(at), "summary", "Who runs it?")
	b.kim.visit(desks(at)).lacks(".warning") // they were not sent
	b.kim.presses(b.kim.visit(desks(at)), "/ask", nil).is(http.StatusSeeOther)
	b.kim.visit(desks(at)).lacks(".warning") // it is the officers' turn
	b.ana.presses(b.ana.visit(at+"/check"), "/check", fields{"consent": "yes"}).is(http.StatusSeeOther)
	b.kim.visit(desks(at)).says(".warning", "2 comments were not answered")
	b.kim.visit("/en/desk").says(".queue", "2 comments were not answered")
}

func TestRejectedBefore(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	before := b.ana.submits("Intercultural garden for neighbours")
	b.kim.visit(desks(before)).lacks("#rejected-before")
	b.kim.post(desks(before)+"/reject", "version", b.version(before), "cause", "scope", "words", "Nothing was planted").is(http.StatusSeeOther)
	b.kim.visit(desks(before)).lacks("#rejected-before") // not itself
	again := b.ana.submits("An intercultural garden for the neighbours")
	b.kim.visit(desks(again)).says("#rejected-before", "Rejected before, with a similar title: 1", "Intercultural garden for neighbours", "Nothing was planted")
	b.kim.visit(desks(b.ana.submits("Football at school"))).lacks("#rejected-before")
	b.kim.post(desks(before)+"/reopen", "version", b.version(before), "words", "We were wrong").is(http.StatusSeeOther)
	b.kim.visit(desks(again)).lacks("#rejected-before")
}

// The keys of the desk are listed where they work, and only a script shows the list.
func TestDeskListsItsKeys(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk")
	for _, path := range []string{"/en/desk", desks(at)} {
		p := b.kim.visit(path)
		p.says("#keys", "m", "Assign to me", "?", "Use these keys")
		if list := strings.Contains(text(p.one("#keys")), "Previous submission"); list != (path == "/en/desk") {
			t.Errorf("%s lists the keys of the list: %t", path, list)
		}
		p.lacks("#keys[open]")
		if !strings.Contains(p.body, static.Path("desk.js")) {
			t.Errorf("%s has no script for them", path)
		}
	}
	b.kim.visit("/en/desk/statistics").lacks("#keys")
}

// The numbers come as bars and as a file, which a spreadsheet takes for no formula.
func TestStatisticsAsBarsAndFile(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk")
	b.kim.edits(at, submission.Step{Action: submission.Reject, Reason: "Twice"})
	shown := b.kim.visit("/en/desk/statistics")
	if bars := all(shown.doc, ".statistics svg.bar"); len(bars) == 0 {
		t.Error("there are no bars")
	}
	file := b.kim.visit("/en/desk/statistics.csv")
	if kind := file.header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Errorf("it is %s", kind)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 4 {
		t.Fatalf("%v, %v", rows, err)
	}
	if !slices.ContainsFunc(rows, func(row []string) bool {
		return slices.Equal(row, []string{"Submissions by state", "Not accepted", "1", "1"})
	}) {
		t.Errorf("the rejection is missing: %v", rows)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("a spreadsheet may compute %q", cell)
			}
		}
	}
	b.ana.get("/en/desk/statistics.csv").is(http.StatusForbidden)
}
