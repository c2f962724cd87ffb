package gazetteer

import (
	"sort"
	"strings"
	"unicode/utf8"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// declension is how names change in a language: what a case puts in place of the end
// of a name as it is listed, as "case>listed listed". All of it is folded, so that
// there is no й, ї, ë or ς.
type declension []change

type change struct {
	ending string
	listed []string
}

func newDeclension(changes ...string) declension {
	var d declension
	for _, c := range changes {
		ending, listed, _ := strings.Cut(c, ">")
		d = append(d, change{ending, strings.Split(listed, " ")})
	}
	return d
}

// declensions are those of languages in which names of cities change, as the tables of
// their school grammars have them. An empty listed ending stands for no ending.
var declensions = map[practice.Language]declension{
	"de": newDeclension("s>"),
	"el": newDeclension("ου>ο οσ ", "ασ>α", "ησ>η", "εωσ>η", "ων>α εσ οι", "ουσ>οι", "ο>οσ", "α>ασ", "η>ησ"),
	"sq": newDeclension("it>", "in>", "i>", "ut>", "un>", "u>", "es>e a ", "en>e a", "a>e ", "e>a", "s>"),
	"uk": newDeclension("зі>га", "ці>ка", "сі>ха", "єва>ів", "єві>ів", "єву>ів", "євом>ів", "ова>ів", "ові> ів", "ову>ів", "овом>ів",
		"і> а о я ь", "и>а і ", "у> а", "ю>я ь", "ою>а", "ею>я", "ом> о", "ем> ь", "а> о", "я>ь"),
}

// Bounds of taking an inflected word for a city: a name has so many letters at least,
// and the city so many inhabitants, which are more for a short name. There are more
// words that end like a case of some name than words that are one. So many names are
// tried at once.
const (
	leastListed    = 3
	shortName      = 4
	leastInflected = 600_000
	leastShort     = 2_000_000
	mostListed     = 24
)

// Inflected finds the longest name that the first of some words are, as it stands in a
// sentence of a language: "Варшаві", "Νέας Υόρκης". Of the large cities that may be meant
// it is the largest; its match is the name as it is listed. The length is 0 if there is
// none, or if names do not change in the language.
func Inflected(language practice.Language, words []string) (city Suggested, length int) {
	if declensions[language] == nil {
		return city, 0
	}
	t := cities()
	names := []string{""}
	for i, word := range words {
		var longer []string
		for _, form := range listedForms(language, text.FoldWord(word)) {
			for _, name := range names {
				if name += form; len(longer) < mostListed && t.hasBeginning(name) {
					longer = append(longer, name)
				}
			}
		}
		names = longer
		for _, name := range names {
			if found, ok := t.largest(name); ok && found.Population >= leastPopulation(name) && (length <= i || found.Population > city.Population) {
				city, length = found, i+1
			}
		}
	}
	return city, length
}

// listedForms are a folded word as it is, and what it may be as it is listed.
func listedForms(language practice.Language, word string) []string {
	forms := []string{word}
	for _, c := range declensions[language] {
		if head, ok := strings.CutSuffix(word, c.ending); ok {
			for _, listed := range c.listed {
				if form := head + listed; utf8.RuneCountInString(form) >= leastListed {
					forms = append(forms, form)
				}
			}
		}
	}
	return forms
}

func leastPopulation(name string) int {
	if utf8.RuneCountInString(name) <= shortName {
		return leastShort
	}
	return leastInflected
}

// hasBeginning reports whether any name begins with a key.
func (t *table) hasBeginning(key string) bool {
	rank := t.rank(key)
	return rank < len(t.of) && strings.HasPrefix(Key(t.name(rank)), key) || len(t.localNames(key)) > 0
}

// rank is that of the first name that is a key or comes after it.
func (t *table) rank(key string) int {
	return sort.Search(len(t.of), func(i int) bool { return Key(t.name(i)) >= key })
}

// largest is the largest city with a name; ok is false if there is none.
func (t *table) largest(key string) (city Suggested, ok bool) {
	least := -1
	consider := func(number uint16) {
		if least < 0 || int(number) < least {
			least = int(number)
		}
	}
	for rank := t.rank(key); rank < len(t.of) && Key(t.name(rank)) == key; rank++ {
		consider(t.of[rank])
	}
	for _, local := range t.localNames(key) {
		if local.key == key {
			consider(local.city)
		}
	}
	if least < 0 {
		return city, false
	}
	return Suggested{t.city(uint16(least)), t.match(uint16(least), key)}, true
}
