package signin

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Length of a password in characters, both inclusive. NIST SP 800-63B-4 asks for at
// least 8 with a second factor and 15 without; the maximum is longer than any
// sentence that people would type twice.
const (
	MinPassword = 12
	MaxPassword = 200
)

// Weakness is why a password is not accepted; empty if it is.
type Weakness string

// The weaknesses. Their words are messages "password.<weakness>".
const (
	Short    Weakness = "short"
	Long     Weakness = "long"
	Common   Weakness = "common"   // among those that attackers try first
	Pattern  Weakness = "pattern"  // one character, or a sequence, over and over
	Personal Weakness = "personal" // little more than the mail address or the name of the site
)

// commonText lists common passwords of at least MinPassword characters, in lower
// case and sorted: those of zxcvbn-ts (MIT licence) and similar ones in other
// languages.
//
//go:embed common.txt
var commonText string

var common = strings.Fields(commonText)

// Weak returns what is wrong with a new password for the account with this mail
// address on this site, or "". There are no composition rules: a long sentence is
// fine.
func Weak(password, mail, site string) Weakness {
	plain := strings.ToLower(password)
	_, listed := slices.BinarySearch(common, strings.Join(strings.Fields(plain), ""))
	switch length := utf8.RuneCountInString(password); {
	case length < MinPassword:
		return Short
	case length > MaxPassword:
		return Long
	case listed:
		return Common
	case isPattern(plain):
		return Pattern
	case isPersonal(plain, mail, site):
		return Personal
	}
	return ""
}

// minDistinct is how many different characters a password needs at least: fewer
// are a pattern in any order.
const minDistinct = 5

// isPattern reports whether a password is a few characters repeated, or consists of
// runs such as "abcdefg" and "7654321" of four characters or more on average.
func isPattern(text string) bool {
	letters := []rune(text)
	different := map[rune]bool{}
	runs := 1
	for i, r := range letters {
		different[r] = true
		if i > 1 && letters[i]-letters[i-1] != letters[i-1]-letters[i-2] {
			runs++
		}
	}
	return len(different) < minDistinct || runs*4 <= len(letters) || repeats(text)
}

// repeats reports whether a text is a short one repeated: such a text occurs inside
// its own double, away from both ends.
func repeats(text string) bool {
	double := text + text
	period := strings.Index(double[1:], text) + 1
	return period < len(text) && utf8.RuneCountInString(text[:period]) < MinPassword/2
}

// slack is how many characters beside parts of the mail address make a password
// acceptable: fewer are just a year and a full stop.
const slack = 6

// isPersonal reports whether little of a password is left without the words of the
// mail address and the site's name.
func isPersonal(text, mail, site string) bool {
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	words := strings.FieldsFunc(strings.ToLower(mail+" "+site), split)
	words = append(words, "exempla")
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	found := false
	for _, word := range words {
		if len(word) > 2 && strings.Contains(text, word) {
			found, text = true, strings.ReplaceAll(text, word, "")
		}
	}
	rest := strings.Join(strings.FieldsFunc(text, split), "")
	return found && utf8.RuneCountInString(rest) < slack
}
