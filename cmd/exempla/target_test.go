package main

import (
	"fmt"
	"testing"

	"exempla/internal/browser"
)

// Heights of what people press, in CSS pixels: for a pointer (WCAG 2.5.8) and for a
// finger.
const (
	pointerTarget = 24
	fingerTarget  = 44
)

// lowTargets lists what can be pressed and is lower than it should be, but for links
// within sentences and boxes whose label can be pressed as well.
const lowTargets = `[...document.querySelectorAll("a[href], button, summary, select, label:has([type=checkbox]), input:not([type=checkbox], [type=hidden])")]
	.filter((e) => e.checkVisibility() && !e.closest("p:not(.views), .hush, .skip, .prose, .item h3, .alike li, [hidden]"))
	.filter((e) => e.getBoundingClientRect().height < %d - .5)
	.map((e) => e.getBoundingClientRect().height + ": " + e.outerHTML.slice(0, 90))`

func TestTargetsAreLargeEnough(t *testing.T) {
	t.Parallel()
	for name, view := range map[string]browser.View{"pointer": {}, "finger": {Touch: true, Width: 360}} {
		least := map[bool]int{false: pointerTarget, true: fingerTarget}[view.Touch]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			tab.Look(view)
			for _, path := range []string{"/en/practices", "/en/practices?q=school&topic=education", "/ar/practices?topic=roma&country=IS", withSections} {
				tab.Go(address(t, path))
				browser.Ask[bool](tab, `document.querySelectorAll("details").forEach((d) => { d.open = true; }), true`)
				for _, low := range browser.Ask[[]string](tab, fmt.Sprintf(lowTargets, least)) {
					t.Errorf("%s: %s", path, low)
				}
			}
		})
	}
}

// The bars beside the counts are thick enough to see, and not under the words.
func TestBarsStandBesideTheWords(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	const labels = `[...document.querySelectorAll(".facet:not(.years) label:not(.off)")].filter((label) => label.checkVisibility())`
	if n := browser.Ask[int](tab, labels+".length"); n < 20 {
		t.Fatalf("%d values have a bar", n)
	}
	tab.Wait(labels + `.every((label) => {
		const bar = getComputedStyle(label, "::after");
		return parseFloat(bar.width) >= 2 && parseFloat(bar.height) >= 2 && bar.position === "static" })`)
}
