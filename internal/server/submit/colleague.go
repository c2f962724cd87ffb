package submit

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// AskColleague shows the form that invites a colleague to a draft.
func (h *Handlers) AskColleague(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !in.Allows(submission.Save, r.Viewer()) {
		return respond.Redirect(link.Submission(r.Tag(), in.ID)), nil
	}
	return respond.Show(page.NewColleague(r.Locale, r.Frame, page.ColleagueInput{SubmissionInput: in}).View()), nil
}

// InviteColleague invites a colleague by mail. The response is the same whether
// or not the address has an account, so that it tells nothing about accounts.
func (h *Handlers) InviteColleague(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	typed := r.PostFormValue("mail")
	mail, ok := account.ParseMail(typed)
	if !ok {
		var problems component.Problems
		problems.Add(r.Locale, "mail", "colleague.no_mail")
		invalid := page.ColleagueInput{SubmissionInput: in, Mail: typed, Problems: problems}
		return respond.Invalid(page.NewColleague(r.Locale, r.Frame, invalid).View()), nil
	}
	err = h.Submissions.InviteAuthor(r.Context(), r.CommentBy(in.ID), mail, r.Tag())
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.invited", link.Submission(r.Tag(), in.ID))
}
