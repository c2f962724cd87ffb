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

// Without script the filters open and close as well.
func TestFiltersOnAPhoneWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Width: phone, NoScript: true})
	tab.Go(address(t, "/en/practices"))
	promised := browser.Ask[int](tab, facetCount("country-ES"))
	tab.Wait(`!document.getElementById("country-ES").checkVisibility()`)
	tab.Click("#panel > summary")
	choose(tab, "country-ES", false)
	tab.Wait(queryHas("country=ES"))
	checkCount(t, tab, promised)
}

// The head of a page leaves a phone's screen to the page, and still has everything
// behind its menu.
func TestHeadOnAPhone(t *testing.T) {
	t.Parallel()
	for _, noScript := range []bool{false, true} {
		tab := browser.Open(t)
		tab.Look(browser.View{Width: 360, NoScript: noScript})
		for _, path := range []string{"/en/practices", "/el/practices", "/ar/practices", "/en/help"} {
			tab.Go(address(t, path))
			if high := browser.Ask[float64](tab, `document.querySelector(".mast").offsetHeight`); high > 64 {
				t.Errorf("%s: the head is %v pixels high", path, high)
			}
			if top := browser.Ask[float64](tab, `document.querySelector(".item")?.getBoundingClientRect().top ?? 0`); top > 640 {
				t.Errorf("%s: the first practice begins at %v", path, top)
			}
			tab.Wait(`!document.querySelector(".signin").checkVisibility()`)
			tab.Click("#menu > summary")
			tab.Click("#languages summary")
			const hidden = `[...document.querySelectorAll(".mast a")].filter((a) => !a.checkVisibility() || a.getBoundingClientRect().right > innerWidth || a.getBoundingClientRect().left < 0).map((a) => a.href)`
			if links := browser.Ask[[]string](tab, hidden); len(links) > 0 {
				t.Errorf("%s: out of reach with the menu open: %q", path, links)
			}
			if !noScript {
				for _, violation := range tab.Violations() {
					t.Errorf("%s, the open menu: %s", path, violation)
				}
			}
		}
	}
}

// The button for the filters stays in reach of the thumb, and a choice of order is
// not parted from its label.
func TestFiltersStayInReach(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Width: 360})
	tab.Go(address(t, "/en/practices?topic=education"))
	tab.Wait(`document.querySelector("#panel > summary").textContent.includes("1")`)
	browser.Ask[bool](tab, `document.querySelector(".item:last-child").scrollIntoView(), true`)
	tab.Wait(`(() => { const box = document.querySelector("#panel > summary").getBoundingClientRect();
		return scrollY > 0 && box.top > innerHeight / 2 && box.bottom <= innerHeight })()`)
	for _, field := range []string{"sort", "size"} {
		tab.Wait(`(() => { const middle = (e) => { const box = e.getBoundingClientRect(); return box.top + box.height / 2 };
			return Math.abs(middle(document.getElementById("` + field + `")) - middle(document.querySelector("[for=` + field + `]"))) < 4 })()`)
	}
	tab.Click("#panel > summary")
	tab.Press(browser.EscapeKey)
	tab.Wait(`!document.getElementById("panel").open && document.activeElement.matches("#panel > summary")`)
}
