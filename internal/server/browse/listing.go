package browse

import (
	"context"
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

// Browse is the listing of a selection.
func (h *Handlers) Browse(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	selection := catalogue.Parse(r.URL.Query())
	if selection.Query() != r.URL.RawQuery {
		return respond.Redirect(link.Browse(l.Tag(), selection)), nil
	}
	hits, err := h.match(r.Context(), l, selection)
	if err != nil {
		return h.unsearched(r, selection, err)
	}
	x := r.Index
	in := page.ListingInput{Practices: x.Size(), Countries: x.Countries(), Selection: selection,
		Results: x.Find(selection, hits, page.Reader(l)), Panel: h.panels.For(r), Cards: h.cards.For(r)}
	if selection.Page > in.Results.Pages {
		end := page.PastEndInput{Selection: selection, Pages: in.Results.Pages}
		return respond.Response{Page: page.NewPastEnd(l, r.Frame, end).View(), Status: http.StatusNotFound}, nil
	}
	if in.Results.Total == 0 {
		ways := h.waysOut(r, selection, hits)
		in.WaysOut = &ways
	}
	return respond.Response{Page: page.NewListing(l, r.Frame, in).View(), Cacheable: selection.Words == ""}, nil
}

// match asks the store for the practices that match the selection's words.
func (h *Handlers) match(ctx context.Context, l *locale.Locale, selection catalogue.Selection) (catalogue.Hits, error) {
	if selection.Words == "" {
		return catalogue.Hits{}, nil
	}
	return h.Practices.Match(ctx, selection.Words, practice.Language(l.Tag()))
}
