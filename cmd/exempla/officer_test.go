package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"exempla/internal/browser"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/text"
)

// sampleOfficer is the officer of Ioannina.
var sampleOfficer = demoPeople[0].Mail

// onPart is the condition that the form of a part is open.
func onPart(part string) string {
	return fmt.Sprintf(`location.pathname.endsWith(%q) && document.querySelector("form[data-draft]")`, "/"+part)
}

// The whole journey of an officer on a phone: a practice is begun, written part by part,
// checked, submitted and withdrawn, with script and without. No page is wider than the
// screen.
func TestOfficerSubmits(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		tab.Look(browser.View{Width: 360, NoScript: !script})
		fits := func() {
			t.Helper()
			checkFits(t, tab)
		}
		signIn(t, tab, sampleOfficer)
		tab.Go(address(t, "/en/submissions"))
		fits()
		tab.Click("main .btn:not(.quiet)")
		tab.Wait(`document.getElementById("title")`)
		fits()
		tab.Click("#title")
		tab.Press("A desk, " + t.Name()[len("TestOfficerSubmits/"):])
		tab.Click("main form .btn")
		tab.Wait(`document.querySelectorAll(".tasks li").length === 12`)
		fits()
		own := browser.Ask[string](tab, "location.pathname")
		tab.Click(`.tasks a[href$="/place"]`)
		for _, part := range submission.Parts {
			tab.Wait(onPart(string(part)))
			fits()
			fillIn(tab, part)
			tab.Click(".acts .btn")
		}
		tab.Wait(`location.pathname.endsWith("/check") && document.querySelector(".answers")`)
		fits()
		tab.Click(".submitting .btn")
		tab.Wait(`document.querySelector("#problems a[href='#consent']") && document.activeElement.id === "problems" && document.title.startsWith("Error")`)
		tab.Click("#consent")
		tab.Click(".submitting .btn")
		tab.Wait(`location.pathname.endsWith("/receipt") && /EX-\d{5}/.test(document.querySelector(".reference").textContent)`)
		fits()
		for _, page := range []string{"", "/print", "/colleague", "/withdraw"} {
			tab.Go(address(t, own+page))
			fits()
		}
		tab.Click("main form .btn")
		tab.Wait(`document.getElementById("notice") && document.querySelector(".tasks")`)
		fits()
	})
}

// fillIn fills in the part that is open as far as it must be, and returns with how many
// clicks. The place and the contact stand there already, as the account has them.
func fillIn(tab *browser.Tab, part submission.Part) (clicks int) {
	click := func(selector string) {
		tab.Click(selector)
		clicks++
	}
	switch {
	case part == submission.Period:
		click("#start_year")
		tab.Press("2019")
		click("[name=ongoing]")
	case part == submission.Topics:
		click("[name=topics][value=refugees]")
	case part == submission.Part(practice.Contact):
		click("[name=agrees]")
	case part.IsText() && !part.Optional():
		click("#" + string(part))
		tab.Press("Words about " + string(part))
		if submission.AsksWord(submission.Submission{}, part) {
			click("[name=completed]")
		}
	}
	return clicks
}

// A draft is saved while it is written, also when the page is left before that, and
// its words are counted as on the server.
func TestDraftSavesItself(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	signIn(t, tab, sampleOfficer)
	tab.Go(address(t, "/en/submissions/new"))
	tab.Click("#title")
	tab.Press("Saved while writing")
	tab.Click("main form .btn")
	tab.Wait(`document.querySelector(".tasks")`)
	own := browser.Ask[string](tab, "location.pathname")
	tab.Go(address(t, own+"/summary"))
	const said = `document.getElementById("saved").textContent`
	if words := browser.Ask[string](tab, said); words != "" {
		t.Errorf("before anything happened, %q is announced", words)
	}
	tab.Click("#summary")
	tab.Press("Two desks")
	tab.Wait(said + `.startsWith("Saved at")`)
	first := browser.Ask[string](tab, `document.querySelector("[name=seen]").value`)
	tab.Press(" answer questions")
	tab.Wait(fmt.Sprintf(`document.querySelector("[name=seen]").value !== %q`, first))
	checkWordCount(t, tab)
	long := strings.Repeat("word ", 101)
	browser.Ask[bool](tab, fmt.Sprintf(`(() => { const box = document.getElementById("summary"); box.value = %q;
		return box.dispatchEvent(new Event("input", { bubbles: true })) })()`, long))
	tab.Wait(`!document.querySelector(".over").hidden`)
	tab.Wait(`fetch(location.pathname).then((a) => a.text()).then((t) => { window.stored = t.includes("word word word") }) && window.stored`)
}

// TestClicksToSubmit counts the clicks from the list of submissions to the receipt, with
// every required part filled in and completed.
func TestClicksToSubmit(t *testing.T) {
	t.Parallel()
	const most = 28
	tab := browser.Open(t)
	signIn(t, tab, sampleOfficer)
	clicks := 0
	click := func(selector string) {
		tab.Click(selector)
		clicks++
	}
	tab.Go(address(t, "/en/submissions"))
	click("main .btn:not(.quiet)")
	tab.Wait(`document.getElementById("title")`)
	click("#title")
	tab.Press("Few clicks")
	click("main form .btn")
	tab.Wait(`document.querySelector(".tasks")`)
	click(`.tasks a[href$="/place"]`)
	for _, part := range submission.Parts {
		tab.Wait(onPart(string(part)))
		clicks += fillIn(tab, part)
		click(".acts .btn")
	}
	tab.Wait(`location.pathname.endsWith("/check") && document.querySelector(".answers")`)
	click("#consent")
	click(".submitting .btn")
	tab.Wait(`location.pathname.endsWith("/receipt")`)
	t.Logf("%d clicks from the list to the receipt", clicks)
	if clicks != most {
		t.Errorf("it takes %d clicks, not %d", clicks, most)
	}
}

// Whichever way a page is left right after typing, the words are there when one comes
// back: a link waits until they are saved, and what is on its way is not given up.
func TestLeavingSavesFirst(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	signIn(t, tab, sampleOfficer)
	tab.Go(address(t, "/en/submissions/new"))
	tab.Click("#title")
	tab.Press("Left at once")
	tab.Click("main form .btn")
	tab.Wait(`document.querySelector(".tasks")`)
	own := browser.Ask[string](tab, "location.pathname")
	for part, leave := range map[string]func(){
		"process": func() { tab.Click(".back") },
		"impact":  func() { tab.Go(address(t, own)) },
		"purpose": func() { // another window comes before this one, or a phone is put away
			browser.Ask[bool](tab, `Object.defineProperty(document, "hidden", { value: true }) && document.dispatchEvent(new Event("visibilitychange"))`)
			tab.Wait(`document.getElementById("saved").textContent.startsWith("Saved at")`)
			tab.Go(address(t, own))
		},
	} {
		tab.Go(address(t, own+"/"+part))
		// Without the saving that comes of itself after a pause.
		browser.Ask[bool](tab, `(() => { const real = setTimeout; window.setTimeout = (f, ms) => ms === 1500 ? 0 : real(f, ms); return true })()`)
		tab.Click("#" + part)
		tab.Press("The last word")
		leave()
		tab.Wait(`document.querySelector(".tasks")`)
		tab.Wait(fmt.Sprintf(`fetch(%q).then((a) => a.text()).then((t) => { window.stored = t.includes(">The last word</textarea>") }) && window.stored`, own+"/"+part))
	}
}

// checkWordCount types every example into the summary and looks at the number
// of words beside it.
func checkWordCount(t *testing.T, tab *browser.Tab) {
	t.Helper()
	list := loadExamples(t)
	counted := browser.Ask[[]int](tab, fmt.Sprintf(`%s.map((text) => {
		const box = document.getElementById("summary");
		box.value = text;
		box.dispatchEvent(new Event("input", { bubbles: true }));
		return Number(document.querySelector("[data-used]").textContent);
	})`, textsOf(t, list)))
	for i, e := range list {
		if counted[i] != e.Words {
			t.Errorf("%q has %d words, the page counts %d", e.Text, e.Words, counted[i])
		}
	}
	// The browser has a dictionary of the languages that write without spaces.
	inDictionary := browser.Ask[[]int](tab, textsOf(t, list)+`.map((text) =>
		[...new Intl.Segmenter("en", { granularity: "word" }).segment(text)].filter((part) => part.isWordLike).length)`)
	compared := 0
	for i, e := range list {
		const enough, apart = 15, 0.15 // words for an average, and how far it may be from the dictionary
		if !strings.ContainsFunc(e.Text, text.Unspaced) || inDictionary[i] < enough {
			continue
		}
		compared++
		if math.Abs(float64(e.Words-inDictionary[i])) > apart*float64(inDictionary[i]) {
			t.Errorf("%q counts as %d words, a dictionary finds %d", e.Text, e.Words, inDictionary[i])
		}
	}
	if compared < 6 {
		t.Errorf("%d texts without spaces, want one of each script", compared)
	}
}

// The second tab meets a conflict, and both texts are on the page.
func TestTwoTabsLoseNothing(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		signIn(t, tab, sampleOfficer)
		tab.Go(address(t, "/en/submissions/new"))
		tab.Click("#title")
		tab.Press("Two tabs")
		tab.Click("main form .btn")
		tab.Wait(`document.querySelector(".tasks")`)
		own := browser.Ask[string](tab, "location.pathname")
		other := browser.Open(t)
		other.Look(browser.View{NoScript: !script})
		signIn(t, other, sampleOfficer)
		for _, one := range []*browser.Tab{tab, other} {
			one.Go(address(t, own+"/purpose"))
			one.Click("#purpose")
		}
		tab.Press("The first text")
		tab.Click(".acts .btn")
		tab.Wait(`location.pathname.endsWith("/stimulus")`)
		other.Press("The second text")
		if script {
			other.Wait(`document.getElementById("saved").textContent.includes("Somebody else")`)
		}
		other.Click(".acts .btn")
		other.Wait(`document.querySelector("[aria-labelledby=theirs]")?.textContent.includes("The first text") && document.getElementById("purpose").value === "The second text"`)
		if apart := browser.Ask[float64](other, `(() => { const top = (id) => document.querySelector("[aria-labelledby=" + id + "] > :nth-child(2)").getBoundingClientRect().top;
			return Math.abs(top("theirs") - top("mine")) })()`); apart >= 1 {
			t.Errorf("the two texts start %v pixels apart", apart)
		}
		if script {
			for _, violation := range other.Violations() {
				t.Error(violation)
			}
		}
		other.Click(".acts .btn")
		other.Wait(`document.querySelector(".tasks")`)
		other.Go(address(t, own+"/purpose"))
		other.Wait(`document.getElementById("purpose").value === "The second text"`)
	})
}

// draftPages are the pages of a draft, without its own address.
var draftPages = []string{"", "/place?more=1", "/period", "/topics", "/summary", "/contact", "/check", "/print", "/colleague"}

// Pages of officers pass axe and fit a narrow screen, in dark mode and from right to
// left as well.
func TestOfficersPagesAreAccessible(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	signIn(t, tab, sampleOfficer)
	tab.Go(address(t, "/en/submissions/new"))
	tab.Click("#title")
	tab.Press("A long word in the title: Nachbarschaftsbibliothekseinrichtungen")
	tab.Click("main form .btn")
	tab.Wait(`document.querySelector(".tasks")`)
	own := strings.TrimPrefix(browser.Ask[string](tab, "location.pathname"), "/en")
	paths := []string{"/submissions", "/submissions/new", "/practices/urban-response-coordination-ioannina/translate"}
	for _, page := range draftPages {
		paths = append(paths, own+page)
	}
	for _, look := range []struct {
		tag  string
		view browser.View
	}{{"en", browser.View{}}, {"ar", browser.View{Dark: true, Width: phone}}} {
		tab.Look(look.view)
		for _, path := range paths {
			tab.Go(address(t, "/"+look.tag+path))
			browser.Ask[bool](tab, unfold)
			for _, violation := range tab.Violations() {
				t.Errorf("/%s%s: %s", look.tag, path, violation)
			}
			if wide := browser.Ask[string](tab, tooWide); wide != "" {
				t.Errorf("/%s%s sticks out: %s", look.tag, path, wide)
			}
		}
	}
}
