package typeset

import (
	"slices"
	"strings"
	"unicode"
)

// Missing stands for characters without a font.
const Missing = "[…]"

// Absent lists the languages of texts that had characters for which there is no font.
func (f *faces) Absent() []string { return f.missing }

// Lacks reports whether a text has characters for which there is no font.
func (f *faces) Lacks(text string) bool {
	probe := faces{language: f.language, made: f.made, cuts: f.cuts}
	probe.mend(text)
	return len(probe.missing) > 0
}

// mend writes Missing for characters of a text for which there is no font, and notes the
// language of the text.
func (f *faces) mend(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range text {
		switch {
		case r == '\u00a0', r == '\u202f': // spaces at which no line ends
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r), r == '\ufeff':
		case Invisible(r):
			b.WriteRune(r)
		case f.find(r) != nil:
			b.WriteRune(r)
			gap = false
		case !gap:
			b.WriteString(Missing)
			gap = true
			if !slices.Contains(f.missing, f.language) {
				f.missing = append(f.missing, f.language)
			}
		}
	}
	return b.String()
}

// Invisible reports whether a character has no sign of its own: joiners, marks of
// direction, selectors of variants.
func Invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034f'
}
