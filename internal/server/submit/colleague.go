package submit

import (
	"net/http"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// AskColleague is the form to invite somebody to a draft.
func (h *Handlers) AskColleague(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err == nil && !w.Allows(submission.Save, r.Viewer()) {
		return respond.Response{Redirect: link.Submission(r.Tag(), w.ID)}, nil
	}
	return respond.Response{Page: page.NewColleague(r.Locale, w, "", nil).View()}, err
}

// InviteColleague invites somebody by mail. The answer is the same whether the
// address has an account or not.
func (h *Handlers) InviteColleague(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err != nil {
		return respond.Response{}, err
	}
	typed := r.PostFormValue("mail")
	mail, ok := account.ParseMail(typed)
	var problems component.Problems
	if !ok {
		problems.Add(r.Locale, "mail", "colleague.no_mail")
		return respond.Response{Page: page.NewColleague(r.Locale, w, typed, problems).View(), Status: http.StatusUnprocessableEntity}, nil
	}
	err = h.Submissions.InviteAuthor(r.Context(), r.CommentBy(w.ID), mail, r.Tag())
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.invited", link.Submission(r.Tag(), w.ID))
}
