package api

import (
	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/link"
	"exempla/internal/practice"
)

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
