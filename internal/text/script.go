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

// CountWords counts the words of a text as people do: runs of anything but
// space, and each character of the scripts that write without spaces.
func CountWords(s string) int {
	words, inside := 0, false
	for _, r := range s {
		single := Unspaced(r)
		if single || !inside && !unicode.IsSpace(r) {
			words++
		}
		inside = !single && !unicode.IsSpace(r)
	}
	return words
}
