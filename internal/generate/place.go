package generate

import (
	"math"
	"slices"

	"exempla/internal/practice"
)

// Cities that the samples do not know: how many a country may have, how far
// they lie from known ones in degrees, and what shares their size by Zipf's law.
const (
	mostCities = 5_000
	farthest   = 1.5
)

// learnCity remembers a city once.
func (m *Maker) learnCity(c practice.City) {
	same := func(other practice.City) bool { return practice.Slugify(other.Name) == practice.Slugify(c.Name) }
	if !slices.ContainsFunc(m.cities[c.Country], same) {
		m.cities[c.Country] = append(m.cities[c.Country], c)
	}
}

// place has the countries of another place, and as many cities in them.
func (m *Maker) place(d draw, like practice.Place) practice.Place {
	place := practice.Place{Countries: slices.Clone(like.Countries)}
	for _, city := range like.Cities {
		c := m.city(city.Country, cityRank(d))
		if !slices.ContainsFunc(place.Cities, func(other practice.City) bool { return other.Name == c.Name }) {
			place.Cities = append(place.Cities, c)
		}
	}
	return place
}

// cityRank draws which city of a country it is: large ones are as much more
// common as they are larger.
func cityRank(d draw) int { return int(math.Exp(d.Float64()*math.Log(mostCities+1))) - 1 }

// city is that of a rank: a known one, else one coined near a known one.
func (m *Maker) city(country practice.Country, rank int) practice.City {
	known := m.cities[country]
	if rank < len(known) {
		return known[rank]
	}
	h := spread(uint64(rank)<<16 | uint64(country[0])<<8 | uint64(country[1]))
	near := known[h%uint64(len(known))]
	name := part(cityHeads, h>>8) + part(cityMiddles, h>>16) + part(cityTails, h>>24)
	return practice.City{Country: country, Name: name, Located: near.Located,
		Latitude:  near.Latitude + shift(h>>32),
		Longitude: near.Longitude + shift(h>>48)}
}

// shift is up to the farthest distance to either side, in steps that a map has.
func shift(hash uint64) float64 {
	return math.Round((float64(hash%1000)/500-1)*farthest*100) / 100
}

// Parts of names that belong to no country.
var (
	cityHeads = []string{"Al", "Bar", "Cas", "Dor", "El", "Fer", "Gal", "Hal", "Ist", "Kar", "Lin", "Mar", "Nov", "Or", "Pal", "Ros",
		"San", "Tor", "Ul", "Val", "Wes", "Zar", "Brand", "Stein", "Mont", "Vil", "Ørs", "Česk", "Łód", "Évr"}
	cityMiddles = []string{"a", "e", "i", "o", "u", "en", "ar", "el", "is", "or", "un", "ab", "and", "est", "in"}
	cityTails   = []string{"berg", "burg", "by", "chester", "dal", "ford", "grad", "ham", "heim", "holm", "ia", "ica", "mar", "mouth",
		"nes", "ola", "polis", "ra", "stad", "stein", "sund", "ton", "vik", "ville", "wick", "no", "lia", "ñán", "ões", "ček"}
)
