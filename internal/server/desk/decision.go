package desk

import (
	"errors"
	"net/http"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// Approve publishes a text, or is the first of two approvals.
func (h *Handlers) Approve(r *respond.Request) (respond.Response, error) {
	w, err := h.written(r)
	if err != nil {
		return respond.Response{}, err
	}
	if draft, err := h.addRequests(r, w); err != nil {
		return h.invalidComment(r, w, draft, err)
	}
	found := w.Submission
	in, err := h.confirmInput(r, found, submission.Approve)
	if err != nil {
		return respond.Response{}, err
	}
	var incomplete submission.Incomplete
	after, err := r.Advance(h.Submissions, found.ID, submission.Step{Action: submission.Approve, Seen: in.Compared, Desk: h.Settings, Pending: in.Choice, Holder: in.Told})
	switch {
	case errors.Is(err, submission.ErrHeld):
		return respond.Invalid(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
	case errors.Is(err, submission.ErrPending):
		if r.PostForm.Has(page.AskedField) {
			in.Problems = pendingProblems(r.Locale, in)
		}
		return respond.Invalid(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
	case errors.Is(err, submission.ErrMoved):
		return h.outdatedChange(r, found)
	case errors.As(err, &incomplete):
		in, err := h.reviewInput(r, found)
		in.Problems = component.SubmissionProblems(r.Locale, incomplete.Problems, func(p submission.Part) string { return link.Faults(r.Tag(), found.ID, p) })
		return showReview(r, in, http.StatusUnprocessableEntity), err
	case errors.Is(err, submission.ErrArchived):
		in, err := h.reviewInput(r, found)
		in.Problems.Add(r.Locale, "", "correction.archived")
		return showReview(r, in, http.StatusConflict), err
	case err != nil:
		return h.conflict(r, found, err)
	case after.State != submission.Approved:
		return r.Done("done.approved_first", link.Review(r.Tag(), found.ID))
	}
	h.refreshCatalogue(r)
	return r.Done("done.approved", link.Review(r.Tag(), found.ID))
}

// refreshCatalogue makes sure that an editor's next page shows what they have
// just published. If it fails, the catalogue follows a little later by itself.
func (h *Handlers) refreshCatalogue(r *respond.Request) {
	if err := h.Practices.Refresh(r.Context(), h.Catalogue); err != nil {
		h.Log.Warn("the catalogue is renewed later", "error", err)
	}
}

// outdatedChange compares a change with the public text, which has changed since
// the officer started from it.
func (h *Handlers) outdatedChange(r *respond.Request, found submission.Submission) (respond.Response, error) {
	in, err := h.reviewInput(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	in.Outdated = true
	in.Mode = link.PublicView
	in.CompareWith = 0
	return showReview(r, in, http.StatusConflict), nil
}

// RequestChanges sends all unsent comments to the authors, and those in the boxes.
func (h *Handlers) RequestChanges(r *respond.Request) (respond.Response, error) {
	w, err := h.written(r)
	if err != nil {
		return respond.Response{}, err
	}
	if draft, err := h.addRequests(r, w); err != nil {
		return h.invalidComment(r, w, draft, err)
	}
	found := w.Submission
	in, err := h.confirmInput(r, found, submission.RequestChanges)
	if err != nil {
		return respond.Response{}, err
	}
	_, err = r.Advance(h.Submissions, found.ID, submission.Step{Action: submission.RequestChanges, Holder: in.Told})
	switch {
	case errors.Is(err, submission.ErrHeld):
		return respond.Invalid(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
	case errors.Is(err, submission.ErrNoComment):
		in, err := h.reviewInput(r, found)
		if err != nil {
			return respond.Response{}, err
		}
		in.Problems = component.Problems{{Field: page.WholeTextID, Text: r.Locale.T("review.no_comment")}}
		return showReview(r, in, http.StatusUnprocessableEntity), nil
	case err != nil:
		return h.conflict(r, found, err)
	}
	return r.Done("done.asked", link.Review(r.Tag(), found.ID))
}

// TickCriteria stores which of the public criteria an editor finds met.
func (h *Handlers) TickCriteria(r *respond.Request) (respond.Response, error) {
	w, err := h.written(r)
	switch {
	case err != nil:
		return respond.Response{}, err
	case w.State != submission.Submitted:
		return h.conflict(r, w.Submission, submission.ErrState)
	}
	return r.Done("done.ticked", reviewAddress(r, w.ID)+"#criteria")
}
