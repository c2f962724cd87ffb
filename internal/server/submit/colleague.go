package submit

import (
	"errors"
	"net/http"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// AskColleague shows the form that invites a colleague to a draft.
func (h *ColleagueHandlers) AskColleague(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if in.Correction != nil || !in.Allows(submission.Save, r.Viewer()) {
		return respond.Redirect(link.Submission(r.Tag(), in.ID)), nil
	}
	return respond.Show(page.NewColleague(r.Locale, r.Frame, page.ColleagueInput{SubmissionInput: in}).View()), nil
}

// InviteColleague invites a colleague by mail. Where that cannot be, the form says why.
func (h *ColleagueHandlers) InviteColleague(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	form := page.ColleagueInput{SubmissionInput: in, Mail: r.PostFormValue("mail")}
	status := http.StatusConflict
	mail, ok := account.ParseMail(form.Mail)
	if ok {
		err = h.Submissions.InviteAuthor(r.Context(), r.CommentBy(in.ID), mail, r.Tag())
	}
	switch {
	case !ok:
		form.Problems.Add(r.Locale, "mail", "form.mail_wrong")
		status = http.StatusUnprocessableEntity
	case errors.Is(err, store.ErrAlreadyAuthor):
		form.Problems.Add(r.Locale, "mail", "colleague.already")
	case errors.Is(err, store.ErrNoOfficer):
		form.Problems.Add(r.Locale, "mail", "colleague.no_officer")
		status = http.StatusUnprocessableEntity
	case errors.Is(err, store.ErrFull):
		form.Problems.Add(r.Locale, "mail", "colleague.full")
	case err != nil:
		return respond.Response{}, err
	default:
		return r.Done("done.invited", link.Submission(r.Tag(), in.ID))
	}
	return respond.Response{Page: page.NewColleague(r.Locale, r.Frame, form).View(), Status: status}, nil
}

// AskToRemoveColleague shows the question whether to take an author off a draft.
func (h *ColleagueHandlers) AskToRemoveColleague(r *respond.Request) (respond.Response, error) {
	in, author, err := h.author(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !in.MayRemoveAuthors(r.Viewer()) {
		return respond.Response{}, respond.ErrNotAllowed
	}
	return respond.Show(page.NewRemoveColleague(r.Locale, r.Frame, in, author).View()), nil
}

// RemoveColleague takes an author off a draft. Authors may leave themselves; one has
// to remain.
func (h *ColleagueHandlers) RemoveColleague(r *respond.Request) (respond.Response, error) {
	in, author, err := h.author(r)
	if err != nil {
		return respond.Response{}, err
	}
	err = h.Submissions.RemoveAuthor(r.Context(), r.CommentBy(in.ID), author)
	switch {
	case errors.Is(err, store.ErrLastAuthor):
		invalid := page.ColleagueInput{SubmissionInput: in}
		invalid.Problems = append(invalid.Problems, component.Problem{Text: r.Locale.T("colleague.last")})
		return respond.Invalid(page.NewColleague(r.Locale, r.Frame, invalid).View()), nil
	case err != nil:
		return respond.Response{}, err
	case author == r.Viewer().ID:
		return r.Done("done.left", link.Submissions(r.Tag()))
	}
	return r.Done("done.removed", link.SubmissionPage(r.Tag(), in.ID, link.ColleaguePage))
}

// author is the submission and the author that the address names.
func (h *ColleagueHandlers) author(r *respond.Request) (page.SubmissionInput, account.ID, error) {
	in, err := h.input(r)
	number, _ := r.Number("account")
	if err == nil && !in.IsAuthor(account.ID(number)) {
		err = respond.ErrNoSuchPage
	}
	return in, account.ID(number), err
}
