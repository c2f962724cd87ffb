package text

import (
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// unspaced are the scripts that are written without spaces between words; the
// sign that makes a Japanese vowel long belongs to no script. The script
// draft.js has the same list.
var unspaced = rangetable.Merge(unicode.Han, unicode.Hiragana, unicode.Katakana, rangetable.New('ー'),
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)

// undivided adds Korean, which has spaces, but ends its words in ways that no
// stemmer here knows.
var undivided = rangetable.Merge(unspaced, unicode.Hangul)

// firstUnspaced is below all of them, and spares Latin, Greek, Cyrillic and
// Arabic letters the table.
const firstUnspaced = 0x0E00

// Unspaced reports whether a character belongs to a script that is written
// without spaces between words.
func Unspaced(r rune) bool { return r >= firstUnspaced && unicode.Is(unspaced, r) }

// Undivided reports whether a character belongs to a script whose words are not
// told apart when they are looked for and marked: an unspaced one, or Korean.
func Undivided(r rune) bool { return r >= firstUnspaced && unicode.Is(undivided, r) }

// wordTenths says how much of a word a letter of an unspaced script is, in tenths:
// what the dictionaries of Unicode's libraries make of texts of administrations, on
// average. A dictionary for each would be much larger than the rest of the program,
// and the script in the browser could not be sure to have the same one.
func wordTenths(r rune) int {
	switch {
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return 0 // a sign above, below or between letters
	case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer):
		return 3
	case unicode.Is(unicode.Myanmar, r):
		return 5
	}
	return 6 // Chinese and Japanese
}

// firstIdeographic is where the punctuation of Chinese and Japanese begins, which
// stands without spaces too.
const firstIdeographic = 0x3000

// zeroSpace shows where a line may end, in any script.
const zeroSpace = '\u200b'

// CountWords counts the words of a text as people do: runs of anything but space;
// in the scripts that write without spaces, about as many as a dictionary would find.
// draft.js counts the same.
func CountWords(s string) int {
	words, tenths, inside := 0, 0, false
	for _, r := range s {
		switch {
		case unicode.IsMark(r) || r == zeroSpace:
		case Unspaced(r):
			tenths += wordTenths(r)
			inside = false
		case unicode.IsSpace(r), r >= firstIdeographic && unicode.IsPunct(r):
			inside = false
		case !inside:
			words++
			inside = true
		}
	}
	return words + (tenths+9)/10
}
