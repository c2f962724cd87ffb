package catalogue

import (
	"slices"
	"strings"
	"unicode"
)

// MaxTerms bounds how many parts of a question are told apart: each is tried
// without the others when nothing is found, and nobody reads a longer list.
const MaxTerms = 8

// QuotationMarks are those of all our languages; between two of them stands a
// phrase. The apostrophe is none of them: it belongs to words.
const QuotationMarks = `"“”„«»`

// span is where a term stands in the words.
type span struct{ from, to int }

// Terms are the parts of the typed words that mean something by themselves, as
// they were typed, at most MaxTerms: a word, words in quotation marks, or
// either with the dash that excludes it. "or" is none of them.
func (s Selection) Terms() []string {
	var terms []string
	for _, at := range s.spans() {
		terms = append(terms, s.Words[at.from:at.to])
	}
	return terms
}

// WithoutTerm returns the selection without one of its terms, on its first
// page; an "or" that has nothing left to join goes with it.
func (s Selection) WithoutTerm(i int) Selection {
	spans := s.spans()
	if i < 0 || i >= len(spans) {
		return s
	}
	before, after := strings.Fields(s.Words[:spans[i].from]), strings.Fields(s.Words[spans[i].to:])
	if n := len(before); n > 0 && isOr(before[n-1]) {
		before = before[:n-1]
	} else if len(after) > 0 && isOr(after[0]) {
		after = after[1:]
	}
	return s.WithWords(strings.Join(append(before, after...), " "))
}

// onlyExcludes reports whether the words say nothing but what is not wanted:
// then everything else is.
func (s Selection) onlyExcludes() bool {
	terms := s.Terms()
	wanted := func(term string) bool { return !strings.HasPrefix(term, "-") }
	return len(terms) > 0 && len(terms) < MaxTerms && !slices.ContainsFunc(terms, wanted)
}

// spans finds the terms: what stands between spaces, unless these are between
// quotation marks.
func (s Selection) spans() []span {
	var found []span
	from, quoted := -1, false
	keep := func(to int) {
		if from >= 0 && meaning(s.Words[from:to]) && len(found) < MaxTerms {
			found = append(found, span{from, to})
		}
		from = -1
	}
	for at, r := range s.Words {
		if strings.ContainsRune(QuotationMarks, r) {
			quoted = !quoted
		}
		switch {
		case unicode.IsSpace(r) && !quoted:
			keep(at)
		case from < 0:
			from = at
		}
	}
	keep(len(s.Words))
	return found
}

// meaning reports whether a part asks for anything: it has a letter or digit
// and is not the word between two alternatives.
func meaning(part string) bool {
	return !isOr(part) && strings.IndexFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// Unspaced reports whether a character belongs to a script whose words search
// and marks do not tell apart: Japanese and Chinese write them without spaces,
// Korean with endings that no stemmer here knows.
func Unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー'
}

func isOr(part string) bool { return strings.EqualFold(part, "or") }
