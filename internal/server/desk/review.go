package desk

import (
	"context"
	"errors"
	"net/http"
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

// Review shows the page on which an editor reads a submission and decides.
func (h *Handlers) Review(r *respond.Request) (respond.Response, error) {
	found, err := h.submission(r)
	if err != nil {
		return respond.Response{}, err
	}
	if found.State == submission.Submitted {
		if err := h.Submissions.Reads(r.Context(), store.Contribution{Submission: found.ID, By: r.Viewer(), At: h.Now()}, ""); err != nil {
			h.Log.Warn("others are not told who reads", "error", err) // the text is read all the same
		}
	}
	in, err := h.reviewInput(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	return showReview(r, in, http.StatusOK), nil
}

func showReview(r *respond.Request, in page.ReviewInput, status int) respond.Response {
	return respond.Response{Page: page.NewReview(r.Locale, r.Frame, in).View(), Status: status}
}

// reviewMode is how the address asks for the text: one of link's views, and the
// revision to compare with; zero values where it leaves that open.
func reviewMode(r *respond.Request) (mode string, compareWith int) {
	query := r.URL.Query()
	if modes := []string{link.WholeView, link.ChangesView, link.PublicView}; slices.Contains(modes, query.Get(link.ViewParameter)) {
		mode = query.Get(link.ViewParameter)
	}
	compareWith, _ = strconv.Atoi(query.Get(link.SinceParameter))
	return mode, max(compareWith, 0)
}

// reviewAddress is the address of a review in the mode of the present page.
func reviewAddress(r *respond.Request, id submission.ID) string {
	mode, compareWith := reviewMode(r)
	return link.WithView(link.Review(r.Tag(), id), mode, compareWith)
}

// reviewInput is everything that editors see of a submission.
func (h *Handlers) reviewInput(r *respond.Request, found submission.Submission) (in page.ReviewInput, err error) {
	ctx := r.Context()
	in = page.ReviewInput{Submission: found, Now: h.Now(), Settings: h.Settings}
	in.Mode, in.CompareWith = reviewMode(r)
	if in.Revisions, err = h.Submissions.Revisions(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Reviews, err = h.Submissions.Reviews(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Comments, err = h.Submissions.Comments(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Drafts, err = h.Submissions.CommentDrafts(ctx, found.ID, r.Viewer().ID); err != nil {
		return in, err
	}
	if in.Editors, err = h.editors(r); err != nil {
		return in, err
	}
	if in.Waiting, err = h.Submissions.CountWaiting(ctx, r.Viewer().ID); err != nil {
		return in, err
	}
	marks, err := h.Submissions.Marks(ctx, r.Viewer().ID, h.Now(), []submission.ID{found.ID})
	if err != nil {
		return in, err
	}
	in.Marks = page.Marks(marks[found.ID])
	if in.Rejected, err = h.Submissions.RejectedLike(ctx, found); err != nil {
		h.Log.Warn("a review is shown without what was rejected before", "error", err)
	}
	if in.Names, err = h.Accounts.Names(ctx, people(in)); err != nil {
		return in, err
	}
	if found.State != submission.Submitted {
		if in.Next, in.HasNext, err = h.Submissions.NextWaiting(ctx, r.Viewer().ID, found.ID); err != nil {
			return in, err
		}
	}
	in.Public, in.Revision, err = h.publicText(ctx, found)
	return in, err
}

// people lists everyone whose name a review shows.
func people(in page.ReviewInput) []account.ID {
	list := slices.Concat([]account.ID{in.Assignee}, in.Marks.Readers, in.Authors, in.Approvals, in.Correctors)
	for _, c := range in.Comments {
		list = append(list, c.By)
	}
	for _, one := range in.Reviews {
		list = append(list, one.By)
	}
	return respond.Distinct(list)
}

// publicText is the public text of the submission's practice in its language, and
// the newest revision of the practice; nil and 0 where there is none.
func (h *Handlers) publicText(ctx context.Context, found submission.Submission) (content *submission.Content, revision int, err error) {
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
			proposed := submission.Proposed(p, found.Language)
			return &proposed, p.Revision, nil
		}
	}
	return nil, p.Revision, nil
}

// conflict shows the submission as it is now to an editor whose step came too
// late, and says what has happened. Other errors are returned as they are.
func (h *Handlers) conflict(r *respond.Request, found submission.Submission, cause error) (respond.Response, error) {
	if !isConflict(cause) {
		return respond.Response{}, cause
	}
	problem, now, err := h.conflictProblem(r, found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	in, err := h.reviewInput(r, now)
	if err != nil {
		return respond.Response{}, err
	}
	in.Problems = component.Problems{problem}
	return showReview(r, in, respond.StatusOf(cause)), nil
}

// conflictProblem says what others have done to a submission since the viewer's
// form was made, and returns the submission as it is now.
func (h *Handlers) conflictProblem(r *respond.Request, id submission.ID) (component.Problem, submission.Submission, error) {
	now, err := respond.FindSubmission(r, h.Submissions, id)
	if err != nil {
		return component.Problem{}, now, err
	}
	events, err := h.Events.OfSubmission(r.Context(), id)
	if err != nil {
		return component.Problem{}, now, err
	}
	version, _ := strconv.Atoi(r.PostFormValue("version"))
	events = slices.DeleteFunc(events, func(e store.Event) bool { return e.Version < version || e.Action == string(submission.Assign) })
	names, err := h.eventNames(r, events)
	return component.Problem{Text: page.ConflictText(r.Locale, pageEvents(events), names)}, now, err
}
