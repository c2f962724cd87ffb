// Package machine has the handlers for programs that read the site: search engines, harvesters,
// browsers that learn its search, portals of open data, and those who report a
// weakness of it.
package machine

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
)

// Security says where weaknesses of the site are reported.
type Security struct {
	Contact string // mail address or URL; empty if the site does not say
	Policy  string // URL of what reporters can expect; may be empty
}

// Config is what the handlers depend on.
type Config struct {
	Site     link.Site
	Security Security
	Licence  string // URL of the licence of the catalogue
	Now      func() time.Time

	Practices   *store.Practices
	Collections *store.Collections
}

// Handlers are the handlers for programs.
type Handlers struct {
	Config
	listed respond.PerSnapshot[[]listed]
}

// New returns the handlers.
func New(c Config) *Handlers {
	return &Handlers{Config: c, listed: respond.PerSnapshot[[]listed]{Make: list}}
}

// send sends what depends on nothing but address and snapshot, unless the client has it.
func send(r *respond.Request, mediaType string, write func(io.Writer) error) (respond.Response, error) {
	written := respond.Response{Written: true}
	if r.Unchanged() {
		return written, nil
	}
	out, end := r.Stream(mediaType)
	defer end()
	return written, write(out)
}

// sendXML sends a small document.
func sendXML(r *respond.Request, mediaType string, document any) (respond.Response, error) {
	return send(r, mediaType, func(out io.Writer) error {
		_, err := io.WriteString(out, xml.Header)
		if err == nil {
			err = xml.NewEncoder(out).Encode(document)
		}
		if err != nil {
			return fmt.Errorf("write XML: %w", err)
		}
		return nil
	})
}
