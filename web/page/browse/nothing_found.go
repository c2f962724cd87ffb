package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/query"
)

// Empty is what an empty result says: the ways out in a reader's words.
type Empty struct {
	Spelling WayOut
	Removals []WayOut // without one part, the most helpful first
	Useless  string   // what does not help to leave out alone, in one phrase
	Alone    []WayOut // if no removal helps: each part by itself
	Near     string   // heading of the places
	Places   []Place
}

// WayOut is a link out of an empty result.
type WayOut struct {
	Label string
	Path  string
	Count int // practices found then
}

// Place is a city with practices, near the one asked for.
type Place struct {
	Name, Path, Distance string // Distance is empty if it is not known
}

func newEmpty(l *locale.Locale, in ListingInput) Empty {
	ways := in.WaysOut
	e := Empty{Spelling: spelling(l, in)}
	for _, way := range ways.Removals {
		e.Removals = append(e.Removals, newWayOut(l, without(l, way.Part, in.Selection), way))
	}
	for _, way := range ways.Alone {
		e.Alone = append(e.Alone, newWayOut(l, l.T("empty.only", "Label", phrase(l, way.Part, in.Selection)), way))
	}
	var useless []string
	for _, part := range ways.Useless {
		useless = append(useless, phrase(l, part, in.Selection))
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

// phrase puts a part of a selection into words.
func phrase(l *locale.Locale, part catalogue.Part, s catalogue.Selection) string {
	if part.Words != "" {
		return l.T("browse.words", "Words", unquoted(part.Words))
	}
	return l.Or(labels(l, part.Facet, s))
}

// without is the label of the link that leaves a part out.
func without(l *locale.Locale, part catalogue.Part, s catalogue.Selection) string {
	if message := looks[part.Facet].without; part.Words == "" && message != "" {
		return l.T(message)
	}
	return l.T("browse.without", "Label", phrase(l, part, s))
}

// unquoted removes the quotation marks around words, since messages have their own.
func unquoted(words string) string {
	if inner := strings.Trim(words, query.QuotationMarks); !strings.ContainsAny(inner, query.QuotationMarks) {
		return inner
	}
	return words
}

// spelling offers the words as the catalogue spells them, and says so if that
// finds something without the filters only.
func spelling(l *locale.Locale, in ListingInput) WayOut {
	way := in.WaysOut.Spelling
	if way.Count == 0 {
		return WayOut{}
	}
	message := "empty.meant"
	if way.Selection.Filters() < in.Selection.Filters() {
		message = "empty.meant_without"
	}
	return newWayOut(l, l.T(message, "Words", unquoted(way.Part.Words)), way)
}

// near is the heading of the places.
func near(l *locale.Locale, in ListingInput) string {
	if city := in.WaysOut.Places.Near; city != "" {
		return l.T("empty.near", "City", city)
	}
	return l.T("empty.cities", "Countries", l.And(labels(l, catalogue.Country, in.Selection)))
}

func newPlace(l *locale.Locale, city catalogue.CityOut) Place {
	p := Place{Name: city.City.Name, Path: link.Browse(l.Tag(), city.Selection)}
	if city.Kilometres >= 0 {
		p.Distance = l.T("empty.distance", "Kilometres", city.Kilometres)
	}
	return p
}
