package generate

import (
	"math"
	"slices"

	"exempla/internal/practice"
)

// Coined cities: how many a country may have, and how far they may lie from known
// ones, in degrees.
const (
	mostCities = 5_000
	farthest   = 1.5
)

// learnCity adds a city unless it is known.
func (m *Maker) learnCity(c practice.City) {
	same := func(other practice.City) bool { return practice.Slugify(other.Name) == practice.Slugify(c.Name) }
	if !slices.ContainsFunc(m.cities[c.Country], same) {
		m.cities[c.Country] = append(m.cities[c.Country], c)
	}
}

// place makes a place with the countries of another and as many cities in them, or
// fewer if one is drawn twice.
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

// cityRank draws the rank of a city in its country, from 0, by Zipf's law: larger
// cities have more practices.
func cityRank(d draw) int { return int(math.Exp(d.Float64()*math.Log(mostCities+1))) - 1 }

// city returns the city of a rank: a known one, else one coined near a known one.
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

// shift is a distance in degrees, of at most farthest in either direction.
func shift(hash uint64) float64 {
	return math.Round((float64(hash%1000)/500-1)*farthest*100) / 100
}

// Parts of the names of coined cities, of no particular country.
var (
	cityHeads = []string{"Al", "Bar", "Cas", "Dor", "El", "Fer", "Gal", "Hal", "Ist", "Kar", "Lin", "Mar", "Nov", "Or", "Pal", "Ros",
		"San", "Tor", "Ul", "Val", "Wes", "Zar", "Brand", "Stein", "Mont", "Vil", "Ørs", "Česk", "Łód", "Évr"}
	cityMiddles = []string{"a", "e", "i", "o", "u", "en", "ar", "el", "is", "or", "un", "ab", "and", "est", "in"}
	cityTails   = []string{"berg", "burg", "by", "chester", "dal", "ford", "grad", "ham", "heim", "holm", "ia", "ica", "mar", "mouth",
		"nes", "ola", "polis", "ra", "stad", "stein", "sund", "ton", "vik", "ville", "wick", "no", "lia", "ñán", "ões", "ček"}
)
