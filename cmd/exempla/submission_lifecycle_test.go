package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"exempla/internal/browser"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// TestTheLifeOfASubmission walks all the way as the people who take part do: an
// officer is invited, signs in with a passkey, writes, hands in a picture and
// submits; an editor asks for a change; the officer answers and submits again;
// the editor sees the difference and approves; residents read it at once. It is
// walked in English, and in Arabic from right to left.
func TestTheLifeOfASubmission(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	p := start(t, "EXEMPLA_DATA="+folder, "serve", "--demo")
	for _, language := range []string{"en", "ar"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			w := &life{T: t, home: p.address + "/" + language, name: "Language " + language}
			w.officer, w.editor, w.resident = browser.Open(t), browser.Open(t), browser.Open(t)
			w.isInvited("EXEMPLA_DATA="+folder, language)
			w.writes()
			w.submits()
			w.isAskedForMore()
			w.answers()
			w.isApproved()
		})
	}
}

// life is the life of one submission.
type life struct {
	*testing.T
	home, name                string
	officer, editor, resident *browser.Tab
	submission                string // path of the officer's page
	review                    string // path of the editor's
}

// invitationLink is how the command line prints where an invitation leads.
var invitationLink = regexp.MustCompile(`https?://[^/]+/[a-z]{2}(/invitation/\S+)`)

// isInvited makes an account with a passkey of an invitation.
func (w *life) isInvited(setting, language string) {
	w.Helper()
	said, status := run(w.T, setting, "account", "invite", "--role", "officer", "--city", "Ioannina, GR", language+"@example.org")
	found := invitationLink.FindStringSubmatch(said)
	if status != 0 || found == nil {
		w.Fatalf("invite ended with %d: %s", status, said)
	}
	w.officer.Authenticator()
	w.officer.Go(w.home + found[1])
	w.officer.Click("#name")
	w.officer.Press("Sample officer")
	w.officer.Click("[data-way] button")
	w.officer.Wait(`location.pathname.endsWith("/submissions")`)
}

// writes begins a draft and fills in every part that is asked for.
func (w *life) writes() {
	w.Helper()
	o := w.officer
	o.Go(w.home + "/submissions/new")
	o.Click("#title")
	o.Press(w.name, browser.EnterKey)
	o.Wait(`/submissions\/\d+$/.test(location.pathname)`)
	w.submission = w.home + "/submissions/" + browser.Ask[string](o, `location.pathname.split("/").pop()`)
	w.opens(submission.Period)
	o.Click("#start_year")
	o.Press("2019")
	o.Click("[name=ongoing]")
	w.saves()
	w.opens(submission.Topics)
	o.Click("[name=topics][value=refugees]")
	w.saves()
	for _, part := range submission.Parts {
		if part.IsText() && !part.Optional() {
			w.opens(part)
			o.Click("textarea")
			o.Press("Many words about " + string(part))
			w.saves()
		}
	}
	photo, _ := onDisk(w.T)
	w.opens(submission.Pictures)
	o.Choose("#file", photo)
	o.Click(".hand-in button")
	o.Wait(`document.querySelector('.handed input[name^="alt-"]')`)
	o.Click(`.handed input[name^="alt-"]`)
	o.Press("A desk")
	w.saves()
}

// opens opens the page of a part.
func (w *life) opens(part submission.Part) {
	w.Helper()
	w.officer.Go(w.submission + "/" + string(part))
}

// saves says that a part is completed, and saves it.
func (w *life) saves() {
	w.Helper()
	here := browser.Ask[string](w.officer, "location.pathname")
	w.officer.Click("[name=completed]")
	w.officer.Click(".acts button[value=continue]")
	w.officer.Wait(fmt.Sprintf("location.pathname !== %q", here))
}

// submits checks the answers, agrees and submits.
func (w *life) submits() {
	w.Helper()
	w.officer.Go(w.submission + "/check")
	w.judge(w.officer)
	w.officer.Click("#consent")
	w.officer.Click(".acts button")
	w.officer.Wait(`location.pathname.endsWith("/receipt") && document.body.textContent.includes("EX-")`)
	w.judge(w.officer)
}

// isAskedForMore lets an editor read the whole text and ask for a change.
func (w *life) isAskedForMore() {
	w.Helper()
	e := w.editor
	e.Go(w.home + "/sign-in")
	fillIn(e, "editor@example.org", demoPassword)
	e.Wait(`location.pathname.endsWith("/desk")`)
	w.judge(e)
	w.review = w.home + "/desk/" + w.submission[strings.LastIndex(w.submission, "/")+1:]
	e.Go(w.review)
	w.judge(e)
	impact := "#part-" + string(practice.Impact)
	e.Click(impact + " .remark summary")
	e.Click(impact + " .remark textarea")
	e.Press("Numbers, if you have them")
	e.Click(impact + " .remark button")
	e.Wait(`document.querySelector("` + impact + ` .say")?.textContent.includes("Numbers")`)
	e.Click(`.dock form[action*="/ask"] button`)
	e.Wait(`!document.querySelector('.dock form[action*="/ask"]')`)
}

// answers lets the officer answer, change the text and submit it again.
func (w *life) answers() {
	w.Helper()
	o := w.officer
	o.Go(w.submission)
	o.Wait(`document.querySelector(".tasks .asked_state") && document.querySelector(".note")`)
	w.judge(o)
	w.opens(submission.Part(practice.Impact))
	w.judge(o)
	o.Click(".answering summary")
	o.Click(".answering textarea")
	o.Press("Added")
	o.Click(".answering button[value=answer]")
	o.Wait(`document.querySelector(".say.officer")?.textContent.includes("Added")`)
	o.Click(".answering button[value=done]")
	o.Wait(`document.querySelector(".answering button[value=undone]")`)
	o.Click("form.filling textarea")
	o.Press(" and 1677 people")
	o.Click(".acts button[value=continue]")
	o.Wait(`!location.pathname.endsWith("/impact")`)
	w.submits()
}

// isApproved lets the editor see what has changed and approve it; the editor's
// next page and a resident's have it.
func (w *life) isApproved() {
	w.Helper()
	e := w.editor
	e.Go(w.review)
	e.Wait(`document.querySelector("ins")?.textContent.includes("1677")`)
	w.judge(e)
	e.Click(`.dock form[action*="/approve"] button`)
	e.Wait(`document.querySelector('.dock a[href*="/practices/"]')`)
	e.Click(`.dock a[href*="/practices/"]`)
	e.Wait(`document.querySelector("article h1, main h1").textContent === ` + fmt.Sprintf("%q", w.name))
	found := "/practices?q=" + strings.ReplaceAll(w.name, " ", "+") + "&country=GR"
	w.resident.Go(w.home + found)
	w.resident.Wait(`[...document.querySelectorAll(".item h3")].some((h) => h.textContent.includes("` + w.name + `"))`)
	w.resident.Click(".item h3 a")
	w.resident.Wait(`document.querySelector("figure img")?.naturalWidth > 0`)
	w.judge(w.resident)
}

// judge looks for what assistive technology would stumble over, wide and on the
// narrowest screen.
func (w *life) judge(tab *browser.Tab) {
	w.Helper()
	for _, width := range []int{0, phone} {
		tab.Look(browser.View{Width: width})
		for _, violation := range tab.Violations() {
			w.Errorf("%s: %s", browser.Ask[string](tab, "location.pathname"), violation)
		}
		if out := browser.Ask[string](tab, tooWide); width == phone && out != "" {
			w.Errorf("%s sticks out: %s", browser.Ask[string](tab, "location.pathname"), out)
		}
	}
	tab.Look(browser.View{})
}
