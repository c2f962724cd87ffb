package submit

import (
	"errors"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// CheckAnswers shows all answers before they are submitted, with what is missing
// and which practices of the catalogue are similar.
func (h *Handlers) CheckAnswers(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !in.Allows(submission.Submit, r.Viewer()) {
		return respond.Redirect(link.Submission(r.Tag(), in.ID)), nil
	}
	return respond.Show(h.checkPage(r, in, nil).View()), nil
}

func (h *Handlers) checkPage(r *respond.Request, in page.SubmissionInput, incomplete []submission.Problem) page.Check {
	similar, err := h.Practices.Similar(r.Context(), in.Submission)
	if err != nil {
		// Similar practices are only a help: submitting must work without them.
		h.Log.Warn("similar practices were not found", "error", err)
	}
	return page.NewCheck(r.Locale, r.Frame, page.CheckInput{SubmissionInput: in, Similar: similar, Days: h.ReviewDays, Incomplete: incomplete})
}

// Submit sends a submission to the editors. The consent is stored in the words
// that the officer saw.
func (h *Handlers) Submit(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	step := submission.Step{Action: submission.Submit}
	if r.PostFormValue(submission.ConsentField) == "yes" {
		step.Consent = r.Locale.T("submission.consent.text")
	}
	_, err = r.Advance(h.Submissions, in.ID, step)
	var incomplete submission.Incomplete
	if errors.As(err, &incomplete) {
		return respond.Invalid(h.checkPage(r, in, incomplete.Problems).View()), nil
	}
	return respond.Redirect(link.SubmissionPage(r.Tag(), in.ID, link.ReceiptPage)), err
}

// ShowReceipt confirms that a submission was received, as long as it waits for a
// decision.
func (h *Handlers) ShowReceipt(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if in.State != submission.Submitted {
		return respond.Redirect(link.Submission(r.Tag(), in.ID)), nil
	}
	if in.Names[in.Consent.By] == "" {
		people := append(in.Authors[:len(in.Authors):len(in.Authors)], in.Consent.By, in.Assignee)
		if in.Names, err = r.Names(h.Accounts, people); err != nil {
			return respond.Response{}, err
		}
	}
	return respond.Show(page.NewReceipt(r.Locale, r.Frame, page.ReceiptInput{SubmissionInput: in, Days: h.ReviewDays}).View()), nil
}
