package desk

import (
	"errors"
	"net/http"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// ListArchived lists the practices that residents no longer see.
func (h *Handlers) ListArchived(r *respond.Request) (respond.Response, error) {
	found, err := h.Practices.Archived(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	list := make([]page.ArchivedLine, 0, len(found))
	for _, one := range found {
		list = append(list, page.ArchivedLine{Slug: one.Slug, Title: one.Title, Language: one.Language, Reason: one.Reason})
	}
	return respond.Response{Page: page.Archived{Frame: r.Frame, List: list}.View()}, nil
}

// askStanding is the page on which archiving or restoring a practice is
// confirmed.
func (h *Handlers) ConfirmPracticeStep(action submission.Action) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		p, err := h.standing(r, action)
		return respond.Response{Page: p.View()}, err
	}
}

// standing is that page of the practice that the address names.
func (h *Handlers) standing(r *respond.Request, action submission.Action) (page.ConfirmForm, error) {
	slug, tag := r.Param("slug"), r.Tag()
	if practice.Slugify(slug) != slug {
		return page.ConfirmForm{}, respond.ErrNoSuchPage
	}
	found, err := h.Practices.Publication(r.Context(), slug)
	if err != nil {
		return page.ConfirmForm{}, err
	}
	p := page.ConfirmForm{Frame: r.Frame, Name: link.ArchivePage, Of: slug, Action: link.Archive(tag, slug), Back: link.Practice(tag, slug),
		Words: submission.Tidy(r.PostFormValue(page.WordsField))}
	if action == submission.Restore {
		p.Name, p.Action, p.Back = link.RestorePage, link.Restore(tag, slug), link.ArchivedPractices(tag)
	}
	title, err := h.Practices.Title(r.Context(), found.Number)
	p.Of, p.Language = title.Title, string(title.TitleLanguage)
	return p, err
}

// changeStanding archives a practice or restores it, and leads to where the
// change can be seen.
func (h *Handlers) TakePracticeStep(action submission.Action) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		p, err := h.standing(r, action)
		if err != nil {
			return respond.Response{}, err
		}
		if p.Problems = reasonProblems(r.Locale, p); len(p.Problems) > 0 {
			return respond.Response{Page: p.View(), Status: http.StatusUnprocessableEntity}, nil
		}
		slug := r.Param("slug")
		err = h.Practices.Advance(r.Context(), slug, submission.PracticeStep{Action: action, By: r.Viewer(), At: h.Now(), Reason: p.Words})
		if errors.Is(err, submission.ErrState) {
			p.Problems.Add(r.Locale, "", "reasoned."+p.Name+".done_before")
			p.Closed = true
			return respond.Response{Page: p.View(), Status: http.StatusConflict}, nil
		}
		if err != nil {
			return respond.Response{}, err
		}
		h.renew(r)
		if action == submission.Archive {
			return r.Done("done.archived", link.ArchivedPractices(r.Tag()))
		}
		return respond.Response{Redirect: link.Practice(r.Tag(), slug)}, nil
	}
}
