package main

import (
	"strings"
	"testing"

	"exempla/internal/browser"
)

// A printed list is numbered on through its pages and says where it is from; what only a
// screen can use is gone.
func TestListsArePrintedLikeContents(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Paper: true})
	tab.Go(address(t, "/en/practices?country=NO&page=2"))
	if got := browser.Ask[string](tab, `getComputedStyle(document.querySelector(".item")).display + " " + getComputedStyle(document.querySelector(".list")).listStyleType + " " + document.querySelector(".list").start`); got != "list-item decimal 21" {
		t.Errorf("the first entry is shown as %s", got)
	}
	if got := browser.Ask[string](tab, `document.querySelector(".printed").innerText`); !strings.HasPrefix(got, "http://") || !strings.HasSuffix(got, "/en/practices?country=NO&page=2") {
		t.Errorf("the list says that it is from %q", got)
	}
	if got := browser.Ask[int](tab, `[...document.querySelectorAll(".chips, .more, .pages, .filters, .find")].filter((e) => e.checkVisibility()).length`); got != 0 {
		t.Errorf("%d things for screens are printed", got)
	}
	tab.Look(browser.View{})
	if browser.Ask[bool](tab, `document.querySelector(".printed").checkVisibility()`) {
		t.Error("the address for paper is on the screen")
	}
}

// A printed practice keeps its source with the address, its licence and its own address;
// ways to read on, which nobody can press on paper, go.
func TestPracticesArePrintedWithTheirSource(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{Paper: true})
	tab.Go(address(t, "/fr"+strings.TrimPrefix(withSections, "/en")))
	if source := browser.Ask[string](tab, `getComputedStyle(document.querySelector(".facts a[rel=external]"), "::after").content`); !strings.Contains(source, "https://") {
		t.Errorf("the source is printed with %s", source)
	}
	if !browser.Ask[bool](tab, `document.querySelector(".facts .address").checkVisibility()`) {
		t.Error("the address of the page is not printed")
	}
	if got := browser.Ask[[]string](tab, `[...document.querySelectorAll(".alike, .neighbours, .back, .keep, .note a")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 90))`); len(got) > 0 {
		t.Errorf("things for screens are printed: %q", got)
	}
}
