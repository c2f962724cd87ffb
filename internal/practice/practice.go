// Package practice defines what a practice is and when it is valid: its texts and
// sections, topics, place, period and their limits. It does not know how
// practices are stored, counted, addressed or displayed.
package practice

import (
	"slices"
	"time"
)

// Practice is what residents read: what a city tried and what came of it. Facts
// are stored once, words once per language. Its JSON form is the content of a
// stored revision, so the JSON field names must never change.
type Practice struct {
	Number       int64     `json:"-"`    // permanent; 0 until stored
	Slug         string    `json:"slug"` // its permanent address: lower-case Latin letters, digits and hyphens
	Place        Place     `json:"place"`
	Topics       []Topic   `json:"topics"`
	Keywords     []string  `json:"keywords,omitempty"` // what it is about, closer than topics: concepts of the thesaurus by their id
	Period       Period    `json:"period"`
	Organisation string    `json:"organisation,omitempty"` // who runs it; empty if unknown
	Licence      string    `json:"licence,omitempty"`      // empty if unknown
	Source       Source    `json:"source"`
	Texts        []Text    `json:"texts"` // the original first
	Revision     int       `json:"-"`     // number of times it was written; 0 until stored
	Published    time.Time `json:"-"`     // zero for an imported practice
	Updated      time.Time `json:"-"`     // when people last changed it; zero as it was imported or first published
}

// Source is where a practice was published before.
type Source struct {
	Name    string `json:"name,omitempty"`    // the publisher
	URL     string `json:"url,omitempty"`     // http or https; may be empty
	Listing bool   `json:"listing,omitempty"` // the page at URL lists several practices, this one among them
}

// Place is where a practice happened: at least one country and usually a city. A
// national practice has no city.
type Place struct {
	Countries []Country `json:"countries"`        // without duplicates, the leading country first
	Cities    []City    `json:"cities,omitempty"` // the leading city first
}

// City is a city of one country.
type City struct {
	Country   Country `json:"country"`
	Name      string  `json:"name"`
	Latitude  float64 `json:"latitude"`  // degrees, WGS 84
	Longitude float64 `json:"longitude"` // degrees, WGS 84
	Located   bool    `json:"located"`   // whether the coordinates are known

	// Names are no part of what a revision says, but of what is known of the city today.
	Names CityNames `json:"-"`
}

// AddCountry appends the country unless the place has it already.
func (p *Place) AddCountry(c Country) {
	if !slices.Contains(p.Countries, c) {
		p.Countries = append(p.Countries, c)
	}
}

// Picture is the one that listings show, the first of the original.
func (p Practice) Picture() (shown Attachment, ok bool) {
	if len(p.Texts) == 0 {
		return Attachment{}, false
	}
	for _, a := range p.Texts[0].Attachments {
		if a.IsPicture() {
			return a, true
		}
	}
	return Attachment{}, false
}

// Text returns the text to show to a reader: in the first wanted language that
// the practice has, otherwise the original. ok is false if it has no text at all.
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

// PlausibleYear reports whether year is within MinYear and MaxYear, so that a
// practice can have begun or ended in it.
func PlausibleYear(year int) bool { return year >= MinYear && year <= MaxYear }
