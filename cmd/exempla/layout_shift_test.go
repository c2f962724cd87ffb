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
	type shift struct {
		By   float64
		What []string // elements
	}
	moved, sum := browser.Ask[[]shift](tab, `(() => {
		const observer = new PerformanceObserver(() => {});
		observer.observe({ type: "layout-shift", buffered: true });
		const name = ({ node }) => node ? node.nodeName + "." + (node.className ?? "") : "";
		return observer.takeRecords().map((entry) => ({ By: entry.value, What: entry.sources.map(name) }));
	})()`), 0.0
	for _, one := range moved {
		sum += one.By
	}
	if sum > maxShift {
		t.Errorf("%s moves by %.3f while it loads: %v", browser.Ask[string](tab, "location.pathname"), sum, moved)
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
