// Package lexicon knows the words of many texts: which texts have each, where in
// them, and which words are forms of one. It answers in sets of the numbers that
// it was given for the texts; what these texts are, what somebody means by a word
// and which answer is better it does not know.
package lexicon

import (
	"maps"
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

// words are the words of all texts in one language. Each has a number.
type words struct {
	list   []string          // folded, by number
	shown  map[uint32]string // how a word is written, where that is not as it is folded
	at     map[string]uint32 // number of a word
	where  []postings        // by number: the texts that have it, in their best zone only
	stems  many              // numbers of the words that share a stem
	parts  many              // numbers of the compounds that a word is part of
	sorted []uint32          // numbers in the order of the words

	// What stands in the texts, word by word: see sequence.go.
	texts    []uint32 // numbers of the texts, ascending
	start    []uint32 // where each begins in sequence
	sequence []byte
}

// Languages lists the languages of the texts, sorted.
func (x *Index) Languages() []string { return x.names }

// Has reports whether a text in a language has exactly that folded word.
func (x *Index) Has(language, word string) bool {
	w := x.languages[language]
	if w == nil {
		return false
	}
	_, ok := w.at[word]
	return ok
}

// Exact finds the texts that have a folded word just so, in any language.
func (x *Index) Exact(word string) Hits {
	var u union
	for _, w := range x.languages {
		if n, ok := w.at[word]; ok {
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
	if n, ok := w.at[form.Word]; ok {
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
		first, _ := slices.BinarySearchFunc(w.sorted, letters, func(n uint32, letters string) int { return strings.Compare(w.list[n], letters) })
		for _, n := range w.sorted[first:] {
			if !strings.HasPrefix(w.list[n], letters) {
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
	for n, greek := range w.list {
		if text.Greeklish(greek) == sound {
			u.add(w, uint32(n))
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
		spellers[language] = &Speller{}
		for n, word := range w.list {
			spellers[language].Add(word, w.written(uint32(n)), w.count(uint32(n)))
		}
	}
	return spellers
}

// written is a word as texts have it.
func (w *words) written(n uint32) string {
	if shown, ok := w.shown[n]; ok {
		return shown
	}
	return w.list[n]
}

func (w *words) count(n uint32) int { return w.where[n].count() }

// many are numbers by keys, packed: as slices of their own they took three times
// the memory.
type many struct {
	at      map[string]span
	numbers []uint32
}

// span is where the numbers of a key stand.
type span struct{ from, to uint32 }

func packed(lists map[string][]uint32) many {
	m := many{at: make(map[string]span, len(lists))}
	for key, list := range lists {
		from := uint32(len(m.numbers))
		m.numbers = append(m.numbers, list...)
		m.at[key] = span{from, uint32(len(m.numbers))}
	}
	m.numbers = slices.Clip(m.numbers)
	return m
}

func (m many) of(key string) []uint32 {
	s := m.at[key]
	return m.numbers[s.from:s.to]
}

func sortedNames(languages map[string]*words) []string { return slices.Sorted(maps.Keys(languages)) }
