package locale

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sameLetters are letters that people type for others, and that Unicode does not
// take apart: "Lodz" for "Łódź", and the two forms of the Greek sigma.
var sameLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th", 'ħ': "h",
	'ς': "σ", 'ى': "ي", 'ة': "ه", 'ٱ': "ا", 'ـ': "", 'ґ': "г",
}

// Fold returns words as they are compared when case and accents do not matter:
// small letters and digits without accents, single spaces between words. It is
// for finding, never for showing.
func Fold(s string) string {
	var folded strings.Builder
	folded.Grow(len(s))
	gap, composed := false, false
	for _, r := range takenApart(s) {
		if unicode.IsMark(r) {
			// Marks that make another letter stay: kana and the scripts of India
			// are not read without them.
			if unicode.In(r, unicode.Inherited, unicode.Arabic, unicode.Hebrew) && r != '\u3099' && r != '\u309a' {
				continue
			}
			composed = true
			folded.WriteRune(r)
			continue
		}
		r = unicode.ToLower(r)
		letter, same := sameLetters[r]
		switch {
		case same && letter == "": // it only stretches a word
			continue
		case !same && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = folded.Len() > 0
			continue
		case gap:
			folded.WriteByte(' ')
			gap = false
		}
		if same {
			folded.WriteString(letter)
			continue
		}
		composed = composed || unicode.Is(unicode.Hangul, r)
		folded.WriteRune(r)
	}
	if composed {
		return norm.NFC.String(folded.String())
	}
	return folded.String()
}

// takenApart separates letters from their accents. Most words have none, and
// need no table.
func takenApart(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFKD.String(s)
		}
	}
	return s
}
