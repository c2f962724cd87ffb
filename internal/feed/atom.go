// Package feed writes other shapes of a list of practices: an Atom feed and GeoJSON.
// It knows their formats and nothing of the site's addresses or of the catalogue;
// whoever calls it says what stands in them.
package feed

import (
	"encoding/xml"
	"io"
	"time"
)

// Atom is a feed by RFC 4287.
type Atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"` // of everything that says no other
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated Time     `xml:"updated"`
	Links   []Link   `xml:"link"`
	Author  string   `xml:"author>name"`
	Entries []Entry  `xml:"entry"`
}

// Entry is one practice in a feed.
type Entry struct {
	ID         string     `xml:"id"`
	Title      Text       `xml:"title"`
	Updated    Time       `xml:"updated"`
	Published  *Time      `xml:"published,omitempty"`
	Links      []Link     `xml:"link"`
	Categories []Category `xml:"category"`
	Summary    Text       `xml:"summary"`
}

// Link is where something is found.
type Link struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Hreflang string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
}

// Text is plain text in a language.
type Text struct {
	Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

// Category is a topic: its key, and what readers call it.
type Category struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// Time is a moment as feeds write it.
type Time time.Time

// MarshalText writes the moment in UTC, by RFC 3339.
func (t Time) MarshalText() ([]byte, error) {
	return []byte(time.Time(t).UTC().Format(time.RFC3339)), nil
}

// Write writes the feed. The error is that of out.
func (a Atom) Write(out io.Writer) error {
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(out).Encode(a)
}
