package browse

import (
	"net/http"
	"strconv"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

// maxRevisionsPage bounds the page of a history that can be asked for: nobody changes a
// practice ten thousand times.
const maxRevisionsPage = 1_000

// ShowRevisions is the history of a practice: what was public before, and what each
// revision changed.
func (h *Handlers) ShowRevisions(r *respond.Request) (respond.Response, error) {
	found, instead, err := h.public(r, func(slug string) string { return link.PublicHistory(r.Tag(), slug, 1) })
	if err != nil || instead != nil {
		return or(instead), err
	}
	in := page.RevisionsInput{Practice: found, Today: r.Index.Today(), Page: 1}
	if asked := r.URL.Query().Get("page"); asked != "" {
		if in.Page, err = strconv.Atoi(asked); err != nil || in.Page < 1 || in.Page > maxRevisionsPage {
			return h.pastHistory(r, found)
		}
	}
	if in.Revisions, in.More, err = h.Practices.Revisions(r.Context(), found.Number, in.Page); err != nil {
		return respond.Response{}, err
	}
	if len(in.Revisions) == 0 {
		return h.pastHistory(r, found)
	}
	return respond.Show(page.NewRevisions(r.Locale, r.Frame, in).View()), nil
}

// pastHistory is the page for a page of a history that there is none.
func (h *Handlers) pastHistory(r *respond.Request, found practice.Practice) (respond.Response, error) {
	return respond.Response{Page: page.NewPastHistory(r.Locale, r.Frame, found).View(), Status: http.StatusNotFound}, nil
}
