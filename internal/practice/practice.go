// Package practice says what a practice is and when one is well formed:
// its texts and sections, topics, place, period and their limits. It knows
// nothing of how practices are stored, counted, addressed or shown.
package practice

import (
	"slices"
	"time"
)

// Practice is what residents read: what somebody tried somewhere, and what
// came of it. Facts stand once; words stand once for each language. As JSON it
// is the content that a revision keeps, so field names there are for ever.
type Practice struct {
	Number       int64     `json:"-"`    // permanent; 0 until it has been stored
	Slug         string    `json:"slug"` // its address for ever: lower-case Latin letters, digits and hyphens
	Place        Place     `json:"place"`
	Topics       []Topic   `json:"topics"`
	Period       Period    `json:"period"`
	Organisation string    `json:"organisation,omitempty"` // who runs it; empty unless known
	Licence      string    `json:"licence,omitempty"`      // empty unless known
	Source       Source    `json:"source"`
	Texts        []Text    `json:"texts"` // the original first
	Revision     int       `json:"-"`     // how often it has been written; 0 until it has been stored
	Published    time.Time `json:"-"`     // zero for an imported practice
	Updated      time.Time `json:"-"`
}

// Source is where a practice was published before.
type Source struct {
	Name string `json:"name,omitempty"` // the publisher
	URL  string `json:"url,omitempty"`  // http or https; may be empty
}

// Place is where a practice happened: at least one country, mostly a city;
// no city for a national practice.
type Place struct {
	Countries []Country `json:"countries"`        // without repetition, the leading country first
	Cities    []City    `json:"cities,omitempty"` // the leading city first
}

// City is a city of one country.
type City struct {
	Country   Country `json:"country"`
	Name      string  `json:"name"`
	Latitude  float64 `json:"latitude"`  // degrees, WGS 84
	Longitude float64 `json:"longitude"` // degrees, WGS 84
	Located   bool    `json:"located"`   // whether the coordinates are known
}

// AddCountry appends the country unless it is there already.
func (p *Place) AddCountry(c Country) {
	if !slices.Contains(p.Countries, c) {
		p.Countries = append(p.Countries, c)
	}
}

// Text returns the text to show a reader: the first of the wanted languages
// that the practice has, else the original. ok is false when it has no text.
func (p Practice) Text(wanted ...Language) (text Text, ok bool) {
	for _, language := range wanted {
		for _, text := range p.Texts {
			if text.Language == language {
				return text, true
			}
		}
	}
	if len(p.Texts) == 0 {
		return Text{}, false
	}
	return p.Texts[0], true
}

// PlausibleYear reports whether a practice can have begun or ended in a year.
func PlausibleYear(year int) bool { return year >= MinYear && year <= MaxYear }
