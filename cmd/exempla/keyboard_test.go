package main

import (
	"fmt"
	"strings"
	"testing"

	"exempla/internal/browser"
)

// maxTabs is how many presses of Tab it may take to reach anything.
const maxTabs = 120

// focusHidden returns why the focus is not visible, "" if it is. A checkbox with a
// custom appearance shows the focus on its label.
const focusHidden = `(() => {
	const e = document.activeElement;
	if (e === document.body) return "";
	const drawn = [e, e.closest("label")].some((x) => x && getComputedStyle(x).outlineStyle !== "none" && parseFloat(getComputedStyle(x).outlineWidth) >= 2);
	const box = e.getBoundingClientRect();
	if (!drawn) return "no outline: " + e.outerHTML.slice(0, 150);
	if (box.bottom <= 0 || box.top >= innerHeight || !box.width) return "off the screen: " + e.outerHTML.slice(0, 150);
	return "";
})()`

// tabTo presses Tab until an element has the focus, which must be visible at every
// step.
func tabTo(t *testing.T, tab *browser.Tab, selector string) {
	t.Helper()
	for range maxTabs {
		tab.Press(browser.TabKey)
		if fault := browser.Ask[string](tab, focusHidden); fault != "" {
			t.Fatalf("on the way to %s: %s", selector, fault)
		}
		if browser.Ask[bool](tab, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
			return
		}
	}
	t.Fatalf("%s is not reached in %d steps by keyboard", selector, maxTabs)
}

func TestWholeJourneyByKeyboard(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		tab.Go(address(t, "/en/practices"))
		tabTo(t, tab, ".skip")
		tabTo(t, tab, "#q")
		tab.Press("school", browser.EnterKey)
		tab.Wait(queryHas("q=school") + "&&" + shown + "> 0")
		tab.Go(browser.Ask[string](tab, "location.href")) // from the top again
		tabTo(t, tab, "#topic-education")
		tab.Press(browser.SpaceKey)
		if script {
			tab.Wait(queryHas("topic=education") + "&&" + focused + `=== "topic-education"`)
		}
		tabTo(t, tab, ".show")
		tab.Press(browser.EnterKey)
		tab.Wait(queryHas("topic=education") + `&& document.querySelectorAll(".chips li").length === 3`)
		if script {
			tab.Wait(focused + `=== "count"`)
		}
		tabTo(t, tab, `.chips a[href*="topic=education"]`)
		tab.Press(browser.EnterKey)
		tab.Wait("!" + queryHas("q=") + "&&" + queryHas("topic=education"))
		tabTo(t, tab, ".item:nth-child(1) h3 a")
		tab.Press(browser.EnterKey)
		tab.Wait(`location.pathname.startsWith("/en/practices/")`)
		tabTo(t, tab, ".back")
		tab.Press(browser.EnterKey)
		tab.Wait(`location.pathname === "/en/practices" && location.hash.startsWith("#practice-")`)
	})
}

func TestYearsByKeyboard(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	tabTo(t, tab, "[name=year]:not([value=unknown])")
	year := browser.Ask[string](tab, "document.activeElement.value")
	promised := browser.Ask[int](tab, facetCount("year-"+year))
	tab.Press(browser.SpaceKey)
	tab.Wait(queryHas("year="+year) + "&&" + focused + fmt.Sprintf(`=== "year-%s" && document.querySelector(".chips")`, year))
	checkCount(t, tab, promised)
	tab.Press(browser.TabKey, browser.SpaceKey)
	tab.Wait(`new URLSearchParams(location.search).getAll("year").length === 2 && document.activeElement.name === "year" &&
		document.querySelectorAll(".chips li").length === 3`)
}

// The number belongs to the name: "Education, 43 practices".
func TestValuesAreReadWithTheirNumbers(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	for id, label := range map[string]string{"topic-education": "Education", "country-ES": "Spain", "year-2020": "2020", "status-running": "Still running"} {
		name := tab.Name("#" + id)
		number := fmt.Sprint(browser.Ask[int](tab, facetCount(id)), " practices")
		words := strings.Fields(strings.NewReplacer(",", " ").Replace(name))
		joined := " " + strings.Join(words, " ") + " "
		if !strings.Contains(joined, " "+label+" ") || !strings.Contains(joined, " "+number+" ") {
			t.Errorf("%s is read as %q", id, name)
		}
	}
}

func TestEscapeClosesTheLanguages(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/about"))
	tabTo(t, tab, "#languages summary")
	tab.Press(browser.EnterKey)
	tab.Wait(`document.getElementById("languages").open`)
	for _, violation := range tab.Violations() {
		t.Errorf("the open languages: %s", violation)
	}
	tab.Press(browser.TabKey, browser.EscapeKey)
	tab.Wait(`!document.getElementById("languages").open && document.activeElement.matches("#languages summary")`)
}

// A span of years is typed, with script and without; a second one takes the place of
// the first.
func TestSpanOfYearsByKeyboard(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, _ bool) {
		tab.Go(address(t, "/en/practices"))
		tabTo(t, tab, "[name=from]")
		tab.Press("2016", browser.TabKey, "2018", browser.EnterKey)
		tab.Wait(`location.search === "?year=2016&year=2017&year=2018" && document.querySelectorAll(".chips li").length === 2`)
		tab.Wait(`document.querySelector("[name=from]").value === "" && document.querySelector("[name=from]").placeholder === "2016"`)
		tab.Go(browser.Ask[string](tab, "location.href"))
		tabTo(t, tab, "[name=to]")
		tab.Press("1983", browser.EnterKey)
		tab.Wait(`location.search === "?year=1982&year=1983"`)
	})
}
