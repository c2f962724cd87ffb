package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/query"
	"exempla/web/component"
)

// Empty is what the page of an empty result suggests, in the reader's language.
type Empty struct {
	Removals []WayOut // leave out one part, the most helpful first
	Useless  string   // names the parts that do not help to leave out alone
	Alone    []WayOut // keep one part only; if no removal helps
	Near     string   // heading of the places
	Places   []Place
}

// WayOut is a link to a selection that finds something.
type WayOut struct {
	Label string
	Path  string
	Count int // practices that it finds
}

// Place is a city with practices near the one that was searched for.
type Place struct {
	Name, Path, Distance string // Distance is empty if it is not known
}

func newEmpty(l *locale.Locale, in ListingInput) Empty {
	ways := in.WaysOut
	var e Empty
	for _, way := range ways.Removals {
		e.Removals = append(e.Removals, newWayOut(l, without(l, way.Part, in), way))
	}
	for _, way := range ways.Alone {
		e.Alone = append(e.Alone, newWayOut(l, l.T("empty.only", "Label", phrase(l, way.Part, in)), way))
	}
	var useless []string
	for _, part := range ways.Useless {
		useless = append(useless, phrase(l, part, in))
	}
	if len(useless) > 0 {
		e.Useless = l.T("empty.useless", "Labels", l.Or(useless))
	}
	if len(ways.Places.Cities) > 0 {
		e.Near = near(l, in)
	}
	for _, city := range ways.Places.Cities {
		e.Places = append(e.Places, newPlace(l, city))
	}
	return e
}

func newWayOut(l *locale.Locale, label string, way catalogue.WayOut) WayOut {
	return WayOut{label, link.Browse(l.Tag(), way.Selection), way.Count}
}

// phrase describes a part of a selection.
func phrase(l *locale.Locale, part catalogue.Part, in ListingInput) string {
	if part.Words != "" {
		return l.T("browse.words", "Words", unquoted(part.Words))
	}
	return l.Or(in.Cities.labels(l, in.Selection, part.Facet))
}

// without is the label of the link that leaves a part out.
func without(l *locale.Locale, part catalogue.Part, in ListingInput) string {
	if message := looks[part.Facet].without; part.Words == "" && message != "" {
		return l.T(message)
	}
	return l.T("browse.without", "Label", phrase(l, part, in))
}

// unquoted removes quotation marks around words, because the messages add some.
func unquoted(words string) string {
	if inner := strings.Trim(words, query.QuotationMarks); !strings.ContainsAny(inner, query.QuotationMarks) {
		return inner
	}
	return words
}

// near is the heading of the places.
func near(l *locale.Locale, in ListingInput) string {
	if city := in.WaysOut.Places.Near; city.Name != "" {
		return l.T("empty.near", "City", component.CityName(l, city))
	}
	return l.T("empty.cities", "Countries", l.And(in.Cities.labels(l, in.Selection, catalogue.Country)))
}

func newPlace(l *locale.Locale, city catalogue.CityOut) Place {
	p := Place{Name: component.CityName(l, city.City), Path: link.Browse(l.Tag(), city.Selection)}
	if city.Kilometres >= 0 {
		p.Distance = l.T("empty.distance", "Kilometres", city.Kilometres)
	}
	return p
}
