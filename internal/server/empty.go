package server

import (
	"errors"
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/text"
	"exempla/web/page"
)

// waysOut finds what would help where a selection has found nothing. The store
// is asked about other words on empty pages only, in one round trip beside the
// spelling. What it cannot answer is missing on the page.
func (s *Server) waysOut(v *visit, selection catalogue.Selection, hits catalogue.Hits) catalogue.WaysOut {
	var rephrased catalogue.Rephrased
	if selection.Words != "" {
		rephrased = s.rephrased(v, selection, hits)
	}
	return v.index.WaysOut(selection, hits, rephrased)
}

// rephrased asks the store what other words find. Words that find anything are
// spelled as the catalogue spells them.
func (s *Server) rephrased(v *visit, selection catalogue.Selection, hits catalogue.Hits) catalogue.Rephrased {
	var r catalogue.Rephrased
	if len(hits.Tiers) == 0 {
		r.Spelled = s.spelled(v, selection)
	}
	others := selection.Rephrasings(r.Spelled)
	if len(others) == 0 {
		return r
	}
	found, err := s.Store.Practices.MatchEach(v.r.Context(), others, practice.Language(v.l.Tag()))
	if err != nil {
		s.Log.Warn("an empty page has no counts", "request", v.w.Header().Get(requestID), "error", err)
		return catalogue.Rephrased{}
	}
	r.Hits = make(map[string]catalogue.Hits, len(found))
	for i, hits := range found {
		r.Hits[others[i]] = hits
	}
	return r
}

// spelled writes the words of a selection as the catalogue spells them; empty
// when it knows no better.
func (s *Server) spelled(v *visit, selection catalogue.Selection) string {
	corrections, err := s.Store.Practices.Spelling(v.r.Context(), text.Words(selection.Words))
	if err != nil {
		s.Log.Warn("an empty page has no spelling", "request", v.w.Header().Get(requestID), "error", err)
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
func (s *Server) unsearched(v *visit, selection catalogue.Selection, err error) (answer, error) {
	name := "words"
	switch {
	case errors.Is(err, store.ErrSlow):
		name = "slow"
		s.Log.Warn("a search took too long", "request", v.w.Header().Get(requestID))
	case errors.Is(err, store.ErrAway):
		v.w.Header().Set("Retry-After", retryAfter)
		s.Log.Warn("the database is away", "request", v.w.Header().Get(requestID), "error", err)
	default:
		return answer{}, err
	}
	asked := page.Asked{Frame: v.frame, Selection: selection}
	filtered := v.index.Count(selection.WithoutWords(), catalogue.Hits{})
	return answer{view: page.Unsearched(v.l, asked, name, filtered).View(), status: http.StatusServiceUnavailable}, nil
}
