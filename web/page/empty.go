package page

import (
	"cmp"
	"slices"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/query"
)

// Asking is what is asked of the store when nothing was found. Whatever it could
// not say is left out of the page.
type Asking struct {
	Found   map[string]catalogue.Hits // by words: what parts of the question find
	Spelled string                    // the words as the catalogue spells them; empty when it knows no better
}

// Empty is what an empty result says: no dead end.
type Empty struct {
	Spelling WayOut
	Removals []WayOut // leaving out one thing that helps, the most helpful first
	Useless  string   // what does not help to leave out alone, in one phrase
	Alone    []WayOut // when no removal helps: each thing by itself
	Near     string   // heading of the places
	Places   []Place
}

// WayOut is a way out of an empty result.
type WayOut struct {
	Label string // of the link
	Path  string
	Count int    // practices found then
	what  string // is left out, for the phrase
}

// Place is a city with practices, near the one asked for.
type Place struct {
	Name, Path, Distance string // Distance is empty when it is not known
}

// newEmpty gathers the ways out.
func newEmpty(l *locale.Locale, a Asked) Empty {
	e := Empty{Spelling: spelling(l, a)}
	removals := removals(l, a)
	var useless []string
	for _, r := range removals {
		if r.Count == 0 {
			useless = append(useless, r.what)
		} else if len(removals) > 1 { // the only thing is left out by the link to everything
			e.Removals = append(e.Removals, r)
		}
	}
	byCount(e.Removals)
	if len(e.Removals) == 0 && len(removals) > 1 {
		e.Alone = alone(l, a)
	} else if len(useless) > 0 {
		e.Useless = l.T("empty.useless", "Labels", l.Or(useless))
	}
	e.near(l, a)
	return e
}

func byCount(list []WayOut) {
	slices.SortStableFunc(list, func(a, b WayOut) int { return cmp.Compare(b.Count, a.Count) })
}

// hits is what the words of a selection find, if that is known.
func (a Asked) hits(s catalogue.Selection) (catalogue.Hits, bool) {
	if s.Words == "" {
		return catalogue.Hits{}, true
	}
	if s.Words == a.Selection.Words {
		return a.Hits, true
	}
	hits, ok := a.Asking.Found[s.Words]
	return hits, ok
}

// found counts what a selection finds; ok is false when that is not known.
func (a Asked) found(s catalogue.Selection) (count int, ok bool) {
	hits, ok := a.hits(s)
	if !ok {
		return 0, false
	}
	return a.Index.Count(s, hits), true
}

// removals says for each term and each filter how many practices there would
// be without it; for the words as a whole only if no single term helps.
func removals(l *locale.Locale, a Asked) []WayOut {
	var list []WayOut
	s := a.Selection
	add := func(label, what string, without catalogue.Selection) {
		if count, ok := a.found(without); ok {
			list = append(list, WayOut{label, link.Browse(l.Tag(), without), count, what})
		}
	}
	if terms := s.Terms(); len(terms) > 1 {
		for i, term := range terms {
			quoted := l.T("browse.words", "Words", unquoted(term.Typed))
			add(l.T("browse.without", "Label", quoted), quoted, s.WithoutTerm(i))
		}
	}
	if s.Words != "" && !slices.ContainsFunc(list, func(r WayOut) bool { return r.Count > 0 }) {
		list = nil
		quoted := l.T("browse.words", "Words", unquoted(s.Words))
		add(l.T("browse.without", "Label", quoted), quoted, s.WithoutWords())
	}
	for _, f := range catalogue.Facets {
		if labels := labels(l, f, s); len(labels) > 0 {
			label := l.T("browse.without", "Label", l.Or(labels))
			if f == catalogue.Language {
				label = l.T("empty.languages")
			}
			add(label, l.Or(labels), s.Only(f))
		}
	}
	return list
}

// wordings are the words of a selection, all together and each term by itself.
func wordings(s catalogue.Selection) []string {
	list := []string{s.Words}
	for _, term := range s.Terms() {
		list = append(list, term.Typed)
	}
	return list
}

// unquoted takes the quotation marks around words away where a message has its own.
func unquoted(words string) string {
	if inner := strings.Trim(words, query.QuotationMarks); !strings.ContainsAny(inner, query.QuotationMarks) {
		return inner
	}
	return words
}

// alone says what each thing finds by itself, for when no two go together.
func alone(l *locale.Locale, a Asked) []WayOut {
	var list []WayOut
	everything := a.Selection.Reset()
	add := func(label string, s catalogue.Selection) {
		if count, ok := a.found(s); ok && count > 0 {
			list = append(list, WayOut{l.T("empty.only", "Label", label), link.Browse(l.Tag(), s), count, ""})
		}
	}
	for _, words := range wordings(a.Selection) {
		if words != "" && !strings.HasPrefix(words, "-") {
			add(l.T("browse.words", "Words", unquoted(words)), everything.WithWords(words))
		}
	}
	for _, f := range catalogue.Facets {
		if labels := labels(l, f, a.Selection); len(labels) > 0 {
			add(l.Or(labels), everything.Only(f, a.Selection.Chosen(f)...))
		}
	}
	byCount(list)
	return slices.CompactFunc(list, func(a, b WayOut) bool { return a.Path == b.Path })
}

// spelling is the way to the words as the catalogue spells them: with the
// filters where that finds something, else without them.
func spelling(l *locale.Locale, a Asked) WayOut {
	words := a.Asking.Spelled
	if words == "" {
		return WayOut{}
	}
	s := a.Selection.WithWords(words)
	if count, ok := a.found(s); ok && count > 0 {
		return WayOut{l.T("empty.meant", "Words", unquoted(words)), link.Browse(l.Tag(), s), count, ""}
	}
	s = a.Selection.Reset().WithWords(words)
	if count, ok := a.found(s); ok && count > 0 {
		return WayOut{l.T("empty.meant_without", "Words", unquoted(words)), link.Browse(l.Tag(), s), count, ""}
	}
	return WayOut{}
}

// near finds places for who has named one: those nearest to a city of the
// catalogue, or the cities of the chosen country for a word that no text has,
// which may be a place without any practice.
func (e *Empty) near(l *locale.Locale, a Asked) {
	city, ok := a.namedCity()
	s := a.Selection.WithoutWords()
	switch {
	case ok:
		s = a.Selection.WithoutCity(city)
		if len(s.Chosen(catalogue.Country)) == 0 {
			s = s.Only(catalogue.Country, string(city.Country))
		}
		if !s.Has(catalogue.Country, string(city.Country)) {
			return // places of another country are near to nothing
		}
		e.Near = l.T("empty.near", "City", city.Name)
	case a.Selection.Words != "" && len(a.Hits.Tiers) == 0 && len(s.Chosen(catalogue.Country)) > 0:
		e.Near = l.T("empty.cities", "Countries", l.And(labels(l, catalogue.Country, s)))
	default:
		return
	}
	hits, ok := a.hits(s)
	if !ok {
		return
	}
	for _, n := range a.Index.Near(s, hits, city) {
		e.Places = append(e.Places, newPlace(l, s, n))
	}
}

// namedCity is the city that the words name, by what they or their terms find.
func (a Asked) namedCity() (practice.City, bool) {
	for _, words := range wordings(a.Selection) {
		if hits, ok := a.hits(a.Selection.WithWords(words)); ok && words != "" {
			if city, ok := a.Index.Named(a.Selection, hits); ok {
				return city, true
			}
		}
	}
	return practice.City{}, false
}

// newPlace makes the link to what was asked for, in another city.
func newPlace(l *locale.Locale, s catalogue.Selection, n catalogue.Nearby) Place {
	name := n.City.Name
	if strings.ContainsAny(name, " -") {
		name = `"` + strings.ReplaceAll(name, `"`, " ") + `"`
	}
	s = s.WithWords(strings.TrimSpace(s.Words+" "+name)).Only(catalogue.Country, string(n.City.Country))
	p := Place{Name: n.City.Name, Path: link.Browse(l.Tag(), s)}
	if n.Kilometres >= 0 {
		p.Distance = l.T("empty.distance", "Kilometres", n.Kilometres)
	}
	return p
}
