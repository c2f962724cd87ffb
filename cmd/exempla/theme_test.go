package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"exempla/internal/browser"
	"exempla/internal/locale"
	"exempla/internal/theme"
)

// A look is written into a file, edited, and shown by a running site, or refused with all
// that is wrong with it.
func TestThemeFromTheCommandLine(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	p := start(t, setting, "serve")
	folder := t.TempDir()
	file := func(name string) string { return filepath.Join(folder, name) }
	ends := func(status int, says string, arguments ...string) {
		t.Helper()
		said, got := run(t, setting, append([]string{"theme"}, arguments...)...)
		if (got == 0) != (status == 0) || !strings.Contains(said, says) {
			t.Errorf("%v ends with %d and says %q, want %d and %q", arguments, got, said, status, says)
		}
	}
	ends(0, "The program's own look in "+file("own.json"), "export", file("own.json"))
	ends(1, "exists", "export", file("own.json"))
	ends(1, "there is no version 7", "export", "--version", "7", file("seven.json"))
	if _, err := os.Stat(file("seven.json")); err == nil {
		t.Error("a version that does not exist leaves a file")
	}
	ends(0, "Kept as version 1", "import", file("own.json"))

	content, err := os.ReadFile(file("own.json"))
	if err != nil {
		t.Fatal(err)
	}
	edited, err := theme.Read(content)
	if err != nil {
		t.Fatalf("%v: %s", err, content)
	}
	edited.Words.Set("en", locale.SiteName, locale.Forms{"other": "Intercity"})
	edited.Logo.Light = theme.Picture(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40"/>`)
	edited.Logo.Dark = edited.Logo.Light
	write := func(name string, content []byte) string {
		t.Helper()
		if err := os.WriteFile(file(name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		return file(name)
	}
	made := write("edited.json", edited.Write())
	title := func() string {
		_, body := fetch(t, p.address+"/en/about")
		_, rest, _ := strings.Cut(body, "<title>")
		name, _, _ := strings.Cut(rest, "</title>")
		return name
	}
	ends(0, "Kept as version 2", "import", "--note", "A name", made)
	if name := title(); !strings.HasSuffix(name, "– Exempla") {
		t.Errorf("it is shown before it is published: %s", name)
	}
	ends(0, "Nothing is new: it is the same as version 2", "import", made)
	ends(0, "It is published", "import", "--publish", made)
	eventually(t, "the new name", func() bool { return strings.HasSuffix(title(), "– Intercity") })
	showsLogo(t, p.address)
	ends(0, "Version 2 in "+file("back.json"), "export", file("back.json"))
	if back, err := os.ReadFile(file("back.json")); err != nil || !bytes.Equal(back, edited.Write()) {
		t.Errorf("exported is not what was imported: %v, %s", err, back)
	}
	ends(0, `"site.name": "Intercity"`, "export", "-")

	for name, c := range refusedThemes(edited) {
		ends(1, c.says, "import", "--publish", write(name+".json", c.content))
	}
	ends(1, "no such file", "import", file("none.json"))
	ends(0, "Version 2 in", "export", file("after.json")) // what is refused changes nothing
}

// showsLogo looks at a site whose logo is wide, as readers do.
func showsLogo(t *testing.T, site string) {
	t.Helper()
	tab := browser.Open(t)
	for _, v := range []browser.View{{}, {Dark: true}, {Width: 320}, {Width: 320, Dark: true}, {Forced: true}, {Paper: true}} {
		tab.Look(v)
		tab.Go(site + "/en/practices")
		shown := browser.Ask[string](tab, `document.querySelector(".mark img").currentSrc`)
		if strings.Contains(shown, "-dark.svg") != v.Dark || !strings.Contains(shown, "/theme/2-") {
			t.Errorf("%+v: the logo is %s", v, shown)
		}
		if size := browser.Ask[string](tab, `(({width, height}) => Math.round(width) + "×" + Math.round(height))(document.querySelector(".mark img").getBoundingClientRect())`); v.Width == 0 && size != "240×32" || v.Width > 0 && size != "144×19" {
			t.Errorf("%+v: the logo has %s", v, size)
		}
		if sticks := browser.Ask[float64](tab, `document.documentElement.scrollWidth - innerWidth`); sticks > 0 {
			t.Errorf("%+v: the page sticks out by %v", v, sticks)
		}
		for _, violation := range tab.Violations() {
			t.Errorf("%+v: %s", v, violation)
		}
	}
}

// refusedTheme is a file that is no theme, or one that cannot be used.
type refusedTheme struct {
	content []byte
	says    string
}

// refusedThemes are such files, some of them made from a sound theme.
func refusedThemes(sound theme.Theme) map[string]refusedTheme {
	hostile := sound
	hostile.Logo.Light = theme.Picture(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><script/></svg>`)
	hostile.Colours.Accent.Dark = "red"
	return map[string]refusedTheme{
		"nonsense":      {[]byte("nonsense"), "it is no theme"},
		"no field":      {[]byte(`{"fonts": {}}`), `unknown field "fonts"`},
		"two of them":   {[]byte("{} {}"), "something follows"},
		"no words":      {[]byte(`{"words": {"xx": {"site.name": {"other": "A"}}}}`), "words.xx: The program does not know the language"},
		"a hostile one": {hostile.Write(), "logo.light: This drawing has a part that does something (<script>)"},
		"two faults":    {hostile.Write(), "colours.accent.dark: “red” is no colour"},
		"no picture":    {[]byte(`{"logo": {"light": "bm8gcGljdHVyZQ=="}}`), "logo.light: This picture cannot be read"},
		"no base64":     {[]byte(`{"logo": {"light": "?"}}`), "it is no theme"},
		"too large":     {bytes.Repeat([]byte(" "), 2*theme.MaxSize+1), "is larger than"},
		"far too large": {bytes.Repeat([]byte(" "), 5*theme.MaxSize), "is larger than"},
	}
}
