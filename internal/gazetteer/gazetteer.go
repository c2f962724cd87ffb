// Package gazetteer knows the cities of the world: their names in all scripts,
// where they lie and how large they are. It knows no practices.
//
// The cities and most of their names are those of GeoNames (cities.zst, written by
// the generate command). What readers call the cities of the sample catalogue stands
// in locales/places/<tag>.json, the usual name first.
package gazetteer

import (
	"slices"
	"strconv"
	"strings"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// City is a city of the gazetteer.
type City struct {
	Name                string // as the catalogue has it, or GeoNames
	Country             practice.Country
	Region              string // a code such as "TX", to tell two of the same name apart; mostly empty
	Latitude, Longitude float64
	Population          int
}

// Point writes where a city lies, to tell it from others of the same name.
func (c City) Point() string { return Point(c.Latitude, c.Longitude) }

// Point writes coordinates in degrees as City.Point does.
func Point(latitude, longitude float64) string {
	return strconv.FormatFloat(latitude, 'f', -1, 64) + "," + strconv.FormatFloat(longitude, 'f', -1, 64)
}

// Spelling is one name of a city. The language is empty where it is not known.
type Spelling struct {
	Language practice.Language
	Name     string
}

// Key writes a name as names are compared: folded, without spaces and signs. It
// is for finding, never for showing.
func Key(name string) string { return text.FoldWith(name, func(rune) rune { return -1 }) }

// Find returns the cities of a country that have a name, whichever of their names
// it is: the city that the catalogue calls so first, then the largest. It is nil if
// there is none.
func Find(country practice.Country, name string) []City {
	t := cities()
	var list []City
	for _, number := range t.named(country, name) {
		list = append(list, t.city(number))
	}
	return list
}

// Names returns all names of a city, which is found as Find does: in all scripts,
// without duplicates. It is nil for an unknown city.
func Names(country practice.Country, name string) []string {
	var names []string
	for _, s := range Spellings(country, name) {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// Spellings returns all names of a city with their languages, those that readers of
// a language use first. It is nil for an unknown city.
func Spellings(country practice.Country, name string) []Spelling {
	t := cities()
	numbers := t.named(country, name)
	if len(numbers) == 0 {
		return nil
	}
	return t.spellings(numbers[0])
}

// Suggested is a city that somebody may be typing, and the name that begins so.
type Suggested struct {
	City
	Match string
}

// longestTyped is how much of a name is looked at, in bytes. Longer ones are not
// in the gazetteer.
const longestTyped = 400

// Suggest returns cities that have a name that begins with what was typed: those
// called exactly so first, then the largest. It is nil if nothing was typed.
func Suggest(typed string, limit int) []Suggested {
	key := Key(typed[:min(len(typed), longestTyped)])
	if key == "" || limit <= 0 {
		return nil
	}
	t := cities()
	from, exact, to := t.begins(key)
	called := t.smallest(from, exact, limit, t.isOwn)
	beginning := t.smallest(from, to, limit, func(int) bool { return true })
	for _, local := range t.localNames(key) {
		if local.key == key {
			called = append(called, local.city)
		} else {
			beginning = append(beginning, local.city)
		}
	}
	var list []Suggested
	seen := map[uint16]bool{}
	for _, numbers := range [][]uint16{called, beginning} {
		slices.Sort(numbers)
		for _, number := range numbers {
			if !seen[number] && len(list) < limit {
				seen[number] = true
				list = append(list, Suggested{t.city(number), t.match(number, key)})
			}
		}
	}
	return list
}

// Local returns what readers of a language call a city of the catalogue, or the
// name itself if nothing else is known. It is fast, and does not load the cities.
func Local(language practice.Language, country practice.Country, name string) string {
	if names := places()[place{country, name}][language]; len(names) > 0 {
		return names[0]
	}
	return name
}

// Usual returns all names that readers use for a city of the catalogue, language by
// language. Like Local it is fast, and nil for cities that only the gazetteer has.
func Usual(country practice.Country, name string) []Spelling {
	return places().spellings(place{country, name})
}

// Catalogued is the way back from Local: the catalogue's name of a city that is
// called as some language has it, or else the name itself. So a city is one city,
// in whatever language it was chosen.
func Catalogued(country practice.Country, name string) string {
	if catalogued, ok := shown()[place{country, Key(name)}]; ok {
		return catalogued
	}
	return strings.TrimSpace(name)
}
