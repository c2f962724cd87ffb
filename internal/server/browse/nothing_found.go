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

// waysOut finds what would help where a selection has found nothing. The store
// is asked about other words on empty pages only, in one round trip beside the
// spelling. What it cannot answer is missing on the page.
func (h *Handlers) waysOut(r *respond.Request, selection catalogue.Selection, hits catalogue.Hits) catalogue.WaysOut {
	var rephrased catalogue.Rephrased
	if selection.Words != "" {
		rephrased = h.rephrased(r, selection, hits)
	}
	return r.Index.WaysOut(selection, hits, rephrased)
}

// rephrased asks the store what other words find. Words that find anything are
// spelled as the catalogue spells them.
func (h *Handlers) rephrased(r *respond.Request, selection catalogue.Selection, hits catalogue.Hits) catalogue.Rephrased {
	var other catalogue.Rephrased
	if len(hits.Tiers) == 0 {
		other.Spelled = h.spelled(r, selection)
	}
	others := selection.Rephrasings(other.Spelled)
	if len(others) == 0 {
		return other
	}
	found, err := h.Practices.MatchEach(r.Context(), others, practice.Language(r.Tag()))
	if err != nil {
		h.Log.Warn("an empty page has no counts", "request", r.Writer.Header().Get(respond.RequestID), "error", err)
		return catalogue.Rephrased{}
	}
	other.Hits = make(map[string]catalogue.Hits, len(found))
	for i, hits := range found {
		other.Hits[others[i]] = hits
	}
	return other
}

// spelled writes the words of a selection as the catalogue spells them; empty
// when it knows no better.
func (h *Handlers) spelled(r *respond.Request, selection catalogue.Selection) string {
	corrections, err := h.Practices.Spelling(r.Context(), text.Words(selection.Words))
	if err != nil {
		h.Log.Warn("an empty page has no spelling", "request", r.Writer.Header().Get(respond.RequestID), "error", err)
		return ""
	}
	written := selection.Words
	for _, c := range corrections {
		written = text.ReplaceWord(written, c.Word, c.Instead)
	}
	if written == selection.Words {
		return ""
	}
	return selection.WithWords(written).Words
}

// unsearched answers when words could not be looked for: filters need no
// database, so the page leads to them.
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
