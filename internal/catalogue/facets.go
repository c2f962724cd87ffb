package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"exempla/internal/practice"
)

// The facets, in the order of the form and of every address. A new one needs
// its line here and its descriptor below.
const (
	Topic Facet = iota
	Country
	City
	Year
	Language
	Status
	facetCount
)

var descriptors = [facetCount]descriptor{
	Topic: {
		name:  "topic",
		known: func(key string) bool { return practice.Topic(key).Known() },
		values: func(list []string, p *practice.Practice, _ time.Time) []string {
			return appendStrings(list, p.Topics)
		},
		listed: func([]string, time.Time) []string { return appendStrings(nil, practice.Topics) },
	},
	Country: {
		name:  "country",
		known: func(key string) bool { return practice.Country(key).Known() },
		values: func(list []string, p *practice.Practice, _ time.Time) []string {
			return appendStrings(list, p.Place.Countries)
		},
	},
	City: {
		name:  "city",
		known: isCityKey,
		deep:  true,
		most:  mostCities,
		values: func(list []string, p *practice.Practice, _ time.Time) []string {
			for _, city := range p.Place.Cities {
				list = append(list, CityKey(city))
			}
			return list
		},
	},
	Year: {
		name:     "year",
		known:    isYear,
		unstated: true,
		values:   appendYears,
		daily:    true,
		listed:   yearsUntil,
		compare:  strings.Compare,
	},
	Language: {
		name:  "language",
		known: func(key string) bool { return practice.Language(key).Known() },
		values: func(list []string, p *practice.Practice, _ time.Time) []string {
			for i := range p.Texts {
				list = append(list, string(p.Texts[i].Language))
			}
			return list
		},
	},
	Status: {
		name:     "status",
		known:    func(key string) bool { return slices.Contains(statuses, key) },
		unstated: true,
		values: func(list []string, p *practice.Practice, today time.Time) []string {
			return append(list, string(p.Period.Status(today)))
		},
		daily:   true,
		listed:  func([]string, time.Time) []string { return statuses },
		compare: func(a, b string) int { return cmp.Compare(lifeStage(a), lifeStage(b)) },
	},
}

// mostCities is how many cities are offered, those with most practices: each costs
// forty bytes of every listing, and a set. The others are found by their names, and
// lead from the pages of their practices.
const mostCities = 24

// CityKey is the key of a city in the facet City: its country and the slug of its
// name, "pt-lisbon".
func CityKey(c practice.City) string {
	return strings.ToLower(string(c.Country)) + "-" + practice.Slugify(c.Name)
}

// isCityKey accepts what CityKey makes, of any city of a country.
func isCityKey(key string) bool {
	country, slug, _ := strings.Cut(key, "-")
	return slug != "" && country == strings.ToLower(country) && practice.Country(strings.ToUpper(country)).Known() && practice.Slugify(slug) == slug
}

// statuses follow the life of a practice.
var statuses = []string{string(practice.Running), string(practice.Ended)}

// lifeStage is the place of a status in that order; Unknown comes last.
func lifeStage(status string) int {
	if at := slices.Index(statuses, status); at >= 0 {
		return at
	}
	return len(statuses)
}

// appendStrings appends values of a string type.
func appendStrings[S ~string](list []string, values []S) []string {
	for _, value := range values {
		list = append(list, string(value))
	}
	return list
}

// isYear accepts four digits only, so that a year has one address.
func isYear(key string) bool {
	year, err := strconv.Atoi(key)
	return err == nil && len(key) == 4 && practice.PlausibleYear(year)
}

// appendYears appends every year that a practice's period covers.
func appendYears(list []string, p *practice.Practice, today time.Time) []string {
	first, last, ok := p.Period.Years(today)
	if !ok {
		return append(list, Unknown)
	}
	for year := first; year <= last; year++ {
		list = append(list, yearKey(year))
	}
	return list
}

// yearsUntil is an unbroken row of years from the earliest one present to this one.
func yearsUntil(present []string, today time.Time) []string {
	earliest := today.Year()
	for _, key := range present {
		if year, err := strconv.Atoi(key); err == nil {
			earliest = min(earliest, year)
		}
	}
	var row []string
	for year := earliest; year <= today.Year(); year++ {
		row = append(row, yearKey(year))
	}
	return row
}

// yearKeys saves an allocation for each year of each practice.
var yearKeys = func() (keys [practice.MaxYear + 1]string) {
	for year := practice.MinYear; year <= practice.MaxYear; year++ {
		keys[year] = strconv.Itoa(year)
	}
	return keys
}()

func yearKey(year int) string {
	if practice.PlausibleYear(year) {
		return yearKeys[year]
	}
	return strconv.Itoa(year)
}
