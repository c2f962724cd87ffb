package browse

import (
	"errors"
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/text"
	page "exempla/web/page/browse"
)

// waysOut finds what would help where a selection has found nothing. Only then is
// the store asked about other words, in one round trip besides the spelling. If it
// cannot answer, the page shows less.
func (h *Handlers) waysOut(r *respond.Request, selection catalogue.Selection, hits catalogue.Hits) catalogue.WaysOut {
	var rephrased catalogue.Rephrased
	if selection.Words != "" {
		rephrased = h.rephrased(r, selection, hits)
	}
	return r.Index.WaysOut(selection, hits, rephrased)
}

// rephrased asks the store what other words would find. The spelling is only
// checked for words that find nothing at all.
func (h *Handlers) rephrased(r *respond.Request, selection catalogue.Selection, hits catalogue.Hits) catalogue.Rephrased {
	var result catalogue.Rephrased
	if len(hits.Tiers) == 0 {
		result.Spelled = h.spelled(r, selection)
	}
	others := selection.Rephrasings(result.Spelled)
	if len(others) == 0 {
		return result
	}
	found, err := h.Practices.MatchEach(r.Context(), others, practice.Language(r.Tag()))
	if err != nil {
		h.Log.Warn("an empty page has no counts", "request", r.Writer.Header().Get(respond.RequestID), "error", err)
		return catalogue.Rephrased{}
	}
	result.Hits = make(map[string]catalogue.Hits, len(found))
	for i, hits := range found {
		result.Hits[others[i]] = hits
	}
	return result
}

// spelled returns the words of a selection with their spelling corrected; empty if
// there is nothing to correct.
func (h *Handlers) spelled(r *respond.Request, selection catalogue.Selection) string {
	corrections, err := h.Practices.Spelling(r.Context(), text.Words(selection.Words))
	if err != nil {
		h.Log.Warn("an empty page has no spelling", "request", r.Writer.Header().Get(respond.RequestID), "error", err)
		return ""
	}
	corrected := selection.Words
	for _, c := range corrections {
		corrected = text.ReplaceWord(corrected, c.Word, c.Instead)
	}
	if corrected == selection.Words {
		return ""
	}
	return selection.WithWords(corrected).Words
}

// unsearched answers a search that failed. Filters work without the database, so
// the page leads to them.
func (h *Handlers) unsearched(r *respond.Request, selection catalogue.Selection, err error) (respond.Response, error) {
	reason := page.SearchAway
	switch {
	case errors.Is(err, store.ErrSlow):
		reason = page.SearchSlow
		h.Log.Warn("a search took too long", "request", r.Writer.Header().Get(respond.RequestID))
	case errors.Is(err, store.ErrAway):
		r.Writer.Header().Set("Retry-After", respond.RetryAfter)
		h.Log.Warn("the database is away", "request", r.Writer.Header().Get(respond.RequestID), "error", err)
	default:
		return respond.Response{}, err
	}
	in := page.UnsearchedInput{Selection: selection, Reason: reason,
		Filtered: r.Index.Count(selection.WithoutWords(), catalogue.Hits{})}
	return respond.Response{Page: page.NewUnsearched(r.Locale, r.Frame, in).View(), Status: http.StatusServiceUnavailable}, nil
}
