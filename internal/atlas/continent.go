package atlas

import "golang.org/x/text/language"

// Continents are the parts of the world that maps lead to, by name.
var Continents = []string{"africa", "americas", "asia", "europe", "oceania"}

// regions are the codes of Continents by the United Nations' M49.
var regions = map[string]language.Region{
	"africa": language.MustParseRegion("002"), "americas": language.MustParseRegion("019"), "asia": language.MustParseRegion("142"),
	"europe": language.MustParseRegion("150"), "oceania": language.MustParseRegion("009"),
}

// Continent is where a country lies by M49, by its code of two letters; empty if unknown.
func Continent(code string) string {
	country, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	for _, name := range Continents {
		if regions[name].Contains(country) {
			return name
		}
	}
	return ""
}
