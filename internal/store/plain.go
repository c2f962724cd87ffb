package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain writes a text or a question as its words: lower case, one form of each
// letter, single spaces, nothing else. Postgres would take "Genève/Bern" for a
// file and "2.Next" for a host, and find neither word. Accents stay, for
// stemmers need them; Postgres takes them away.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.Map(letter, norm.NFKC.String(text))), " ")
}

// indexed writes a text for the index.
func indexed(text string) string {
	text = plain(text)
	return bigrams(text) + characters(text)
}

// letter is what a character counts as; a space where it separates words.
func letter(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		return ascii(r)
	case r >= 0x02B0 && r <= 0x02FF: // letters in name only: Ukrainian writes its apostrophe with one
		return ' '
	case r == 'ς': // at the end of Greek words, capital or not
		return 'σ'
	case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ـ' || unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Inherited):
		return -1 // what few people type: vowels, stretched lines, stray accents
	case unicode.IsLetter(r):
		return unicode.ToLower(r)
	case unicode.IsNumber(r) || unicode.IsMark(r):
		return r
	}
	return ' '
}

func ascii(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return r
	}
	return ' '
}
