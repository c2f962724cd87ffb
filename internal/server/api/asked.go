package api

import (
	"net/url"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
)

// Strict inputs refuse parameters that are none: a misspelt filter would otherwise
// give the whole catalogue.
type Strict struct{}

// Resolve names parameters that the operation does not have.
func (Strict) Resolve(ctx huma.Context) []error {
	asked := ctx.URL()
	var faults []error
	for name := range asked.Query() {
		if !slices.ContainsFunc(ctx.Operation().Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name }) {
			faults = append(faults, &huma.ErrorDetail{Message: "unknown parameter", Location: "query." + name})
		}
	}
	return faults
}

// Asked are inputs with the words and filters of the listing.
type Asked struct {
	Locale    string `query:"locale" default:"en" doc:"Language of labels and of the alphabet, and in which words are looked for first"`
	selection catalogue.Selection
	query     url.Values
	reader    *locale.Locale // of the language that was asked for
}

// Resolve reads the selection. A page may go on without a value that is none; a
// program would not notice.
func (a *Asked) Resolve(ctx huma.Context) []error {
	faults := Strict{}.Resolve(ctx)
	asked := ctx.URL()
	a.query = asked.Query()
	a.selection = catalogue.ParseAddress(asked.RawQuery).OnPage(1)
	for _, f := range catalogue.Facets {
		for _, value := range a.selection.Strays(f) {
			faults = append(faults, &huma.ErrorDetail{Message: "no such value", Location: "query." + f.Name(), Value: value})
		}
	}
	here := locale.From(ctx.Context())
	ok := false
	if a.reader, ok = here.Beside(a.Locale); !ok && !a.query.Has("locale") {
		a.reader, ok = here.Offered()[0], true
	}
	if !ok {
		faults = append(faults, &huma.ErrorDetail{Message: "not a language of the interface", Location: "query.locale", Value: a.Locale})
	}
	return faults
}

// said are what the values of each facet are.
var said = map[catalogue.Facet]string{
	catalogue.Topic:    "Keys of topics, as /topics lists them. Values of one parameter are alternatives, parameters narrow one another",
	catalogue.Country:  "ISO 3166-1 alpha-2",
	catalogue.City:     "Keys of cities, as /cities lists them",
	catalogue.Year:     "Years in which a practice ran, or “unknown”",
	catalogue.Language: "ISO 639-1: languages in which it can be read",
	catalogue.Status:   "“running”, “ended” or “unknown”",
}

// selectionParameters are those of the listing.
func selectionParameters() []*huma.Param {
	text := &huma.Schema{Type: huma.TypeString}
	list := []*huma.Param{{Name: "q", In: "query", Description: "Words, as in the search form", Schema: text}}
	several := true
	for _, f := range catalogue.Facets {
		list = append(list, &huma.Param{Name: f.Name(), In: "query", Description: said[f], Explode: &several,
			Schema: &huma.Schema{Type: huma.TypeArray, Items: text}})
	}
	return list
}
