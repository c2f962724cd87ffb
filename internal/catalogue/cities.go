package catalogue

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// Bounds of looking for places. Looking at two thousand practices takes about
// four milliseconds.
const (
	mostNear    = 5     // cities that are worth reading
	nearLooked  = 2_000 // newest practices searched for their cities
	namedLooked = 200   // best practices searched for the city that the words name
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

// NamedCity returns the city that the words of a selection name, if one of the
// practices found is there. Names are compared as slugs, so that "Ιωάννινα" is
// Ioannina.
func (x *Index) NamedCity(s Selection, hits Hits) (practice.City, bool) {
	var named []string
	for _, term := range s.Terms() {
		if !term.Excluded {
			named = append(named, practice.Slugify(term.Typed))
		}
	}
	words := strings.Join(named, "-")
	looked := 0
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

// withCity returns the selection with the name of a city added to its words.
func (s Selection) withCity(city practice.City) Selection {
	name := city.Name
	if strings.ContainsAny(name, " -") {
		name = `"` + strings.ReplaceAll(name, `"`, " ") + `"`
	}
	return s.WithWords(strings.TrimSpace(s.Words+" "+name)).Only(Country, string(city.Country))
}

// hasWords reports whether a slug contains the words of another, whole and in
// the same order.
func hasWords(slug, words string) bool {
	return words != "" && strings.Contains("-"+slug+"-", "-"+words+"-")
}

// distance is in whole kilometres; -1 if either city is not located.
func distance(a, b practice.City) int {
	if !a.Located || !b.Located {
		return -1
	}
	return int(math.Round(kilometres(a, b)))
}
