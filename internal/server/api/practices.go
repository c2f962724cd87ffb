package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/catalogue"
	"exempla/internal/exchange"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	page "exempla/web/page/browse"
)

// changed is the order in which nothing is missed: by the number of the last change.
const changed = "changed"

func listPractices() huma.Operation {
	return huma.Operation{
		OperationID: "list-practices", Method: http.MethodGet, Path: "/practices", Summary: "The practices that a selection finds",
		Description: "They come in the order of their last change, unless another one is asked for. Go on with the cursor while there is more: " +
			"what changes meanwhile comes once more at the end, and nothing is left out. Keep the last cursor; later it gives what is new or has " +
			"changed since. In the other orders a cursor goes on behind the practice that came last, and is refused if that has changed. " +
			"So is one that was made with other parameters but the limit, or before the catalogue went back to a backup. What is archived " +
			"just stops coming; OAI-PMH tells it.",
		Parameters: selectionParameters(), Errors: []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
}

type practicesInput struct {
	Asked
	Sort   string `query:"sort" default:"changed" enum:"changed,relevance,newest,oldest,title,place" doc:"Relevance needs words"`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
	Cursor string `query:"cursor" maxLength:"60" doc:"Of the answer before; none for the beginning"`
}

// PracticeList is a part of what a selection finds.
type PracticeList struct {
	Total     int                 `json:"total" doc:"Found, in all parts"`
	Practices []exchange.Practice `json:"practices" nullable:"false"`
	More      bool                `json:"more" doc:"Whether anything is behind the cursor now"`
	Cursor    string              `json:"cursor" doc:"Where the next part begins"`
}

type practicesOutput struct {
	Link string `header:"Link" doc:"The next part, if there is more"`
	Body PracticeList
}

func (h *Handlers) listPractices(ctx context.Context, in *practicesInput) (*practicesOutput, error) {
	if in.Sort == string(catalogue.Relevance) && in.selection.Words == "" {
		return nil, fault("query.sort", "relevance needs words", in.Sort)
	}
	x := h.Catalogue.Index()
	hits, err := h.search(ctx, x, &in.Asked)
	if err != nil {
		return nil, err
	}
	var found []int64
	total := x.Size()
	if in.Sort != changed || in.selection.Narrowed() { // whoever walks through everything needs no list of it
		found = in.selection.Numbers(x, hits, page.Reader(in.reader))
		total = len(found)
	}
	next, err := h.part(ctx, x, in, found)
	if err != nil {
		return nil, err
	}
	out := &practicesOutput{Body: PracticeList{Total: total, Practices: []exchange.Practice{}, More: next.more, Cursor: next.cursor}}
	for some, err := range h.Practices.InOrder(ctx, x, next.numbers) {
		if err != nil {
			return nil, err
		}
		for i := range some {
			out.Body.Practices = append(out.Body.Practices, exchange.NewPractice(&some[i]))
		}
	}
	if next.more {
		in.query.Set("cursor", next.cursor)
		out.Link = "<" + h.Site.Absolute(link.WithQuery(link.API+"/practices", in.query.Encode())) + `>; rel="next"`
	}
	return out, nil
}

func (h *Handlers) search(ctx context.Context, x *catalogue.Index, in *Asked) (catalogue.Hits, error) {
	return h.Theme.Look().Searcher.Search(ctx, x, in.selection.Words, practice.Language(in.Locale))
}

// fault refuses a value of the request.
func fault(location, message string, value any) error {
	return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Message: message, Location: location, Value: value})
}

func showPractice() huma.Operation {
	return huma.Operation{OperationID: "show-practice", Method: http.MethodGet, Path: "/practices/{slug}", Summary: "One practice",
		Description: "One that has been renamed redirects to its new name. One that is no longer published is gone.",
		Errors:      []int{http.StatusNotFound, http.StatusGone, http.StatusServiceUnavailable}}
}

type slugInput struct {
	Strict
	Slug string `path:"slug" maxLength:"200"`
}

type practiceOutput struct{ Body exchange.Practice }

func (h *Handlers) showPractice(ctx context.Context, in *slugInput) (*practiceOutput, error) {
	if practice.Slugify(in.Slug) != in.Slug {
		return nil, store.ErrNotFound
	}
	found, err := h.Practices.Find(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	return &practiceOutput{exchange.NewPractice(&found)}, nil
}
