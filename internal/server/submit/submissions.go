package submit

import (
	"maps"
	"slices"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// ListSubmissions lists what an officer works on and what is published of their
// cities, a page at a time.
func (h *Handlers) ListSubmissions(r *respond.Request) (respond.Response, error) {
	ctx := r.Context()
	number, _ := strconv.Atoi(r.URL.Query().Get(link.PageParameter))
	list, err := h.Submissions.OfOfficer(ctx, r.Viewer(), number, h.Now())
	if err != nil {
		return respond.Response{}, err
	}
	var people []account.ID
	var practices []int64
	for i, one := range list.Submissions {
		list.Submissions[i].Limits = r.Look().Limits
		people = append(append(people, one.Authors...), one.Assignee)
		if one.State == submission.Approved {
			practices = append(practices, one.Practice)
		}
	}
	names, err := r.Names(h.Accounts, people)
	if err != nil {
		return respond.Response{}, err
	}
	standings, err := h.Practices.Standings(ctx, respond.Distinct(practices))
	if err != nil {
		return respond.Response{}, err
	}
	behind, err := h.behind(r, list.Submissions)
	if err != nil {
		return respond.Response{}, err
	}
	questions, err := h.Enquiries.Count(ctx, store.EnquiryFilter{State: enquiry.Open, Officer: r.Viewer().ID})
	if err != nil {
		return respond.Response{}, err
	}
	in := page.SubmissionsInput{Enquiries: questions, Behind: behind, List: list.Submissions, Names: names, Practices: map[int64]page.Standing{}, Published: list.Practices,
		Page: list.Page, Pages: list.Pages, Today: h.Now()}
	for number, one := range standings {
		in.Practices[number] = page.Standing(one)
	}
	return respond.Show(page.NewSubmissions(r.Locale, r.Frame, in).View()), nil
}

// behind tells the translations whose original has changed since.
func (h *Handlers) behind(r *respond.Request, list []submission.Submission) (map[submission.ID]bool, error) {
	var ids []submission.ID
	for _, one := range list {
		ids = append(ids, one.ID)
	}
	marks, err := h.Submissions.Marks(r.Context(), r.Viewer().ID, h.Now(), ids)
	behind := map[submission.ID]bool{}
	for id, m := range marks {
		behind[id] = m.Behind
	}
	return behind, err
}

// ShowSubmission shows the task list of a submission, or its text while it
// cannot be edited.
func (h *Handlers) ShowSubmission(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if in.Submission.Correction != nil { // of somebody who is an editor too
		return respond.Redirect(link.Correction(r.Tag(), in.Submission.ID)), nil
	}
	if in.Corrections, err = h.corrections(r, in); err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewTasks(r.Locale, r.Frame, in).View()), nil
}

// corrections lists what editors have corrected since the text was last
// submitted, and adds the editors to the names.
func (h *Handlers) corrections(r *respond.Request, in page.SubmissionInput) ([]page.Correction, error) {
	if len(in.Correctors) == 0 {
		return nil, nil
	}
	revisions, err := h.Submissions.Revisions(r.Context(), in.ID)
	if err != nil {
		return nil, err
	}
	names, err := h.Accounts.Names(r.Context(), in.Correctors)
	maps.Copy(in.Names, names)
	return page.Corrections(in.Submission, revisions, h.Now()), err
}

// PrintSubmission shows the whole text as a document to print.
func (h *Handlers) PrintSubmission(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewPrintView(r.Locale, r.Frame, in).View()), nil
}

// submission is the submission that the address names. For all but its authors
// it does not exist.
func (h *Handlers) submission(r *respond.Request) (submission.Submission, error) {
	id, ok := r.Number("id")
	if !ok {
		return submission.Submission{}, respond.ErrNoSuchPage
	}
	found, err := respond.FindSubmission(r, h.Submissions, submission.ID(id))
	if err == nil && !found.IsOfficer(r.Viewer()) {
		err = respond.ErrNoSuchPage
	}
	return found, err
}

// written is the submission that the address names, for those who can change parts of
// it: its officers and, once it was submitted, editors. What its authors are writing is
// private until they submit it, so others get the text as it was submitted.
func (h *Handlers) written(r *respond.Request) (page.SubmissionInput, error) {
	id, ok := r.Number("id")
	if !ok {
		return page.SubmissionInput{}, respond.ErrNoSuchPage
	}
	found, err := respond.FindSubmission(r, h.Submissions, submission.ID(id))
	if err == nil && !found.MayRead(r.Viewer()) {
		err = respond.ErrNoSuchPage
	}
	if err != nil {
		return page.SubmissionInput{}, err
	}
	in, err := h.inputOf(r, found)
	in.Writing = submission.Writes(found, r.Viewer())
	if err != nil || found.IsOfficer(r.Viewer()) {
		return in, err
	}
	in.Comments = nil // they stand beside the review
	revisions, err := h.Submissions.Revisions(r.Context(), found.ID)
	if len(revisions) > 0 {
		in.Content = revisions[len(revisions)-1].Content
	}
	return in, err
}

// input is the submission that the address names, with everything that its
// authors see of it.
func (h *Handlers) input(r *respond.Request) (page.SubmissionInput, error) {
	found, err := h.submission(r)
	if err != nil {
		return page.SubmissionInput{}, err
	}
	return h.inputOf(r, found)
}

func (h *Handlers) inputOf(r *respond.Request, found submission.Submission) (page.SubmissionInput, error) {
	ctx := r.Context()
	comments, err := h.Submissions.Comments(ctx, found.ID)
	if err != nil {
		return page.SubmissionInput{}, err
	}
	comments = submission.Seen(found, comments, r.Viewer())
	reviews, err := h.Submissions.Reviews(ctx, found.ID)
	if err != nil {
		return page.SubmissionInput{}, err
	}
	drafts, err := h.Submissions.CommentDrafts(ctx, found.ID, r.Viewer().ID)
	if err != nil {
		return page.SubmissionInput{}, err
	}
	people := append(slices.Clone(found.Authors), found.Assignee)
	for _, c := range comments {
		people = append(people, c.By)
	}
	names, err := r.Names(h.Accounts, people)
	return page.SubmissionInput{Submission: found, Comments: comments, Reviews: reviews, Names: names, Now: h.Now(), Drafts: drafts}, err
}

// advance takes a step of an officer that needs no input.
func (h *Handlers) advance(r *respond.Request, action submission.Action) (submission.ID, error) {
	found, err := h.submission(r)
	if err == nil {
		_, err = r.Advance(h.Submissions, found.ID, submission.Step{Action: action})
	}
	return found.ID, err
}

// DiscardDraft discards a draft without asking, because it can be undone.
func (h *Handlers) DiscardDraft(r *respond.Request) (respond.Response, error) {
	if _, err := h.advance(r, submission.Discard); err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.discarded", link.Submissions(r.Tag()))
}

// RestoreDraft makes a discarded draft one that can be edited again.
func (h *Handlers) RestoreDraft(r *respond.Request) (respond.Response, error) {
	id, err := h.advance(r, submission.TakeBack)
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.taken_back", link.Submission(r.Tag(), id))
}

// AskToWithdraw shows the question whether to withdraw a submission.
func (h *Handlers) AskToWithdraw(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if !in.Allows(submission.Withdraw, r.Viewer()) {
		return respond.Redirect(link.Submission(r.Tag(), in.ID)), nil
	}
	return respond.Show(page.NewWithdraw(r.Locale, r.Frame, in).View()), nil
}

// WithdrawSubmission takes a submission back from the editors. It is no conflict
// if it has been assigned since the form was made: that changes no version.
func (h *Handlers) WithdrawSubmission(r *respond.Request) (respond.Response, error) {
	id, err := h.advance(r, submission.Withdraw)
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.withdrawn", link.Submission(r.Tag(), id))
}
