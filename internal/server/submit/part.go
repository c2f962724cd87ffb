package submit

import (
	"errors"
	"net/http"
	"slices"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// saveTries is how often a part is put into the text as it has become when
// others save other parts at the same moment. More than a few people do not
// work on one draft.
const saveTries = 8

// ShowPart is the form of one part.
func (h *Handlers) ShowPart(r *respond.Request) (respond.Response, error) {
	w, part, err := h.workOnPart(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !w.Allows(submission.Save, r.Viewer()) {
		return respond.Response{Redirect: link.Submission(r.Tag(), w.ID)}, nil
	}
	f, err := h.filling(r, w, part)
	return respond.Response{Page: page.NewPart(r.Locale, f).View()}, err
}

// workOnPart is the submission and the part that the address names.
func (h *Handlers) workOnPart(r *respond.Request) (page.Work, submission.Part, error) {
	w, err := h.work(r)
	part := submission.Part(r.Param("part"))
	if err == nil && !slices.Contains(w.Parts(), part) {
		err = respond.ErrNoSuchPage
	}
	return w, part, err
}

// filling is the form of a part as it is stored, with all that helps to fill it
// in.
func (h *Handlers) filling(r *respond.Request, w page.Work, part submission.Part) (page.PartInput, error) {
	query := r.URL.Query()
	f := page.PartInput{Work: w, Part: part, Form: submission.NewPartForm(w.Content, part), Seen: w.Content.Digest(part),
		Checking: query.Get(link.ReturnParameter) == link.ToCheck || r.PostFormValue(link.ReturnParameter) == link.ToCheck}
	if query.Has(link.MoreParameter) {
		f.MoreRows = 1
	}
	if f.Checking { // who comes from there was told what is missing
		f.Found = slices.DeleteFunc(w.Problems(), func(p submission.Problem) bool { return p.Part != part })
	}
	var err error
	if part == submission.TitleAndPlace && w.Kind != submission.Translation {
		f.Cities, err = h.Practices.SuggestedCities(r.Context())
	}
	if err == nil && w.Kind == submission.Translation {
		f.Original, err = h.original(r, w, part)
	}
	return f, err
}

// original is the part of the public text that is being translated.
func (h *Handlers) original(r *respond.Request, w page.Work, part submission.Part) (*component.Said, error) {
	p, err := h.Practices.Find(r.Context(), w.Slug)
	if err != nil || len(p.Texts) == 0 || p.Texts[0].Language == w.Language {
		return nil, withoutOriginal(err)
	}
	language := p.Texts[0].Language
	return &component.Said{Content: submission.Proposed(p, language), Part: part, Language: language, Today: h.Now()}, nil
}

// SavePart keeps a part as it was typed. Other parts that others have saved
// meanwhile stay as they are; where it is the same part, both texts are shown.
func (h *Handlers) SavePart(r *respond.Request) (respond.Response, error) {
	w, part, err := h.workOnPart(r)
	if err != nil {
		return respond.Response{}, err
	}
	e, err := partForm(r)
	if err != nil {
		return respond.Response{}, err
	}
	kept, problems, err := h.keepPart(r, w.Submission, part)
	var incomplete submission.Incomplete
	switch {
	case errors.As(err, &incomplete):
		problems = incomplete.Problems
	case errors.Is(err, submission.ErrConflict):
		w.Submission = kept
		return h.conflicting(r, w, part)
	case err != nil:
		return respond.Response{}, err
	}
	if r.IsFetch() {
		return saved(r, kept, part, problems)
	}
	if len(problems) > 0 {
		f, err := h.filling(r, w, part)
		f.Form, f.Found, f.Seen = e, problems, r.PostFormValue("seen")
		return respond.Response{Page: page.NewPart(r.Locale, f).View(), Status: http.StatusUnprocessableEntity}, err
	}
	return respond.Response{Redirect: h.afterSaving(r, kept, part)}, nil
}

// keepPart puts the part as it was typed into the text as it is now, and again
// when someone else was faster with another part. ErrConflict comes with the
// submission as it has become: this very part is not what the form was made of.
func (h *Handlers) keepPart(r *respond.Request, now submission.Submission, part submission.Part) (submission.Submission, []submission.Problem, error) {
	e, seen := submission.ParsePartForm(r.PostForm), r.PostFormValue("seen")
	for range saveTries {
		content, problems := now.Fill(part, e)
		before, after := now.Content.Digest(part), content.Digest(part)
		switch {
		case len(problems) > 0 || before == after:
			return now, problems, nil
		case before != seen:
			return now, nil, submission.ErrConflict
		}
		kept, err := h.Submissions.Advance(r.Context(), now.ID, now.Version,
			submission.Step{Action: submission.Save, By: r.Viewer(), At: h.Now(), Content: content})
		if !errors.Is(err, submission.ErrConflict) {
			return kept, nil, err
		}
		if now, err = h.Submissions.Find(r.Context(), now.ID); err != nil {
			return now, nil, err
		}
	}
	return now, nil, submission.ErrConflict
}

// conflicting shows both texts of a part: the one that is stored, and the one
// that was typed, so that the work can continue.
func (h *Handlers) conflicting(r *respond.Request, w page.Work, part submission.Part) (respond.Response, error) {
	if r.IsFetch() {
		return answerScript(r, http.StatusConflict, saving{})
	}
	f, err := h.filling(r, w, part)
	f.Form, f.Conflict, f.Found = submission.ParsePartForm(r.PostForm), true, nil
	return respond.Response{Page: page.NewPart(r.Locale, f).View(), Status: http.StatusConflict}, err
}

// afterSaving is where saving leads: to the next part, back to checking, to
// another row for a city, or to the task list.
func (h *Handlers) afterSaving(r *respond.Request, now submission.Submission, part submission.Part) string {
	tag := r.Tag()
	switch act := r.PostFormValue("act"); {
	case act == "row":
		return link.AnotherRow(tag, now.ID, part) + page.FirstNewRow(now.Content)
	case act != "continue":
		r.Notify("done.saved")
		return link.Submission(tag, now.ID)
	case r.PostFormValue(link.ReturnParameter) == link.ToCheck:
		return link.SubmissionPage(tag, now.ID, link.CheckPage)
	}
	parts := now.Parts()
	next := slices.Index(parts, part) + 1
	if next == len(parts) {
		return link.SubmissionPage(tag, now.ID, link.CheckPage)
	}
	return link.Part(tag, now.ID, parts[next])
}
