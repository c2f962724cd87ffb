package server

import (
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// approve makes a text public, or is the first of two approvals.
func (s *Server) approve(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	seen, _ := strconv.Atoi(v.r.PostFormValue("seen"))
	after, err := s.step(v, found.ID, submission.Step{Action: submission.Approve, Seen: seen, Desk: s.Desk})
	switch {
	case errors.Is(err, submission.ErrMoved):
		return s.moved(v, found)
	case err != nil:
		return s.overtaken(v, found, err)
	case after.State != submission.Approved:
		return s.done(v, "done.approved_first", link.Review(v.l.Tag(), found.ID))
	}
	s.renew(v)
	return s.done(v, "done.approved", link.Review(v.l.Tag(), found.ID))
}

// renew lets an editor's next page show what they have just made public. The
// step is taken already: whatever fails here is made good by following.
func (s *Server) renew(v *visit) {
	if err := s.Store.Practices.Refresh(v.r.Context(), s.Catalogue); err != nil {
		s.Log.Warn("the catalogue is renewed later", "error", err)
	}
}

// moved shows a change beside the public text, which has become another one
// since the change began.
func (s *Server) moved(v *visit, found submission.Submission) (answer, error) {
	a, err := s.reviewed(v, found, func(r *page.Reading) {
		r.Moved, r.Shown, r.From = true, link.PublicView, 0
	})
	a.status = http.StatusConflict
	return a, err
}

// requestChanges sends all comments that wait to the officers.
func (s *Server) requestChanges(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	_, err = s.step(v, found.ID, submission.Step{Action: submission.RequestChanges})
	switch {
	case errors.Is(err, submission.ErrNoComment):
		a, err := s.reviewed(v, found, func(r *page.Reading) {
			r.Problems = component.Problems{{Field: page.WholeID, Text: v.l.T("review.no_comment")}}
		})
		a.status = http.StatusUnprocessableEntity
		return a, err
	case err != nil:
		return s.overtaken(v, found, err)
	}
	return s.done(v, "done.asked", link.Review(v.l.Tag(), found.ID))
}

// tickCriteria keeps which of the public criteria an editor finds met.
func (s *Server) tickCriteria(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	v.r.PostFormValue("criterion") // reads the form
	var ticked []submission.Criterion
	for _, c := range submission.Criteria {
		for _, value := range v.r.PostForm["criterion"] {
			if value == string(c) {
				ticked = appendOnce(ticked, c)
			}
		}
	}
	if err := s.Store.Submissions.TickCriteria(v.r.Context(), found.ID, ticked, v.viewer()); err != nil {
		return s.overtaken(v, found, err)
	}
	return s.done(v, "done.ticked", s.reviewAddress(v, found.ID)+"#criteria")
}
