package browse

import (
	"time"

	"exempla/internal/citation"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// CiteInput is a practice as it is read.
type CiteInput struct {
	Practice practice.Practice
	Text     practice.Text // the one that is read
	Site     link.Site
	Today    time.Time
}

// Cite describes a practice as it is cited by a reader.
func Cite(l *locale.Locale, in CiteInput) citation.Work {
	w := citation.New(l.SiteName(), in.Practice, in.Text, author(l, in.Practice))
	w.Read = in.Today
	w.URL = in.Site.Absolute(link.Practice(l.Tag(), in.Practice.Slug))
	return w
}

// author names who answers for a practice, as far as the catalogue knows: the
// organisation, else the cities, else the countries. It never names a person.
func author(l *locale.Locale, p practice.Practice) string {
	if p.Organisation != "" {
		return p.Organisation
	}
	var names []string
	for _, city := range p.Place.Cities {
		names = append(names, component.CityName(l, city))
	}
	if len(names) == 0 {
		for _, country := range p.Place.Countries {
			names = append(names, l.Country(string(country)))
		}
	}
	return l.And(names)
}
