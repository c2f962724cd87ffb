// Package text knows words: how they are written when case and accents do not
// matter, where they begin and end, and which scripts do not part them by
// spaces. It knows no language and not what its words are for.
//
// A text has two written forms here, both made of the same letters. Fold is for
// comparing, in memory: it takes accents away. Plain is for Postgres: it keeps
// them, for stemmers tell endings by them. The slug of an address is neither: it
// is transliterated, and must never change.
package text

import (
	"strings"
	"unicode"
)

// letter is what a character counts as: a small letter or a number, a space
// where it separates words, and -1 where it is passed over.
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
	case r == 'ـ', isJoiner(r):
		return -1 // it stretches or joins letters and says nothing
	case unicode.IsLetter(r):
		return unicode.ToLower(r)
	case unicode.IsMark(r) && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Inherited):
		return -1 // what few people type: vowels, stray accents
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

// isJoiner reports whether a character stands inside words and is not seen: the
// soft hyphen, what Persian and Indian scripts write between letters, marks of
// direction, spaces without width.
func isJoiner(r rune) bool { return unicode.Is(unicode.Cf, r) }

// Blank reports whether nothing of a text can be seen: it is empty, or has only unseen
// characters.
func Blank(s string) bool { return !strings.ContainsFunc(s, func(r rune) bool { return !Unseen(r) }) }

// Unseen reports whether a character shows nothing by itself: spaces, controls, those that
// Unicode calls default-ignorable, and the fillers of Hangul and braille.
func Unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\uffa0' || r == '\u2800'
}
