package server

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/web/page"
)

// listSubmissions is the list of an officer's own practices.
func (s *Server) listSubmissions(v *visit) (answer, error) {
	ctx := v.r.Context()
	list, err := s.Store.Submissions.OfOfficer(ctx, v.viewer())
	if err != nil {
		return answer{}, err
	}
	var people []account.ID
	var practices []int64
	for _, one := range list {
		people = append(append(people, one.Authors...), one.Assignee)
		if one.State == submission.Approved {
			practices = append(practices, one.Practice)
		}
	}
	names, err := s.Store.Accounts.Names(ctx, distinct(people))
	if err != nil {
		return answer{}, err
	}
	standing, err := s.Store.Practices.States(ctx, distinct(practices))
	if err != nil {
		return answer{}, err
	}
	return answer{view: page.NewSubmissions(v.l, page.Owned{Frame: v.frame, List: list, Names: names, Standing: standing, Now: s.Now()}).View()}, nil
}

// distinct sorts a list and takes repetitions out.
func distinct[T int64 | account.ID](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// showSubmission is the task list of a submission, or its text where nobody
// works on it.
func (s *Server) showSubmission(v *visit) (answer, error) {
	w, err := s.work(v)
	if err != nil {
		return answer{}, err
	}
	if w.Corrected, err = s.corrections(v, w); err != nil {
		return answer{}, err
	}
	return answer{view: page.NewTasks(v.l, w).View()}, nil
}

// corrections are what editors have corrected since a text was submitted last;
// who they are is added to the names.
func (s *Server) corrections(v *visit, w page.Work) ([]page.CorrectedRevision, error) {
	if len(w.Correctors) == 0 {
		return nil, nil
	}
	revisions, err := s.Store.Submissions.Revisions(v.r.Context(), w.ID)
	if err != nil {
		return nil, err
	}
	names, err := s.Store.Accounts.Names(v.r.Context(), w.Correctors)
	maps.Copy(w.Names, names)
	return page.Corrections(w.Submission, revisions, s.Now()), err
}

// printSubmission is the whole text as a document, to go round the offices.
func (s *Server) printSubmission(v *visit) (answer, error) {
	w, err := s.work(v)
	if err != nil {
		return answer{}, err
	}
	return answer{view: page.NewPaper(v.l, w).View()}, nil
}

// own is the submission that the address names. To everybody but its officers
// it does not exist.
func (s *Server) own(v *visit) (submission.Submission, error) {
	id, ok := v.number("id")
	if !ok {
		return submission.Submission{}, errNoSuchPage
	}
	found, err := s.Store.Submissions.Find(v.r.Context(), submission.ID(id))
	if err == nil && !found.IsOfficer(v.viewer()) {
		err = errNoSuchPage
	}
	return found, err
}

// work is the submission that the address names, with all that its officers see
// of it.
func (s *Server) work(v *visit) (page.Work, error) {
	found, err := s.own(v)
	if err != nil {
		return page.Work{}, err
	}
	return s.workOn(v, found)
}

func (s *Server) workOn(v *visit, found submission.Submission) (page.Work, error) {
	ctx := v.r.Context()
	comments, err := s.Store.Submissions.Comments(ctx, found.ID)
	if err != nil {
		return page.Work{}, err
	}
	comments = submission.Seen(comments, v.viewer())
	reviews, err := s.Store.Submissions.Reviews(ctx, found.ID)
	if err != nil {
		return page.Work{}, err
	}
	people := append(slices.Clone(found.Authors), found.Assignee)
	for _, c := range comments {
		people = append(people, c.By)
	}
	names, err := s.Store.Accounts.Names(ctx, distinct(people))
	return page.Work{Frame: v.frame, Submission: found, Comments: comments, Reviews: reviews, Names: names, Now: s.Now()}, err
}

// done leads on, and says there what has been done.
func (s *Server) done(v *visit, key, path string) (answer, error) {
	s.notify(v, key)
	return answer{goTo: path}, nil
}

// step takes a step with a submission that the viewer has seen in the version
// that the form carries.
func (s *Server) step(v *visit, id submission.ID, step submission.Step) (submission.Submission, error) {
	version, err := strconv.Atoi(v.r.PostFormValue("version"))
	if err != nil {
		return submission.Submission{}, submission.ErrConflict
	}
	step.By, step.At = v.viewer(), s.Now()
	return s.Store.Submissions.Advance(v.r.Context(), id, version, step)
}

// take takes a step of an officer's that brings nothing but itself.
func (s *Server) take(v *visit, action submission.Action) (submission.ID, error) {
	found, err := s.own(v)
	if err == nil {
		_, err = s.step(v, found.ID, submission.Step{Action: action})
	}
	return found.ID, err
}

// discardDraft takes a draft out of the way. It asks nothing, for it can be
// undone.
func (s *Server) discardDraft(v *visit) (answer, error) {
	if _, err := s.take(v, submission.Discard); err != nil {
		return answer{}, err
	}
	return s.done(v, "done.discarded", link.Submissions(v.l.Tag()))
}

// takeBack makes a discarded draft one to be worked on again.
func (s *Server) takeBack(v *visit) (answer, error) {
	id, err := s.take(v, submission.TakeBack)
	if err != nil {
		return answer{}, err
	}
	return s.done(v, "done.taken_back", link.Submission(v.l.Tag(), id))
}

// askToWithdraw asks before a submission leaves the editors.
func (s *Server) askToWithdraw(v *visit) (answer, error) {
	w, err := s.work(v)
	if err == nil && !w.Allows(submission.Withdraw, v.viewer()) {
		return answer{goTo: link.Submission(v.l.Tag(), w.ID)}, nil
	}
	return answer{view: page.NewWithdraw(v.l, w).View()}, err
}

// withdrawSubmission takes a submission back from the editors. Assigning it
// meanwhile raises no version and does not stand in the way.
func (s *Server) withdrawSubmission(v *visit) (answer, error) {
	id, err := s.take(v, submission.Withdraw)
	if err != nil {
		return answer{}, err
	}
	return s.done(v, "done.withdrawn", link.Submission(v.l.Tag(), id))
}

// answerComment keeps an answer to what an editor asked for, or says that it is
// done.
func (s *Server) answerComment(v *visit) (answer, error) {
	found, err := s.own(v)
	if err != nil {
		return answer{}, err
	}
	number, ok := v.number("comment")
	if !ok {
		return answer{}, errNoSuchPage
	}
	ctx, remark := v.r.Context(), submission.Comment{Parent: number, Text: submission.Tidy(v.r.PostFormValue("text"))}
	who := remarkBy(v, found.ID, s.Now())
	switch act := v.r.PostFormValue("act"); act {
	case "done", "undone":
		err = s.Store.Submissions.MarkComment(ctx, who, number, act == "done")
	default:
		err = s.Store.Submissions.AddComment(ctx, who, remark, formKey(v.r.PostFormValue("key")))
	}
	if errors.Is(err, submission.ErrNoText) {
		return s.unanswered(v, found, page.ReplyForm{Comment: number, Text: remark.Text})
	}
	if err != nil {
		return answer{}, err
	}
	return s.done(v, "done.answered", s.commented(v, found, number)+"#"+link.CommentID(number))
}
