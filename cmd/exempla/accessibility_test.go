package main

import (
	"strings"
	"testing"

	"exempla/internal/browser"
	"exempla/internal/locale"
)

// publicPages has every kind of public page, without its language. Short lists have
// the same elements as long ones and are checked faster.
var publicPages = map[string]string{
	"listing":            "/practices?size=10",
	"listing, narrowed":  "/practices?q=school&topic=education&topic=refugees&status=unknown&size=10",
	"listing, page 2":    "/practices?country=ES&country=IT&sort=place&size=10&page=2",
	"listing, empty":     "/practices?q=Ioanninna&country=GR",
	"practice":           "/practices/urban-response-coordination-ioannina?country=GR",
	"practice, foreign":  "/practices/developing-a-guide-against-radicalisation-in-bergen?country=NO",
	"practice, in part":  "/practices/startwien-vienna",
	"report a problem":   "/practices/urban-response-coordination-ioannina/report",
	"ask the city":       "/practices/urban-response-coordination-ioannina/ask",
	"report sent":        "/practices/urban-response-coordination-ioannina/report/sent",
	"reading list":       "/list?p=ciga-giro-project-vila-verde+embroidering-bridges-vila-verde+no-such-practice",
	"comparison":         "/compare?p=ciga-giro-project-vila-verde+embroidering-bridges-vila-verde+the-leeds-city-region-diversity-dashboard",
	"collections":        "/collections",
	"collection":         "/collections/cities-in-the-covid-19-pandemic",
	"facts":              "/facts",
	"map":                "/map",
	"map of a country":   "/map?country=NO",
	"topic":              "/topics/refugees",
	"country":            "/countries/NO",
	"city":               "/places/gr-ioannina",
	"for programs":       "/api",
	"for another site":   "/embed?topic=refugees&country=GR",
	"facts, selection":   "/facts?topic=education&country=GR",
	"follow":             "/follow?country=GR&topic=refugees",
	"following, over":    "/follow/NOTHING",
	"history":            "/practices/urban-response-coordination-ioannina/history",
	"about":              "/about",
	"help":               "/help",
	"accessibility":      "/accessibility",
	"privacy":            "/privacy",
	"template":           "/template",
	"sign in":            "/sign-in?back=%2Fen%2Fhelp",
	"forgotten password": "/reset",
	"link that is over":  "/invitation/NOTHING",
	"no such page":       "/practices/no-such-practice",
	"past the end":       "/practices?page=9999",
}

// phone is the narrowest screen that pages must fit, in CSS pixels (WCAG 1.4.10).
const phone = 320

// unfold opens everything on a page that can be opened, but for the menu and the
// languages, which lie over other things while they are open.
const unfold = `document.querySelectorAll("details:not(#languages, #menu)").forEach((d) => { d.open = true; }), true`

// tooWide returns the elements that extend beyond the screen, "" for none.
const tooWide = `document.scrollingElement.scrollWidth <= innerWidth ? "" :
	[...document.querySelectorAll("body *")].filter((e) => {
		const box = e.getBoundingClientRect();
		return box.width && e.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1) && !e.closest(".hush, .skip");
	}).slice(0, 4).map((e) => e.outerHTML.slice(0, 150)).join("\n")
	|| document.scrollingElement.scrollWidth + " pixels"`

// checkFits checks that the page is not wider than the screen.
func checkFits(t *testing.T, tab *browser.Tab) {
	t.Helper()
	if wide := browser.Ask[string](tab, tooWide); wide != "" {
		t.Errorf("%s sticks out: %s", browser.Ask[string](tab, "location.pathname"), wide)
	}
}

func TestPublicPagesAreAccessible(t *testing.T) {
	t.Parallel()
	for name, path := range publicPages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			check := func(view string) {
				t.Helper()
				for _, violation := range tab.Violations() {
					t.Errorf("%s, %s: %s", path, view, violation)
				}
			}
			tab.Go(address(t, "/en"+path))
			check("light")
			browser.Ask[bool](tab, unfold)
			tab.Look(browser.View{Dark: true})
			check("dark, unfolded")
			if strings.HasPrefix(name, "listing") {
				tab.Look(browser.View{Forced: true})
				check("forced colours")
			}
			tab.Look(browser.View{Width: phone})
			check("narrow")
			tab.Go(address(t, "/ar"+path))
			check("right to left, narrow")
		})
	}
}

// cutOff is what the search box shows of its example where that is wider than the box.
const cutOff = `(() => {
	const box = document.querySelector("#q"), style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
	pen.font = style.font;
	const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
	return getComputedStyle(box, "::placeholder").opacity === "0" || pen.measureText(box.placeholder).width <= room ? "" : box.placeholder;
})()`

// The example in the search box is shown whole, or not at all.
func TestSearchExampleIsNotCutOff(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	seen := 0
	for _, l := range locale.All() {
		for _, width := range []int{phone, 360, 480, 577, 640, 1280} {
			tab.Look(browser.View{Width: width})
			tab.Go(address(t, "/"+l.Tag()+"/practices"))
			if cut := browser.Ask[string](tab, cutOff); cut != "" {
				t.Errorf("%s, %d pixels: %q is cut off", l.Tag(), width, cut)
			}
			if browser.Ask[bool](tab, `getComputedStyle(document.querySelector("#q"), "::placeholder").opacity !== "0"`) {
				seen++
			}
		}
	}
	if seen < 3*len(locale.All()) {
		t.Errorf("the example is shown %d times only", seen)
	}
}

// Narrow screens never scroll horizontally, whatever is open and however long the
// words of the language are.
func TestPagesFitNarrowScreens(t *testing.T) {
	t.Parallel()
	for name, path := range publicPages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			tab.Look(browser.View{Width: phone})
			for _, language := range []string{"/en", "/de", "/el", "/ar"} {
				tab.Go(address(t, language+path))
				if out := browser.Ask[string](tab, tooWide); out != "" {
					t.Errorf("%s%s sticks out: %s", language, path, out)
				}
				browser.Ask[bool](tab, unfold)
				if out := browser.Ask[string](tab, tooWide); out != "" {
					t.Errorf("%s%s, unfolded, sticks out: %s", language, path, out)
				}
			}
		})
	}
}
