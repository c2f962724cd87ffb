package feed

import (
	"bufio"
	"encoding/json"
	"io"
)

// Point is a place in degrees, WGS 84.
type Point struct{ Latitude, Longitude float64 }

// Place is a feature: a city with practices, or a country with those that name no city.
type Place struct {
	ID        string     `json:"-"`
	At        *Point     `json:"-"` // nil if it is not known where, or everywhere in a country
	Name      string     `json:"name"`
	Country   string     `json:"country"` // ISO 3166-1
	Practices []Practice `json:"practices"`
}

// Practice is what a feature says of a practice.
type Practice struct {
	Title    string   `json:"title"`
	Language string   `json:"language"` // of the title
	URL      string   `json:"url"`
	Period   string   `json:"period,omitempty"`
	Topics   []string `json:"topics"`
}

// feature is a Place as RFC 7946 has it.
type feature struct {
	Type       string    `json:"type"`
	ID         string    `json:"id"`
	Geometry   *geometry `json:"geometry"`
	Properties Place     `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude first
}

// Map writes GeoJSON, one place after another.
type Map struct {
	out   *bufio.Writer
	json  *json.Encoder
	count int
}

// NewMap begins a collection of places.
func NewMap(out io.Writer) *Map {
	m := &Map{out: bufio.NewWriter(out)}
	m.json = json.NewEncoder(m.out)
	m.json.SetEscapeHTML(false)
	m.out.WriteString(`{"type":"FeatureCollection","features":[` + "\n") // its error comes with the next
	return m
}

// Add writes a place. The error is that of what is written to.
func (m *Map) Add(p Place) error {
	if m.count++; m.count > 1 {
		m.out.WriteByte(',') // its error comes with the next
	}
	f := feature{Type: "Feature", ID: p.ID, Properties: p}
	if p.At != nil {
		f.Geometry = &geometry{"Point", [2]float64{p.At.Longitude, p.At.Latitude}}
	}
	return m.json.Encode(f)
}

// Close ends the collection, but not what is written to.
func (m *Map) Close() error {
	m.out.WriteString("]}\n") // its error comes with the next
	return m.out.Flush()
}
