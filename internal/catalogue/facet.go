// Package catalogue says what a reader asked for and what was found: the
// Selection with its address, the facets, and the Index that answers from
// memory. It knows neither HTTP nor SQL nor any word shown to people.
//
// Counting: values of one facet are alternatives (or), facets narrow one
// another (and). The number of a value is what choosing only that value in
// its facet gives, all other facets and the words staying as they are.
package catalogue

import (
	"slices"
	"strconv"

	"exempla/internal/practice"
)

// Facet is one way to narrow the catalogue.
type Facet int

// The facets, in the order of the form and of every address.
const (
	Topic Facet = iota
	Country
	Year
	Language
	Status
	facetCount
)

// Facets lists the facets in that order.
var Facets = []Facet{Topic, Country, Year, Language, Status}

// Unknown is the value "not stated" of the facets year and status.
const Unknown = string(practice.Unknown)

// Statuses lists the values of the facet status in the order shown.
var Statuses = []string{string(practice.Running), string(practice.Ended), Unknown}

// Name is the facet's name in addresses and messages.
func (f Facet) Name() string {
	return [facetCount]string{"topic", "country", "year", "language", "status"}[f]
}

// known reports whether a key could ever be a value of the facet; whether any
// practice has it is another matter.
func (f Facet) known(key string) bool {
	switch f {
	case Topic:
		return practice.Topic(key).Known()
	case Country:
		return practice.Country(key).Known()
	case Year:
		year, err := strconv.Atoi(key)
		return key == Unknown || err == nil && len(key) == 4 && practice.PlausibleYear(year)
	case Language:
		return practice.Language(key).Known()
	default:
		return slices.Contains(Statuses, key)
	}
}
