package main

import (
	"maps"
	"slices"
	"testing"

	"exempla/internal/browser"
)

// everyPage visits every kind of page, of strangers and of each account.
func everyPage(t *testing.T, view browser.View, languages []string, check func(t *testing.T, tab *browser.Tab, path string)) {
	t.Helper()
	ids, err := sampleSubmissions()
	if err != nil {
		t.Fatal(err)
	}
	pages := maps.Clone(signedInPages)
	pages[""] = append(slices.Sorted(maps.Values(publicPages)), "/practices?year=2019&country=GR&size=10")
	for who, list := range pages {
		t.Run("of "+who, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			if who != "" {
				signIn(t, tab, who)
			}
			tab.Look(view)
			for _, path := range list {
				for _, language := range languages {
					tab.Go(address(t, language+numbered(path, ids)))
					check(t, tab, language+path)
				}
			}
		})
	}
}

// unseen lists what forced colours have swallowed: a focus without outline, a state
// that looks like its neighbours without it, a bar in the colour of the ground.
const unseen = `(() => {
	const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
	const told = (e) => e.outerHTML.slice(0, 110);
	const outlined = (e) => { const s = getComputedStyle(e); return shown(e) && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
	const ground = getComputedStyle(document.body).backgroundColor, found = [];
	for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
		if (!e.checkVisibility() || e.disabled) continue;
		e.focus({ preventScroll: true });
		if (document.activeElement === e && !outlined(e) && !(e.labels?.length && outlined(e.labels[0]))) found.push("focus: " + told(e));
	}
	document.activeElement?.blur();
	const look = (e) => { const s = getComputedStyle(e);
		return [s.outlineStyle, s.outlineColor, s.borderBlockEndColor, s.borderBlockEndWidth, s.borderInlineStartColor, s.textDecorationLine, s.fontWeight].join(); };
	for (const e of document.querySelectorAll(":is(nav, .pages, .tabs) a[aria-current=page]")) {
		const line = (a) => getComputedStyle(a).borderBlockEndColor + getComputedStyle(a).outlineStyle;
		const other = [...e.closest("nav, ul").querySelectorAll("a:not([aria-current=page])")].find(shown);
		if (shown(e) && other && line(e) === line(other)) found.push("state: " + told(e));
	}
	for (const e of document.querySelectorAll(":is([type=checkbox], [type=radio]):checked")) {
		if (shown(e) || !e.labels[0]?.checkVisibility()) continue;
		const other = [...document.getElementsByName(e.name)].find((o) => !o.checked && o.labels[0]?.checkVisibility());
		if (other && look(e.labels[0]) === look(other.labels[0])) found.push("choice: " + told(e.labels[0]));
	}
	for (const e of document.querySelectorAll("svg rect, svg circle")) {
		if (e.checkVisibility() && getComputedStyle(e).fill === ground) found.push("bar: " + told(e));
	}
	for (const e of document.querySelectorAll(".facet label[class*=w]")) {
		if (e.checkVisibility() && getComputedStyle(e, "::after").backgroundColor === ground) found.push("bar: " + told(e));
	}
	return found.slice(0, 5);
})()`

// Colours that the reader forces hide no focus, no chosen state and no bar.
func TestForcedColoursHideNothing(t *testing.T) {
	t.Parallel()
	everyPage(t, browser.View{Forced: true}, []string{"/en"}, func(t *testing.T, tab *browser.Tab, path string) {
		browser.Ask[bool](tab, unfold)
		tab.Press(browser.TabKey) // from now on focus is that of the keyboard
		for _, gone := range browser.Ask[[]string](tab, unseen) {
			t.Errorf("%s: cannot be seen: %s", path, gone)
		}
	})
}

// inTheWay is the share of the screen that parts which stay while one scrolls cover
// at most, from top to bottom.
const inTheWay = `(() => {
	let most = 0;
	for (const to of [0, 300, document.scrollingElement.scrollHeight]) {
		scrollTo({ top: to, behavior: "instant" });
		let high = 0;
		for (const e of document.querySelectorAll("body *")) {
			if (!["fixed", "sticky"].includes(getComputedStyle(e).position) || !e.checkVisibility() || e.closest(".hush, .skip")) continue;
			const box = e.getBoundingClientRect();
			high += Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
		}
		most = Math.max(most, high / innerHeight);
	}
	return most;
})()`

// mostInTheWay is a quarter of the screen: what is left is room for a few lines.
const mostInTheWay = .25

// At 400 % on a screen of 1280 by 1024 there are 320 by 256 pixels: one scrolls in one
// direction only, and sees what one scrolls to.
func TestPagesAreReadableAtFourTimesTheirSize(t *testing.T) {
	t.Parallel()
	everyPage(t, browser.View{Width: phone, High: 256}, []string{"/en", "/ar"}, func(t *testing.T, tab *browser.Tab, path string) {
		if out := browser.Ask[string](tab, tooWide); out != "" {
			t.Errorf("%s sticks out: %s", path, out)
		}
		if share := browser.Ask[float64](tab, inTheWay); share > mostInTheWay {
			t.Errorf("%s: %.0f %% of the screen is covered", path, 100*share)
		}
	})
}
