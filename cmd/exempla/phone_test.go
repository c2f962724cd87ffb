package main

import (
	"testing"

	"exempla/internal/browser"
)

// On a narrow screen the filters wait behind a button, which says how many are
// on; pressing "show" leads from them to the results.
func TestFiltersOnAPhone(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Width: phone})
	tab.Go(address(t, "/en/practices"))
	const visible = `document.getElementById("topic-education").checkVisibility()`
	tab.Wait("!" + visible + `&& document.querySelector(".item").getBoundingClientRect().top < 2 * innerHeight`)
	tab.Click("#panel > summary")
	tab.Wait(visible)
	tab.Click("#topic-education")
	tab.Wait(queryHas("topic=education") + "&&" + visible + `&& document.querySelector("#panel > summary").textContent.includes("1")`)
	promised := browser.Ask[int](tab, facetCount("topic-education"))
	tab.Click(".show")
	tab.Wait("!" + visible + "&&" + focused + `=== "count" && (() => {
		const box = document.getElementById("count").getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight })()`)
	checkCount(t, tab, promised)
}

// Without script nothing could open the filters again, so they are open.
func TestFiltersOnAPhoneWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Width: phone, NoScript: true})
	tab.Go(address(t, "/en/practices"))
	promised := browser.Ask[int](tab, facetCount("country-ES"))
	choose(tab, "country-ES", false)
	tab.Wait(queryHas("country=ES"))
	checkCount(t, tab, promised)
}
