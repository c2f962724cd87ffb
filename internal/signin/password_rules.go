package signin

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Length of a password in characters. The least is what NIST SP 800-63B-4 asks
// for beside another factor, and some; the most is longer than any sentence
// that somebody would type twice.
const (
	MinPassword = 12
	MaxPassword = 200
)

// Weakness is why a password is not accepted; empty for one that is.
type Weakness string

// The weaknesses. Their words are messages "password.<weakness>".
const (
	Short    Weakness = "short"
	Long     Weakness = "long"
	Common   Weakness = "common"   // one of those that are tried first
	Pattern  Weakness = "pattern"  // one character, or a sequence, over and over
	Personal Weakness = "personal" // little more than the mail address or the name of the site
)

// common are the commonest passwords of at least MinPassword characters, in
// lower case: those of zxcvbn-ts (MIT licence), and the like in other languages.
//
//go:embed common.txt
var commonText string

var common = strings.Fields(commonText)

// Weak judges a new password of somebody with a mail address, on a site with
// that name. There are no rules of composition: a long sentence is fine.
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

// fewest is how many different characters a password needs at least: fewer are
// a pattern whatever their order.
const fewest = 5

// isPattern reports whether a password is some characters repeated, or runs
// of neighbours such as "abcdefg" and "7654321", four letters long or more.
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
	return len(different) < fewest || runs*4 <= len(letters) || repeats(text)
}

// repeats reports whether a text is one shorter text over and over: every such
// text is found inside its own double, away from both ends.
func repeats(text string) bool {
	double := text + text
	period := strings.Index(double[1:], text) + 1
	return period < len(text) && utf8.RuneCountInString(text[:period]) < MinPassword/2
}

// slack is how many characters beside the mail address, or a part of it, make a
// password more than that: fewer are the year and a full stop.
const slack = 6

// isPersonal reports whether little is left of a password without the words
// that stand in the mail address or the name of the site.
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
