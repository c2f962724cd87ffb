package main

import (
	"fmt"
	"slices"
	"testing"

	"exempla/internal/browser"
)

// marked is a page that a full load would forget.
const (
	mark   = `window.marked = true`
	marked = `window.marked === true`
)

func TestFiltersApplyInPlace(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	browser.Ask[bool](tab, mark)
	before := browser.Ask[string](tab, "document.title")
	if said := browser.Ask[string](tab, `document.getElementById("status").textContent`); said != "" {
		t.Errorf("before anything happened, %q is announced", said)
	}

	tab.Click("#topic-education")
	tab.Wait(queryHas("topic=education") + `&& document.getElementById("status").textContent === document.getElementById("count").textContent`)
	tab.Wait(marked + "&&" + focused + `=== "topic-education"`)
	tab.Wait(fmt.Sprintf(`document.title !== %q && document.title.includes("Education") && document.title.includes(document.getElementById("count").textContent)`, before))
	one := browser.Ask[int](tab, total)

	tab.Click("#topic-business-and-employment")
	tab.Wait(queryHas("topic=business-and-employment") + "&&" + total + ">" + fmt.Sprint(one))
	tab.Back()
	tab.Wait("!" + queryHas("topic=business-and-employment") + "&&" + total + "===" + fmt.Sprint(one) + `&& !document.getElementById("topic-business-and-employment").checked`)
	tab.Back()
	tab.Wait(`location.search === "" && !document.getElementById("topic-education").checked &&` + marked)
	tab.Wait(fmt.Sprintf("document.title === %q", before))
}

func TestShowLeadsToTheResults(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	tab.Click("#topic-education")
	tab.Wait(queryHas("topic=education") + `&& document.querySelector(".show").textContent.trim() === "Show " + document.getElementById("count").textContent`)
	tab.Click(".show")
	tab.Wait(focused + `=== "count"`)
}

// Zero values are disabled, everything else can be chosen, and what is chosen
// stays and can be taken back, even where it finds nothing.
func TestZeroValues(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	const wrong = `[...document.querySelectorAll(".facet input[type=checkbox]")].filter((box) => {
		const n = parseInt(box.closest("label").querySelector(".n").textContent);
		return box.disabled !== (n === 0 && !box.checked);
	}).map((box) => box.id)`
	for _, query := range []string{"", "?q=school&country=GR", "?topic=roma&country=IS&year=1995", "?q=zzzzzz&status=running"} {
		tab.Go(address(t, "/en/practices"+query))
		if ids := browser.Ask[[]string](tab, wrong); len(ids) > 0 {
			t.Errorf("%q: these should be the other way round: %q", query, ids)
		}
	}
	tab.Go(address(t, "/en/practices?topic=roma&country=IS"))
	tab.Wait(shown + "=== 0 &&" + facetCount("country-IS") + "=== 0")
	tab.Click("#country-IS")
	tab.Wait("!" + queryHas("country=IS") + "&&" + shown + "> 0")
}

// visible lists the labels of a facet that can be seen.
func visible(tab *browser.Tab, facet string) []string {
	return browser.Ask[[]string](tab, fmt.Sprintf(`[...document.querySelectorAll("label:has([name=%s])")].filter((label) => label.checkVisibility())
		.map((label) => label.querySelector(".name").textContent)`, facet))
}

func TestLongListsUnfoldAndNarrow(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/fr/practices"))
	folded := visible(tab, "country")
	if len(folded) != 8 || !slices.IsSorted(folded) {
		t.Errorf("folded, the countries are %q", folded)
	}
	tab.Click("#more-country summary")
	tab.Wait(`document.querySelector("#more-country").open`)
	if all := visible(tab, "country"); len(all) < 25 {
		t.Errorf("unfolded, the countries are %q", all)
	}
	tab.Click(`fieldset:has(#more-country) .narrow`)
	tab.Press("ISRAEL")
	if got := visible(tab, "country"); !slices.Equal(got, []string{"Israël"}) {
		t.Errorf("narrowed to ISRAEL: %q", got)
	}
	tab.Press(browser.EnterKey)
	choose(tab, "country-IL", true)
	tab.Wait(queryHas("country=IL"))
	typed := browser.Ask[string](tab, `document.querySelector("fieldset:has(#more-country) .narrow").value`)
	got := visible(tab, "country")
	if typed != "" && !slices.Equal(got, []string{"Israël"}) {
		t.Errorf("after a choice the box still says %q, and the list is %q", typed, got)
	}
	if !browser.Ask[bool](tab, `document.querySelector("#more-country").open`) {
		t.Error("after a choice the list has folded itself")
	}
}

func TestTextSizeIsRemembered(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	size := func() float64 {
		return browser.Ask[float64](tab, `parseFloat(getComputedStyle(document.querySelector("h1")).fontSize)`)
	}
	tab.Go(address(t, foreign))
	before := size()
	tab.Click("[data-do=larger]")
	tab.Wait(`document.getElementById("status").textContent !== ""`)
	larger := size()
	if larger <= before {
		t.Errorf("larger text is %v after %v", larger, before)
	}
	tab.Go(address(t, withSections))
	if got := size(); got != larger {
		t.Errorf("on the next page the text is %v, not %v", got, larger)
	}
	tab.Click("[data-do=smaller]")
	tab.Wait(fmt.Sprintf(`parseFloat(getComputedStyle(document.querySelector("h1")).fontSize) === %v`, before))
}

func TestCopyLink(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, withSections+"?country=GR"))
	tab.Click("[data-do=copy]")
	tab.Wait(`document.getElementById("status").textContent === document.querySelector("[data-do=copy]").dataset.done`)
	if got := browser.Ask[string](tab, `document.querySelector("[data-do=copy]").dataset.link`); got != address(t, withSections) {
		t.Errorf("the link copied is %s", got)
	}
}

// What needs script is not there without it.
func TestNothingIsPromisedWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{NoScript: true})
	for _, path := range []string{"/en/practices", withSections, "/en/template"} {
		tab.Go(address(t, path))
		const dead = `[...document.querySelectorAll("[data-do], .narrow, .scripted")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 120))`
		if found := browser.Ask[[]string](tab, dead); len(found) > 0 {
			t.Errorf("%s shows what does nothing: %q", path, found)
		}
	}
}

// Results change while one chooses only where the script is at work: without it, and
// where it did not arrive, the page tells to press the button.
func TestHintIsTrue(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	const live, pressed = "The results change as you choose.", "Choose as many as you like, then press the button."
	const hints = `[...document.querySelectorAll(".hint p")].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.textContent).join()`
	check := func(want string) {
		t.Helper()
		if got := browser.Ask[string](tab, hints); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	tab.Go(address(t, "/en/practices"))
	check(live)
	choose(tab, "topic-education", true)
	check(live)
	browser.Ask[bool](tab, `delete document.documentElement.dataset.instant`)
	check(pressed)
	tab.Look(browser.View{NoScript: true})
	tab.Go(address(t, "/en/practices"))
	check(pressed)
}

// In the dark nothing stays bright: no part of a page keeps the colours of the light.
func TestDarkIsDarkThroughout(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Dark: true})
	for _, path := range []string{"/en/practices", withSections, "/en/facts", "/en/sign-in"} {
		tab.Go(address(t, path))
		const bright = `[...document.querySelectorAll("body *")].filter((e) => getComputedStyle(e).colorScheme === "light").map((e) => e.outerHTML.slice(0, 90))`
		if found := browser.Ask[[]string](tab, bright); len(found) > 0 {
			t.Errorf("%s: bright in the dark: %q", path, found[:min(len(found), 5)])
		}
	}
}
