package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"exempla/internal/browser"
)

// example is a text and what the scripts have to make of it: the same as the
// server does.
type example struct {
	Text, Fold string
	Words      int
}

// loadExamples reads the table that internal/text is held to as well.
func loadExamples(t *testing.T) []example {
	t.Helper()
	data, err := os.ReadFile("../../internal/text/testdata/examples.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// textsOf are the texts of examples, as a list in a script.
func textsOf(t *testing.T, list []example) string {
	t.Helper()
	var texts []string
	for _, e := range list {
		texts = append(texts, e.Text)
	}
	data, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// narrowScript types every text into a box above a list of all of them, and says
// for each which of the list stay.
const narrowScript = `((texts) => {
	const list = document.createElement("div"), box = document.createElement("input");
	box.className = "narrow";
	list.append(box, ...texts.map((text) => {
		const label = document.createElement("label"), name = document.createElement("span");
		name.className = "name";
		name.textContent = text;
		label.append(name);
		return label;
	}));
	document.body.append(list);
	return texts.map((text) => {
		box.value = text;
		box.dispatchEvent(new Event("input", { bubbles: true }));
		return [...list.querySelectorAll("label")].map((label) => !label.classList.contains("out"));
	});
})(%s)`

// A long list is narrowed to the names that have what was typed in them, both
// folded as the server folds, spaces aside.
func TestListsNarrowAsTheServerFolds(t *testing.T) {
	t.Parallel()
	list := loadExamples(t)
	for _, e := range loadExamples(t) {
		list = append(list, example{Text: e.Fold, Fold: e.Fold})
	}
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	stay := browser.Ask[[][]bool](tab, fmt.Sprintf(narrowScript, textsOf(t, list)))
	folded := func(e example) string { return strings.ReplaceAll(e.Fold, " ", "") }
	for i, typed := range list {
		for k, name := range list {
			if want := strings.Contains(folded(name), folded(typed)); stay[i][k] != want {
				t.Errorf("%q typed above %q: it stays %t, want %t", typed.Text, name.Text, stay[i][k], want)
			}
		}
	}
}
