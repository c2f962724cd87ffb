package desk

import (
	"errors"
	"slices"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// AskCorrection shows the form in which an editor corrects a part.
func (h *Handlers) AskCorrection(r *respond.Request) (respond.Response, error) {
	in, err := h.correctionInput(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !in.Allows(submission.Correct, r.Viewer()) {
		return respond.Redirect(link.Review(r.Tag(), in.ID)), nil
	}
	return respond.Show(page.NewCorrection(r.Locale, r.Frame, in).View()), nil
}

// correctionInput is the form with the part as it is stored.
func (h *Handlers) correctionInput(r *respond.Request) (page.CorrectionInput, error) {
	found, err := h.submission(r)
	part := submission.Part(r.Param("part"))
	if err == nil && (!slices.Contains(found.Parts(), part) || !part.Correctable()) {
		err = respond.ErrNoSuchPage
	}
	return page.CorrectionInput{Submission: found, Part: part, Text: found.Content.Words(part), Base: found.Content.Digest(part)}, err
}

// Correct stores an editor's correction of a part. Several editors can correct
// different parts at the same time, but not the same part.
func (h *Handlers) Correct(r *respond.Request) (respond.Response, error) {
	in, err := h.correctionInput(r)
	if err != nil {
		return respond.Response{}, err
	}
	stored := in.Text
	in.Text = submission.Tidy(r.PostFormValue(in.Part.CorrectedField()))
	address := link.Review(r.Tag(), in.ID) + "#part-" + string(in.Part)
	switch {
	case in.Text == submission.Tidy(stored): // nothing was changed, or the form was sent twice
		return respond.Redirect(address), nil
	case r.PostFormValue("seen") != in.Base:
		in.Conflict = true
		in.Theirs = submission.CompareText(in.Text, stored)
		in.Problems.Add(r.Locale, in.Part.CorrectedField(), "correct.conflict")
		return respond.Conflict(page.NewCorrection(r.Locale, r.Frame, in).View()), nil
	}
	content := in.Content.WithWords(in.Part, in.Text)
	_, err = h.Submissions.Advance(r.Context(), in.ID, in.Version, submission.Step{Action: submission.Correct, By: r.Viewer(), At: h.Now(), Content: content})
	var incomplete submission.Incomplete
	switch {
	case errors.As(err, &incomplete):
		in.Problems = component.SubmissionProblems(r.Locale, incomplete.Problems, nil)
		return respond.Invalid(page.NewCorrection(r.Locale, r.Frame, in).View()), nil
	case isConflict(err):
		problem, now, err := h.conflictProblem(r, in.ID)
		in.Submission = now
		in.Problems = component.Problems{problem}
		return respond.Conflict(page.NewCorrection(r.Locale, r.Frame, in).View()), err
	case err != nil:
		return respond.Response{}, err
	}
	return r.Done("done.corrected", address)
}
