package main

import (
	"fmt"
	"testing"

	"exempla/internal/browser"
)

// Expressions about the listing.
const (
	// total is the count above the results.
	total = `Number(document.getElementById("count").textContent.match(/\d+/)?.[0] ?? 0)`
	// shown is how many results are on the page.
	shown = `document.querySelectorAll(".item").length`
	// focused is the id of what has the focus.
	focused = `document.activeElement.id`
)

// facetCount is the number beside a value.
func facetCount(id string) string {
	return fmt.Sprintf(`parseInt(document.getElementById(%q).closest("label").querySelector(".n").textContent)`, id)
}

// queryHas is the condition that the query of the URL contains part.
func queryHas(part string) string { return fmt.Sprintf(`location.search.includes(%q)`, part) }

// withAndWithoutScript runs a test with script and without.
func withAndWithoutScript(t *testing.T, journey func(t *testing.T, tab *browser.Tab, script bool)) {
	t.Parallel()
	for name, script := range map[string]bool{"with script": true, "without script": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			tab.Look(browser.View{NoScript: !script})
			journey(t, tab, script)
		})
	}
}

// choose ticks a value; without script the button has to be pressed too.
func choose(tab *browser.Tab, id string, script bool) {
	tab.Click("#" + id)
	if !script {
		tab.Click(".show")
	}
}

// checkCount checks that there are as many results as promised.
func checkCount(t *testing.T, tab *browser.Tab, promised int) {
	t.Helper()
	if got := browser.Ask[int](tab, total); got != promised {
		t.Errorf("%d were promised, the heading says %d", promised, got)
	}
	if got := browser.Ask[int](tab, shown); got != min(promised, 20) {
		t.Errorf("%d were promised, %d are shown", promised, got)
	}
}

func TestFindNarrowUndoReset(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		tab.Go(address(t, "/en/practices"))
		all := browser.Ask[int](tab, total)
		tab.Click("#q")
		tab.Press("school")
		tab.Click(".find button")
		tab.Wait(queryHas("q=school") + "&&" + total + "<" + fmt.Sprint(all))
		found := browser.Ask[int](tab, total)

		promised := browser.Ask[int](tab, facetCount("topic-education"))
		choose(tab, "topic-education", script)
		tab.Wait(queryHas("topic=education") + "&&" + total + "<" + fmt.Sprint(found))
		checkCount(t, tab, promised)

		promised = browser.Ask[int](tab, facetCount("country-ES"))
		choose(tab, "country-ES", script)
		tab.Wait(queryHas("country=ES") + `&& document.querySelectorAll(".chips li").length === 4`)
		checkCount(t, tab, promised)

		tab.Click(`.chips a:not([href*="topic="]):not(.reset)`)
		tab.Wait("!" + queryHas("topic=") + "&&" + queryHas("country=ES") + `&& !document.getElementById("topic-education").checked`)
		tab.Click(".chips .reset")
		tab.Wait(`location.search === "" && document.getElementById("q").value === ""`)
		checkCount(t, tab, all)
	})
}

// Going back from a practice leads to the same place in the listing; next and
// previous stay within the result.
func TestOpenBackNext(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, _ bool) {
		const listing = "/en/practices?sort=title&topic=education&country=ES&country=IT"
		tab.Go(address(t, listing))
		slugs := browser.Ask[[]string](tab, `[...document.querySelectorAll(".item")].map((e) => e.id.replace("practice-", ""))`)
		if len(slugs) < 3 {
			t.Fatalf("%s shows only %q", listing, slugs)
		}
		result := browser.Ask[string](tab, "location.search")

		if links := browser.Ask[int](tab, `[...document.querySelectorAll(".item .tags li")].filter((e) => getComputedStyle(e).color === getComputedStyle(document.querySelector(".keep a, .item h3 a")).color || getComputedStyle(e).textDecorationLine !== "none").length`); links > 0 {
			t.Errorf("%d topics look like links, and are none", links)
		}
		tab.Click(".item:nth-child(2) h3 a")
		tab.Wait(at(slugs[1]))
		tab.Click(".back")
		tab.Wait(fmt.Sprintf(`location.search === %q && location.hash === "#practice-%s"`, result, slugs[1]))
		tab.Wait(`(() => { const box = document.querySelector(":target").getBoundingClientRect();
			return box.top >= 0 && box.top < innerHeight })()`)

		tab.Click(".item:nth-child(2) h3 a")
		tab.Wait(at(slugs[1]))
		tab.Click(".neighbours .next")
		tab.Wait(at(slugs[2]) + fmt.Sprintf(`&& location.search === %q`, result))
		tab.Click(".neighbours .prev")
		tab.Wait(at(slugs[1]))
		tab.Back()
		tab.Wait(at(slugs[2]))
	})
}

// Practices are put aside, the page stays where it is, and they are compared.
func TestReadingListAndComparison(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		tab.Go(address(t, "/en/practices?topic=education"))
		browser.Ask[bool](tab, mark)
		tab.Click(".item:nth-child(2) .keep")
		tab.Wait(`document.querySelector(".kept")?.textContent.includes("1 practice") && document.querySelector(".item:nth-child(2) .keep").name === "drop"`)
		if script {
			tab.Wait(marked + `&& document.activeElement.matches(".item:nth-child(2) .keep")`)
		}
		tab.Click(".item:nth-child(3) .keep")
		tab.Wait(`document.querySelector(".kept").textContent.includes("2 practices") &&` + queryHas("topic=education"))
		tab.Click(".kept a")
		tab.Wait(`location.pathname === "/en/list" && document.querySelectorAll(".item").length === 2`)
		tab.Click(".item:nth-child(1) [type=checkbox]")
		tab.Click(".item:nth-child(2) [type=checkbox]")
		tab.Click(".compare button")
		tab.Wait(`location.pathname === "/en/compare" && document.querySelectorAll(".heads li").length === 2`)
		tab.Click(".back")
		tab.Wait(`location.pathname === "/en/list" && document.querySelectorAll(".item").length === 2`)
	})
}

// at is the condition that a practice's page is open.
func at(slug string) string {
	return fmt.Sprintf(`location.pathname === "/en/practices/%s" && document.querySelector("article")`, slug)
}

func TestLanguageSwitchKeepsTheFilters(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		tab.Go(address(t, "/en/practices?topic=education"))
		choose(tab, "country-ES", script)
		tab.Wait(queryHas("country=ES"))
		search := browser.Ask[string](tab, "location.search")
		tab.Click("#languages summary")
		tab.Click("#languages a[lang=ar]")
		tab.Wait(fmt.Sprintf(`location.pathname === "/ar/practices" && location.search === %q`, search))
		tab.Wait(`document.documentElement.lang === "ar" && document.documentElement.dir === "rtl" &&
			document.getElementById("country-ES").checked && document.getElementById("topic-education").checked`)
	})
}

// An empty result offers ways out, each with as many results as it promises.
func TestEmptyResultHelps(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, _ bool) {
		tab.Go(address(t, "/en/practices?q=zzzzzz&topic=education&country=GR"))
		tab.Wait(shown + `=== 0 && document.querySelectorAll(".empty .counts li").length === 1`)
		promised := browser.Ask[int](tab, `parseInt(document.querySelector(".empty li").textContent.match(/(\d+) practice/)[1])`)
		tab.Click(".empty .counts a")
		tab.Wait("!" + queryHas("q=") + "&&" + queryHas("country=GR") + "&&" + total + "> 0")
		checkCount(t, tab, promised)
		tab.Go(address(t, "/en/practices?q=Ioannina&topic=anti-rumour"))
		tab.Click(".empty .places a")
		tab.Wait(queryHas("city=gr-patras") + "&&" + queryHas("topic=anti-rumour") + "&&" + total + `> 0 && document.querySelector(".item")`)
	})
}
