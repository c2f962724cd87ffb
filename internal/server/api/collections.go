package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/store"
	page "exempla/web/page/browse"
)

func listCollections() huma.Operation {
	return huma.Operation{OperationID: "list-collections", Method: http.MethodGet, Path: "/collections",
		Summary: "The collections of editors, the latest first", Errors: []int{http.StatusServiceUnavailable}}
}

// Collection is what editors have put together.
type Collection struct {
	Slug      string                                        `json:"slug"`
	Texts     map[practice.Language]practice.CollectionText `json:"texts" doc:"By ISO 639-1"`
	Practices []string                                      `json:"practices" nullable:"false" doc:"Slugs, in the order in which they are shown"`
	Selection string                                        `json:"selection,omitempty" doc:"Parameters of /practices that find those behind the ones chosen by hand"`
	Published time.Time                                     `json:"published"`
	Changed   time.Time                                     `json:"changed"`
}

type collectionsOutput struct {
	Body struct {
		Collections []Collection `json:"collections" nullable:"false"`
	}
}

func (h *Handlers) listCollections(ctx context.Context, _ *nothingAsked) (*collectionsOutput, error) {
	published, err := h.Collections.Published(ctx)
	if err != nil {
		return nil, err
	}
	out := &collectionsOutput{}
	out.Body.Collections = []Collection{}
	for _, c := range published {
		made, err := h.collection(ctx, c)
		if err != nil {
			return nil, err
		}
		out.Body.Collections = append(out.Body.Collections, made)
	}
	return out, nil
}

func (h *Handlers) collection(ctx context.Context, c practice.Collection) (Collection, error) {
	x := h.Catalogue.Index()
	numbers, err := h.Theme.Look().Searcher.Collect(ctx, x, c, page.Reader(locale.From(ctx).Offered()[0]))
	if err != nil {
		return Collection{}, err
	}
	made := Collection{Slug: c.Slug, Texts: c.Texts, Practices: []string{}, Selection: c.Selection, Published: c.Published.UTC(), Changed: c.Changed.UTC()}
	for _, number := range numbers {
		if p, ok := x.Practice(number); ok {
			made.Practices = append(made.Practices, p.Slug)
		}
	}
	return made, nil
}

func showCollection() huma.Operation {
	return huma.Operation{OperationID: "show-collection", Method: http.MethodGet, Path: "/collections/{slug}", Summary: "One collection",
		Errors: []int{http.StatusNotFound, http.StatusServiceUnavailable}}
}

type collectionOutput struct{ Body Collection }

func (h *Handlers) showCollection(ctx context.Context, in *slugInput) (*collectionOutput, error) {
	if practice.Slugify(in.Slug) != in.Slug {
		return nil, store.ErrNotFound
	}
	found, err := h.Collections.BySlug(ctx, in.Slug)
	if err == nil && !found.Public() {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	made, err := h.collection(ctx, found)
	return &collectionOutput{made}, err
}
