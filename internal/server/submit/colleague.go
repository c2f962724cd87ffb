package submit

import (
	"errors"

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

// InviteColleague invites a colleague by mail. The response is the same whether
// or not the address has an account, so that it tells nothing about accounts.
func (h *ColleagueHandlers) InviteColleague(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	typed := r.PostFormValue("mail")
	mail, ok := account.ParseMail(typed)
	if !ok {
		var problems component.Problems
		problems.Add(r.Locale, "mail", "form.mail_wrong")
		invalid := page.ColleagueInput{SubmissionInput: in, Mail: typed, Problems: problems}
		return respond.Invalid(page.NewColleague(r.Locale, r.Frame, invalid).View()), nil
	}
	err = h.Submissions.InviteAuthor(r.Context(), r.CommentBy(in.ID), mail, r.Tag())
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.invited", link.Submission(r.Tag(), in.ID))
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
