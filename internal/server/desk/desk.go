package desk

import (
	"cmp"
	"slices"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/gazetteer"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// ListDesk lists the submissions that match the filter in the address, by
// default those that wait for a decision.
func (h *Handlers) ListDesk(r *respond.Request) (respond.Response, error) {
	ctx := r.Context()
	filter := submission.ParseDeskFilter(r.URL.Query())
	if filter.Query().Encode() != r.URL.RawQuery {
		return respond.Redirect(link.DeskQuery(r.Tag(), filter.Query())), nil
	}
	options, err := h.Submissions.DeskOptions(ctx, r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	filter = filter.Among(options.Languages, options.Cities)
	query := store.DeskQuery{DeskFilter: filter, Viewer: r.Viewer().ID, Due: h.Now().AddDate(0, 0, -h.ReviewDays)}
	for _, city := range gazetteer.Suggest(filter.Words, store.DeskPerPage) {
		query.Called = append(query.Called, practice.Slugify(city.Name))
	}
	found, err := h.Submissions.ForDesk(ctx, query)
	if err != nil {
		return respond.Response{}, err
	}
	ids := []submission.ID{}
	for _, one := range found.List {
		ids = append(ids, one.ID)
	}
	marks, err := h.Submissions.Marks(ctx, r.Viewer().ID, h.Now(), ids)
	if err != nil {
		return respond.Response{}, err
	}
	var people []account.ID
	marked := map[submission.ID]page.Marks{}
	for _, one := range found.List {
		marked[one.ID] = page.Marks(marks[one.ID])
		people = append(people, marks[one.ID].Readers...)
		people = append(append(people, one.Assignee), slices.Concat(one.Authors, one.Approvals)...)
	}
	names, err := r.Names(h.Accounts, people)
	if err != nil {
		return respond.Response{}, err
	}
	editors, err := h.editors(r)
	if err != nil {
		return respond.Response{}, err
	}
	corrections, err := h.Submissions.OwnCorrections(ctx, r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	enquiries, err := h.Enquiries.Count(ctx, store.EnquiryFilter{State: enquiry.Open})
	if err != nil {
		return respond.Response{}, err
	}
	in := page.DeskInput{Enquiries: enquiries, Editors: editors, Marks: marked, Corrections: corrections, Filter: filter.OnPage(found.Page), List: found.List, Total: found.Total, Late: found.Late, Pages: found.Pages,
		States: options.States, Languages: options.Languages, Cities: options.Cities,
		Names: names, Now: h.Now(), ReviewDays: h.ReviewDays, Settings: h.Settings}
	return respond.Show(page.NewDesk(r.Locale, r.Frame, in).View()), nil
}

// editors lists those to whom submissions can be assigned.
func (h *Handlers) editors(r *respond.Request) ([]account.Account, error) {
	return h.Accounts.List(r.Context(), store.AccountFilter{Role: account.Editor, State: account.Active})
}

// submission is the submission that the address names. For editors, one that was
// never submitted does not exist, and one of their own is on its own page.
func (h *Handlers) submission(r *respond.Request) (submission.Submission, error) {
	id, ok := r.Number("id")
	if !ok {
		return submission.Submission{}, respond.ErrNoSuchPage
	}
	found, err := respond.FindSubmission(r, h.Submissions, submission.ID(id))
	if err == nil && !found.MayReview(r.Viewer()) && !(found.Correction != nil && found.IsOfficer(r.Viewer())) {
		err = respond.ErrNoSuchPage
	}
	return found, err
}

// Assign assigns a submission to the viewer or another editor.
func (h *Handlers) Assign(r *respond.Request) (respond.Response, error) {
	w, err := h.written(r)
	if err != nil {
		return respond.Response{}, err
	}
	found := w.Submission
	assignee, err := h.activeEditor(r, cmp.Or(r.PostFormValue(page.TakeField), r.PostFormValue("assignee")))
	if err != nil {
		return respond.Response{}, err
	}
	if _, err := r.Advance(h.Submissions, found.ID, submission.Step{Action: submission.Assign, Assignee: assignee}); err != nil {
		return h.conflict(r, found, err)
	}
	if r.PostForm.Has(page.ListField) {
		return r.Done("done.assigned", page.Entry(r.Tag(), submission.ParseDeskFilter(r.URL.Query()), found.ID))
	}
	return r.Done("done.assigned", reviewAddress(r, found.ID))
}

// activeEditor is the account with that number, if it can be assigned.
func (h *Handlers) activeEditor(r *respond.Request, number string) (account.ID, error) {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, respond.ErrNoSuchPage
	}
	found, err := h.Accounts.Find(r.Context(), account.ID(id))
	if err == nil && (!found.Is(account.Editor) || found.State != account.Active) {
		err = respond.ErrNoSuchPage
	}
	return found.ID, err
}
