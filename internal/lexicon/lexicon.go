// Package lexicon knows the words of many texts: which texts have each, where in
// them, and which words are forms of one. It answers in sets of the numbers that
// it was given for the texts; what these texts are, what somebody means by a word
// and which answer is better it does not know.
package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/text"
)

// Index are the words of texts, language by language. It never changes once it
// is made.
type Index struct {
	languages map[string]*words
	names     []string // of the languages, sorted
}

// words are the words of all texts in one language. Each has a number, the lower the
// more texts have it: so the numbers of most that stands in texts are small.
type words struct {
	list    table    // folded
	sorted  []uint32 // numbers in the order of the words
	shown   []uint32 // by number: one more than the place in written; 0 where that is as it is folded
	written texts    // as people write them
	stems   groups   // words that share a stem
	parts   groups   // compounds that a word is part of

	many   []Hits   // by number: the texts that have it, in their best zone only; of common words
	few    []byte   // the same of the others, one after another
	starts []uint32 // by number behind those of many: where each begins in few

	sequence sequence
}

// Languages lists the languages of the texts, sorted.
func (x *Index) Languages() []string { return x.names }

// Has reports whether a text in a language has exactly that folded word.
func (x *Index) Has(language, word string) bool {
	w := x.languages[language]
	if w == nil {
		return false
	}
	_, ok := w.list.number(word)
	return ok
}

// Exact finds the texts that have a folded word just so, in any language.
func (x *Index) Exact(word string) Hits {
	var u union
	for _, w := range x.languages {
		if n, ok := w.list.number(word); ok {
			u.add(w, n)
		}
	}
	return u.hits()
}

// Forms finds the texts in a language that have any form of a word, or a compound
// with it as a part.
func (x *Index) Forms(language string, form text.Form) Hits {
	w := x.languages[language]
	if w == nil {
		return Hits{}
	}
	var u union
	w.forms(form, &u)
	return u.hits()
}

func (w *words) forms(form text.Form, u *union) {
	if n, ok := w.list.number(form.Word); ok {
		u.add(w, n)
	}
	for _, stem := range form.Stems {
		u.addAll(w, w.stems.of(stem))
	}
	u.addAll(w, w.parts.of(form.Word))
}

// Run finds the texts that have all pairs of neighbours of a run of characters
// whose words are not told apart, such as Chinese: most of these have the run.
func (x *Index) Run(run string) Hits {
	var found Hits
	for i, pair := range strings.Fields(text.Pairs(run)) {
		if i == 0 {
			found = x.Exact(pair)
		} else {
			found = found.And(x.Exact(pair))
		}
	}
	return found
}

// leastBeginning is how many letters a beginning of a word needs to say anything.
const leastBeginning = 3

// Beginning finds the texts that have a word which begins with these folded
// letters, at least three, in any language.
func (x *Index) Beginning(letters string) Hits {
	if utf8.RuneCountInString(letters) < leastBeginning {
		return Hits{}
	}
	var u union
	for _, w := range x.languages {
		first, _ := slices.BinarySearchFunc(w.sorted, letters, func(n uint32, letters string) int { return strings.Compare(w.list.at(n), letters) })
		for _, n := range w.sorted[first:] {
			if !strings.HasPrefix(w.list.at(n), letters) {
				break
			}
			u.add(w, n)
		}
	}
	return u.hits()
}

// Greeklish finds the texts that have a Greek word which sounds like one that
// was typed with Latin letters.
func (x *Index) Greeklish(word string) Hits {
	w := x.languages["el"]
	if w == nil {
		return Hits{}
	}
	var u union
	sound := text.Greeklish(word)
	for n := range uint32(w.list.size()) {
		if greek := w.list.at(n); text.Greeklish(greek) == sound {
			u.add(w, n)
			for _, stem := range text.Stems("el", greek) {
				u.addAll(w, w.stems.of(stem))
			}
		}
	}
	return u.hits()
}

// Spellers returns for each language one that knows the words of its texts.
func (x *Index) Spellers() map[string]*Speller {
	spellers := map[string]*Speller{}
	for language, w := range x.languages {
		spellers[language] = newSpeller(w)
	}
	return spellers
}

// shownAs is a word as texts have it.
func (w *words) shownAs(n uint32) string {
	if at := w.shown[n]; at > 0 {
		return w.written.at(at - 1)
	}
	return w.list.at(n)
}

// fewOf are the postings of a word that is not common.
func (w *words) fewOf(n uint32) []byte {
	at := int(n) - len(w.many)
	return w.few[w.starts[at]:w.starts[at+1]]
}

// count is how many texts have a word.
func (w *words) count(n uint32) (count int) {
	if int(n) >= len(w.many) {
		return countPostings(w.fewOf(n))
	}
	for _, set := range w.many[n] {
		if set != nil {
			count += int(set.GetCardinality())
		}
	}
	return count
}
