package text

import (
	"slices"
	"strings"
)

// Form is a word as it is compared in one language.
type Form struct {
	Word  string   // folded
	Stems []string // what it shares with other forms of the same word
}

// FormOf returns the form of a word, as it is written, in a language.
func FormOf(language, word string) Form { return Form{FoldWord(word), Stems(language, word)} }

// Bounds of a phrasebook: no wording has more words than mostWords that matter,
// and of a wording whose words have several stems so many combinations are kept.
const (
	mostWords        = 6
	mostCombinations = 16
)

// Phrasebook finds things by their names in several languages, whatever the
// grammatical form, with or without spaces and hyphens in them and without the
// little words. Its zero value is empty.
type Phrasebook[T comparable] struct {
	exact map[string][]named[T]            // by all words without spaces, and by those that matter with spaces
	stems map[string]map[string][]named[T] // by language, and the stems of the words
}

type named[T comparable] struct {
	language string // empty for a name that belongs to none
	thing    T
}

// Add adds a name of a thing in a language, or in none.
func (b *Phrasebook[T]) Add(language, name string, thing T) {
	if b.exact == nil {
		b.exact, b.stems = map[string][]named[T]{}, map[string]map[string][]named[T]{}
	}
	words := Words(name)
	if len(words) == 0 || len(words) > mostWords {
		return
	}
	entry := named[T]{language, thing}
	put := func(entries map[string][]named[T], key string) {
		if key != "" && !slices.Contains(entries[key], entry) {
			entries[key] = append(entries[key], entry)
		}
	}
	if b.stems[language] == nil {
		b.stems[language] = map[string][]named[T]{}
	}
	put(b.exact, together(words))
	for _, words := range readings(language, words) {
		put(b.exact, apart(words))
		for _, key := range combinations(language, words) {
			put(b.stems[language], key)
		}
	}
}

// readings are the words of a name as they are, and without the little ones.
func readings(language string, words []string) [][]string {
	all := [][]string{words}
	if list := Important(language, words); len(list) < len(words) {
		all = append(all, list)
	}
	return all
}

// together writes some words as one, folded.
func together(words []string) string {
	whole := ""
	for _, word := range words {
		whole += FoldWord(word)
	}
	return whole
}

// apart writes some words folded, with spaces between them.
func apart(words []string) string {
	folded := make([]string, len(words))
	for i, word := range words {
		folded[i] = FoldWord(word)
	}
	return strings.Join(folded, " ")
}

// Important returns the words of a name that are not little, if that leaves
// several: "after school" is no name of the school. Else it returns all.
func Important(language string, words []string) []string {
	list := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return Little(language, FoldWord(word)) })
	if len(list) < 2 {
		return words
	}
	return list
}

// combinations are the stems of some words, joined in every way.
func combinations(language string, words []string) []string {
	keys := []string{""}
	for _, word := range words {
		stems := Stems(language, word)
		if len(stems) == 0 {
			return nil
		}
		var longer []string
		for _, key := range keys {
			for _, stem := range stems {
				longer = append(longer, strings.TrimPrefix(key+" "+stem, " "))
			}
		}
		keys = longer[:min(len(longer), mostCombinations)]
	}
	return keys
}

// Find returns the things that some words name, of the longest name that begins
// with the first of them, and how many words that has. Names in the first of
// some languages go before others. The words are as they were typed.
func (b *Phrasebook[T]) Find(words, languages []string) (things []T, length int) {
	for length := min(len(words), mostWords); length > 0; length-- {
		if things := b.named(words[:length], languages); len(things) > 0 {
			return things, length
		}
	}
	return nil, 0
}

func (b *Phrasebook[T]) named(words, languages []string) []T {
	for _, key := range []string{apart(words), b.joined(words, languages)} {
		if found := preferred(b.exact[key], languages); len(found) > 0 {
			return found
		}
	}
	for _, language := range languages {
		if len(words) > 1 && (Little(language, FoldWord(words[0])) || Little(language, FoldWord(words[len(words)-1]))) {
			continue // the shorter name is meant
		}
		var found []named[T]
		for _, words := range readings(language, words) {
			found = append(found, b.exact[apart(words)]...)
			for _, key := range combinations(language, words) {
				found = append(found, b.stems[language][key]...)
			}
		}
		if things := preferred(found, nil); len(things) > 0 {
			return things
		}
	}
	return nil
}

// joined writes words as one, for names that are written as one word or with a
// hyphen; not those with little words among them, or "in der" would be an Inder.
func (b *Phrasebook[T]) joined(words, languages []string) string {
	if len(words) > 1 {
		for _, word := range words {
			for _, language := range languages {
				if Little(language, FoldWord(word)) {
					return ""
				}
			}
		}
	}
	return together(words)
}

// preferred are the things that a language names, the first one that names any.
func preferred[T comparable](entries []named[T], languages []string) []T {
	var things []T
	for _, language := range languages {
		for _, e := range entries {
			if e.language == language {
				things = append(things, e.thing)
			}
		}
		if len(things) > 0 {
			return things
		}
	}
	for _, e := range entries {
		if !slices.Contains(things, e.thing) {
			things = append(things, e.thing)
		}
	}
	return things
}
