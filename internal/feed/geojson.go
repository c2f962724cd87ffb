package feed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
)

// Point is a place in degrees, WGS 84.
type Point struct{ Latitude, Longitude float64 }

// Place is a feature: a city with practices, or a country with those that name no city.
type Place struct {
	ID      string `json:"-"`
	At      *Point `json:"-"` // nil if it is not known where, or everywhere in a country
	Name    string `json:"name"`
	Country string `json:"country"` // ISO 3166-1
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
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *geometry  `json:"geometry"`
	Properties properties `json:"properties"`
}

type properties struct {
	Place
	Practices [0]Practice `json:"practices"` // where Map writes them
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude first
}

// Map writes GeoJSON, one place after another.
type Map struct {
	out   *bufio.Writer
	value bytes.Buffer // what is written next
	json  *json.Encoder
	count int
}

// NewMap begins a collection of places.
func NewMap(out io.Writer) *Map {
	m := &Map{out: bufio.NewWriter(out)}
	m.json = json.NewEncoder(&m.value)
	m.json.SetEscapeHTML(false)
	m.out.WriteString(`{"type":"FeatureCollection","features":[` + "\n") // its error comes with the next
	return m
}

// Add writes a place and, one after another, its practices, for a large city has
// thousands. The error is that of what is written to.
func (m *Map) Add(p Place, practices iter.Seq[Practice]) error {
	if m.count++; m.count > 1 {
		m.out.WriteByte(',') // its error comes with the next
	}
	f := feature{Type: "Feature", ID: p.ID, Properties: properties{Place: p}}
	if p.At != nil {
		f.Geometry = &geometry{"Point", [2]float64{p.At.Longitude, p.At.Latitude}}
	}
	const end = "]}}\n"
	if err := m.write(f, end); err != nil {
		return err
	}
	first := true
	for practice := range practices {
		if !first {
			m.out.WriteByte(',')
		}
		if err := m.write(practice, "\n"); err != nil {
			return err
		}
		first = false
	}
	_, err := m.out.WriteString(end)
	return err
}

// write writes a value without its end.
func (m *Map) write(value any, end string) error {
	m.value.Reset()
	if err := m.json.Encode(value); err != nil {
		return err
	}
	_, err := m.out.Write(bytes.TrimSuffix(m.value.Bytes(), []byte(end)))
	return err
}

// Close ends the collection, but not what is written to.
func (m *Map) Close() error {
	m.out.WriteString("]}\n") // its error comes with the next
	return m.out.Flush()
}
