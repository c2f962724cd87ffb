package submit

import (
	"crypto/rand"
	"errors"
	"slices"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// practice is the public practice that the address names.
func (h *Handlers) practice(r *respond.Request) (practice.Practice, error) {
	slug := r.Param("slug")
	p, err := h.Practices.Find(r.Context(), slug)
	var moved store.Moved
	if errors.As(err, &moved) {
		err = respond.ErrNoSuchPage
	}
	return p, err
}

// ProposeChange starts a change of a public text, as a copy of it. The public
// page stays as it is until an editor approves the change.
func (h *Handlers) ProposeChange(r *respond.Request) (respond.Response, error) {
	p, err := h.practice(r)
	if err != nil {
		return respond.Response{}, err
	}
	language := practice.Language(r.PostFormValue(link.TextParameter))
	if !slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return t.Language == language }) {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if !submission.MayPropose(r.Viewer(), p) {
		return respond.Response{}, respond.ErrNotAllowed
	}
	return h.startChange(r, p, language)
}

// AskToTranslate shows the form that asks for the language of a translation.
func (h *Handlers) AskToTranslate(r *respond.Request) (respond.Response, error) {
	p, err := h.practice(r)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewTranslate(r.Locale, r.Frame, page.TranslateInput{Practice: p, Key: rand.Text(), Language: missingLanguage(r.Locale, p)}).View()), nil
}

// missingLanguage is the first language that the site offers in which the practice
// has no text.
func missingLanguage(here *locale.Locale, p practice.Practice) practice.Language {
	for _, l := range here.Offered() {
		language := practice.Language(l.Tag())
		if !slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return t.Language == language }) {
			return language
		}
	}
	return practice.English
}

// Translate starts a translation of a practice.
func (h *Handlers) Translate(r *respond.Request) (respond.Response, error) {
	p, err := h.practice(r)
	if err != nil {
		return respond.Response{}, err
	}
	language := practice.Language(r.PostFormValue("language"))
	var problems component.Problems
	switch {
	case !language.Known():
		problems.Add(r.Locale, "language", "start.unknown_language")
	case language == p.Texts[0].Language:
		problems.Add(r.Locale, "language", "translate.original", "Language", r.Locale.Language(string(language)))
	default:
		return h.startChange(r, p, language)
	}
	in := page.TranslateInput{Practice: p, Key: respond.FormKey(r.PostFormValue("key")), Language: language, Problems: problems}
	return respond.Invalid(page.NewTranslate(r.Locale, r.Frame, in).View()), nil
}

// startChange creates a draft for a text of a public practice. An officer who
// has one already is led to that.
func (h *Handlers) startChange(r *respond.Request, p practice.Practice, language practice.Language) (respond.Response, error) {
	draft := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: language,
		Content: submission.Proposed(p, language), Created: h.Now()}
	begun, err := h.Submissions.Begun(r.Context(), draft, r.Viewer().ID)
	if err == nil {
		return r.Done("done.begun_before", link.Submission(r.Tag(), begun))
	}
	if !errors.Is(err, store.ErrNotFound) {
		return respond.Response{}, err
	}
	if language != p.Texts[0].Language {
		draft.Kind, draft.Content.Completed = submission.Translation, nil
	}
	if draft.Content.Title == "" { // a draft needs a title: the original one, for translation
		draft.Content.Title = p.Texts[0].Title
	}
	id, err := h.Submissions.Start(r.Context(), draft, respond.FormKey(r.PostFormValue("key")), r.Viewer())
	return respond.Redirect(link.Submission(r.Tag(), id)), err
}
