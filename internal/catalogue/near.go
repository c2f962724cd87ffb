package catalogue

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// Bounds of looking for places: how many are worth reading, how many practices
// are looked at for their cities, the newest ones, and how many for the city
// that words name. Looking at two thousand takes about four milliseconds.
const (
	mostNear    = 5
	nearLooked  = 2_000
	namedLooked = 200
)

// Nearby is a city with practices that fit.
type Nearby struct {
	City       practice.City
	Practices  int // those looked at
	Kilometres int // from the place asked for; -1 when that is not known
}

// Near returns the cities of what a selection finds, those nearest to a place
// first. Without the place those with most practices come first. The place
// itself is none of them, nor are cities outside the chosen countries.
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
		// Unknown distances come last: as unsigned numbers they are the largest.
		return cmp.Or(cmp.Compare(uint(a.Kilometres), uint(b.Kilometres)), cmp.Compare(b.Practices, a.Practices), strings.Compare(a.City.Name, b.City.Name))
	})
	return list[:min(len(list), mostNear)]
}

// newestOf returns the newest practices that a selection finds.
func (x *Index) newestOf(s Selection, hits Hits) []practice.Practice {
	a := x.answer()
	defer a.end()
	s.Sort = Newest
	_, all := a.matched(s, hits)
	walk := walk{a, x.order(s.Sort, Reader{}), a.stages(s, hits, all)}
	var list []practice.Practice
	for _, spot := range walk.page(0, min(nearLooked, all.count())) {
		list = append(list, x.at(spot))
	}
	return list
}

// Named returns the city that the words of a selection name, if one of the
// practices that words have found is in it. Names are compared by how they are
// written in addresses, so that "Ιωάννινα" names Ioannina.
func (x *Index) Named(s Selection, hits Hits) (practice.City, bool) {
	var named []string
	for _, term := range s.Terms() {
		if !term.Excluded {
			named = append(named, practice.Slugify(term.Typed))
		}
	}
	words, looked := strings.Join(named, "-"), 0
	for _, tier := range hits.Tiers {
		for _, number := range tier {
			if looked++; looked > namedLooked {
				return practice.City{}, false
			}
			p, _ := x.Practice(number)
			for _, city := range p.Place.Cities {
				if hasWords(words, practice.Slugify(city.Name)) {
					return city, true
				}
			}
		}
	}
	return practice.City{}, false
}

// WithoutCity returns the selection without the terms that name a city.
func (s Selection) WithoutCity(city practice.City) Selection {
	slug := practice.Slugify(city.Name)
	terms := s.Terms()
	for i := len(terms) - 1; i >= 0; i-- {
		if !terms[i].Excluded && hasWords(slug, practice.Slugify(terms[i].Typed)) {
			s = s.WithoutTerm(i)
		}
	}
	return s
}

// hasWords reports whether a slug has the words of another, together and whole.
func hasWords(slug, words string) bool {
	return words != "" && strings.Contains("-"+slug+"-", "-"+words+"-")
}

// distance is the way between two cities in whole kilometres; -1 when one of
// the two is not located.
func distance(a, b practice.City) int {
	if !a.Located || !b.Located {
		return -1
	}
	return int(math.Round(kilometres(a, b)))
}
