package submit

import (
	"maps"
	"slices"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// ListSubmissions is the list of an officer's own practices.
func (h *Handlers) ListSubmissions(r *respond.Request) (respond.Response, error) {
	ctx := r.Context()
	list, err := h.Submissions.OfOfficer(ctx, r.Viewer())
	if err != nil {
		return respond.Response{}, err
	}
	var people []account.ID
	var practices []int64
	for _, one := range list {
		people = append(append(people, one.Authors...), one.Assignee)
		if one.State == submission.Approved {
			practices = append(practices, one.Practice)
		}
	}
	names, err := h.Accounts.Names(ctx, respond.Distinct(people))
	if err != nil {
		return respond.Response{}, err
	}
	standing, err := h.Practices.States(ctx, respond.Distinct(practices))
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewSubmissions(r.Locale, page.Owned{Frame: r.Frame, List: list, Names: names, Standing: standing, Now: h.Now()}).View()}, nil
}

// ShowSubmission is the task list of a submission, or its text where nobody
// works on it.
func (h *Handlers) ShowSubmission(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err != nil {
		return respond.Response{}, err
	}
	if w.Corrected, err = h.corrections(r, w); err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewTasks(r.Locale, w).View()}, nil
}

// corrections are what editors have corrected since a text was submitted last;
// who they are is added to the names.
func (h *Handlers) corrections(r *respond.Request, w page.Work) ([]page.CorrectedRevision, error) {
	if len(w.Correctors) == 0 {
		return nil, nil
	}
	revisions, err := h.Submissions.Revisions(r.Context(), w.ID)
	if err != nil {
		return nil, err
	}
	names, err := h.Accounts.Names(r.Context(), w.Correctors)
	maps.Copy(w.Names, names)
	return page.Corrections(w.Submission, revisions, h.Now()), err
}

// PrintSubmission is the whole text as a document, to go round the offices.
func (h *Handlers) PrintSubmission(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewPaper(r.Locale, w).View()}, nil
}

// own is the submission that the address names. To everybody but its officers
// it does not exist.
func (h *Handlers) own(r *respond.Request) (submission.Submission, error) {
	id, ok := r.Number("id")
	if !ok {
		return submission.Submission{}, respond.ErrNoSuchPage
	}
	found, err := h.Submissions.Find(r.Context(), submission.ID(id))
	if err == nil && !found.IsOfficer(r.Viewer()) {
		err = respond.ErrNoSuchPage
	}
	return found, err
}

// work is the submission that the address names, with all that its officers see
// of it.
func (h *Handlers) work(r *respond.Request) (page.Work, error) {
	found, err := h.own(r)
	if err != nil {
		return page.Work{}, err
	}
	return h.workOn(r, found)
}

func (h *Handlers) workOn(r *respond.Request, found submission.Submission) (page.Work, error) {
	ctx := r.Context()
	comments, err := h.Submissions.Comments(ctx, found.ID)
	if err != nil {
		return page.Work{}, err
	}
	comments = submission.Seen(comments, r.Viewer())
	reviews, err := h.Submissions.Reviews(ctx, found.ID)
	if err != nil {
		return page.Work{}, err
	}
	people := append(slices.Clone(found.Authors), found.Assignee)
	for _, c := range comments {
		people = append(people, c.By)
	}
	names, err := h.Accounts.Names(ctx, respond.Distinct(people))
	return page.Work{Frame: r.Frame, Submission: found, Comments: comments, Reviews: reviews, Names: names, Now: h.Now()}, err
}

// take takes a step of an officer's that brings nothing but itself.
func (h *Handlers) take(r *respond.Request, action submission.Action) (submission.ID, error) {
	found, err := h.own(r)
	if err == nil {
		_, err = r.Advance(h.Submissions, found.ID, submission.Step{Action: action})
	}
	return found.ID, err
}

// DiscardDraft takes a draft out of the way. It asks nothing, for it can be
// undone.
func (h *Handlers) DiscardDraft(r *respond.Request) (respond.Response, error) {
	if _, err := h.take(r, submission.Discard); err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.discarded", link.Submissions(r.Tag()))
}

// TakeBack makes a discarded draft one to be worked on again.
func (h *Handlers) TakeBack(r *respond.Request) (respond.Response, error) {
	id, err := h.take(r, submission.TakeBack)
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.taken_back", link.Submission(r.Tag(), id))
}

// AskToWithdraw asks before a submission leaves the editors.
func (h *Handlers) AskToWithdraw(r *respond.Request) (respond.Response, error) {
	w, err := h.work(r)
	if err == nil && !w.Allows(submission.Withdraw, r.Viewer()) {
		return respond.Response{Redirect: link.Submission(r.Tag(), w.ID)}, nil
	}
	return respond.Response{Page: page.NewWithdraw(r.Locale, w).View()}, err
}

// WithdrawSubmission takes a submission back from the editors. Assigning it
// meanwhile raises no version and does not stand in the way.
func (h *Handlers) WithdrawSubmission(r *respond.Request) (respond.Response, error) {
	id, err := h.take(r, submission.Withdraw)
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.withdrawn", link.Submission(r.Tag(), id))
}
