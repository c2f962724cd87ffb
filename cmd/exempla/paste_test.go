package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"exempla/internal/browser"
)

// paste is the event of pasting into the box that has the focus. A browser that
// does nothing of its own for it pastes the plain text; so does this.
const paste = `(([html, plain]) => {
	const data = new DataTransfer();
	if (html) data.setData("text/html", html);
	data.setData("text/plain", plain);
	const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
	if (document.activeElement.dispatchEvent(event)) document.execCommand("insertText", false, plain);
	return document.activeElement.value;
})(%s)`

// pastes pastes what a clipboard holds, and returns what the box then holds.
func pastes(t *testing.T, tab *browser.Tab, html, plain string) string {
	t.Helper()
	clipboard, err := json.Marshal([]string{html, plain})
	if err != nil {
		t.Fatal(err)
	}
	return browser.Ask[string](tab, fmt.Sprintf(paste, clipboard))
}

// writesPart opens the form of a part of a new draft, with the focus in its box.
func writesPart(t *testing.T, tab *browser.Tab, title, part string) {
	t.Helper()
	signIn(t, tab, sampleOfficer)
	tab.Go(address(t, "/en/submissions/new"))
	tab.Click("#title")
	tab.Press(title)
	tab.Click("main form .btn")
	tab.Wait(`document.querySelector(".tasks")`)
	tab.Go(address(t, browser.Ask[string](tab, "location.pathname")+"/"+part))
	tab.Click("#" + part)
}

// What other programs copy is taken over with its headings, lists, links, emphasis
// and tables, and is undone as typing is.
func TestFormattedTextIsPasted(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	writesPart(t, tab, "Pasted", "process")
	copied, err := filepath.Glob("testdata/clipboard/*.clip")
	if err != nil || len(copied) != 4 {
		t.Fatalf("%q, %v", copied, err)
	}
	for _, name := range copied {
		html, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(name, ".clip") + ".md")
		if err != nil {
			t.Fatal(err)
		}
		if got := pastes(t, tab, string(html), "without formatting"); got != strings.TrimSpace(string(want)) {
			t.Errorf("%s is pasted as\n%s", name, got)
		}
		browser.Ask[bool](tab, `document.execCommand("undo")`)
		if got := browser.Ask[string](tab, "document.activeElement.value"); got != "" {
			t.Errorf("%s: undone, there is still %q", name, got)
		}
	}
}

// What the browser itself copies from a page comes back as the text that made the page,
// can be undone by its keys, and comes as plain text by those for pasting without
// formatting.
func TestWhatIsShownIsCopiedBack(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	writesPart(t, tab, "Copied", "impact")
	const text = "## Ergebnis\n\nEs kamen **2000 Menschen** *im Jahr*, siehe [Bericht](https://stadt.example/b).\nZweite Zeile.\n\n" +
		"- eins\n  - darin\n- zwei\n\n1. erst\n2. dann\n\n> gesagt\n\n| Jahr | Zahl |\n| --- | --- |\n| 2018 | 324 |\n\nwww.stadt.example und a@stadt.example"
	pastes(t, tab, "", text)
	tab.Click("[data-preview] summary")
	tab.Wait(`document.querySelector("[data-preview] td")`)
	browser.Ask[bool](tab, `getSelection().selectAllChildren(document.querySelector("[data-preview] .said")) ?? true`)
	tab.Edit("copy")
	const all, value = `document.getElementById("impact").select() ?? true`, `document.getElementById("impact").value`
	tab.Click("#impact")
	browser.Ask[bool](tab, all)
	tab.Press("Before")
	browser.Ask[bool](tab, all)
	tab.Edit("paste")
	if got := browser.Ask[string](tab, value); got != text {
		t.Errorf("it comes back as\n%s", got)
	}
	tab.Edit("undo")
	if got := browser.Ask[string](tab, value); got != "Before" {
		t.Errorf("undone, there is\n%s", got)
	}
	browser.Ask[bool](tab, all)
	tab.Edit("pasteAndMatchStyle")
	if got := browser.Ask[string](tab, value); !strings.Contains(got, "Es kamen 2000 Menschen im Jahr, siehe Bericht.") {
		t.Errorf("without formatting it comes as\n%s", got)
	}
}

// Without formatting, or with none that matters, text comes as it is.
func TestPlainTextIsPastedAsItIs(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	writesPart(t, tab, "Plain", "process")
	if got := pastes(t, tab, "", "• one\n• two "); got != "• one\n• two " {
		t.Errorf("plain text is pasted as %q", got)
	}
	if got := pastes(t, tab, `<meta charset="utf-8"><span style="color: red">three </span>`, "three "); got != "• one\n• two three " {
		t.Errorf("a word is pasted as %q", got)
	}
	if got := pastes(t, tab, `<img src="https://a.example/x.png">`, "picture"); got != "• one\n• two three picture" {
		t.Errorf("a picture is pasted as %q", got)
	}
}

// The preview shows what readers will see, while somebody types.
func TestTextIsPreviewed(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	writesPart(t, tab, "Previewed", "purpose")
	tab.Press("A **bold** word")
	tab.Click("[data-preview] summary")
	tab.Wait(`document.querySelector("[data-preview] strong")?.textContent === "bold"`)
	tab.Click("#purpose")
	pastes(t, tab, "", "\n\n• one\n• two https://a.example.\n<script>window.ran = true</script>")
	tab.Wait(`document.querySelectorAll("[data-preview] li").length === 2 && document.querySelector("[data-preview] a").href === "https://a.example/"`)
	if browser.Ask[bool](tab, "!!window.ran") {
		t.Error("a script of the text has run")
	}
	for _, violation := range tab.Violations() {
		t.Error(violation)
	}
}
