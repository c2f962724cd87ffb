package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// Cities are cities by their keys in the facet of cities.
type Cities map[string]practice.City

// Label is the name of a facet's value in the reader's language. A city that is not
// known, because nothing is there, is called by its key.
func (c Cities) Label(l *locale.Locale, f catalogue.Facet, key string) string {
	if f != catalogue.City || key == catalogue.Unknown {
		return component.Label(l, f, key)
	}
	if city, ok := c[key]; ok {
		return component.CityName(l, city)
	}
	_, slug, _ := strings.Cut(key, "-")
	return strings.ReplaceAll(slug, "-", " ")
}

// Called names a selection within a sentence.
func (c Cities) Called(l *locale.Locale, s catalogue.Selection) string {
	if said := c.Phrases(l, s); len(said) > 0 {
		return strings.Join(said, " – ")
	}
	return l.T("follow.everything")
}
