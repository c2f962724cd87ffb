package main

import (
	"strings"
	"testing"

	"exempla/internal/browser"
)

// The system's sheet is offered where there is one, and gets the lasting address. The
// address itself stands on the page for everybody.
func TestPracticeIsShared(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, withSections+"?topic=refugees"))
	if shown := browser.Ask[bool](tab, `document.querySelector("[data-do=share]").hidden`); shown == browser.Ask[bool](tab, `"share" in navigator`) {
		t.Errorf("the button is hidden: %v", shown)
	}
	got := browser.Ask[string](tab, `(() => { let said; navigator.share = async (data) => { said = data; };
		document.querySelector("[data-do=share]").click(); return said.url + " " + said.title; })()`)
	if !strings.Contains(got, withSections+" Urban") {
		t.Errorf("what is shared: %s", got)
	}
	if shown := browser.Ask[string](tab, `document.querySelector(".facts .address").innerText`); !strings.HasSuffix(shown, withSections) {
		t.Errorf("the address in sight: %s", shown)
	}
}
