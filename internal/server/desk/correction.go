package desk

import (
	"errors"
	"net/http"
	"slices"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// AskCorrection is the form in which an editor corrects a part.
func (h *Handlers) AskCorrection(r *respond.Request) (respond.Response, error) {
	p, err := h.correction(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !p.Allows(submission.Correct, r.Viewer()) {
		return respond.Response{Redirect: link.Review(r.Tag(), p.ID)}, nil
	}
	return respond.Response{Page: p.View()}, nil
}

// correction is the form as it is stored.
func (h *Handlers) correction(r *respond.Request) (page.CorrectionForm, error) {
	found, err := h.atDesk(r)
	part := submission.Part(r.Param("part"))
	if err == nil && (!slices.Contains(found.Parts(), part) || !part.Correctable()) {
		err = respond.ErrNoSuchPage
	}
	return page.CorrectionForm{Frame: r.Frame, Submission: found, Part: part, Text: found.Content.Words(part), Seen: found.Content.Digest(part)}, err
}

// Correct keeps an editor's correction of a part. Others may correct other
// parts meanwhile; the same part only one of them.
func (h *Handlers) Correct(r *respond.Request) (respond.Response, error) {
	p, err := h.correction(r)
	if err != nil {
		return respond.Response{}, err
	}
	stored := p.Text
	p.Text = submission.Tidy(r.PostFormValue(p.Part.CorrectedField()))
	place := link.Review(r.Tag(), p.ID) + "#part-" + string(p.Part)
	switch {
	case p.Text == stored: // nothing to correct, or sent twice
		return respond.Response{Redirect: place}, nil
	case r.PostFormValue("seen") != p.Seen:
		return differs(r, p, stored), nil
	}
	content := p.Content.WithWords(p.Part, p.Text)
	_, err = h.Submissions.Advance(r.Context(), p.ID, p.Version, submission.Step{Action: submission.Correct, By: r.Viewer(), At: h.Now(), Content: content})
	var incomplete submission.Incomplete
	switch {
	case errors.As(err, &incomplete):
		p.Problems = component.SubmissionProblems(r.Locale, incomplete.Problems, nil)
		return respond.Response{Page: p.View(), Status: http.StatusUnprocessableEntity}, nil
	case errors.Is(err, submission.ErrConflict), errors.Is(err, submission.ErrState):
		problem, now, err := h.meanwhile(r, p.ID)
		p.Submission, p.Problems = now, component.Problems{problem}
		return respond.Response{Page: p.View(), Status: http.StatusConflict}, err
	case err != nil:
		return respond.Response{}, err
	}
	return r.Done("done.corrected", place)
}

// differs shows what another editor has made of a part, above what was typed.
func differs(r *respond.Request, p page.CorrectionForm, stored string) respond.Response {
	p.Conflict, p.Theirs = true, submission.CompareText(p.Text, stored)
	p.Problems.Add(r.Locale, p.Part.CorrectedField(), "correct.conflict")
	return respond.Response{Page: p.View(), Status: http.StatusConflict}
}
