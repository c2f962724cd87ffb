package submit

import (
	"errors"
	"net/http"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// CheckAnswers shows everything before it is submitted, with what is missing
// and what is like it in the catalogue.
func (h *Handlers) CheckAnswers(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !w.Allows(submission.Submit, r.Viewer()) {
		return respond.Response{Redirect: link.Submission(r.Tag(), w.ID)}, nil
	}
	return h.checking(r, w, nil)
}

func (h *Handlers) checking(r *respond.Request, w page.Work, refused []submission.Problem) (respond.Response, error) {
	similar, err := h.Practices.Similar(r.Context(), w.Submission)
	if err != nil {
		// Nobody is kept from submitting because this takes too long.
		h.Log.Warn("similar practices were not found", "error", err)
	}
	a := respond.Response{Page: page.NewCheck(r.Locale, page.Checked{Work: w, Similar: similar, Days: h.ReviewDays, Refused: refused}).View()}
	if len(refused) > 0 {
		a.Status = http.StatusUnprocessableEntity
	}
	return a, nil
}

// Submit hands a submission to the editors. What is agreed to is kept in the
// very words that the reader saw.
func (h *Handlers) Submit(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err != nil {
		return respond.Response{}, err
	}
	step := submission.Step{Action: submission.Submit}
	if r.PostFormValue(submission.ConsentField) == "yes" {
		step.Consent = r.Locale.T("submission.consent.text")
	}
	_, err = r.Advance(h.Submissions, w.ID, step)
	var incomplete submission.Incomplete
	if errors.As(err, &incomplete) {
		return h.checking(r, w, incomplete.Problems)
	}
	return respond.Response{Redirect: link.SubmissionPage(r.Tag(), w.ID, link.ReceiptPage)}, err
}

// ShowReceipt says that a submission has arrived, as long as it is with the
// editors.
func (h *Handlers) ShowReceipt(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err == nil && w.State != submission.Submitted {
		return respond.Response{Redirect: link.Submission(r.Tag(), w.ID)}, nil
	}
	if err == nil && w.Names[w.Consent.By] == "" {
		names, err := h.Accounts.Names(r.Context(), respond.Distinct(append(w.Authors[:len(w.Authors):len(w.Authors)], w.Consent.By, w.Assignee)))
		if err != nil {
			return respond.Response{}, err
		}
		w.Names = names
	}
	return respond.Response{Page: page.NewReceipt(r.Locale, w, h.ReviewDays).View()}, err
}
