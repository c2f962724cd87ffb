package main

import (
	"fmt"
	"testing"

	"exempla/internal/browser"
)

// maxShift is how much of a page may move while it loads: far below the 0.1 that is
// called good, since nothing on these pages has to move.
const maxShift = 0.01

// checkStandsStill checks that the page that has just been opened did not move while it
// loaded.
func checkStandsStill(t *testing.T, tab *browser.Tab) {
	t.Helper()
	browser.Ask[bool](tab, `requestAnimationFrame(() => requestAnimationFrame(() => { window.settled = true; })), true`)
	tab.Wait("window.settled")
	moved := browser.Ask[float64](tab, `(() => {
		const observer = new PerformanceObserver(() => {});
		observer.observe({ type: "layout-shift", buffered: true });
		return observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0);
	})()`)
	if moved > maxShift {
		t.Errorf("%s moves by %.3f while it loads", browser.Ask[string](tab, "location.pathname"), moved)
	}
}

// Pages stand still from the first paint: what a script adds or takes away has its
// place, or none, before the script comes.
func TestNothingMovesWhilePagesLoad(t *testing.T) {
	t.Parallel()
	for _, width := range []int{360, 1280} {
		for _, path := range []string{"/en/practices", "/ar/practices?topic=education", withSections, "/en/sign-in", "/en/template", "/en/reset"} {
			t.Run(fmt.Sprint(path, " ", width), func(t *testing.T) {
				t.Parallel()
				tab := browser.Open(t)
				tab.Look(browser.View{Width: width})
				tab.Go(address(t, path))
				checkStandsStill(t, tab)
			})
		}
	}
}
