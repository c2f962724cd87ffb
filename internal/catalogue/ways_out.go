package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// maxRephrasings bounds how many other words are looked up for one empty result.
const maxRephrasings = 12

// WaysOut are selections that find something where one has found nothing, so
// that an empty result is no dead end.
type WaysOut struct {
	Removals []WayOut // selections without one part, those that find most first
	Useless  []Part   // parts that do not help when left out alone
	Alone    []WayOut // if no removal helps: each part by itself, those that find most first
	Places   Places
}

// WayOut is a selection that a reader might try instead.
type WayOut struct {
	Part      Part // that is left out, or that is left
	Selection Selection
	Count     int // practices that it finds
}

// Part is a part of a selection: words, or all chosen values of a facet.
type Part struct {
	Words string // empty for a facet
	Facet Facet
}

// Places are cities in which there is what was asked for in another place.
type Places struct {
	Near   practice.City // the city asked for; without a name for the cities of the chosen countries
	Cities []CityOut
}

// CityOut is a city with the selection that finds its practices.
type CityOut struct {
	Nearby
	Selection Selection
}

// emptyResult is a selection that found nothing.
type emptyResult struct {
	*Index
	selection Selection
	search    func(words string) Hits
	asked     map[string]Hits // by words
}

// WaysOut says what would help a reader whose selection found nothing. It asks for
// what other words find, at most twelve times.
func (x *Index) WaysOut(s Selection, search func(words string) Hits) WaysOut {
	e := emptyResult{x, s, search, map[string]Hits{}}
	ways := WaysOut{Places: e.places()}
	removals := e.removals()
	for _, way := range removals {
		if way.Count == 0 {
			ways.Useless = append(ways.Useless, way.Part)
		} else if len(removals) > 1 { // without its only part the selection is the whole catalogue
			ways.Removals = append(ways.Removals, way)
		}
	}
	sortByCount(ways.Removals)
	if len(ways.Removals) == 0 && len(removals) > 1 {
		ways.Alone = e.alone()
		ways.Useless = nil
	}
	return ways
}

func sortByCount(list []WayOut) {
	slices.SortStableFunc(list, func(a, b WayOut) int { return cmp.Compare(b.Count, a.Count) })
}

// hits are what the words of another selection find; ok is false if too many were
// asked for already.
func (e *emptyResult) hits(s Selection) (hits Hits, ok bool) {
	hits, ok = e.asked[s.Words]
	if !ok && len(e.asked) < maxRephrasings {
		hits, ok = e.search(s.Words), true
		e.asked[s.Words] = hits
	}
	return hits, ok
}

// way is the way to another selection.
func (e *emptyResult) way(part Part, s Selection) (way WayOut, ok bool) {
	hits, ok := e.hits(s)
	if !ok {
		return WayOut{}, false
	}
	return WayOut{part, s, e.Count(s, hits)}, true
}

// removals are the selections without each term and each facet. The words are
// left out as a whole only if leaving out a single term does not help.
func (e *emptyResult) removals() []WayOut {
	list := e.withoutTerms()
	add := func(part Part, without Selection) {
		if way, ok := e.way(part, without); ok {
			list = append(list, way)
		}
	}
	helps := func(way WayOut) bool { return way.Count > 0 }
	if s := e.selection; s.Words != "" && !slices.ContainsFunc(list, helps) {
		list = nil
		add(Part{Words: s.Words}, s.WithoutWords())
	}
	for _, f := range Facets {
		if len(e.selection.chosen[f]) > 0 {
			add(Part{Facet: f}, e.selection.Only(f))
		}
	}
	return list
}

func (e *emptyResult) withoutTerms() []WayOut {
	terms := e.selection.Terms()
	if len(terms) < 2 {
		return nil
	}
	var list []WayOut
	for i, term := range terms {
		if way, ok := e.way(Part{Words: term.Typed}, e.selection.WithoutTerm(i)); ok {
			list = append(list, way)
		}
	}
	return list
}

// wordings are the words of a selection, all together and each term by itself.
func (s Selection) wordings() []string {
	list := []string{s.Words}
	for _, term := range s.Terms() {
		list = append(list, term.Typed)
	}
	return list
}

// alone are the selections of one part each that find something.
func (e *emptyResult) alone() []WayOut {
	var list []WayOut
	add := func(part Part, s Selection) {
		if way, ok := e.way(part, s); ok && way.Count > 0 {
			list = append(list, way)
		}
	}
	everything := e.selection.Reset()
	for _, words := range e.selection.wordings() {
		if words != "" && !strings.HasPrefix(words, "-") {
			add(Part{Words: words}, everything.WithWords(words))
		}
	}
	for _, f := range Facets {
		if keys := e.selection.chosen[f]; len(keys) > 0 {
			add(Part{Facet: f}, everything.Only(f, keys...))
		}
	}
	sortByCount(list)
	return slices.CompactFunc(list, func(a, b WayOut) bool { return a.Selection.Query() == b.Selection.Query() })
}

// places are those nearest to a city that the words name. Words that mean nothing
// may name a city without practices: then they are the cities of the chosen
// countries.
func (e *emptyResult) places() Places {
	var p Places
	named, ok := e.hits(e.selection)
	s := e.selection.WithoutWords()
	city, known := e.NamedCity(named)
	switch {
	case ok && known:
		s = e.selection.withoutCities(named)
		if len(s.chosen[Country]) == 0 {
			s = s.Only(Country, string(city.Country))
		}
		if !s.Has(Country, string(city.Country)) {
			return p // places in another country are not near
		}
		p.Near = city
	case e.selection.Words == "" || named.Any() || len(s.chosen[Country]) == 0:
		return p
	}
	hits, ok := e.hits(s)
	if !ok {
		return p
	}
	for _, n := range e.Near(s, hits, city) {
		p.Cities = append(p.Cities, CityOut{n, s.Only(City, CityKey(n.City))})
	}
	return p
}
