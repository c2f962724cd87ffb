// Package typeset finds fonts for text of every script, shapes it and breaks it into
// lines. It knows nothing of what the lines are drawn on.
package typeset

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"golang.org/x/image/font/gofont/goregular"
)

// folders are where systems keep fonts.
var folders = []string{
	"/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/dejavu",
	"/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/vlgothic",
	"/usr/share/fonts/opentype/ipafont-gothic", "/usr/share/fonts/truetype/takao-gothic", "/usr/share/fonts/truetype/wqy",
	"/usr/share/fonts/truetype/nanum", // Debian
	"/usr/share/fonts/google-noto", "/usr/share/fonts/google-noto-cjk", "/usr/share/fonts/google-noto-sans-cjk-fonts",
	"/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/liberation-sans", // Fedora
	"/usr/share/fonts/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu", "/usr/share/fonts/liberation", // Arch, Alpine
	"/usr/local/share/fonts",
}

// typeface is an upright font and, where there is one, its bold.
type typeface struct {
	file, bold string
	index      int    // in a collection
	language   string // whose forms of Han characters it has; empty for any
}

// typefaces are in the order in which a character is looked for. Those without bold are
// thickened: a second font of Han characters would take twenty-five megabytes.
var typefaces = []typeface{
	{file: "NotoSans-Regular.ttf", bold: "NotoSans-Bold.ttf"},
	{file: "NotoSansArabic-Regular.ttf", bold: "NotoSansArabic-Bold.ttf"},
	{file: "NotoSansHebrew-Regular.ttf", bold: "NotoSansHebrew-Bold.ttf"},
	{file: "NotoSansArmenian-Regular.ttf", bold: "NotoSansArmenian-Bold.ttf"},
	{file: "NotoSansGeorgian-Regular.ttf", bold: "NotoSansGeorgian-Bold.ttf"},
	{file: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf"},
	{file: "LiberationSans-Regular.ttf", bold: "LiberationSans-Bold.ttf"},
	{file: embedded},
	{file: "NotoSansDevanagari-Regular.ttf", bold: "NotoSansDevanagari-Bold.ttf"},
	{file: "NotoSansBengali-Regular.ttf", bold: "NotoSansBengali-Bold.ttf"},
	{file: "NotoSansTamil-Regular.ttf", bold: "NotoSansTamil-Bold.ttf"},
	{file: "NotoSansThai-Regular.ttf", bold: "NotoSansThai-Bold.ttf"},
	{file: "NotoSansCJK-Regular.ttc", index: 0, language: "ja"},
	{file: "NotoSansCJK-Regular.ttc", index: 1, language: "ko"},
	{file: "NotoSansCJK-Regular.ttc", index: 2, language: "zh"},
	{file: "ipag.ttf", language: "ja"},
	{file: "VL-Gothic-Regular.ttf", language: "ja"},
	{file: "TakaoGothic.ttf", language: "ja"},
	{file: "wqy-microhei.ttc", language: "zh"},
	{file: "NanumGothic.ttf", bold: "NanumGothicBold.ttf", language: "ko"},
}

// embedded is the font that is always there, for Latin, Greek and Cyrillic.
const embedded = "Go"

// cut is a typeface with its fonts, nil where there are none. Each is read when it is
// first needed: all of them would take a second and some fifty megabytes.
type cut struct {
	typeface
	upright, thick func() *font.Font
}

var cuts = func() []cut {
	var list []cut
	for _, t := range typefaces {
		list = append(list, cut{t, sync.OnceValue(func() *font.Font { return t.read(t.file) }), sync.OnceValue(func() *font.Font { return t.read(t.bold) })})
	}
	return list
}()

// read reads a font; nil if there is none that can be read.
func (t typeface) read(name string) *font.Font {
	switch name {
	case "":
		return nil
	case embedded:
		return t.parse(bytes.NewReader(goregular.TTF))
	}
	for _, folder := range folders {
		if file, err := os.Open(filepath.Join(folder, name)); err == nil { // #nosec G304 -- one of the fonts that we know
			defer file.Close()
			return t.parse(file)
		}
	}
	return nil
}

// parse reads one font of a file, and of a collection only that one.
func (t typeface) parse(file opentype.Resource) *font.Font {
	loaders, err := opentype.NewLoaders(file)
	if err != nil || t.index >= len(loaders) {
		return nil
	}
	read, err := font.NewFont(loaders[t.index])
	if err != nil {
		return nil
	}
	return read
}

// faces chooses fonts for the characters of one document. Fonts are shared between
// documents, faces cannot be.
type faces struct {
	language string // of the text whose characters are asked for
	made     map[*font.Font]*font.Face
	cuts     map[*font.Face]cut // of upright faces
	last     *font.Face
	missing  []string // languages of texts with characters for which there is no font
}

func newFaces() *faces {
	return &faces{made: map[*font.Font]*font.Face{}, cuts: map[*font.Face]cut{}}
}

// face is the face of a font in this document.
func (f *faces) face(of *font.Font) *font.Face {
	if f.made[of] == nil {
		f.made[of] = font.NewFace(of)
	}
	return f.made[of]
}

// find returns the first face with a character, nil for none. Han characters look
// different from language to language: their own one goes before.
func (f *faces) find(r rune) *font.Face {
	tag, _, _ := strings.Cut(f.language, "-")
	for _, others := range []bool{false, true} {
		for _, c := range cuts {
			if (c.language != "" && c.language != tag) != others {
				continue
			}
			upright := c.upright()
			if upright == nil {
				continue
			}
			face := f.face(upright)
			if _, ok := face.NominalGlyph(r); ok {
				f.cuts[face] = c
				return face
			}
		}
	}
	return nil
}

// SetScript is called before the characters of a script are asked for.
func (f *faces) SetScript(language.Script) { f.last = nil }

// ResolveFace chooses the face of a character. Marks and signs stay with the letters
// that they follow.
func (f *faces) ResolveFace(r rune) *font.Face {
	if f.last != nil && !unicode.IsLetter(r) {
		if _, ok := f.last.NominalGlyph(r); ok {
			return f.last
		}
	}
	if face := f.find(r); face != nil {
		f.last = face
	} else if f.last == nil {
		f.last = f.find(' ')
	}
	return f.last
}

// strong is the bold face of an upright one, if it has all of a text; else nil.
func (f *faces) strong(upright *font.Face, text []rune) *font.Face {
	thick := f.cuts[upright].thick()
	if thick == nil {
		return nil
	}
	bold := f.face(thick)
	if slices.ContainsFunc(text, func(r rune) bool {
		_, there := bold.NominalGlyph(r)
		_, needed := upright.NominalGlyph(r)
		return needed && !there
	}) {
		return nil
	}
	return bold
}
