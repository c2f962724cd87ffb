package desk

import (
	"cmp"
	"errors"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// ListArchived lists the practices that are no longer public.
func (h *PublishedHandlers) ListArchived(r *respond.Request) (respond.Response, error) {
	found, err := h.Practices.Archived(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	list := make([]page.ArchivedPractice, 0, len(found))
	for _, one := range found {
		list = append(list, page.ArchivedPractice{Slug: one.Slug, Title: one.Title, Language: one.Language, Reason: one.Reason})
	}
	return respond.Show(page.NewArchived(r.Locale, r.Frame, page.ArchivedInput{List: list}).View()), nil
}

// ConfirmPracticeStep returns the handler of the page on which archiving or
// restoring a practice is confirmed.
func (h *PublishedHandlers) ConfirmPracticeStep(action submission.Action) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in, err := h.practiceStep(r, action)
		if err != nil {
			return respond.Response{}, err
		}
		return respond.Show(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
	}
}

// practiceStep is the form that confirms a step with the practice that the
// address names.
func (h *PublishedHandlers) practiceStep(r *respond.Request, action submission.Action) (page.ConfirmInput, error) {
	slug, tag := r.Param("slug"), r.Tag()
	if practice.Slugify(slug) != slug {
		return page.ConfirmInput{}, respond.ErrNoSuchPage
	}
	found, err := h.Practices.Publication(r.Context(), slug)
	if err != nil {
		return page.ConfirmInput{}, err
	}
	if own, err := h.Practices.IsOwn(r.Context(), slug, r.Viewer()); own || err != nil {
		return page.ConfirmInput{}, cmp.Or(err, submission.ErrNotYours)
	}
	title, err := h.Practices.Title(r.Context(), found.Number)
	in := page.ConfirmInput{
		Step:     link.ArchivePage,
		Subject:  title.Title,
		Language: string(title.TitleLanguage),
		Action:   link.Archive(tag, slug),
		Back:     link.Practice(tag, slug),
	}
	if action == submission.Restore {
		in.Step = link.RestorePage
		in.Action = link.Restore(tag, slug)
		in.Back = link.ArchivedPractices(tag)
	}
	readReason(r, &in)
	return in, err
}

// TakePracticeStep returns the handler that archives or restores a practice. It
// leads to where the change can be seen.
func (h *PublishedHandlers) TakePracticeStep(action submission.Action) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in, err := h.practiceStep(r, action)
		if err != nil {
			return respond.Response{}, err
		}
		if in.Problems = reasonProblems(r.Locale, in); len(in.Problems) > 0 {
			return respond.Invalid(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
		}
		slug := r.Param("slug")
		err = h.Practices.Advance(r.Context(), slug, submission.PracticeStep{Action: action, By: r.Viewer(), At: h.Now(), Reason: in.Reason,
			Language: practice.Language(in.Words)})
		if errors.Is(err, submission.ErrState) {
			in.Problems.Add(r.Locale, "", "reasoned."+in.Step+".done_before")
			in.Closed = true
			return respond.Conflict(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
		}
		if err != nil {
			return respond.Response{}, err
		}
		h.refreshCatalogue(r)
		if action == submission.Archive {
			return r.Done("done.archived", link.ArchivedPractices(r.Tag()))
		}
		return respond.Redirect(link.Practice(r.Tag(), slug)), nil
	}
}
