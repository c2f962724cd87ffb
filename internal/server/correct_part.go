package server

import (
	"errors"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// askCorrection is the form in which an editor corrects a part.
func (s *Server) askCorrection(v *visit) (answer, error) {
	p, err := s.correction(v)
	if err != nil {
		return answer{}, err
	}
	if !p.Allows(submission.Correct, v.viewer()) {
		return answer{goTo: link.Review(v.l.Tag(), p.ID)}, nil
	}
	return answer{view: p.View()}, nil
}

// correction is the form as it is stored.
func (s *Server) correction(v *visit) (page.CorrectionForm, error) {
	found, err := s.atDesk(v)
	part := submission.Part(chi.URLParam(v.r, "part"))
	if err == nil && (!slices.Contains(found.Parts(), part) || !part.Correctable()) {
		err = errNoSuchPage
	}
	return page.CorrectionForm{Frame: v.frame, Submission: found, Part: part, Text: found.Content.Words(part), Seen: found.Content.Digest(part)}, err
}

// correct keeps an editor's correction of a part. Others may correct other
// parts meanwhile; the same part only one of them.
func (s *Server) correct(v *visit) (answer, error) {
	p, err := s.correction(v)
	if err != nil {
		return answer{}, err
	}
	stored := p.Text
	p.Text = submission.Tidy(v.r.PostFormValue(p.Part.CorrectedField()))
	place := link.Review(v.l.Tag(), p.ID) + "#part-" + string(p.Part)
	switch {
	case p.Text == stored: // nothing to correct, or sent twice
		return answer{goTo: place}, nil
	case v.r.PostFormValue("seen") != p.Seen:
		return differs(v, p, stored), nil
	}
	content := p.Content.WithWords(p.Part, p.Text)
	_, err = s.Store.Submissions.Advance(v.r.Context(), p.ID, p.Version, submission.Step{Action: submission.Correct, By: v.viewer(), At: s.Now(), Content: content})
	var incomplete submission.Incomplete
	switch {
	case errors.As(err, &incomplete):
		p.Problems = component.SubmissionProblems(v.l, incomplete.Problems, nil)
		return answer{view: p.View(), status: http.StatusUnprocessableEntity}, nil
	case errors.Is(err, submission.ErrConflict), errors.Is(err, submission.ErrState):
		problem, now, err := s.meanwhile(v, p.ID)
		p.Submission, p.Problems = now, component.Problems{problem}
		return answer{view: p.View(), status: http.StatusConflict}, err
	case err != nil:
		return answer{}, err
	}
	return s.done(v, "done.corrected", place)
}

// differs shows what another editor has made of a part, above what was typed.
func differs(v *visit, p page.CorrectionForm, stored string) answer {
	p.Conflict, p.Theirs = true, submission.CompareText(p.Text, stored)
	p.Problems.Add(v.l, p.Part.CorrectedField(), "correct.conflict")
	return answer{view: p.View(), status: http.StatusConflict}
}
