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

// TestSubmissionLifecycle goes through a whole submission: an officer is invited,
// signs in with a passkey, writes, uploads a picture and submits; an editor asks for
// a change; the officer answers and submits again; the editor sees the difference
// and approves; residents can read it immediately. It runs in English, and in Arabic
// from right to left.
func TestSubmissionLifecycle(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	p := start(t, "EXEMPLA_DATA="+folder, "serve", "--demo")
	for _, language := range []string{"en", "ar"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			w := &submissionLifecycle{T: t, home: p.address + "/" + language, name: "Language " + language}
			w.officer, w.editor, w.resident = browser.Open(t), browser.Open(t), browser.Open(t)
			w.acceptInvitation("EXEMPLA_DATA="+folder, language)
			w.writeDraft()
			w.submit()
			w.requestChanges()
			w.answerComments()
			w.approve()
		})
	}
}

// submissionLifecycle is one submission and the tabs of the people involved.
type submissionLifecycle struct {
	*testing.T
	home, name                string
	officer, editor, resident *browser.Tab
	submission                string // path of the officer's page
	review                    string // path of the editor's
}

// invitationLink is how the command line prints where an invitation leads.
var invitationLink = regexp.MustCompile(`https?://[^/]+/[a-z]{2}(/invitation/\S+)`)

// acceptInvitation invites the officer, who joins with a passkey.
func (w *submissionLifecycle) acceptInvitation(setting, language string) {
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

// writeDraft starts a draft and fills in every required part.
func (w *submissionLifecycle) writeDraft() {
	w.Helper()
	o := w.officer
	o.Go(w.home + "/submissions/new")
	o.Click("#title")
	o.Press(w.name, browser.EnterKey)
	o.Wait(`/submissions\/\d+$/.test(location.pathname)`)
	w.submission = w.home + "/submissions/" + browser.Ask[string](o, `location.pathname.split("/").pop()`)
	w.openPart(submission.Period)
	o.Click("#start_year")
	o.Press("2019")
	o.Click("[name=ongoing]")
	w.savePart()
	w.openPart(submission.Topics)
	o.Click("[name=topics][value=refugees]")
	w.savePart()
	for _, part := range submission.Parts {
		if part.IsText() && !part.Optional() {
			w.openPart(part)
			o.Click("textarea")
			o.Press("Many words about " + string(part))
			if part == submission.Part(practice.Contact) { // the officer stands there already
				o.Click("[name=agrees]")
			}
			w.savePart()
		}
	}
	photo, _ := onDisk(w.T)
	w.openPart(submission.Pictures)
	o.Choose("#file", photo)
	o.Click(".hand-in button")
	o.Wait(`document.querySelector('.handed input[name^="alt-"]')`)
	o.Click(`.handed input[name^="alt-"]`)
	o.Press("A desk")
	w.savePart()
}

// openPart opens the page of a part.
func (w *submissionLifecycle) openPart(part submission.Part) {
	w.Helper()
	w.officer.Go(w.submission + "/" + string(part))
}

// savePart saves the open part, marked as completed if it is long.
func (w *submissionLifecycle) savePart() {
	w.Helper()
	here := browser.Ask[string](w.officer, "location.pathname")
	if submission.AsksWord(submission.Submission{}, submission.Part(here[strings.LastIndex(here, "/")+1:])) {
		w.officer.Click("[name=completed]")
	}
	w.officer.Click(".acts button[value=continue]")
	w.officer.Wait(fmt.Sprintf("location.pathname !== %q", here))
}

// submit checks the answers, agrees and submits.
func (w *submissionLifecycle) submit() {
	w.Helper()
	w.officer.Go(w.submission + "/check")
	w.checkAccessibility(w.officer)
	w.officer.Click("#consent")
	w.officer.Click(".acts button")
	w.officer.Wait(`location.pathname.endsWith("/receipt") && document.body.textContent.includes("EX-")`)
	w.checkAccessibility(w.officer)
}

// requestChanges lets an editor read the whole text and ask for a change.
func (w *submissionLifecycle) requestChanges() {
	w.Helper()
	e := w.editor
	e.Go(w.home + "/sign-in")
	fillSignIn(e, "editor@example.org", demoPassword)
	e.Wait(`location.pathname.endsWith("/desk")`)
	w.checkAccessibility(e)
	w.review = w.home + "/desk/" + w.submission[strings.LastIndex(w.submission, "/")+1:]
	e.Go(w.review)
	w.checkAccessibility(e)
	impact := "#part-" + string(practice.Impact)
	e.Click(impact + " .remark summary")
	e.Click(impact + " .remark textarea")
	e.Press("Numbers, if you have them")
	e.Click(impact + " .remark button")
	e.Wait(`document.querySelector("` + impact + ` .say")?.textContent.includes("Numbers")`)
	e.Click(`.dock button[formaction*="/ask"]`)
	e.Wait(`!document.querySelector('.dock button[formaction*="/ask"]')`)
}

// answerComments lets the officer answer, change the text and submit it again.
func (w *submissionLifecycle) answerComments() {
	w.Helper()
	o := w.officer
	o.Go(w.submission)
	o.Wait(`document.querySelector(".tasks .asked_state") && document.querySelector(".note")`)
	w.checkAccessibility(o)
	w.openPart(submission.Part(practice.Impact))
	w.checkAccessibility(o)
	o.Click(".answering summary")
	o.Click(".answering textarea")
	o.Press("Added")
	o.Click(".answering button[name=answer]")
	o.Wait(`document.querySelector(".say.officer")?.textContent.includes("Added")`)
	o.Click(".answering button[name=done]")
	o.Wait(`document.querySelector(".answering button[name=undone]")`)
	o.Click("form.filling textarea")
	o.Press(" and 1677 people")
	o.Click(".acts button[value=continue]")
	o.Wait(`!location.pathname.endsWith("/impact")`)
	w.submit()
}

// approve lets the editor see what has changed and approve it; the editor's
// next page and a resident's have it.
func (w *submissionLifecycle) approve() {
	w.Helper()
	e := w.editor
	e.Go(w.review)
	e.Wait(`document.querySelector("ins")?.textContent.includes("1677")`)
	w.checkAccessibility(e)
	e.Click(`.dock button[formaction*="/approve"]`)
	e.Wait(`document.querySelector(".dock [value=practice]")`)
	e.Click(".dock [value=practice]")
	e.Wait(`document.querySelector("article h1, main h1").textContent === ` + fmt.Sprintf("%q", w.name))
	found := "/practices?q=" + strings.ReplaceAll(w.name, " ", "+") + "&country=GR"
	w.resident.Go(w.home + found)
	w.resident.Wait(`[...document.querySelectorAll(".item h3")].some((h) => h.textContent.includes("` + w.name + `"))`)
	w.resident.Click(".item h3 a")
	w.resident.Wait(`document.querySelector("figure img")?.naturalWidth > 0`)
	w.checkAccessibility(w.resident)
}

// checkAccessibility checks the page with axe, wide and on the narrowest screen.
func (w *submissionLifecycle) checkAccessibility(tab *browser.Tab) {
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
