package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// joints are what stands between the parts of a compound, in languages that write
// compounds as one word.
var joints = map[string][]string{
	"da": {"", "s", "e"}, "de": {"", "s", "n", "en", "es"}, "fi": {"", "n"}, "hu": {""}, "nb": {"", "s", "e"}, "nl": {"", "s", "en"}, "no": {"", "s", "e"}, "sv": {"", "s"},
}

// Bounds of taking compounds apart: shorter parts stand in words by chance.
const (
	leastPart     = 4
	longCompound  = 40 // bytes; what is longer is no word
	leastCompound = 2 * leastPart
)

// compoundParts finds for each word the compounds that it begins or ends. A word
// is a compound if all of it is made of two words of other texts.
func (w *words) compoundParts(language string) groups {
	var parts table
	var members []member
	if joints[language] != nil {
		for n := range uint32(w.list.size()) {
			for _, part := range w.split(language, w.list.at(n)) {
				key, _ := parts.add(part)
				members = append(members, member{key, n})
			}
		}
	}
	return grouped(&parts, members)
}

// split takes a compound apart into two words that texts have, of several ways
// where the first is longest; none if it is no compound.
func (w *words) split(language, word string) []string {
	letters := utf8.RuneCountInString(word)
	if letters < leastCompound || len(word) > longCompound {
		return nil
	}
	for at := len(word) - leastPart; at >= leastPart; at-- {
		head, tail := word[:at], word[at:]
		if _, known := w.list.number(tail); !known || utf8.RuneCountInString(tail) < leastPart {
			continue
		}
		for _, joint := range joints[language] {
			if first, ok := strings.CutSuffix(head, joint); ok && utf8.RuneCountInString(first) >= leastPart {
				if _, known := w.list.number(first); known {
					return []string{first, tail}
				}
			}
		}
	}
	return nil
}

// Split takes a folded word apart into two words of the texts of some language,
// those of languages with compounds first; none if it is not made of two.
func (x *Index) Split(word string) []string {
	for _, language := range x.names {
		if joints[language] != nil {
			if parts := x.languages[language].split(language, word); parts != nil {
				return parts
			}
		}
	}
	letters := []rune(word)
	for at := len(letters) - leastPart; at >= leastPart; at-- {
		parts := []string{string(letters[:at]), string(letters[at:])}
		if slices.ContainsFunc(x.names, func(language string) bool { return x.Has(language, parts[0]) && x.Has(language, parts[1]) }) {
			return parts
		}
	}
	return nil
}
