package submit

import (
	"crypto/rand"
	"errors"
	"net/http"
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

// public is the practice that the address names.
func (h *Handlers) public(r *respond.Request) (practice.Practice, error) {
	slug := r.Param("slug")
	p, err := h.Practices.Find(r.Context(), slug)
	var moved store.Moved
	if errors.As(err, &moved) {
		err = respond.ErrNoSuchPage
	}
	return p, err
}

// ProposeChange begins a change of a public text, with the text as it is. The
// public page stays until an editor approves.
func (h *Handlers) ProposeChange(r *respond.Request) (respond.Response, error) {
	p, err := h.public(r)
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
	return h.begin(r, p, language)
}

// AskToTranslate asks for the language of a translation.
func (h *Handlers) AskToTranslate(r *respond.Request) (respond.Response, error) {
	p, err := h.public(r)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewTranslate(r.Locale, r.Frame, page.Translated{Practice: p, Key: rand.Text(), Language: firstLacking(p)}).View()}, nil
}

// firstLacking is a language that the practice lacks: the first of those in
// which the pages are.
func firstLacking(p practice.Practice) practice.Language {
	for _, l := range locale.All() {
		language := practice.Language(l.Tag())
		if !slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return t.Language == language }) {
			return language
		}
	}
	return practice.English
}

// Translate begins a translation of a practice.
func (h *Handlers) Translate(r *respond.Request) (respond.Response, error) {
	p, err := h.public(r)
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
		return h.begin(r, p, language)
	}
	typed := page.Translated{Practice: p, Key: respond.FormKey(r.PostFormValue("key")), Language: language}
	return respond.Response{Page: page.NewTranslate(r.Locale, r.Frame, typed).Refused(problems).View(), Status: http.StatusUnprocessableEntity}, nil
}

// begin begins a round of work on a text of a public practice. Who has one open
// already goes on with that.
func (h *Handlers) begin(r *respond.Request, p practice.Practice, language practice.Language) (respond.Response, error) {
	open, err := h.Submissions.OfOfficer(r.Context(), r.Viewer())
	if err != nil {
		return respond.Response{}, err
	}
	for _, one := range open {
		if one.Practice == p.Number && one.Language == language && one.IsAuthor(r.Viewer().ID) && !one.Over() {
			return r.Done("done.begun_before", link.Submission(r.Tag(), one.ID))
		}
	}
	begun := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: language,
		Content: submission.Proposed(p, language), Created: h.Now()}
	if language != p.Texts[0].Language {
		begun.Kind = submission.Translation
	}
	if begun.Content.Title == "" { // a draft has a title: that of the original, to be translated
		begun.Content.Title = p.Texts[0].Title
	}
	id, err := h.Submissions.Start(r.Context(), begun, respond.FormKey(r.PostFormValue("key")), r.Viewer())
	return respond.Response{Redirect: link.Submission(r.Tag(), id)}, err
}
