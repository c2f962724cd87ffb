package desk

import (
	"cmp"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
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
	list, err := h.Submissions.ForDesk(ctx, storeFilter(filter, r.Viewer()))
	if err != nil {
		return respond.Response{}, err
	}
	options, err := h.Submissions.DeskOptions(ctx)
	if err != nil {
		return respond.Response{}, err
	}
	var people []account.ID
	for _, one := range list {
		people = append(append(people, one.Assignee), one.Authors...)
	}
	names, err := h.Accounts.Names(ctx, respond.Distinct(people))
	if err != nil {
		return respond.Response{}, err
	}
	in := page.DeskInput{Filter: filter, List: list, States: options.States, Languages: options.Languages, Cities: options.Cities,
		Names: names, Now: h.Now(), ReviewDays: h.ReviewDays}
	return respond.Show(page.NewDesk(r.Locale, r.Frame, in).View()), nil
}

// storeFilter is the filter as the store takes it.
func storeFilter(f submission.DeskFilter, viewer account.Viewer) store.DeskFilter {
	filter := store.DeskFilter{States: f.States(), Language: string(f.Language), City: f.City, Unassigned: f.Assignee == submission.Unassigned}
	if f.Assignee == submission.Mine {
		filter.Assignee = viewer.ID
	}
	return filter
}

// submission is the submission that the address names. For editors, one that was
// never submitted does not exist.
func (h *Handlers) submission(r *respond.Request) (submission.Submission, error) {
	id, ok := r.Number("id")
	if !ok {
		return submission.Submission{}, respond.ErrNoSuchPage
	}
	found, err := h.Submissions.Find(r.Context(), submission.ID(id))
	if err == nil && !found.MayRead(r.Viewer()) {
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
	return r.Done("done.assigned", reviewAddress(r, found.ID))
}

// activeEditor is the account with that number, if it can be assigned.
func (h *Handlers) activeEditor(r *respond.Request, number string) (account.ID, error) {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, respond.ErrNoSuchPage
	}
	found, err := h.Accounts.Find(r.Context(), account.ID(id))
	if err == nil && (found.Role != account.Editor || found.State != account.Active) {
		err = respond.ErrNoSuchPage
	}
	return found.ID, err
}
