package browser

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// form shows what was done to it in its own text.
const form = `<label for="name">Name</label><input id="name"><label for="file">File</label><input id="file" type="file" multiple>
<button onclick="said.textContent = document.getElementById('name').value">Say</button><p id="said"></p>
<script>document.getElementById("name").addEventListener("keydown", (event) => { if (event.key === "x") event.preventDefault(); })</script>`

func TestKeysAreTyped(t *testing.T) {
	t.Parallel()
	tab := Open(t)
	tab.Go(open(t, map[string]string{"/": form}) + "/")
	tab.Click("#name")
	tab.Press("Année", HomeKey, "L'", EndKey, "!")
	if got := Ask[string](tab, `document.getElementById("name").value`); got != "L'Année!" {
		t.Errorf("typed %q", got)
	}
	tab.Press("x") // the page refuses it
	if got := Ask[string](tab, `document.getElementById("name").value`); got != "L'Année!" {
		t.Errorf("a key that is refused leaves %q", got)
	}
	tab.Press(TabKey, TabKey, EnterKey)
	tab.Wait(`document.getElementById("said").textContent === "L'Année!"`)
	if got := Ask[string](tab, "document.activeElement.nodeName"); got != "BUTTON" {
		t.Errorf("the focus is on %s", got)
	}
}

func TestClicksWaitForWhatIsCoveredOrFar(t *testing.T) {
	t.Parallel()
	const covered = `<div id="cover" style="position: fixed; inset: 0"></div><div style="block-size: 3000px"></div>
<button onclick="document.title = 'clicked'">Below</button><script>setTimeout(() => document.getElementById("cover").remove(), 100)</script>`
	tab := Open(t)
	tab.Go(open(t, map[string]string{"/": covered}) + "/")
	tab.Click("button")
	tab.Wait(`document.title === "clicked"`)
	if Ask[bool](tab, `!!document.getElementById("cover")`) {
		t.Error("it was clicked through what covered it")
	}
	if Ask[float64](tab, "scrollY") < 1_000 {
		t.Error("the page was not scrolled to it")
	}
}

func TestFilesAreChosen(t *testing.T) {
	t.Parallel()
	var paths []string
	for _, name := range []string{"one.txt", "two.txt"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	tab := Open(t)
	tab.Go(open(t, map[string]string{"/": form}) + "/")
	tab.Choose("#file", paths...)
	if got := Ask[string](tab, `[...document.getElementById("file").files].map((file) => file.name).join()`); got != "one.txt,two.txt" {
		t.Errorf("chosen: %s", got)
	}
}

func TestNamesAreThoseOfAssistiveTechnology(t *testing.T) {
	t.Parallel()
	tab := Open(t)
	tab.Go(open(t, map[string]string{"/": form + `<button aria-label="Close">×</button><span></span>`}) + "/")
	for selector, want := range map[string]string{"#name": "Name", "button:not([aria-label])": "Say", "[aria-label]": "Close", "span": ""} {
		if got := tab.Name(selector); got != want {
			t.Errorf("%s is called %q, not %q", selector, got, want)
		}
	}
}

func TestBackIsThePageBefore(t *testing.T) {
	t.Parallel()
	home := open(t, map[string]string{"/a": `<a href="/b">On</a>`, "/b": "end"})
	tab := Open(t)
	tab.Go(home + "/a")
	tab.Click("a")
	tab.Wait(`location.pathname === "/b"`)
	tab.Back()
	tab.Wait(`location.pathname === "/a"`)
}

func TestViewsOfAReader(t *testing.T) {
	t.Parallel()
	tab := Open(t)
	tab.Go(open(t, map[string]string{"/": "page"}) + "/")
	const seen = `[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(forced-colors: active)").matches, ` +
		`matchMedia("(prefers-reduced-motion)").matches].join()`
	for _, c := range []struct {
		view View
		want string
	}{
		{View{}, "1280,false,false,true"}, {View{Width: 320}, "320,false,false,true"}, {View{Dark: true}, "1280,true,false,true"}, {View{Forced: true}, "1280,false,true,true"},
	} {
		tab.Look(c.view)
		tab.Wait(seen + ` === "` + c.want + `"`)
	}
}

func TestPicturesShowTheScreen(t *testing.T) {
	t.Parallel()
	tab := Open(t)
	tab.Look(View{Width: 400})
	tab.Go(open(t, map[string]string{"/": `<style>body { background: rgb(0, 0, 255) }</style>`}) + "/")
	picture, err := png.Decode(bytes.NewReader(tab.Picture()))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 400 || size.Y != high {
		t.Errorf("it measures %v", size)
	}
	if r, g, b, _ := picture.At(200, 400).RGBA(); r != 0 || g != 0 || b != 0xffff {
		t.Errorf("its colour is %d, %d, %d", r, g, b)
	}
}

// Tests run side by side and must not meet in what the browser keeps.
func TestTabsShareNothing(t *testing.T) {
	t.Parallel()
	home := open(t, map[string]string{"/": "page"})
	one, other := Open(t), Open(t)
	one.Go(home + "/")
	Ask[bool](one, `localStorage.setItem("kept", "yes"); document.cookie = "kept=yes"; true`)
	other.Go(home + "/")
	if Ask[bool](other, `localStorage.getItem("kept") !== null || document.cookie !== ""`) {
		t.Error("another tab sees what this one keeps")
	}
}

func TestPasskeysAreConfirmed(t *testing.T) {
	t.Parallel()
	tab := Open(t)
	tab.Authenticator()
	home := open(t, map[string]string{"/": "page"})
	tab.Go("http://localhost" + home[len("http://127.0.0.1"):] + "/")
	Ask[bool](tab, `navigator.credentials.create({ publicKey: { challenge: new Uint8Array(16), rp: { name: "Test" },
		user: { id: new Uint8Array(4), name: "ana", displayName: "Ana" }, pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })) } })
		.then((made) => { document.title = made.type; }); true`)
	tab.Wait(`document.title === "public-key"`)
}
