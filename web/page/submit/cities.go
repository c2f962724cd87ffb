package submit

import (
	"strings"

	"exempla/internal/gazetteer"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// CitySuggestions is the list under the field of a city. It is not a page and has no
// frame: suggest.js puts it into the form.
type CitySuggestions struct {
	Cities []CitySuggestion
	Count  string // in words, for screen readers
}

// CitySuggestion is one city, and what tells it from others of the same name.
type CitySuggestion struct{ Name, Detail, Country, Point string }

// NewCitySuggestions makes the list in a reader's language.
func NewCitySuggestions(l *locale.Locale, found []gazetteer.Suggested) CitySuggestions {
	var list CitySuggestions
	for _, city := range found {
		name := component.CityName(l, practice.City{Country: city.Country, Name: city.Name})
		list.Cities = append(list.Cities, CitySuggestion{name, cityDetail(l, city, name), string(city.Country), city.Point()})
	}
	if len(found) > 0 {
		list.Count = l.N("suggest.count", len(found))
	}
	return list
}

// cityDetail is the name that was typed, if it is another one, with region, country
// and size.
func cityDetail(l *locale.Locale, city gazetteer.Suggested, name string) string {
	var details []string
	if gazetteer.Key(city.Match) != gazetteer.Key(name) {
		details = append(details, city.Match)
	}
	if city.Region != "" {
		details = append(details, city.Region)
	}
	details = append(details, l.Country(string(city.Country)), l.N("part.inhabitants", city.Population))
	return strings.Join(details, l.T("place.comma"))
}
