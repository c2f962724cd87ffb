// Package api has the handlers of the interface for programs: the catalogue as JSON,
// to read without an account, and its description as OpenAPI. Practices have the form
// that exports have and imports read.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// Config is what the handlers depend on.
type Config struct {
	Site        link.Site
	Licence     string // URL of the licence of the catalogue
	Catalogue   *catalogue.Catalogue
	Practices   *store.Practices
	Collections *store.Collections
	Theme       *theme.Current
	Log         *slog.Logger
}

// Handlers are the handlers for programs that read the catalogue.
type Handlers struct{ Config }

// Routes adds the addresses below link.API.
func (h *Handlers) Routes(r chi.Router) {
	config := huma.DefaultConfig("", "1")                                // sends names it
	config.DocsPath, config.OpenAPIPath, config.SchemasPath = "", "", "" // the site has pages of its own
	config.CreateHooks = nil                                             // no fields about the schema in what is sent
	config.AllowAdditionalPropertiesByDefault = true                     // there may be more of them one day
	h.describe(config.OpenAPI)
	api := humachi.New(r, config)
	huma.Register(api, listPractices(), answer(h, h.listPractices))
	huma.Register(api, showPractice(), answer(h, h.showPractice))
	huma.Register(api, listFacets(), answer(h, h.listFacets))
	huma.Register(api, listTopics(), answer(h, h.listTopics))
	huma.Register(api, listCountries(), answer(h, h.listCountries))
	huma.Register(api, listCities(), answer(h, h.listCities))
	huma.Register(api, listCollections(), answer(h, h.listCollections))
	huma.Register(api, showCollection(), answer(h, h.showCollection))
	enumerate(config.OpenAPI)
	r.Get("/openapi.json", sends("application/vnd.oai.openapi+json", config.OpenAPI, (*huma.OpenAPI).MarshalJSON))
	r.Get("/openapi.yaml", sends("application/vnd.oai.openapi", config.OpenAPI, (*huma.OpenAPI).YAML))
}

// answer turns the errors of a handler into the statuses that pages have.
func answer[I, O any](h *Handlers, handle func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		var said huma.StatusError
		if err == nil || errors.As(err, &said) {
			return out, err
		}
		return nil, h.problem(err)
	}
}

func (h *Handlers) problem(err error) error {
	var moved store.Moved
	var archived store.Archived
	again := http.Header{"Retry-After": {respond.RetryAfter}}
	status := respond.StatusOf(err)
	switch {
	case errors.As(err, &moved):
		to := http.Header{"Location": {link.APIPractice(moved.Slug)}}
		return huma.ErrorWithHeaders(huma.NewError(http.StatusMovedPermanently, "It is called "+moved.Slug+" now."), to)
	case errors.As(err, &archived):
		return huma.NewError(status, "It is no longer published. "+archived.Reason)
	case errors.Is(err, catalogue.ErrLearning):
		return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable("The program has just started and cannot search for words yet."), again)
	case status == http.StatusServiceUnavailable:
		h.Log.Warn("the database is away", "error", err)
		return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable("The database is away."), again)
	case status == http.StatusInternalServerError:
		h.Log.Error("request failed", "error", err)
		return huma.Error500InternalServerError("This is our fault, and has been recorded.")
	}
	return huma.NewError(status, http.StatusText(status))
}
