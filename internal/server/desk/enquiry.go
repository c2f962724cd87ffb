package desk

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/enquiry"
)

// EnquiryHandlers answer those who answer readers: editors and administrators all that
// comes in, officers the questions to their cities.
type EnquiryHandlers struct{ *Handlers }

// ListEnquiries lists what the viewer answers. It ignores unknown values of the filter.
func (h *EnquiryHandlers) ListEnquiries(r *respond.Request) (respond.Response, error) {
	query := r.URL.Query()
	f := store.EnquiryFilter{State: enquiry.State(query.Get(page.StateField)), Kind: enquiry.Kind(query.Get(page.KindField))}
	if !slices.Contains(enquiry.States, f.State) {
		f.State = ""
	}
	if !slices.Contains(enquiry.Kinds, f.Kind) {
		f.Kind = ""
	}
	if !enquiry.Keeps(r.Viewer()) {
		f.Officer, f.Kind = r.Viewer().ID, ""
	}
	number, _ := strconv.Atoi(query.Get(link.PageParameter))
	found, err := h.Enquiries.Page(r.Context(), f, number)
	in := page.ListInput{State: f.State, Kind: f.Kind, List: found.List, Total: found.Total, Page: found.Page, Pages: found.Pages}
	return respond.Show(page.NewList(r.Locale, r.Frame, in).View()), err
}

// enquiry is the one that the address names. For those who do not answer it there is
// none.
func (h *EnquiryHandlers) enquiry(r *respond.Request) (enquiry.Enquiry, error) {
	id, ok := r.Number("id")
	if !ok {
		return enquiry.Enquiry{}, respond.ErrNoSuchPage
	}
	found, err := h.Enquiries.Find(r.Context(), id)
	if err == nil && !found.MayRead(r.Viewer()) {
		err = respond.ErrNoSuchPage
	}
	return found, err
}

// ShowEnquiry is the page on which an enquiry is answered.
func (h *EnquiryHandlers) ShowEnquiry(r *respond.Request) (respond.Response, error) {
	found, err := h.enquiry(r)
	return respond.Show(page.NewAnswer(r.Locale, r.Frame, page.NewAnswerInput(r.Locale, found)).View()), err
}

// TakeEnquiryStep takes the step of the form on that page.
func (h *EnquiryHandlers) TakeEnquiryStep(r *respond.Request) (respond.Response, error) {
	found, err := h.enquiry(r)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.NewAnswerInput(r.Locale, found)
	step := enquiry.Step{Action: enquiry.Action(r.PostFormValue(page.ActField)), By: r.Viewer(), At: h.Now(), Language: practice.Language(r.Tag())}
	readEnquiryStep(r, &in, &step)
	if len(in.Problems) > 0 {
		return respond.Invalid(page.NewAnswer(r.Locale, r.Frame, in).View()), nil
	}
	version, err := strconv.Atoi(r.PostFormValue(page.VersionField))
	if err != nil {
		version = -1
	}
	_, err = h.Enquiries.Advance(r.Context(), found.ID, version, step)
	if isConflict(err) {
		in.Problems.Add(r.Locale, "", "enquiry.conflict")
		return respond.Conflict(page.NewAnswer(r.Locale, r.Frame, in).View()), nil
	}
	if errors.Is(err, submission.ErrNotYours) {
		return respond.Response{}, respond.ErrNotAllowed
	}
	if err != nil {
		return respond.Response{}, err
	}
	if step.Action == enquiry.Publish || step.Action == enquiry.Withdraw {
		h.refreshCatalogue(r)
	}
	return r.Done("done."+string(step.Action), link.Enquiry(r.Tag(), found.ID))
}

// readEnquiryStep reads the fields of a step, and what is wrong with them.
func readEnquiryStep(r *respond.Request, in *page.AnswerInput, step *enquiry.Step) {
	read := func(field string, most int) string {
		text := r.Words(field)
		switch length := utf8.RuneCountInString(text); {
		case length == 0:
			in.Problems.Add(r.Locale, field, "enquiry.missing."+field)
		case length > most:
			in.Problems.Add(r.Locale, field, "reasoned.too_long", "Limit", most)
		}
		return text
	}
	switch step.Action {
	case enquiry.Reply:
		in.Answer = read(page.AnswerField, enquiry.MaxWords)
		if l, ok := r.Locale.Beside(r.PostFormValue(page.LanguageField)); ok {
			in.Tongue = l.Tag()
		}
		step.Text, step.Language = in.Answer, practice.Language(cmp.Or(in.Tongue, r.Tag()))
	case enquiry.Close:
		in.Reason = read(page.ReasonField, enquiry.MaxReason)
		step.Text = in.Reason
	case enquiry.Publish:
		in.PublicWords, in.PublicAnswer = read(page.PublicWordsField, enquiry.MaxWords), read(page.PublicField, enquiry.MaxWords)
		step.Words, step.Text = in.PublicWords, in.PublicAnswer
	}
}
