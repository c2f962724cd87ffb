package server

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// mayPropose reports whether the viewer may propose a change to a practice.
func mayPropose(viewer account.Viewer, p practice.Practice) bool {
	return submission.MayPropose(viewer, submission.Content{Cities: p.Place.Cities}.Places(), func(city account.City) bool {
		return slices.Contains(p.Place.Countries, city.Country)
	})
}

// public is the practice that the address names.
func (s *Server) public(v *visit) (practice.Practice, error) {
	slug := chi.URLParam(v.r, "slug")
	p, err := s.Store.Practices.Find(v.r.Context(), slug)
	var moved store.Moved
	if errors.As(err, &moved) {
		err = errNoSuchPage
	}
	return p, err
}

// proposeChange begins a change of a public text, with the text as it is. The
// public page stays until an editor approves.
func (s *Server) proposeChange(v *visit) (answer, error) {
	p, err := s.public(v)
	if err != nil {
		return answer{}, err
	}
	language := practice.Language(v.r.PostFormValue(link.TextParameter))
	if !slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return t.Language == language }) {
		return answer{}, errNoSuchPage
	}
	if !mayPropose(v.viewer(), p) {
		return answer{}, errNotAllowed
	}
	return s.begin(v, p, language)
}

// askToTranslate asks for the language of a translation.
func (s *Server) askToTranslate(v *visit) (answer, error) {
	p, err := s.public(v)
	if err != nil {
		return answer{}, err
	}
	return answer{view: page.NewTranslate(v.l, v.frame, page.Translated{Practice: p, Key: rand.Text(), Language: firstLacking(p)}).View()}, nil
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

// translate begins a translation of a practice.
func (s *Server) translate(v *visit) (answer, error) {
	p, err := s.public(v)
	if err != nil {
		return answer{}, err
	}
	language := practice.Language(v.r.PostFormValue("language"))
	var problems component.Problems
	switch {
	case !language.Known():
		problems.Add(v.l, "language", "start.unknown_language")
	case language == p.Texts[0].Language:
		problems.Add(v.l, "language", "translate.original", "Language", v.l.Language(string(language)))
	default:
		return s.begin(v, p, language)
	}
	typed := page.Translated{Practice: p, Key: formKey(v.r.PostFormValue("key")), Language: language}
	return answer{view: page.NewTranslate(v.l, v.frame, typed).Refused(problems).View(), status: http.StatusUnprocessableEntity}, nil
}

// begin begins a round of work on a text of a public practice. Who has one open
// already goes on with that.
func (s *Server) begin(v *visit, p practice.Practice, language practice.Language) (answer, error) {
	open, err := s.Store.Submissions.OfOfficer(v.r.Context(), v.viewer())
	if err != nil {
		return answer{}, err
	}
	for _, one := range open {
		if one.Practice == p.Number && one.Language == language && one.IsAuthor(v.viewer().ID) && !one.Over() {
			return s.done(v, "done.begun_before", link.Submission(v.l.Tag(), one.ID))
		}
	}
	begun := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: language,
		Content: submission.Proposed(p, language), Created: s.Now()}
	if language != p.Texts[0].Language {
		begun.Kind = submission.Translation
	}
	if begun.Content.Title == "" { // a draft has a title: that of the original, to be translated
		begun.Content.Title = p.Texts[0].Title
	}
	id, err := s.Store.Submissions.Start(v.r.Context(), begun, formKey(v.r.PostFormValue("key")), v.viewer())
	return answer{goTo: link.Submission(v.l.Tag(), id)}, err
}
