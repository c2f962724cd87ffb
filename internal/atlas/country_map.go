package atlas

import (
	"slices"
	"sync"
)

// smallWidth is that of the map of one country, in its own units.
const smallWidth = 240

// CountryMap is a small picture of one country.
type CountryMap struct {
	View
	Land string // outlines of its neighbours
	Own  string // of itself
}

var countryMaps sync.Map // code → CountryMap; there are as many as countries

// MapOf draws a country by its code of two letters, once. ok is false if the atlas does
// not have it, or if it is too small to be drawn.
func MapOf(code string) (m CountryMap, ok bool) {
	if drawn, ok := countryMaps.Load(code); ok {
		m = drawn.(CountryMap)
		return m, m.Own != ""
	}
	box, ok := Country(code)
	if !ok {
		return CountryMap{}, false
	}
	m.View = NewView(box.Round(), smallWidth)
	for _, p := range m.Countries() {
		if p.Code == code {
			m.Own = p.Data
		} else {
			m.Land += p.Data
		}
	}
	countryMaps.Store(code, m)
	return m, m.Own != ""
}

// Neighbours are the codes of the countries that share a border with one.
func Neighbours(code string) []string { return borders()[code] }

// borders are the neighbours of every country, sorted.
var borders = sync.OnceValue(func() map[string][]string {
	owners := map[int][]string{} // of each arc
	for code, rings := range earth().countries {
		for _, r := range rings {
			for _, at := range r.arcs {
				owners[max(at, ^at)] = append(owners[max(at, ^at)], code)
			}
		}
	}
	found := map[string][]string{}
	for _, sides := range owners {
		if len(sides) == 2 && sides[0] != sides[1] {
			found[sides[0]] = append(found[sides[0]], sides[1])
			found[sides[1]] = append(found[sides[1]], sides[0])
		}
	}
	for code, others := range found {
		slices.Sort(others)
		found[code] = slices.Compact(others)
	}
	return found
})
