package server

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// review is the page on which an editor reads a submission and decides.
func (s *Server) review(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	return s.reviewed(v, found, func(*page.Reading) {})
}

// reviewed is that page of a submission; change may add to it what has just
// happened.
func (s *Server) reviewed(v *visit, found submission.Submission, change func(*page.Reading)) (answer, error) {
	r, err := s.reading(v, found)
	if err != nil {
		return answer{}, err
	}
	change(&r)
	return answer{view: page.NewReview(v.l, r).View()}, nil
}

// viewOf is how the address wants the text to be shown.
func viewOf(v *visit) (shown string, from int) {
	query := v.r.URL.Query()
	if views := []string{link.WholeView, link.ChangesView, link.PublicView}; slices.Contains(views, query.Get(link.ViewParameter)) {
		shown = query.Get(link.ViewParameter)
	}
	from, _ = strconv.Atoi(query.Get(link.SinceParameter))
	return shown, max(from, 0)
}

// reading is all that editors see of a submission.
func (s *Server) reading(v *visit, found submission.Submission) (r page.Reading, err error) {
	ctx := v.r.Context()
	r = page.Reading{Frame: v.frame, Submission: found, Now: s.Now(), Desk: s.Desk}
	r.Shown, r.From = viewOf(v)
	if r.Revisions, err = s.Store.Submissions.Revisions(ctx, found.ID); err != nil {
		return r, err
	}
	if r.Reviews, err = s.Store.Submissions.Reviews(ctx, found.ID); err != nil {
		return r, err
	}
	if r.Comments, err = s.Store.Submissions.Comments(ctx, found.ID); err != nil {
		return r, err
	}
	if r.Editors, err = s.Store.Accounts.List(ctx, store.AccountFilter{Role: account.Editor, State: account.Active}); err != nil {
		return r, err
	}
	if r.Waiting, err = s.Store.Submissions.CountWaiting(ctx); err != nil {
		return r, err
	}
	if r.Names, err = s.Store.Accounts.Names(ctx, people(r)); err != nil {
		return r, err
	}
	r.Public, r.Revision, err = s.publicText(ctx, found)
	return r, err
}

// people are all whom a review names.
func people(r page.Reading) []account.ID {
	list := slices.Concat([]account.ID{r.Assignee}, r.Authors, r.Approvals, r.Correctors)
	for _, c := range r.Comments {
		list = append(list, c.By)
	}
	for _, one := range r.Reviews {
		list = append(list, one.By)
	}
	return distinct(list)
}

// publicText is what residents read of the submission's practice in its
// language, and the newest revision of the practice; nothing where there is
// nothing to be read.
func (s *Server) publicText(ctx context.Context, found submission.Submission) (*submission.Content, int, error) {
	if found.Slug == "" {
		return nil, 0, nil
	}
	p, err := s.Store.Practices.Find(ctx, found.Slug)
	var archived store.Archived
	switch {
	case errors.As(err, &archived), errors.Is(err, store.ErrNotFound):
		return nil, 0, nil
	case err != nil:
		return nil, 0, err
	}
	for _, text := range p.Texts {
		if text.Language == found.Language {
			content := submission.Proposed(p, found.Language)
			return &content, p.Revision, nil
		}
	}
	return nil, p.Revision, nil
}

// overtaken is the page of who was not the first: it says what has happened
// since, and shows the submission as it is now.
func (s *Server) overtaken(v *visit, found submission.Submission, cause error) (answer, error) {
	if !errors.Is(cause, submission.ErrConflict) && !errors.Is(cause, submission.ErrState) {
		return answer{}, cause
	}
	problem, now, err := s.meanwhile(v, found.ID)
	if err != nil {
		return answer{}, err
	}
	a, err := s.reviewed(v, now, func(r *page.Reading) { r.Problems = component.Problems{problem} })
	a.status = statusOf(cause)
	return a, err
}

// meanwhile says what has been done to a submission since the form was made
// that the viewer has sent, and what it has become.
func (s *Server) meanwhile(v *visit, id submission.ID) (component.Problem, submission.Submission, error) {
	ctx := v.r.Context()
	now, err := s.Store.Submissions.Find(ctx, id)
	if err != nil {
		return component.Problem{}, now, err
	}
	events, err := s.Store.Events.OfSubmission(ctx, id)
	if err != nil {
		return component.Problem{}, now, err
	}
	version, _ := strconv.Atoi(v.r.PostFormValue("version"))
	events = slices.DeleteFunc(events, func(e store.Event) bool { return e.Version < version || e.Action == string(submission.Assign) })
	var who []account.ID
	for _, e := range events {
		who = append(who, e.Account)
	}
	names, err := s.Store.Accounts.Names(ctx, distinct(who))
	return component.Problem{Text: page.Meanwhile(v.l, historyLines(events), names)}, now, err
}
