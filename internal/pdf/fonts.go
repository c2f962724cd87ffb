package pdf

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
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
// thickened.
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
	{file: "NotoSansCJK-Regular.ttc", bold: "NotoSansCJK-Bold.ttc", index: 0, language: "ja"},
	{file: "NotoSansCJK-Regular.ttc", bold: "NotoSansCJK-Bold.ttc", index: 1, language: "ko"},
	{file: "NotoSansCJK-Regular.ttc", bold: "NotoSansCJK-Bold.ttc", index: 2, language: "zh"},
	{file: "ipag.ttf", language: "ja"},
	{file: "VL-Gothic-Regular.ttf", language: "ja"},
	{file: "TakaoGothic.ttf", language: "ja"},
	{file: "wqy-microhei.ttc", language: "zh"},
	{file: "NanumGothic.ttf", bold: "NanumGothicBold.ttf", language: "ko"},
}

// embedded is the font that is always there, for Latin, Greek and Cyrillic.
const embedded = "Go"

// cut is a typeface as it was found; its fonts are nil where there are none.
type cut struct{ upright, bold *font.Font }

// found are the typefaces, each read when it is first needed: all of them would take
// a second and some fifty megabytes.
var found = func() []func() cut {
	var list []func() cut
	for _, t := range typefaces {
		list = append(list, sync.OnceValue(func() cut { return cut{t.read(t.file), t.read(t.bold)} }))
	}
	return list
}()

// read reads a font; nil if there is none that can be read.
func (t typeface) read(name string) *font.Font {
	content := goregular.TTF
	if name != embedded {
		content = content[:0]
		for _, folder := range folders {
			if read, err := os.ReadFile(filepath.Join(folder, name)); name != "" && err == nil {
				content = read
				break
			}
		}
	}
	faces, err := font.ParseTTC(bytes.NewReader(content))
	if err != nil || t.index >= len(faces) {
		return nil
	}
	return faces[t.index].Font
}

// faces chooses fonts for the characters of one document. Fonts are shared between
// documents, faces cannot be.
type faces struct {
	language string // of the text whose characters are asked for
	made     map[*font.Font]*font.Face
	bold     map[*font.Face]*font.Face // by upright face
	last     *font.Face
	missing  []string // languages of texts with characters for which there is no font
}

func newFaces() *faces {
	return &faces{made: map[*font.Font]*font.Face{}, bold: map[*font.Face]*font.Face{}}
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
		for i, t := range typefaces {
			if (t.language != "" && t.language != tag) != others {
				continue
			}
			here := found[i]()
			if here.upright == nil {
				continue
			}
			face := f.face(here.upright)
			if _, ok := face.NominalGlyph(r); !ok {
				continue
			}
			if here.bold != nil {
				f.bold[face] = f.face(here.bold)
			}
			return face
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
	bold := f.bold[upright]
	if bold == nil || slices.ContainsFunc(text, func(r rune) bool {
		_, there := bold.NominalGlyph(r)
		_, needed := upright.NominalGlyph(r)
		return needed && !there
	}) {
		return nil
	}
	return bold
}
