package account

import (
	"strings"
	"unicode"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
)

// MaxCities is the most cities that an officer speaks for: enough for a network's
// secretariat, not for a continent.
const MaxCities = 30

// Text returns the city as it is typed and shown in forms: "Ioannina, GR".
func (c City) Text() string { return c.Name + ", " + string(c.Country) }

// In is what readers of a language call the city.
func (c City) In(language practice.Language) string {
	return gazetteer.Local(language, c.Country, c.Name)
}

// ParseCity reads a city in the format of Text, and calls it as the catalogue does. ok is false if the country is
// unknown or the name has no letters.
func ParseCity(text string) (c City, ok bool) {
	at := strings.LastIndexByte(text, ',')
	if at < 0 {
		return City{}, false
	}
	name, ok := ParseName(text[:at])
	country := practice.Country(strings.ToUpper(strings.TrimSpace(text[at+1:])))
	c = NewCity(country, gazetteer.Catalogued(country, name))
	return c, ok && country.Known() && strings.ContainsFunc(name, unicode.IsLetter)
}
