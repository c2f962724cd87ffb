package account

import (
	"strings"
	"unicode"

	"exempla/internal/practice"
)

// MaxCities is how many cities an officer speaks for at most: a network's
// secretariat, not a continent.
const MaxCities = 30

// Text is how a city is typed and shown in a form: "Ioannina, GR".
func (c City) Text() string { return c.Name + ", " + string(c.Country) }

// ParseCity reads a city as Text writes it. ok is false without a country that
// there is, and without a name that has letters.
func ParseCity(text string) (c City, ok bool) {
	at := strings.LastIndexByte(text, ',')
	if at < 0 {
		return City{}, false
	}
	name, ok := ParseName(text[:at])
	country := practice.Country(strings.ToUpper(strings.TrimSpace(text[at+1:])))
	c = NewCity(country, name)
	return c, ok && country.Known() && strings.ContainsFunc(name, unicode.IsLetter)
}
