package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/cache"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// maxDescriptions bounds the descriptions that are kept, in bytes: under a dozen names of
// the site, which has one for each language.
const maxDescriptions = 1 << 20

// sends answers with the description of the interface under the name of the site. It is
// made once for each name.
func sends(mediaType string, o *huma.OpenAPI, write func(*huma.OpenAPI) ([]byte, error)) http.HandlerFunc {
	kept := &cache.Bounded[string, []byte]{Most: maxDescriptions}
	return func(w http.ResponseWriter, r *http.Request) {
		name := locale.From(r.Context()).SiteName()
		document := kept.Of(name, func() ([]byte, int) {
			called, info := *o, *o.Info
			called.Info, info.Title = &info, name
			document, err := write(&called)
			if err != nil {
				panic(err) // it depends on nothing else but the program
			}
			return document, len(document)
		})
		w.Header().Set("Content-Type", mediaType)
		w.Write(document)
	}
}

// describe says what the interface is.
func (h *Handlers) describe(o *huma.OpenAPI) {
	o.Info.Description = "The catalogue of good practices of cities, to read without an account or a key. Practices have the form that exports " +
		"have and imports read. Every answer has an ETag; ask with it again and what has not changed costs nothing. Scripts of any site may read."
	o.Info.License = &huma.License{Name: "Licence of the catalogue", URL: h.Licence}
	o.Servers = []*huma.Server{{URL: h.Site.Absolute(link.API)}}
}

// enumerate names the values that the domain has, which its types do not say.
func enumerate(o *huma.OpenAPI) {
	schemas := o.Components.Schemas.Map()
	topics := &huma.Schema{Type: huma.TypeString}
	for _, topic := range practice.Topics {
		topics.Enum = append(topics.Enum, string(topic))
	}
	schemas["Practice"].Properties["topics"].Items = topics
	sections := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{}}
	for _, section := range practice.Sections {
		sections.Properties[string(section)] = &huma.Schema{Type: huma.TypeString}
	}
	for _, schema := range []string{"Practice", "Translation"} {
		schemas[schema].Properties["sections"] = sections
	}
}
