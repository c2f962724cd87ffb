package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sameLetters are small letters that people type for others, and that Unicode
// does not take apart: "Lodz" for "Łódź".
var sameLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th", 'ħ': "h", 'ة': "ه", 'ґ': "г",
}

// Fold returns words as they are compared when case and accents do not matter:
// small letters and digits without accents, single spaces between words.
// Folding twice changes nothing more. It is for finding, never for showing.
func Fold(s string) string {
	return FoldWith(s, func(rune) rune { return ' ' })
}

// FoldWith folds words and keeps signs between them. It asks what to write for
// each character that belongs to no word: a sign, a space, or -1 for nothing.
func FoldWith(s string, sign func(rune) rune) string {
	var folded strings.Builder
	folded.Grow(len(s))
	gap, composed := false, false
	for _, r := range takenApart(s) {
		l := r
		if !makesKana(r) {
			l = letter(r)
		}
		if l == ' ' {
			l = sign(r)
		}
		switch {
		case l < 0:
			continue
		case l == ' ':
			gap = folded.Len() > 0
			continue
		case gap:
			folded.WriteByte(' ')
			gap = false
		}
		composed = composed || l >= utf8.RuneSelf && unicode.In(l, unicode.M, unicode.Hangul)
		writeLetter(&folded, l)
	}
	if composed {
		return norm.NFC.String(folded.String())
	}
	return folded.String()
}

// writeLetter writes a small letter or number as it is compared.
func writeLetter(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf {
		b.WriteByte(byte(r))
		return
	}
	if same, ok := sameLetters[r]; ok {
		b.WriteString(same)
		return
	}
	b.WriteRune(digit(r))
}

// digit writes Arabic and Persian digits as Latin ones; all else stays.
func digit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}

// makesKana reports whether a mark makes another letter of a Japanese one.
// Without it か would be found by が.
func makesKana(r rune) bool { return r == '\u3099' || r == '\u309a' }

// takenApart separates letters from their accents. Most words have none, and
// need no table.
func takenApart(s string) string {
	if isASCII(s) {
		return s
	}
	return norm.NFKD.String(s)
}

func isASCII(s string) bool {
	for at := range len(s) {
		if s[at] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
