package typeset

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"unicode"

	"exempla/locales"
)

// The font that is always there has the letters of every language of the interface that
// is written in Latin, Greek or Cyrillic.
func TestEmbeddedFontIsEnoughForTheInterface(t *testing.T) {
	t.Parallel()
	here := typeface{file: embedded}.read(embedded)
	files, err := fs.Glob(locales.Files, "*.json")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(locales.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		arabic := strings.TrimSuffix(path.Base(name), ".json") == "ar"
		for _, r := range string(text) {
			if _, ok := here.NominalGlyph(r); !ok && unicode.IsLetter(r) && !unicode.Is(unicode.Arabic, r) && !arabic {
				t.Errorf("%s has %q", name, r)
			}
		}
	}
}

// A font that is not there is looked for no further.
func TestTypefaceThatIsNotThere(t *testing.T) {
	t.Parallel()
	if (typeface{file: "no-such-font.ttf"}).read("no-such-font.ttf") != nil {
		t.Error("a font came from nowhere")
	}
	if (typeface{file: embedded, index: 1}).read(embedded) != nil {
		t.Error("the font has a second one in it")
	}
}
