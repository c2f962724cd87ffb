package text

import (
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// snowball are the stemmers of the Snowball project (snowballstem.org), by
// language.
var snowball = map[string]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "da": danish.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem,
	"fr": french.Stem, "hu": hungarian.Stem, "it": italian.Stem, "nb": norwegian.Stem, "nl": dutch.Stem, "no": norwegian.Stem,
	"pt": portuguese.Stem, "ro": romanian.Stem, "ru": russian.Stem, "sv": swedish.Stem, "tr": turkish.Stem,
}

// light are our own rules for languages that Snowball does not know, or not well
// enough; each takes a folded word and returns what its forms share.
var light = map[string]func(string) []string{"ar": arabicStems, "el": greekStems, "es": spanishPlurals, "sq": albanianStems, "uk": ukrainianStems}

// longestStemmed is how many bytes a word may have to be taken for an inflected
// one: some stemmers take a time that grows with the square of it.
const longestStemmed = 80

// Stems returns what the forms of a word have in common in a language, folded:
// two words are forms of one if they share a stem. A word has several where it
// is written without its accents as often as with them, by which some stemmers
// know endings. None if no rules for the language are known, or for what is too
// long to be a word.
func Stems(language, word string) []string {
	if len(word) > longestStemmed {
		return nil
	}
	var stems []string
	add := func(stem string) {
		if stem != "" && !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	folded := FoldWord(word)
	if stem, ok := snowball[language]; ok {
		for _, form := range []string{strings.ReplaceAll(Plain(word), " ", ""), folded} {
			add(Fold(stemmed(stem, singular(language, form))))
		}
	}
	if rules, ok := light[language]; ok {
		for _, stem := range rules(folded) {
			add(stem)
		}
	}
	return stems
}

func stemmed(stem func(*snowballstem.Env) bool, word string) string {
	env := snowballstem.NewEnv(word)
	stem(env)
	return env.Current()
}

// singular mends what a stemmer misses: Portuguese has its plurals in -ões as
// singulars in -ão.
func singular(language, word string) string {
	if language == "pt" {
		for _, plural := range []string{"ões", "oes"} {
			if head, ok := strings.CutSuffix(word, plural); ok {
				return head + "ao"
			}
		}
	}
	return word
}
