package gazetteer

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"exempla/internal/practice"
	"exempla/locales"
)

// place is a city by the name that the catalogue has for it.
type place struct {
	country practice.Country
	name    string
}

// placeNames are the names of each place by language, the usual one first.
type placeNames map[place]map[practice.Language][]string

// places are the names in locales/places, read on first use.
var places = sync.OnceValue(func() placeNames {
	names, err := readPlaces()
	if err != nil {
		panic(err) // embedded, and read by a test
	}
	return names
})

func readPlaces() (placeNames, error) {
	all := placeNames{}
	files, err := locales.Places.ReadDir("places")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		content, err := locales.Places.ReadFile("places/" + file.Name())
		if err != nil {
			return nil, err
		}
		var names map[string][]string
		if err := json.Unmarshal(content, &names); err != nil {
			return nil, fmt.Errorf("names of places: %s: %w", file.Name(), err)
		}
		language := practice.Language(strings.TrimSuffix(file.Name(), path.Ext(file.Name())))
		for key, list := range names {
			name, country, _ := strings.Cut(key, "|")
			at := place{practice.Country(country), name}
			if all[at] == nil {
				all[at] = map[practice.Language][]string{}
			}
			all[at][language] = list
		}
	}
	return all, nil
}

// spellings lists the names of a place, language by language.
func (p placeNames) spellings(at place) []Spelling {
	var list []Spelling
	for language, names := range p[at] {
		for _, name := range names {
			list = append(list, Spelling{language, name})
		}
	}
	slices.SortStableFunc(list, func(a, b Spelling) int { return strings.Compare(string(a.Language), string(b.Language)) })
	return list
}

// shown are the places by the key of the catalogue's name and of the usual name in
// each language.
var shown = sync.OnceValue(func() map[place]string {
	found := map[place]string{}
	for at, languages := range places() {
		for _, names := range languages {
			found[place{at.country, Key(names[0])}] = at.name
		}
	}
	for at := range places() {
		found[place{at.country, Key(at.name)}] = at.name
	}
	return found
})
