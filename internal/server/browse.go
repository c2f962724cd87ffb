package server

import (
	"context"
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page"
)

// browse is the listing of a selection.
func (s *Server) browse(v *visit) (answer, error) {
	r, l := v.r, v.l
	selection := catalogue.Parse(r.URL.Query())
	if selection.Query() != r.URL.RawQuery {
		return answer{goTo: link.Browse(l.Tag(), selection)}, nil
	}
	hits, err := s.match(r.Context(), l, selection)
	if err != nil {
		return s.unsearched(v, selection, err)
	}
	x := v.index
	asked := page.Asked{Frame: v.frame, Practices: x.Size(), Countries: x.Countries(), Selection: selection,
		Results: x.Find(selection, hits, page.Reader(l)), Panel: v.panel(), Cards: v.cards}
	if selection.Page > asked.Results.Pages {
		return answer{view: page.PastEnd(l, asked).View(), status: http.StatusNotFound}, nil
	}
	if asked.Results.Total == 0 {
		ways := s.waysOut(v, selection, hits)
		asked.WaysOut = &ways
	}
	return answer{view: page.NewBrowse(l, asked).View(), keep: selection.Words == ""}, nil
}

// match asks the store for the practices that match the selection's words.
func (s *Server) match(ctx context.Context, l *locale.Locale, selection catalogue.Selection) (catalogue.Hits, error) {
	if selection.Words == "" {
		return catalogue.Hits{}, nil
	}
	return s.Store.Practices.Match(ctx, selection.Words, practice.Language(l.Tag()))
}

// toCatalogue leads from the language alone to its listing.
func (s *Server) toCatalogue(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, link.Catalogue(locale.From(r.Context()).Tag()), http.StatusMovedPermanently)
}

// chooseLanguage leads from the bare site to the language that the browser
// prefers. Deep links never do that: who opens one wants that page.
func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, link.Catalogue(locale.Match(r.Header.Get("Accept-Language")).Tag()), http.StatusFound)
}
