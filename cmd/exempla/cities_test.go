package main

import (
	"fmt"
	"strings"
	"testing"

	"exempla/internal/browser"
)

// What the field of a city says of itself.
const (
	citiesOpened = `document.getElementById("city").getAttribute("aria-expanded") === "true" && document.querySelectorAll("#city-suggestions [role=option]").length > 0`
	citiesFolded = `document.getElementById("city").getAttribute("aria-expanded") === "false" && document.getElementById("city-suggestions").hidden`
	activeCity   = `document.getElementById(document.getElementById("city").getAttribute("aria-activedescendant"))`
)

// openPlace begins a draft and opens its place, and says where that is.
func openPlace(t *testing.T, tab *browser.Tab) (path string) {
	t.Helper()
	tab.Go(address(t, "/en/submissions/new"))
	tab.Click("#title")
	tab.Press("A desk somewhere", browser.EnterKey)
	tab.Wait(`document.querySelector(".tasks")`)
	path = browser.Ask[string](tab, "location.pathname") + "/place"
	tab.Go(address(t, path))
	return path
}

// typeCity types into the field of the first city, in place of what is there.
func typeCity(tab *browser.Tab, typed string) {
	tab.Click("#city")
	browser.Ask[bool](tab, `(document.getElementById("city").select(), true)`)
	tab.Press(typed)
}

// saveDraft presses the button that leads back to the task list, by the keyboard.
func saveDraft(tab *browser.Tab) {
	browser.Ask[bool](tab, `(document.querySelector(".acts .btn.quiet").focus(), true)`)
	tab.Press(browser.EnterKey)
	tab.Wait(`document.querySelector(".tasks")`)
}

// An officer types a name in any script, chooses with the keys, and the country and
// the place on the map come with it; all of it is kept.
func TestCityIsChosenByKeyboard(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	signIn(t, tab, sampleOfficer)
	path := openPlace(t, tab)
	typeCity(tab, "Λισαβ")
	tab.Wait(citiesOpened)
	tab.Wait(`document.getElementById("status").textContent.includes("suggestion")`)
	tab.Press(browser.DownKey)
	tab.Wait(activeCity + `?.getAttribute("aria-selected") === "true" && ` + activeCity + `.textContent.includes("Portugal") && ` + focused + `=== "city"`)
	for _, violation := range tab.Violations() {
		t.Errorf("with open suggestions: %s", violation)
	}
	tab.Press(browser.EnterKey)
	tab.Wait(citiesFolded + fmt.Sprintf(`&& location.pathname === %q`, path)) // the form is not sent by it
	const filled = `document.getElementById("city").value === "Lisbon" && document.getElementById("country").value === "PT" && document.querySelector("[name=point]").value.startsWith("38.7")`
	tab.Wait(filled)
	saveDraft(tab)
	tab.Go(address(t, path))
	tab.Wait(filled)

	tab.Go(address(t, "/el"+strings.TrimPrefix(path, "/en")))
	tab.Wait(`document.getElementById("city").value === "Λισαβόνα"`)
}

// Cities of the same name are told apart, and a press chooses one. Rows do not mix
// their lists.
func TestCityIsChosenByPress(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	signIn(t, tab, sampleOfficer)
	path := openPlace(t, tab)
	typeCity(tab, "springfield")
	tab.Wait(citiesOpened + `&& [...document.querySelectorAll("#city-suggestions [role=option]")].every((e) => e.textContent.includes("Springfield"))`)
	details := browser.Ask[[]string](tab, `[...document.querySelectorAll("#city-suggestions [role=option]")].map((e) => e.textContent)`)
	for i, words := range details {
		if i > 0 && words == details[i-1] || !strings.Contains(words, "United States") || !strings.Contains(words, "inhabitants") {
			t.Errorf("not told apart: %q", details)
		}
	}
	point := browser.Ask[string](tab, `document.querySelectorAll("#city-suggestions [role=option]")[1].dataset.point`)
	tab.Click("#city-suggestions [role=option]:nth-of-type(2)")
	tab.Wait(citiesFolded + fmt.Sprintf(`&& document.querySelector("[name=point]").value === %q && document.getElementById("country").value === "US"`, point))
	saveDraft(tab)
	tab.Go(address(t, path+"?more=1"))
	tab.Click("#city-2")
	tab.Press("ioann")
	tab.Wait(`document.getElementById("city-2").getAttribute("aria-expanded") === "true"`)
	if mixed := browser.Ask[int](tab, `document.querySelectorAll("#city-suggestions [role=option]").length`); mixed != 0 {
		t.Errorf("%d cities are suggested to another row", mixed)
	}
	tab.Press(browser.EscapeKey)
	tab.Wait(`document.getElementById("city-2-suggestions").hidden && document.getElementById("city-2").value === "ioann"`)
}

// Without script the field is a plain one, and a city that was typed is found all the
// same.
func TestCityWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	tab.Look(browser.View{NoScript: true})
	signIn(t, tab, sampleOfficer)
	path := openPlace(t, tab)
	if browser.Ask[bool](tab, `!!document.querySelector("[role=combobox], [role=listbox], [aria-controls]")`) {
		t.Error("without script there is a combobox")
	}
	typeCity(tab, "Yannina")
	tab.Click(".acts .btn")
	tab.Wait(onPart("period"))
	tab.Go(address(t, path))
	tab.Wait(`document.getElementById("city").value === "Yannina" && document.querySelector("[name=point]").value.startsWith("39.6")`)
}
