package server_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// desks is the address at which editors read a submission.
func desks(at string) string { return strings.Replace(at, "/submissions/", "/desk/", 1) }

// presses sends the form of a page that has the action, or a button with it, with some
// fields changed.
func (c *client) presses(p page, action string, changed fields) page {
	c.Helper()
	doc, err := html.Parse(strings.NewReader(p.body)) // its forms are taken apart
	if err != nil {
		p.Fatal(err)
	}
	for _, form := range all(doc, "main form") {
		sent := attr(form, "action")
		at := slices.IndexFunc(all(form, "button"), sends(action))
		switch path, _, _ := strings.Cut(sent, "?"); {
		case at >= 0:
			button := all(form, "button")[at]
			sent = attr(button, "formaction")
			changed = maps.Clone(changed)
			if name := attr(button, "name"); name != "" {
				if changed == nil {
					changed = fields{}
				}
				changed[name] = attr(button, "value")
			}
		case !strings.HasSuffix(path, action):
			continue
		}
		form.Parent.RemoveChild(form)
		main := &html.Node{Type: html.ElementNode, Data: "main"}
		main.AppendChild(form)
		p.doc = &html.Node{Type: html.DocumentNode}
		p.doc.AppendChild(main)
		return c.posts(sent, p.filled(changed))
	}
	p.Fatalf("%s has no form that is sent to %s", p.path, action)
	return page{}
}

// comments sends a comment on a part.
func (c *client) comments(review, part, words string) {
	c.Helper()
	box := "say-" + part
	c.post(review+"/comments", box, words, "add", box, "key", strings.ReplaceAll(practice.Slugify(part+words), "-", "")).is(http.StatusSeeOther)
}

func TestDeskShowsWhatWaits(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.kim.visit("/en/desk").says("main", "0 submissions are waiting", "Nothing is waiting")
	b.ana.submits("A desk for newcomers")
	list := b.kim.visit("/en/desk")
	list.says(".queue", "A desk for newcomers", "Ioannina, Greece", "new practice", "English", "round 1", "today", "nobody has taken it yet")
	b.kim.presses(list, "/assign", nil).leads(http.StatusSeeOther, "/en/desk#submission-1")
	b.kim.visit("/en/desk?assignee=me").says(".queue", "A desk for newcomers", "with you")
	b.kim.visit("/en/desk?assignee=nobody").says(".empty", "Nothing here matches")
	b.kim.get("/en/desk?assignee=x&state=&city=").leads(http.StatusFound, "/en/desk?assignee=x")
	b.kim.visit("/en/desk?city=ioannina&language=en").says("#count", "1 submission is waiting")
	b.kim.visit("/en/desk?city=bergen").says("#strays", "bergen", "is not a value of “City”")
	stray := b.kim.visit(b.kim.canonical("/en/desk?state=lost&sort=title"))
	stray.says("#strays", "“lost” is not a value of “State” here")
	stray.says("#count", "1 submission is waiting")
	if to := attr(stray.one("#strays a"), "href"); to != "/en/desk?sort=title" {
		t.Errorf("without it the address is %s", to)
	}
	b.kim.visit("/en/desk").lacks("#strays")
	b.kim.visit("/en/desk").lacks("option[value=draft]")
}

func TestOnlyEditorsComeToTheDesk(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A draft")
	waiting := b.ana.submits("Submitted")
	b.kim.get(desks(at)).is(http.StatusNotFound) // a draft was never submitted
	root := b.as(account.Administrator)
	paths := []string{"/en/desk", "/en/desk/statistics", "/en/desk/practices", "/en/desk/practices/" + ioannina + "/archive", desks(waiting),
		desks(waiting) + "/history", desks(waiting) + "/reject"}
	for _, path := range paths {
		b.ana.get(path).is(http.StatusForbidden)
		root.get(path).is(http.StatusForbidden)
		if to := b.stranger().get(path).header.Get("Location"); !strings.HasPrefix(to, "/en/sign-in?back=") {
			t.Errorf("%s leads a stranger to %q", path, to)
		}
		b.kim.visit(path)
	}
	for _, act := range []string{"approve", "ask", "reject", "reopen", "assign", "comments", "criteria", "comments/1/drop"} {
		b.ana.post(desks(waiting)+"/"+act, "version", "2").is(http.StatusForbidden)
		b.kim.post("/en/desk/999/"+act, "version", "2").is(http.StatusNotFound)
		b.kim.post("/en/desk/x/"+act, "version", "2").is(http.StatusNotFound)
	}
	if now := b.stored(waiting); now.State != submission.Submitted {
		t.Errorf("it is %s", now.State)
	}
}

func TestFirstReadingIsTheWholeText(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk for newcomers")
	review := b.kim.visit(desks(at))
	review.says("h1", "A desk for newcomers")
	review.says("main", "Words about impact", "EX-0000", "since April 2017", "round 1", "by Sample officer", "Criteria 0 of 6", "0 internal notes")
	review.lacks("ins")
	review.lacks("del")
	review.one("#part-summary textarea")
}

func TestAskAnswerCompareApprove(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk for newcomers")
	review := desks(at)
	refused := b.kim.presses(b.kim.visit(review), "/ask", nil)
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#problems", "Comment on at least one part first")

	b.kim.comments(review, "impact", "How many people?")
	b.kim.comments(review, "summary", "Who runs it?")
	b.kim.comments(review, "notes", "Looks like an advertisement")
	b.kim.visit(review).says("#part-impact", "How many people?", "Goes out with the next request")
	b.kim.visit(review).says("#notes", "Looks like an advertisement")
	b.ana.visit(at).lacks(".say")
	b.kim.presses(b.kim.visit(review), "/ask", nil).leads(http.StatusSeeOther, review)
	b.kim.visit(review).says(".dock", "working on the changes")

	for _, path := range []string{at, at + "/impact", at + "/check", at + "/print"} {
		if strings.Contains(b.ana.visit(path).body, "advertisement") {
			t.Errorf("%s shows an internal note", path)
		}
	}
	b.ana.writes(at+"/impact", fields{"text": "Words about impact: 1,677 people"})
	b.ana.presses(b.ana.visit(at+"/check"), "/check", fields{"consent": "yes"}).is(http.StatusSeeOther)

	second := b.kim.visit(review)
	second.says("main", "round 2", "What has changed, compared with round 1")
	second.says("#part-impact ins", "1,677 people")
	second.says("#part-impact", "How many people?", "changed")
	second.says("#part-summary", "Who runs it?") // it is not settled
	second.says(".folded", "Unchanged: Title and place, Period")
	b.kim.visit(review + "?view=whole").lacks("ins")
	b.kim.visit(review+"?since=1").says("#part-impact ins", "1,677 people")

	approved := b.kim.presses(second, "/approve", nil)
	approved.leads(http.StatusSeeOther, review)
	done := b.kim.follow(approved)
	done.says("#notice", "Published")
	b.kim.visit("/en/practices?q=newcomers").says("main", "A desk for newcomers")
	b.stranger().visit("/en/practices/a-desk-for-newcomers-ioannina").says("main", "1,677 people")
	b.kim.presses(second, "/approve", nil).leads(http.StatusSeeOther, review) // pressed twice
	b.kim.visit(review+"/history").says("main", "Sample officer", "Sample editor")
}
