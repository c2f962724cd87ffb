package server

import (
	"errors"
	"net/http"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// checkAnswers shows everything before it is submitted, with what is missing
// and what is like it in the catalogue.
func (s *Server) checkAnswers(v *visit) (answer, error) {
	w, err := s.work(v)
	if err != nil {
		return answer{}, err
	}
	if !w.Allows(submission.Submit, v.viewer()) {
		return answer{goTo: link.Submission(v.l.Tag(), w.ID)}, nil
	}
	return s.checking(v, w, nil)
}

func (s *Server) checking(v *visit, w page.Work, refused []submission.Problem) (answer, error) {
	similar, err := s.Store.Practices.Similar(v.r.Context(), w.Submission)
	if err != nil {
		// Nobody is kept from submitting because this takes too long.
		s.Log.Warn("similar practices were not found", "error", err)
	}
	a := answer{view: page.NewCheck(v.l, page.Checked{Work: w, Similar: similar, Days: s.ReviewDays, Refused: refused}).View()}
	if len(refused) > 0 {
		a.status = http.StatusUnprocessableEntity
	}
	return a, nil
}

// submit hands a submission to the editors. What is agreed to is kept in the
// very words that the reader saw.
func (s *Server) submit(v *visit) (answer, error) {
	w, err := s.work(v)
	if err != nil {
		return answer{}, err
	}
	step := submission.Step{Action: submission.Submit}
	if v.r.PostFormValue(submission.ConsentField) == "yes" {
		step.Consent = v.l.T("submission.consent.text")
	}
	_, err = s.step(v, w.ID, step)
	var incomplete submission.Incomplete
	if errors.As(err, &incomplete) {
		return s.checking(v, w, incomplete.Problems)
	}
	return answer{goTo: link.SubmissionPage(v.l.Tag(), w.ID, link.ReceiptPage)}, err
}

// showReceipt says that a submission has arrived, as long as it is with the
// editors.
func (s *Server) showReceipt(v *visit) (answer, error) {
	w, err := s.work(v)
	if err == nil && w.State != submission.Submitted {
		return answer{goTo: link.Submission(v.l.Tag(), w.ID)}, nil
	}
	if err == nil && w.Names[w.Consent.By] == "" {
		names, err := s.Store.Accounts.Names(v.r.Context(), distinct(append(w.Authors[:len(w.Authors):len(w.Authors)], w.Consent.By, w.Assignee)))
		if err != nil {
			return answer{}, err
		}
		w.Names = names
	}
	return answer{view: page.NewReceipt(v.l, w, s.ReviewDays).View()}, err
}

// askColleague is the form to invite somebody to a draft.
func (s *Server) askColleague(v *visit) (answer, error) {
	w, err := s.work(v)
	if err == nil && !w.Allows(submission.Save, v.viewer()) {
		return answer{goTo: link.Submission(v.l.Tag(), w.ID)}, nil
	}
	return answer{view: page.NewColleague(v.l, w, "", nil).View()}, err
}

// inviteColleague invites somebody by mail. The answer is the same whether the
// address has an account or not.
func (s *Server) inviteColleague(v *visit) (answer, error) {
	w, err := s.work(v)
	if err != nil {
		return answer{}, err
	}
	typed := v.r.PostFormValue("mail")
	mail, ok := account.ParseMail(typed)
	var problems component.Problems
	if !ok {
		problems.Add(v.l, "mail", "colleague.no_mail")
		return answer{view: page.NewColleague(v.l, w, typed, problems).View(), status: http.StatusUnprocessableEntity}, nil
	}
	err = s.Store.Submissions.InviteAuthor(v.r.Context(), remarkBy(v, w.ID, s.Now()), mail, v.l.Tag())
	if err != nil {
		return answer{}, err
	}
	return s.done(v, "done.invited", link.Submission(v.l.Tag(), w.ID))
}
