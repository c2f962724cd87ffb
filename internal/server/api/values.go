package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	page "exempla/web/page/browse"
)

func listFacets() huma.Operation {
	return huma.Operation{OperationID: "list-facets", Method: http.MethodGet, Path: "/facets", Summary: "The filters, with what each value would find",
		Description: "The number of a value is what choosing only it in its facet finds, while words and other facets stay as they are.",
		Parameters:  selectionParameters(), Errors: []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable}}
}

type facetsInput struct{ Asked }

// Facets are the filters of a selection.
type Facets struct {
	Total  int     `json:"total" doc:"Practices that the selection finds"`
	Facets []Facet `json:"facets" nullable:"false"`
}

// Facet is one filter.
type Facet struct {
	Name   string  `json:"name" doc:"Of its parameter"`
	Label  string  `json:"label"`
	Values []Value `json:"values" nullable:"false"`
}

// Value is one value of a filter.
type Value struct {
	Key       string `json:"key"`
	Label     string `json:"label"`
	Practices int    `json:"practices" doc:"What choosing only this value finds"`
	All       int    `json:"all" doc:"Practices with this value in the whole catalogue"`
	Chosen    bool   `json:"chosen"`
}

type facetsOutput struct{ Body Facets }

func (h *Handlers) listFacets(ctx context.Context, in *facetsInput) (*facetsOutput, error) {
	x := h.Catalogue.Index()
	hits, err := h.search(ctx, x, &in.Asked)
	if err != nil {
		return nil, err
	}
	l := in.reader
	reader := page.Reader(l)
	reader.Offer.WithoutTopics = h.Theme.Look().TopicsOff // the listing may show fewer facets, too
	results := x.Find(in.selection, hits, reader)
	var keys []string
	for _, v := range results.Counts[catalogue.City] {
		keys = append(keys, v.Key)
	}
	cities := page.Cities(x.Cities(keys))
	out := Facets{Total: results.Total}
	for _, f := range catalogue.Facets {
		counts := results.Counts[f]
		made := Facet{Name: f.Name(), Label: l.T("facet." + f.Name()), Values: make([]Value, 0, len(counts))}
		for _, v := range counts {
			made.Values = append(made.Values, Value{v.Key, cities.Label(l, f, v.Key), v.Count, v.All, v.Chosen})
		}
		out.Facets = append(out.Facets, made)
	}
	return &facetsOutput{out}, nil
}

// Names are what something is called in each language of the interface.
type Names map[string]string

func namesIn(ctx context.Context, name func(*locale.Locale) string) Names {
	names := Names{}
	for _, l := range locale.From(ctx).Offered() {
		names[l.Tag()] = name(l)
	}
	return names
}

func listTopics() huma.Operation {
	return huma.Operation{OperationID: "list-topics", Method: http.MethodGet, Path: "/topics", Summary: "The topics, with their names in all languages of the interface"}
}

type nothingAsked struct{ Strict }

// Topic is a topic of the catalogue.
type Topic struct {
	Key       practice.Topic `json:"key"`
	Names     Names          `json:"names"`
	Practices int            `json:"practices"`
}

type topicsOutput struct {
	Body struct {
		Topics []Topic `json:"topics" nullable:"false"`
	}
}

func (h *Handlers) listTopics(ctx context.Context, _ *nothingAsked) (*topicsOutput, error) {
	out := &topicsOutput{}
	for _, v := range h.all(catalogue.Topic) {
		names := namesIn(ctx, func(l *locale.Locale) string { return l.T("topic." + v.Key) })
		out.Body.Topics = append(out.Body.Topics, Topic{practice.Topic(v.Key), names, v.All})
	}
	return out, nil
}

func listCountries() huma.Operation {
	return huma.Operation{OperationID: "list-countries", Method: http.MethodGet, Path: "/countries", Summary: "The countries that practices come from"}
}

// Country is a country with practices.
type Country struct {
	Code      practice.Country `json:"code" doc:"ISO 3166-1 alpha-2"`
	Names     Names            `json:"names"`
	Practices int              `json:"practices"`
}

type countriesOutput struct {
	Body struct {
		Countries []Country `json:"countries" nullable:"false"`
	}
}

func (h *Handlers) listCountries(ctx context.Context, _ *nothingAsked) (*countriesOutput, error) {
	out := &countriesOutput{}
	out.Body.Countries = []Country{}
	for _, v := range h.all(catalogue.Country) {
		names := namesIn(ctx, func(l *locale.Locale) string { return l.Country(v.Key) })
		out.Body.Countries = append(out.Body.Countries, Country{practice.Country(v.Key), names, v.All})
	}
	return out, nil
}

// all are the values of a facet in the whole catalogue that the site offers.
func (h *Handlers) all(f catalogue.Facet) []catalogue.Value {
	offered := catalogue.Reader{Offer: catalogue.Offer{WithoutTopics: h.Theme.Look().TopicsOff}}
	return h.Catalogue.Index().Find(catalogue.Parse(nil), catalogue.Hits{}, offered).Counts[f]
}
