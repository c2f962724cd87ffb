package catalogue

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
)

// Bounds of looking for places. Looking at two thousand practices takes about
// four milliseconds.
const (
	mostNear   = 5     // cities that are worth reading
	nearLooked = 2_000 // newest practices searched for their cities
)

// Nearby is a city with practices that a selection finds.
type Nearby struct {
	City       practice.City
	Practices  int // among those searched
	Kilometres int // from the place asked for; -1 if that is not known
}

// Near returns the cities of what a selection finds, the nearest to a place
// first, or those with most practices if the place has no name. It leaves out the
// place itself and cities outside the chosen countries.
func (x *Index) Near(s Selection, hits Hits, from practice.City) []Nearby {
	type name struct {
		country practice.Country
		slug    string
	}
	found := map[name]*Nearby{}
	for _, p := range x.newestOf(s, hits) {
		for _, city := range p.Place.Cities {
			key := name{city.Country, practice.Slugify(city.Name)}
			if key.slug == practice.Slugify(from.Name) || len(s.chosen[Country]) > 0 && !s.Has(Country, string(city.Country)) {
				continue
			}
			if found[key] == nil {
				found[key] = &Nearby{City: city, Kilometres: distance(from, city)}
			}
			found[key].Practices++
		}
	}
	list := make([]Nearby, 0, len(found))
	for _, n := range found {
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b Nearby) int {
		// As an unsigned number -1 is the largest, so unknown distances come last.
		return cmp.Or(cmp.Compare(uint(a.Kilometres), uint(b.Kilometres)), cmp.Compare(b.Practices, a.Practices), strings.Compare(a.City.Name, b.City.Name))
	})
	return list[:min(len(list), mostNear)]
}

func (x *Index) newestOf(s Selection, hits Hits) []practice.Practice {
	a := x.answer()
	defer a.end()
	s.Sort = Newest
	_, all := a.matched(s, hits)
	cursor := cursor{a, x.order(s.Sort, Reader{}), a.stages(s, hits, all)}
	var list []practice.Practice
	for _, spot := range cursor.page(0, min(nearLooked, all.count())) {
		list = append(list, x.at(spot))
	}
	return list
}

// City returns the city with a key of the facet City, as one of its practices has
// it; ok is false if none is there.
func (x *Index) City(key string) (city practice.City, ok bool) {
	here := spot{true, x.overlay.firstIn(key, x.overlay.whole)}
	if here.at < 0 {
		here = spot{false, x.base.firstIn(key, x.shown)}
	}
	if here.at < 0 {
		return practice.City{}, false
	}
	for _, city := range x.at(here).Place.Cities {
		if CityKey(city) == key {
			return city, true
		}
	}
	return practice.City{}, false
}

// hasMoved reports whether all practices of a city have been changed since the base
// was made. Then the overlay knows its names, and the base may have lost ones.
func (x *Index) hasMoved(key string) bool {
	return x.base.firstIn(key, x.shown) < 0 && x.overlay.firstIn(key, x.overlay.whole) >= 0
}

// Cities returns the cities with some keys of the facet City, by key; those without
// practices are left out.
func (x *Index) Cities(keys []string) map[string]practice.City {
	cities := make(map[string]practice.City, len(keys))
	for _, key := range keys {
		if city, ok := x.City(key); ok {
			cities[key] = city
		}
	}
	return cities
}

// firstIn is the first practice of a segment in a city, of those in a set; -1 for
// none.
func (s *Segment) firstIn(key string, among set) int {
	set := s.postings[City].value(key)
	for at := set.next(0); at >= 0; at = set.next(at + 1) {
		if among.has(at) {
			return at
		}
	}
	for _, at := range s.postings[City].rare[key] {
		if among.has(int(at)) {
			return int(at)
		}
	}
	return -1
}

// NamedCity returns the city that the words of a search name, if it has
// practices.
func (x *Index) NamedCity(hits Hits) (practice.City, bool) {
	for _, named := range hits.Reading.cities {
		if city, ok := x.City(named.key); ok {
			return city, true
		}
	}
	return practice.City{}, false
}

// withoutCities returns the selection without the terms that name a city.
func (s Selection) withoutCities(hits Hits) Selection {
	terms := s.Terms()
	for i := len(terms) - 1; i >= 0; i-- {
		if !terms[i].Excluded && slices.ContainsFunc(hits.Reading.cities, func(c namedCity) bool { return c.has(terms[i].Words) }) {
			s = s.WithoutTerm(i)
		}
	}
	return s
}

// namedCity is a city that is named in a search.
type namedCity struct {
	key   string
	words []string // by which it is
}

func (c namedCity) has(words []string) bool {
	for _, word := range words {
		if !slices.Contains(c.words, word) {
			return false
		}
	}
	return true
}

// distance is in whole kilometres; -1 if either city is not located.
func distance(a, b practice.City) int {
	if !a.Located || !b.Located {
		return -1
	}
	return int(math.Round(kilometres(a, b)))
}

// PlaceCounts are where the practices of a selection are, for its map.
type PlaceCounts struct {
	Total     int     // what the selection finds
	Countries []Value // sorted by key
	Cities    []CityCount
}

// CityCount is a city with what choosing only it would find.
type CityCount struct {
	Key   string
	City  practice.City // located where the catalogue says, else where the gazetteer knows it
	Count int
}

// CountPlaces counts a selection by country and city, the cities with most practices
// first. Hits are the matches of its words. Places without practices are left out.
func CountPlaces(x *Index, s Selection, hits Hits) PlaceCounts {
	a := x.answer()
	defer a.end()
	others, all := a.matched(s, hits)
	p := PlaceCounts{Total: all.count(), Countries: x.counts(s, Country, others[Country])}
	p.Countries = slices.DeleteFunc(p.Countries, func(v Value) bool { return v.Count == 0 })
	counts := map[string]int{}
	for _, rare := range []map[string][]uint32{x.base.postings[City].rare, x.overlay.postings[City].rare} {
		for key := range rare {
			counts[key], _ = x.unoffered(City, key, others[City])
		}
	}
	for i := range x.offered[City] {
		city := &x.offered[City][i]
		counts[city.key] = city.common(others[City], nil)
	}
	for key, count := range counts {
		if count == 0 {
			continue
		}
		if city, ok := x.City(key); ok {
			p.Cities = append(p.Cities, CityCount{key, Located(city), count})
		}
	}
	slices.SortFunc(p.Cities, func(a, b CityCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Key, b.Key)) })
	return p
}

// Located is a city where the catalogue says it lies, else where the gazetteer knows it.
func Located(c practice.City) practice.City {
	if !c.Located {
		if known := gazetteer.Find(c.Country, c.Name); len(known) > 0 {
			c.Located, c.Latitude, c.Longitude = true, known[0].Latitude, known[0].Longitude
		}
	}
	return c
}
