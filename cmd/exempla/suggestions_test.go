package main

import (
	"fmt"
	"testing"

	"exempla/internal/browser"
)

// What the combobox says of itself.
const (
	opened  = `document.getElementById("q").getAttribute("aria-expanded") === "true" && document.querySelectorAll("#suggestions [role=option]").length > 0`
	folded  = `document.getElementById("q").getAttribute("aria-expanded") === "false" && document.getElementById("suggestions").hidden`
	active  = `document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant"))`
	typedIn = `document.getElementById("q").value`
)

// typeInto opens a listing and types into its search box until something is suggested.
func typeInto(t *testing.T, tab *browser.Tab, path, words string) {
	t.Helper()
	tab.Go(address(t, path))
	tab.Click("#q")
	tab.Press(words)
	tab.Wait(opened)
}

func TestSuggestionsByKeyboard(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	typeInto(t, tab, "/en/practices", "ioann")
	tab.Wait(`document.getElementById("status").textContent.startsWith(document.querySelectorAll("#suggestions [role=option]").length + " suggestion")`)
	if set := browser.Ask[bool](tab, active+" !== null"); set {
		t.Error("something is chosen before anybody chose")
	}
	tab.Press(browser.DownKey)
	tab.Wait(active + `?.getAttribute("aria-selected") === "true" &&` + active + `.textContent.includes("Ioannina") &&` + focused + `=== "q"`)
	tab.Press(browser.EnterKey)
	tab.Wait(queryHas("q=Ioannina&country=GR") + "&&" + folded + "&&" + typedIn + `=== "Ioannina" &&` + focused + `=== "count"`)

	typeInto(t, tab, "/en/practices", "school")
	first := browser.Ask[string](tab, `document.querySelector("#suggestions [role=option]").id`)
	tab.Press(browser.UpKey, browser.HomeKey)
	tab.Wait(active + fmt.Sprintf(`.id === %q`, first))
	tab.Press(browser.UpKey)
	tab.Wait(active + " === null")
	tab.Press(browser.DownKey, browser.EndKey)
	tab.Wait(active + fmt.Sprintf(`.id !== %q`, first))
	to := browser.Ask[string](tab, active+".pathname")
	tab.Press(browser.EnterKey)
	tab.Wait(fmt.Sprintf(`location.pathname === %q && document.querySelector("article.prose")`, to))
}

func TestSuggestionsDoNotStandInTheWay(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	typeInto(t, tab, "/en/practices", "school")
	tab.Press(browser.DownKey, browser.EscapeKey)
	tab.Wait(folded + "&&" + active + ` === null &&` + typedIn + `=== "school"`)
	tab.Press(browser.DownKey)
	tab.Wait(opened)
	tab.Press(browser.TabKey)
	tab.Wait(folded + `&& document.activeElement.matches(".find .btn")`)
	tab.Click("#q")
	tab.Press("s")
	tab.Wait(opened + "||" + typedIn + `=== "schools"`)
	tab.Press(browser.EnterKey)
	tab.Wait(queryHas("q=schools") + "&&" + folded + "&&" + focused + `=== "count"`)

	// The box is still a combobox after the page has changed under it.
	tab.Click("#topic-education")
	tab.Wait(queryHas("topic=education"))
	tab.Click("#q")
	tab.Press(browser.EndKey, " linking")
	tab.Wait(typedIn + `=== "schools linking" &&` + opened)
	tab.Click("#suggestions [role=option]")
	tab.Wait(`location.pathname === "/en/practices/stronger-communities-the-schools-linking-network-bradford"`)
}

// Letters that an input method is still composing are not searched for.
// An answer that comes late does not take away what somebody is choosing from.
func TestSuggestionsStayWhileOneIsChosen(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	typeInto(t, tab, "/en/practices", "sch")
	browser.Ask[bool](tab, `(() => {
		const real = fetch;
		window.fetch = async (...all) => {
			const answer = await real(...all), words = await answer.text();
			await new Promise((go) => { window.release = go; });
			setTimeout(() => { window.arrived = true; }, 50); // what uses the answer does not wait for anything else
			return new Response(words);
		};
		return true;
	})()`)
	tab.Press("ool")
	tab.Wait(`!!window.release`)
	tab.Press(browser.DownKey)
	chosen := browser.Ask[string](tab, active+".textContent")
	browser.Ask[bool](tab, `(window.release(), true)`)
	tab.Wait(`!!window.arrived`)
	if now := browser.Ask[string](tab, active+"?.textContent ?? ''"); now != chosen {
		t.Errorf("chosen was %q, now it is %q", chosen, now)
	}
}

func TestSuggestionsWaitForTheInputMethod(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	tab.Click("#q")
	browser.Ask[bool](tab, `(() => {
		window.asked = [];
		const fetched = fetch;
		window.fetch = (address, ...rest) => { asked.push(decodeURIComponent(address)); return fetched(address, ...rest); };
		const box = document.getElementById("q");
		for (const part of ["t", "to", "と"]) {
			box.value = part;
			box.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
		}
		box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", isComposing: true, bubbles: true }));
		box.value = "図書";
		box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
		return true;
	})()`)
	tab.Wait(opened)
	if asked := browser.Ask[[]string](tab, "asked"); len(asked) != 1 || asked[0] != "/en/suggest?q=図書" {
		t.Errorf("asked were %q", asked)
	}
}

func TestOpenSuggestionsForEverybody(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	views := []struct {
		name, language string
		browser.View
	}{{"light", "/en", browser.View{}}, {"dark", "/en", browser.View{Dark: true}}, {"forced colours", "/en", browser.View{Forced: true}},
		{"narrow", "/en", browser.View{Width: phone}}, {"narrow, dark", "/ar", browser.View{Width: phone, Dark: true}}}
	for _, view := range views {
		tab.Look(view.View)
		typeInto(t, tab, view.language+"/practices?size=10", "in")
		tab.Press(browser.DownKey)
		tab.Wait(active)
		// What it lies over is half covered now; other tests look at that.
		browser.Ask[bool](tab, `document.querySelector(".cols").hidden = true`)
		for _, violation := range tab.Violations() {
			t.Errorf("%s, %s: %s", view.language, view.name, violation)
		}
		if out := browser.Ask[string](tab, tooWide); out != "" {
			t.Errorf("%s, %s: sticks out: %s", view.language, view.name, out)
		}
	}
	if name := tab.Name("#suggestions"); name == "" {
		t.Error("the list has no name")
	}
}

func TestSearchBoxWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{NoScript: true})
	tab.Go(address(t, "/en/practices"))
	if browser.Ask[bool](tab, `!!document.querySelector("[role=combobox], [role=listbox], [aria-expanded], [aria-controls]")`) {
		t.Error("without script there is a combobox")
	}
}
