package desk

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// Review is the page on which an editor reads a submission and decides.
func (h *Handlers) Review(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	return h.reviewed(r, found, func(*page.Reading) {})
}

// reviewed is that page of a submission; change may add to it what has just
// happened.
func (h *Handlers) reviewed(r *respond.Request, found submission.Submission, change func(*page.Reading)) (respond.Response, error) {
	in, err := h.reading(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	change(&in)
	return respond.Response{Page: page.NewReview(r.Locale, in).View()}, nil
}

// viewOf is how the address wants the text to be shown.
func viewOf(r *respond.Request) (shown string, from int) {
	query := r.URL.Query()
	if views := []string{link.WholeView, link.ChangesView, link.PublicView}; slices.Contains(views, query.Get(link.ViewParameter)) {
		shown = query.Get(link.ViewParameter)
	}
	from, _ = strconv.Atoi(query.Get(link.SinceParameter))
	return shown, max(from, 0)
}

// reading is all that editors see of a submission.
func (h *Handlers) reading(r *respond.Request, found submission.Submission) (in page.Reading, err error) {
	ctx := r.Context()
	in = page.Reading{Frame: r.Frame, Submission: found, Now: h.Now(), Desk: h.Settings}
	in.Shown, in.From = viewOf(r)
	if in.Revisions, err = h.Submissions.Revisions(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Reviews, err = h.Submissions.Reviews(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Comments, err = h.Submissions.Comments(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Editors, err = h.Accounts.List(ctx, store.AccountFilter{Role: account.Editor, State: account.Active}); err != nil {
		return in, err
	}
	if in.Waiting, err = h.Submissions.CountWaiting(ctx); err != nil {
		return in, err
	}
	if in.Names, err = h.Accounts.Names(ctx, people(in)); err != nil {
		return in, err
	}
	in.Public, in.Revision, err = h.publicText(ctx, found)
	return in, err
}

// people are all whom a review names.
func people(in page.Reading) []account.ID {
	list := slices.Concat([]account.ID{in.Assignee}, in.Authors, in.Approvals, in.Correctors)
	for _, c := range in.Comments {
		list = append(list, c.By)
	}
	for _, one := range in.Reviews {
		list = append(list, one.By)
	}
	return respond.Distinct(list)
}

// publicText is what residents read of the submission's practice in its
// language, and the newest revision of the practice; nothing where there is
// nothing to be read.
func (h *Handlers) publicText(ctx context.Context, found submission.Submission) (*submission.Content, int, error) {
	if found.Slug == "" {
		return nil, 0, nil
	}
	p, err := h.Practices.Find(ctx, found.Slug)
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
func (h *Handlers) overtaken(r *respond.Request, found submission.Submission, cause error) (respond.Response, error) {
	if !errors.Is(cause, submission.ErrConflict) && !errors.Is(cause, submission.ErrState) {
		return respond.Response{}, cause
	}
	problem, now, err := h.meanwhile(r, found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	a, err := h.reviewed(r, now, func(in *page.Reading) { in.Problems = component.Problems{problem} })
	a.Status = respond.StatusOf(cause)
	return a, err
}

// meanwhile says what has been done to a submission since the form was made
// that the viewer has sent, and what it has become.
func (h *Handlers) meanwhile(r *respond.Request, id submission.ID) (component.Problem, submission.Submission, error) {
	ctx := r.Context()
	now, err := h.Submissions.Find(ctx, id)
	if err != nil {
		return component.Problem{}, now, err
	}
	events, err := h.Events.OfSubmission(ctx, id)
	if err != nil {
		return component.Problem{}, now, err
	}
	version, _ := strconv.Atoi(r.PostFormValue("version"))
	events = slices.DeleteFunc(events, func(e store.Event) bool { return e.Version < version || e.Action == string(submission.Assign) })
	var who []account.ID
	for _, e := range events {
		who = append(who, e.Account)
	}
	names, err := h.Accounts.Names(ctx, respond.Distinct(who))
	return component.Problem{Text: page.Meanwhile(r.Locale, historyLines(events), names)}, now, err
}
