package component

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/locale"
)

// fold writes a word as it is compared: as the search compares words, without
// the Arabic article.
func fold(word string) string {
	if isPlain(word) {
		return strings.ToLower(word)
	}
	return withoutArticle(strings.ReplaceAll(locale.Fold(word), " ", ""))
}

// isPlain spares most words the work: they are of letters without accents.
func isPlain(word string) bool {
	for at := range len(word) {
		if word[at] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isJoiner reports whether a character joins letters and is not seen: the soft
// hyphen, and what Persian and Indian scripts write between letters.
func isJoiner(r rune) bool { return r == '\u00AD' || r == '\u200C' || r == '\u200D' }

// leastArabic is how many letters an Arabic word keeps without its article;
// shorter ones only begin like it.
const leastArabic = 3

// withoutArticle takes the Arabic article away, alone or after "and", "in" and
// their like, as Postgres does.
func withoutArticle(word string) string {
	for _, article := range []string{"ال", "وال", "بال", "فال", "كال", "لل"} {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= leastArabic {
			return rest
		}
	}
	return word
}

// Bounds of what counts as two forms of one word: how much of it they share,
// and how much each may end with.
const (
	leastStem  = 4
	mostEnding = 3
)

// alike reports whether two folded words are forms of one, by a rule that needs
// no dictionary: they begin with the same four letters or more and differ in at
// most three at the end, together not more than they share. "City" and "cities"
// are alike, for y and i are one letter here. It is a guess about what Postgres
// knows: it marks "markets" for "marketing" too, and not "mice" for "mouse".
func alike(a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" || a[0] != b[0] {
		return false // without looking further: this is asked of every word of a page
	}
	shared, restA, restB := ends(a, b)
	endA, endB := utf8.RuneCountInString(restA), utf8.RuneCountInString(restB)
	return shared >= leastStem && endA <= mostEnding && endB <= mostEnding && endA+endB <= shared &&
		!strings.ContainsFunc(a, unicode.IsNumber) && !strings.ContainsFunc(b, unicode.IsNumber)
}

// ends counts the letters with which both words begin, and returns what follows
// in each.
func ends(a, b string) (shared int, restA, restB string) {
	for len(a) > 0 && len(b) > 0 {
		r, size := utf8.DecodeRuneInString(a)
		s, sizeB := utf8.DecodeRuneInString(b)
		if r != s && (r != 'y' || s != 'i') && (r != 'i' || s != 'y') {
			break
		}
		shared++
		a, b = a[size:], b[sizeB:]
	}
	return shared, a, b
}
