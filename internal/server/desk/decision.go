package desk

import (
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// Approve makes a text public, or is the first of two approvals.
func (h *Handlers) Approve(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	seen, _ := strconv.Atoi(r.PostFormValue("seen"))
	after, err := r.Advance(h.Submissions, found.ID, submission.Step{Action: submission.Approve, Seen: seen, Desk: h.Settings})
	switch {
	case errors.Is(err, submission.ErrMoved):
		return h.moved(r, found)
	case err != nil:
		return h.overtaken(r, found, err)
	case after.State != submission.Approved:
		return r.Done("done.approved_first", link.Review(r.Tag(), found.ID))
	}
	h.renew(r)
	return r.Done("done.approved", link.Review(r.Tag(), found.ID))
}

// renew lets an editor's next page show what they have just made public. The
// step is taken already: whatever fails here is made good by following.
func (h *Handlers) renew(r *respond.Request) {
	if err := h.Practices.Refresh(r.Context(), h.Catalogue); err != nil {
		h.Log.Warn("the catalogue is renewed later", "error", err)
	}
}

// moved shows a change beside the public text, which has become another one
// since the change began.
func (h *Handlers) moved(r *respond.Request, found submission.Submission) (respond.Response, error) {
	a, err := h.reviewed(r, found, func(in *page.Reading) {
		in.Moved, in.Shown, in.From = true, link.PublicView, 0
	})
	a.Status = http.StatusConflict
	return a, err
}

// RequestChanges sends all comments that wait to the officers.
func (h *Handlers) RequestChanges(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	_, err = r.Advance(h.Submissions, found.ID, submission.Step{Action: submission.RequestChanges})
	switch {
	case errors.Is(err, submission.ErrNoComment):
		a, err := h.reviewed(r, found, func(in *page.Reading) {
			in.Problems = component.Problems{{Field: page.WholeID, Text: r.Locale.T("review.no_comment")}}
		})
		a.Status = http.StatusUnprocessableEntity
		return a, err
	case err != nil:
		return h.overtaken(r, found, err)
	}
	return r.Done("done.asked", link.Review(r.Tag(), found.ID))
}

// TickCriteria keeps which of the public criteria an editor finds met.
func (h *Handlers) TickCriteria(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	r.PostFormValue("criterion") // reads the form
	var ticked []submission.Criterion
	for _, c := range submission.Criteria {
		for _, value := range r.PostForm["criterion"] {
			if value == string(c) {
				ticked = respond.AppendOnce(ticked, c)
			}
		}
	}
	if err := h.Submissions.TickCriteria(r.Context(), found.ID, ticked, r.Viewer()); err != nil {
		return h.overtaken(r, found, err)
	}
	return r.Done("done.ticked", h.reviewAddress(r, found.ID)+"#criteria")
}
