package browse

import (
	"errors"
	"net/http"
	"net/url"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

// Browse is the listing of a selection.
func (h *Handlers) Browse(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	query := r.URL.Query()
	selection := catalogue.ParseAddress(r.URL.RawQuery).Between(r.Index, query.Get(catalogue.FirstYear), query.Get(catalogue.LastYear))
	if selection.Query() != r.URL.RawQuery {
		return respond.Redirect(link.Browse(l.Tag(), selection) + changed(query)), nil
	}
	hits, err := h.search(r, selection.Words)
	if err != nil {
		return h.unsearched(r, selection, err)
	}
	x := r.Index
	reader := page.Reader(l)
	reader.Offer = r.Look().Offer()
	in := page.ListingInput{Practices: x.Size(), Countries: x.Countries(), Selection: selection,
		Reading: hits.Reading, Results: x.Find(selection, hits, reader), Cities: x.Cities(selection.Chosen(catalogue.City)), Panel: h.panels.For(r), Cards: h.cards.For(r)}
	if selection.Page > in.Results.Pages {
		end := page.PastEndInput{Selection: selection, Pages: in.Results.Pages}
		return respond.Response{Page: page.NewPastEnd(l, r.Frame, end).View(), Status: http.StatusNotFound}, nil
	}
	if in.Results.Total == 0 {
		ways := x.WaysOut(selection, func(words string) catalogue.Hits {
			hits, _ := h.search(r, words) // without them the page offers less
			return hits
		})
		in.WaysOut = &ways
	}
	return respond.Response{Page: page.NewListing(l, r.Frame, in).View(), Cacheable: true, Rare: len(selection.List) > 0}, nil
}

// changed is the fragment of the practice that a button puts on the reading list, takes
// off or moves, so that the page does not jump; empty if none does.
func changed(query url.Values) string {
	for _, parameter := range []string{catalogue.AddParameter, catalogue.DropParameter, catalogue.UpParameter, catalogue.DownParameter} {
		if slug := practice.Slugify(query.Get(parameter)); slug != "" {
			return link.Entry(slug)
		}
	}
	return ""
}

// search finds the practices of the request's snapshot that words mean. Errors:
// catalogue.ErrLearning, and that of the request.
func (h *Handlers) search(r *respond.Request, words string) (catalogue.Hits, error) {
	hits, err := r.Look().Searcher.Search(r.Context(), r.Index, words, practice.Language(r.Tag()))
	if words != "" && err == nil {
		r.CountSearch(howRead(hits))
	}
	return hits, err
}

// howRead says how far the reading of a search is from what was typed.
func howRead(hits catalogue.Hits) string {
	switch read := hits.Reading; {
	case !hits.Any():
		return "nothing_found"
	case len(read.Instead) > 0:
		return "corrected"
	case read.Partly || len(read.Missing) > 0:
		return "in_part"
	case len(read.Abroad) > 0:
		return "country_of_city"
	case len(read.Also) > 0:
		return "widened"
	}
	return "as_typed"
}

// unsearched answers a search for which the words of the catalogue are not known
// yet. Filters work without them, so the page leads to them.
func (h *Handlers) unsearched(r *respond.Request, selection catalogue.Selection, err error) (respond.Response, error) {
	if !errors.Is(err, catalogue.ErrLearning) {
		return respond.Response{}, err
	}
	r.Writer.Header().Set("Retry-After", respond.RetryAfter)
	h.Log.Warn("a search came before the words of the catalogue were known", "request", r.Writer.Header().Get(respond.RequestID))
	in := page.UnsearchedInput{Selection: selection, Filtered: r.Index.Count(selection.WithoutWords(), catalogue.Hits{})}
	return respond.Response{Page: page.NewUnsearched(r.Locale, r.Frame, in).View(), Status: http.StatusServiceUnavailable}, nil
}
