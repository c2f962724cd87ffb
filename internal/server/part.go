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

// saveTries is how often a part is put into the text as it has become when
// others save other parts at the same moment. More than a few people do not
// work on one draft.
const saveTries = 8

// showPart is the form of one part.
func (s *Server) showPart(v *visit) (answer, error) {
	w, part, err := s.workOnPart(v)
	if err != nil {
		return answer{}, err
	}
	if !w.Allows(submission.Save, v.viewer()) {
		return answer{goTo: link.Submission(v.l.Tag(), w.ID)}, nil
	}
	f, err := s.filling(v, w, part)
	return answer{view: page.NewPart(v.l, f).View()}, err
}

// workOnPart is the submission and the part that the address names.
func (s *Server) workOnPart(v *visit) (page.Work, submission.Part, error) {
	w, err := s.work(v)
	part := submission.Part(chi.URLParam(v.r, "part"))
	if err == nil && !slices.Contains(w.Parts(), part) {
		err = errNoSuchPage
	}
	return w, part, err
}

// filling is the form of a part as it is stored, with all that helps to fill it
// in.
func (s *Server) filling(v *visit, w page.Work, part submission.Part) (page.PartInput, error) {
	query := v.r.URL.Query()
	f := page.PartInput{Work: w, Part: part, Form: submission.NewPartForm(w.Content, part), Seen: w.Content.Digest(part),
		Checking: query.Get(link.ReturnParameter) == link.ToCheck || v.r.PostFormValue(link.ReturnParameter) == link.ToCheck}
	if query.Has(link.MoreParameter) {
		f.MoreRows = 1
	}
	if f.Checking { // who comes from there was told what is missing
		f.Found = slices.DeleteFunc(w.Problems(), func(p submission.Problem) bool { return p.Part != part })
	}
	var err error
	if part == submission.TitleAndPlace && w.Kind != submission.Translation {
		f.Cities, err = s.Store.Practices.SuggestedCities(v.r.Context())
	}
	if err == nil && w.Kind == submission.Translation {
		f.Original, err = s.original(v, w, part)
	}
	return f, err
}

// original is the part of the public text that is being translated.
func (s *Server) original(v *visit, w page.Work, part submission.Part) (*component.Said, error) {
	p, err := s.Store.Practices.Find(v.r.Context(), w.Slug)
	if err != nil || len(p.Texts) == 0 || p.Texts[0].Language == w.Language {
		return nil, withoutOriginal(err)
	}
	language := p.Texts[0].Language
	return &component.Said{Content: submission.Proposed(p, language), Part: part, Language: language, Today: s.Now()}, nil
}

// savePart keeps a part as it was typed. Other parts that others have saved
// meanwhile stay as they are; where it is the same part, both texts are shown.
func (s *Server) savePart(v *visit) (answer, error) {
	w, part, err := s.workOnPart(v)
	if err != nil {
		return answer{}, err
	}
	e, err := v.partForm()
	if err != nil {
		return answer{}, err
	}
	kept, problems, err := s.keepPart(v, w.Submission, part)
	var incomplete submission.Incomplete
	switch {
	case errors.As(err, &incomplete):
		problems = incomplete.Problems
	case errors.Is(err, submission.ErrConflict):
		w.Submission = kept
		return s.conflicting(v, w, part)
	case err != nil:
		return answer{}, err
	}
	if isFetch(v.r) {
		return saved(v, kept, part, problems)
	}
	if len(problems) > 0 {
		f, err := s.filling(v, w, part)
		f.Form, f.Found, f.Seen = e, problems, v.r.PostFormValue("seen")
		return answer{view: page.NewPart(v.l, f).View(), status: http.StatusUnprocessableEntity}, err
	}
	return answer{goTo: s.afterSaving(v, kept, part)}, nil
}

// keepPart puts the part as it was typed into the text as it is now, and again
// when someone else was faster with another part. ErrConflict comes with the
// submission as it has become: this very part is not what the form was made of.
func (s *Server) keepPart(v *visit, now submission.Submission, part submission.Part) (submission.Submission, []submission.Problem, error) {
	e, seen := submission.ParsePartForm(v.r.PostForm), v.r.PostFormValue("seen")
	for range saveTries {
		content, problems := now.Fill(part, e)
		before, after := now.Content.Digest(part), content.Digest(part)
		switch {
		case len(problems) > 0 || before == after:
			return now, problems, nil
		case before != seen:
			return now, nil, submission.ErrConflict
		}
		kept, err := s.Store.Submissions.Advance(v.r.Context(), now.ID, now.Version,
			submission.Step{Action: submission.Save, By: v.viewer(), At: s.Now(), Content: content})
		if !errors.Is(err, submission.ErrConflict) {
			return kept, nil, err
		}
		if now, err = s.Store.Submissions.Find(v.r.Context(), now.ID); err != nil {
			return now, nil, err
		}
	}
	return now, nil, submission.ErrConflict
}

// conflicting shows both texts of a part: the one that is stored, and the one
// that was typed, so that the work can continue.
func (s *Server) conflicting(v *visit, w page.Work, part submission.Part) (answer, error) {
	if isFetch(v.r) {
		return v.data(http.StatusConflict, saving{})
	}
	f, err := s.filling(v, w, part)
	f.Form, f.Conflict, f.Found = submission.ParsePartForm(v.r.PostForm), true, nil
	return answer{view: page.NewPart(v.l, f).View(), status: http.StatusConflict}, err
}

// afterSaving is where saving leads: to the next part, back to checking, to
// another row for a city, or to the task list.
func (s *Server) afterSaving(v *visit, now submission.Submission, part submission.Part) string {
	tag := v.l.Tag()
	switch act := v.r.PostFormValue("act"); {
	case act == "row":
		return link.AnotherRow(tag, now.ID, part) + page.FirstNewRow(now.Content)
	case act != "continue":
		s.notify(v, "done.saved")
		return link.Submission(tag, now.ID)
	case v.r.PostFormValue(link.ReturnParameter) == link.ToCheck:
		return link.SubmissionPage(tag, now.ID, link.CheckPage)
	}
	parts := now.Parts()
	next := slices.Index(parts, part) + 1
	if next == len(parts) {
		return link.SubmissionPage(tag, now.ID, link.CheckPage)
	}
	return link.Part(tag, now.ID, parts[next])
}
