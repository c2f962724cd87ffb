package main

import (
	"fmt"
	"testing"

	"exempla/internal/browser"
	"exempla/internal/locale"
)

// signInTab signs a sample person in on a program of the test's own.
func (o *officerSite) signInTab(tab *browser.Tab, mail string) {
	tab.Go(o.address + "/en/sign-in")
	tab.Click("#mail")
	tab.Press(mail)
	tab.Click("#password")
	tab.Press(demoPassword, browser.EnterKey)
	tab.Wait(`!location.pathname.includes("sign-in")`)
}

// pressOn walks to something by keyboard and presses Enter.
func pressOn(t *testing.T, tab *browser.Tab, selector string) {
	t.Helper()
	tabTo(t, tab, selector)
	tab.Press(browser.EnterKey)
}

// checkDarkAndPhone checks the page in the dark and on a phone too, with everything open.
// The checks are script themselves, so they run on pages that have it.
func checkDarkAndPhone(t *testing.T, tab *browser.Tab, script bool) {
	t.Helper()
	if !script {
		return
	}
	checkAllViews(t, tab)
	for _, view := range []browser.View{{Dark: true}, {Width: phone}, {}} {
		tab.Look(view)
		browser.Ask[bool](tab, unfold)
		checkAllViews(t, tab)
	}
}

// TestFromTheDeskToThePublicPage is a whole review: an editor asks for a change
// by keyboard, an officer answers, the editor reads what has changed and
// approves, a second editor agrees on a phone, and residents read it.
func TestFromTheDeskToThePublicPage(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, editor *browser.Tab, script bool) {
		o := openOfficerSite(t, "--second-approval")
		number, err := signInTo(t, o.program, demoPeople[0].Mail).submitNew("A desk for newcomers")
		if err != nil {
			t.Fatal(err)
		}
		review, own := "/en/desk/"+number, o.address+"/en/submissions/"+number
		o.signInTab(editor, demoPeople[2].Mail)
		editor.Wait(`location.pathname === "/en/desk" && document.querySelector(".queue")`)
		checkDarkAndPhone(t, editor, script)
		editor.Go(o.address + "/en/desk")
		pressOn(t, editor, ".queue h3 a")
		editor.Wait(fmt.Sprintf(`location.pathname === %q && document.querySelector(".dock")`, review))
		checkDarkAndPhone(t, editor, script)
		editor.Go(o.address + review)
		pressOn(t, editor, "#part-impact summary")
		tabTo(t, editor, "#say-impact")
		editor.Press("How many people?")
		pressOn(t, editor, "#part-impact .remark button")
		editor.Wait(`document.querySelector("#part-impact .say") && location.hash === "#part-impact"`)
		pressOn(t, editor, `.dock button[formaction*="/ask"]`)
		editor.Wait(`document.querySelector("#notice")?.textContent.includes("Sent to the officers")`)

		officer := browser.Open(t)
		officer.Look(browser.View{NoScript: !script})
		o.signInTab(officer, demoPeople[0].Mail)
		officer.Go(own + "/impact")
		officer.Click("#impact")
		browser.Ask[bool](officer, `(() => { const box = document.getElementById("impact"); box.setSelectionRange(box.value.length, box.value.length); return true })()`)
		officer.Press(" 1,677 people came.")
		officer.Click("main form .acts .btn")
		officer.Wait(`!location.pathname.endsWith("/impact")`)
		officer.Go(own + "/impact")
		officer.Click(".answering summary")
		officer.Click(".answering textarea")
		officer.Press("Added.")
		officer.Click(".answering [name=answer]")
		officer.Wait(`document.querySelector(".say .say")`)
		officer.Go(own + "/check")
		officer.Click("#consent")
		officer.Click(".submitting .btn")
		officer.Wait(`location.pathname.endsWith("/receipt")`)

		editor.Go(o.address + review)
		editor.Wait(`document.querySelector("#part-impact ins")?.textContent.includes("1,677 people came") && document.querySelector("#part-impact .say .say")`)
		checkDarkAndPhone(t, editor, script)
		editor.Go(o.address + review)
		pressOn(t, editor, "#part-impact .say .acts button")
		editor.Wait(`document.querySelector("#part-impact .say.over")`)
		pressOn(t, editor, `.dock button[formaction*="/approve"]`)
		editor.Wait(`document.querySelector("#notice")?.textContent.includes("when a second editor agrees") && !document.querySelector('.dock button[formaction*="/approve"]')`)
		checkDarkAndPhone(t, editor, script)
		o.approveAsSecond(t, script, review)
	})
}

// approveAsSecond lets the second editor, on a phone, find in the list that the first
// has approved, read the text and agree. Then it is public.
func (o *officerSite) approveAsSecond(t *testing.T, script bool, review string) {
	t.Helper()
	second := browser.Open(t)
	second.Look(browser.View{Width: 360, NoScript: !script})
	o.signInTab(second, demoPeople[3].Mail)
	second.Wait(`document.querySelector(".queue")?.textContent.includes("1 of 2 approvals: Sample editor, first")`)
	checkFits(t, second)
	second.Click(".queue h3 a")
	second.Wait(fmt.Sprintf(`location.pathname === %q && document.querySelector(".dock").textContent.includes("1 of 2 approvals: Sample editor, first")`, review))
	checkFits(t, second)
	second.Click(`.dock button[formaction*="/approve"]`)
	second.Wait(`document.querySelector("#notice")?.textContent.startsWith("Published")`)
	checkFits(t, second)
	second.Click(".dock [value=practice]")
	second.Wait(`location.pathname.startsWith("/en/practices/a-desk-for-newcomers") && document.querySelector(".prose").textContent.includes("1,677 people came")`)
	checkFits(t, second)
}

// TestKeyTakes presses the key that takes a submission, in the list and on its page.
func TestKeyTakes(t *testing.T) {
	t.Parallel()
	o := openOfficerSite(t)
	officer := signInTo(t, o.program, demoPeople[0].Mail)
	for _, title := range []string{"A desk for newcomers", "A house for all"} {
		if _, err := officer.submitNew(title); err != nil {
			t.Fatal(err)
		}
	}
	tab := browser.Open(t)
	o.signInTab(tab, demoPeople[2].Mail)
	tab.Wait(`document.querySelectorAll(".queue [data-key=m]").length === 2`)
	tab.Press("j")
	tab.Press("m")
	tab.Wait(`document.querySelectorAll(".queue [data-key=m]").length === 1 && document.querySelector(".queue h3 a" + location.hash)`)
	tab.Go(o.address + "/en/desk?assignee=nobody")
	tab.Wait(`document.querySelectorAll(".queue [data-key=m]").length === 1`)
	tab.Press("j")
	tab.Press("o")
	tab.Wait(`document.querySelector(".assign [name=take]")`)
	tab.Press("m")
	tab.Wait(`document.querySelector(".dock") && !document.querySelector("[name=take]")`)
}

// cutChoices names what the boxes of the list have no room for.
const cutChoices = `[...document.querySelectorAll("form[method=get] select")].flatMap((box) => {
	const style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d"), arrow = 16;
	pen.font = style.font;
	const room = box.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd) - arrow;
	return [...box.options].map((o) => o.text).filter((text) => pen.measureText(text).width > room + 4);
}).join(", ")`

// TestPagesBesideTheDesk checks the pages that the journey does not come to.
func TestPagesBesideTheDesk(t *testing.T) {
	t.Parallel()
	o := openOfficerSite(t)
	number, err := signInTo(t, o.program, demoPeople[0].Mail).submitNew("A desk for newcomers")
	if err != nil {
		t.Fatal(err)
	}
	tab := browser.Open(t)
	o.signInTab(tab, demoPeople[2].Mail)
	review := "/desk/" + number
	for _, path := range []string{review + "/reject", "/submissions/" + number + "/summary", "/submissions/" + number + "/place", review + "/history", "/desk/statistics",
		"/desk/practices", "/desk/practices/urban-response-coordination-ioannina/archive"} {
		for _, tag := range []string{"en", "ar"} {
			tab.Look(browser.View{})
			tab.Go(o.address + "/" + tag + path)
			checkDarkAndPhone(t, tab, true)
		}
	}
	// Zoomed in as far as WCAG asks, the decisions do not cover the page.
	tab.Look(browser.View{Width: 320, High: 256})
	tab.Go(o.address + "/en" + review)
	if got := browser.Ask[string](tab, `getComputedStyle(document.querySelector(".dock")).position + " " + getComputedStyle(document.documentElement).scrollPaddingBlockEnd`); got != "static 0px" {
		t.Errorf("the bar of decisions is %s", got)
	}
	for _, l := range locale.All() {
		for _, width := range []int{320, 1280} {
			tab.Look(browser.View{Width: width})
			tab.Go(o.address + "/" + l.Tag() + "/desk")
			if cut := browser.Ask[string](tab, cutChoices); cut != "" {
				t.Errorf("%s, %d px: cut off: %s", l.Tag(), width, cut)
			}
		}
	}
	tab.Look(browser.View{})
	tab.Go(o.address + "/en" + review + "/reject")
	tab.Click("main .acts button")
	tab.Wait(`document.activeElement.id === "problems" && document.title.startsWith("Error")`)
	checkDarkAndPhone(t, tab, true)
}
