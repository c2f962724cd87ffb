package text

import (
	"hash/maphash"
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

// MostNameWords is how many words a name in a phrasebook may have.
const MostNameWords = 6

// mostCombinations is how many of a wording whose words have several stems are kept.
const mostCombinations = 16

// Wording are words as they were written or typed, with their forms in each
// language that was asked for. It is for one goroutine.
type Wording struct {
	words  []string
	folded []string
	forms  map[string][]Form
	little map[string][]bool
}

// NewWording returns the wording of some words.
func NewWording(words []string) *Wording {
	w := &Wording{words: words, folded: make([]string, len(words)), forms: map[string][]Form{}, little: map[string][]bool{}}
	for i, word := range words {
		w.folded[i] = FoldWord(word)
	}
	return w
}

// in returns the forms of the words in a language, and which of them are little.
func (w *Wording) in(language string) (forms []Form, little []bool) {
	forms, known := w.forms[language]
	if !known {
		forms, little = make([]Form, len(w.words)), make([]bool, len(w.words))
		for i, word := range w.words {
			forms[i] = Form{w.folded[i], Stems(language, word)}
			little[i] = LittleForm(language, forms[i])
		}
		w.forms[language], w.little[language] = forms, little
	}
	return forms, w.little[language]
}

// Phrasebook finds things by their names in several languages, whatever the
// grammatical form, with or without spaces and hyphens in them and without the
// little words. Its zero value is empty.
type Phrasebook[T comparable] struct {
	// Keys are all words of a name without spaces, those that matter with spaces,
	// and the stems of these behind the language. Only their hashes are kept; two
	// different ones among a million are the same once in ten million books.
	names     []keyed
	first     []int32 // one more than the place of the first name with a key, by its hash; 0 for none
	keys      int     // how many there are
	entries   []named[T]
	languages []string
}

// keyed is a name by one of its keys.
type keyed struct {
	hash  uint64
	entry int32 // place in entries
	next  int32 // place of the next name with the key, -1 for none
}

// named is a thing with a name in a language.
type named[T comparable] struct {
	thing    T
	language uint8 // place in languages
}

// seed makes hashes of keys; they need not be the same in another process.
var seed = maphash.MakeSeed()

// Add adds a name of a thing in a language, or in none.
func (b *Phrasebook[T]) Add(language, name string, thing T) {
	forms, little := NewWording(Words(name)).in(language)
	if len(forms) == 0 || len(forms) > MostNameWords {
		return
	}
	at := slices.Index(b.languages, language)
	if at < 0 {
		at = len(b.languages)
		b.languages = append(b.languages, language)
	}
	entry := named[T]{thing, uint8(at)}
	if len(b.entries) == 0 || b.entries[len(b.entries)-1] != entry {
		b.entries = append(b.entries, entry)
	}
	b.put(written(forms, ""))
	for _, forms := range readings(forms, little) {
		b.put(written(forms, " "))
		for _, key := range combinations(forms) {
			b.put(stemKey(language, key))
		}
	}
}

// stemKey is the key of stems in a language; no other key has the sign.
func stemKey(language, stems string) string {
	if stems == "" {
		return ""
	}
	return language + "\x00" + stems
}

// put adds the last entry at a key, unless it is there.
func (b *Phrasebook[T]) put(key string) {
	if key == "" {
		return
	}
	if 4*b.keys >= 3*len(b.first) {
		b.spread()
	}
	entry := int32(len(b.entries) - 1)
	hash := maphash.String(seed, key)
	link := b.slot(hash)
	if *link == 0 {
		b.keys++
		b.names = append(b.names, keyed{hash, entry, -1})
		*link = int32(len(b.names))
		return
	}
	at := *link - 1
	for b.entries[b.names[at].entry] != b.entries[entry] {
		if b.names[at].next < 0 {
			b.names = append(b.names, keyed{hash, entry, -1})
			b.names[at].next = int32(len(b.names) - 1)
			return
		}
		at = b.names[at].next
	}
}

// slot is where it says which name is the first with the hash of a key.
func (b *Phrasebook[T]) slot(hash uint64) *int32 {
	mask := len(b.first) - 1
	at := int(hash) & mask
	for b.first[at] != 0 && b.names[b.first[at]-1].hash != hash {
		at = (at + 1) & mask
	}
	return &b.first[at]
}

const leastSlots = 16

// spread makes room for twice as many keys.
func (b *Phrasebook[T]) spread() {
	before := b.first
	b.first = make([]int32, max(leastSlots, 2*len(before)))
	for _, place := range before {
		if place > 0 {
			*b.slot(b.names[place-1].hash) = place
		}
	}
}

// at lists the entries at a key, in the order in which they were added.
func (b *Phrasebook[T]) at(list []named[T], key string) []named[T] {
	if key == "" || len(b.first) == 0 {
		return list
	}
	for at := *b.slot(maphash.String(seed, key)) - 1; at >= 0; at = b.names[at].next {
		list = append(list, b.entries[b.names[at].entry])
	}
	return list
}

// FormsOf returns the forms of the words of a name that matter in a language.
func FormsOf(language, name string) []Form {
	all := readings(NewWording(Words(name)).in(language))
	return all[len(all)-1]
}

// readings are the words of a name as they are, and without the little ones if
// that leaves several: "after school" is no name of the school.
func readings(forms []Form, little []bool) [][]Form {
	var matter []Form
	for i, form := range forms {
		if !little[i] {
			matter = append(matter, form)
		}
	}
	if len(matter) < 2 || len(matter) == len(forms) {
		return [][]Form{forms}
	}
	return [][]Form{forms, matter}
}

// written writes words folded, with something between them.
func written(forms []Form, between string) string {
	if len(forms) == 1 {
		return forms[0].Word
	}
	words := make([]string, len(forms))
	for i, form := range forms {
		words[i] = form.Word
	}
	return strings.Join(words, between)
}

// combinations are the stems of some words, joined in every way.
func combinations(forms []Form) []string {
	keys := []string{""}
	for _, form := range forms {
		if len(form.Stems) == 0 {
			return nil
		}
		var longer []string
		for _, key := range keys {
			for _, stem := range form.Stems {
				longer = append(longer, strings.TrimPrefix(key+" "+stem, " "))
			}
		}
		keys = longer[:min(len(longer), mostCombinations)]
	}
	return keys
}

// Find returns the things that words of a wording name, of the longest name that
// begins with the one at a place, and how many words that has. Names in the first
// of some languages go before others.
func (b *Phrasebook[T]) Find(w *Wording, from int, languages []string) (things []T, length int) {
	for length := min(len(w.words)-from, MostNameWords); length > 0; length-- {
		if things := b.named(w, from, from+length, languages); len(things) > 0 {
			return things, length
		}
	}
	return nil, 0
}

func (b *Phrasebook[T]) named(w *Wording, from, to int, languages []string) []T {
	keys := []string{strings.Join(w.folded[from:to], " ")}
	if to-from > 1 && !w.hasLittle(from, to, languages) {
		keys = append(keys, strings.Join(w.folded[from:to], ""))
	}
	for _, key := range keys {
		if found := b.preferred(b.at(nil, key), languages); len(found) > 0 {
			return found
		}
	}
	for _, language := range languages {
		forms, little := w.in(language)
		if to-from > 1 && (little[from] || little[to-1]) {
			continue // the shorter name is meant
		}
		var found []named[T]
		for _, forms := range readings(forms[from:to], little[from:to]) {
			found = b.at(found, written(forms, " "))
			for _, key := range combinations(forms) {
				found = b.at(found, stemKey(language, key))
			}
		}
		if things := b.preferred(found, nil); len(things) > 0 {
			return things
		}
	}
	return nil
}

// hasLittle reports whether there are little words of a language among some: then
// these are never taken for one, or "in der" would be an Inder.
func (w *Wording) hasLittle(from, to int, languages []string) bool {
	return slices.ContainsFunc(languages, func(language string) bool {
		_, little := w.in(language)
		return slices.Contains(little[from:to], true)
	})
}

// preferred are the things that a language names, the first one that names any.
func (b *Phrasebook[T]) preferred(entries []named[T], languages []string) []T {
	var things []T
	for _, language := range languages {
		for _, e := range entries {
			if b.languages[e.language] == language {
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
