package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/page"
)

// listArchived lists the practices that residents no longer see.
func (s *Server) listArchived(v *visit) (answer, error) {
	found, err := s.Store.Practices.Archived(v.r.Context())
	if err != nil {
		return answer{}, err
	}
	list := make([]page.ArchivedLine, 0, len(found))
	for _, one := range found {
		list = append(list, page.ArchivedLine{Slug: one.Slug, Title: one.Title, Language: one.Language, Reason: one.Reason})
	}
	return answer{view: page.Archived{Frame: v.frame, List: list}.View()}, nil
}

// askStanding is the page on which archiving or restoring a practice is
// confirmed.
func (s *Server) askStanding(action submission.Action) handler {
	return func(v *visit) (answer, error) {
		p, err := s.standing(v, action)
		return answer{view: p.View()}, err
	}
}

// standing is that page of the practice that the address names.
func (s *Server) standing(v *visit, action submission.Action) (page.ConfirmForm, error) {
	slug, tag := chi.URLParam(v.r, "slug"), v.l.Tag()
	if practice.Slugify(slug) != slug {
		return page.ConfirmForm{}, errNoSuchPage
	}
	found, err := s.Store.Practices.Publication(v.r.Context(), slug)
	if err != nil {
		return page.ConfirmForm{}, err
	}
	p := page.ConfirmForm{Frame: v.frame, Name: link.ArchivePage, Of: slug, Action: link.Archive(tag, slug), Back: link.Practice(tag, slug),
		Words: submission.Tidy(v.r.PostFormValue(page.WordsField))}
	if action == submission.Restore {
		p.Name, p.Action, p.Back = link.RestorePage, link.Restore(tag, slug), link.ArchivedPractices(tag)
	}
	title, err := s.Store.Practices.Title(v.r.Context(), found.Number)
	p.Of, p.Language = title.Title, string(title.TitleLanguage)
	return p, err
}

// changeStanding archives a practice or restores it, and leads to where the
// change can be seen.
func (s *Server) changeStanding(action submission.Action) handler {
	return func(v *visit) (answer, error) {
		p, err := s.standing(v, action)
		if err != nil {
			return answer{}, err
		}
		if p.Problems = reasonProblems(v.l, p); len(p.Problems) > 0 {
			return answer{view: p.View(), status: http.StatusUnprocessableEntity}, nil
		}
		slug := chi.URLParam(v.r, "slug")
		err = s.Store.Practices.Advance(v.r.Context(), slug, submission.PracticeStep{Action: action, By: v.viewer(), At: s.Now(), Reason: p.Words})
		if errors.Is(err, submission.ErrState) {
			p.Problems.Add(v.l, "", "reasoned."+p.Name+".done_before")
			p.Closed = true
			return answer{view: p.View(), status: http.StatusConflict}, nil
		}
		if err != nil {
			return answer{}, err
		}
		s.renew(v)
		if action == submission.Archive {
			return s.done(v, "done.archived", link.ArchivedPractices(v.l.Tag()))
		}
		return answer{goTo: link.Practice(v.l.Tag(), slug)}, nil
	}
}
