package component

import (
	"exempla/internal/catalogue"
	"exempla/internal/locale"
)

// labels names the values of facets by their keys. Values of any other facet have
// messages "facet.<facet>.<key>".
var labels = map[catalogue.Facet]func(l *locale.Locale, key string) string{
	catalogue.Topic:    func(l *locale.Locale, key string) string { return l.T("topic." + key) },
	catalogue.Status:   func(l *locale.Locale, key string) string { return l.T("status." + key) },
	catalogue.Country:  (*locale.Locale).Country,
	catalogue.Language: (*locale.Locale).Language,
	catalogue.Year:     func(l *locale.Locale, key string) string { return l.Year(yearOf(key)) },
}

// Label is the name of a facet's value in the reader's language.
func Label(l *locale.Locale, f catalogue.Facet, key string) string {
	if key == catalogue.Unknown {
		return l.T("facet.not_stated")
	}
	if label, ok := labels[f]; ok {
		return label(l, key)
	}
	return l.T("facet." + f.Name() + "." + key)
}

// yearOf reads a key of the facet year, which is four digits.
func yearOf(key string) int {
	year := 0
	for _, digit := range key {
		year = year*10 + int(digit-'0')
	}
	return year
}
