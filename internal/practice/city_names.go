package practice

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// MaxOtherNames is how many names a city may have besides those that it is shown by:
// more than any has among its own inhabitants, and few enough to be read at a glance.
const MaxOtherNames = 30

// MaxNameWords is how many words a name of a city may have; by more it is not found.
const MaxNameWords = text.MostNameWords

// CityNames are names that editors have given a city besides its own: one for the
// readers of a language, which they are shown, and others by which it is found. They
// are written into one string, so that cities can be compared, and read from memory
// without copies: a line for each name, with its language before a tab; none before the
// others. The zero value has no names.
type CityNames string

// NewCityNames returns the names of a city: by language those that its readers are
// shown, and others. Empty ones and others that are there twice are left out. All of
// them must be names as ParseCityName returns them.
func NewCityNames(shown map[Language]string, others []string) CityNames {
	var names strings.Builder
	add := func(language Language, name string) {
		if name != "" {
			names.WriteString(string(language) + "\t" + name + "\n")
		}
	}
	for _, language := range slices.Sorted(maps.Keys(shown)) {
		add(language, shown[language])
	}
	for i, name := range others {
		if !slices.Contains(others[:i], name) {
			add("", name)
		}
	}
	return CityNames(names.String())
}

// ParseCityName reads a name of a city: one line with single spaces, of at most MaxName
// characters and MaxNameWords words, with a letter in it. It is empty for an
// empty text; ok is false if it is no such name.
func ParseCityName(typed string) (name string, ok bool) {
	name = strings.Join(strings.Fields(typed), " ")
	if !utf8.ValidString(name) || strings.ContainsRune(name, 0) || utf8.RuneCountInString(name) > MaxName {
		return name, false
	}
	return name, name == "" || strings.ContainsFunc(name, unicode.IsLetter) && len(text.Words(name)) <= MaxNameWords
}

// All yields the names with their languages; the language of the others is empty.
func (n CityNames) All() iter.Seq2[Language, string] {
	return func(yield func(Language, string) bool) {
		for line := range strings.Lines(string(n)) {
			language, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !yield(Language(language), name) {
				return
			}
		}
	}
}

// In is the name that readers of a language are shown; empty if there is none.
func (n CityNames) In(language Language) string {
	for l, name := range n.All() {
		if l == language && l != "" {
			return name
		}
	}
	return ""
}

// Others are the names by which the city is found besides.
func (n CityNames) Others() []string {
	var list []string
	for language, name := range n.All() {
		if language == "" {
			list = append(list, name)
		}
	}
	return list
}

// Shown are the names that readers are shown, by language; never nil.
func (n CityNames) Shown() map[Language]string {
	shown := map[Language]string{}
	for language, name := range n.All() {
		if language != "" {
			shown[language] = name
		}
	}
	return shown
}

// Size is how many names there are.
func (n CityNames) Size() int { return strings.Count(string(n), "\n") }
