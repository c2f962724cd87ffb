package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what counts as two forms of one word: how much of it they share,
// and how much each may end with.
const (
	leastStem  = 4
	mostEnding = 3
)

// Alike reports whether two folded words are forms of one, by a rule that needs
// no dictionary: they begin with the same four letters or more and differ in at
// most three at the end, together not more than they share. "City" and "cities"
// are alike, for y and i are one letter here. It is a guess about what Postgres
// knows: it takes "markets" for "marketing" too, and not "mice" for "mouse".
func Alike(a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" || a[0] != b[0] {
		return false // without looking further: this is asked of every word of a page
	}
	shared, restA, restB := ends(a, b)
	endA := utf8.RuneCountInString(restA)
	endB := utf8.RuneCountInString(restB)
	return shared >= leastStem && endA <= mostEnding && endB <= mostEnding && endA+endB <= shared &&
		!strings.ContainsFunc(a, unicode.IsNumber) && !strings.ContainsFunc(b, unicode.IsNumber)
}

// ends counts the letters with which both words begin, and returns what follows
// in each.
func ends(a, b string) (shared int, restA, restB string) {
	for len(a) > 0 && len(b) > 0 {
		r, sizeA := utf8.DecodeRuneInString(a)
		s, sizeB := utf8.DecodeRuneInString(b)
		if r != s && (r != 'y' || s != 'i') && (r != 'i' || s != 'y') {
			break
		}
		shared++
		a, b = a[sizeA:], b[sizeB:]
	}
	return shared, a, b
}
