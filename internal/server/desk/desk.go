package desk

import (
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// ListDesk is what waits for editors, or whatever else of it the address asks
// for.
func (h *Handlers) ListDesk(r *respond.Request) (respond.Response, error) {
	ctx := r.Context()
	asked := submission.ParseDeskFilter(r.URL.Query())
	if asked.Query().Encode() != r.URL.RawQuery {
		return respond.Response{Redirect: link.DeskQuery(r.Tag(), asked.Query())}, nil
	}
	filter := store.DeskFilter{States: asked.States(), Language: string(asked.Language), City: asked.City, Unassigned: asked.Assignee == submission.Unassigned}
	if asked.Assignee == submission.Mine {
		filter.Assignee = r.Viewer().ID
	}
	list, err := h.Submissions.ForDesk(ctx, filter)
	if err != nil {
		return respond.Response{}, err
	}
	choices, err := h.Submissions.DeskOptions(ctx)
	if err != nil {
		return respond.Response{}, err
	}
	var people []account.ID
	for _, one := range list {
		people = append(append(people, one.Assignee), one.Authors...)
	}
	names, err := h.Accounts.Names(ctx, respond.Distinct(people))
	return respond.Response{Page: page.NewDesk(r.Locale, page.Queue{Frame: r.Frame, Filter: asked, List: list, States: choices.States,
		Languages: choices.Languages, Cities: choices.Cities, Names: names, Now: h.Now(), ReviewDays: h.ReviewDays}).View()}, err
}

// atDesk is the submission that the address names. What was never submitted
// does not exist for editors.
func (h *Handlers) atDesk(r *respond.Request) (submission.Submission, error) {
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

// Assign gives a submission to an editor: the viewer or another one.
func (h *Handlers) Assign(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	to, err := h.editor(r, r.PostFormValue("assignee"))
	if err != nil {
		return respond.Response{}, err
	}
	if _, err := r.Advance(h.Submissions, found.ID, submission.Step{Action: submission.Assign, Assignee: to}); err != nil {
		return h.overtaken(r, found, err)
	}
	return r.Done("done.assigned", h.reviewAddress(r, found.ID))
}

// editor is one who can be given something to decide about.
func (h *Handlers) editor(r *respond.Request, number string) (account.ID, error) {
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

// reviewAddress is the review in the view in which it was left.
func (h *Handlers) reviewAddress(r *respond.Request, id submission.ID) string {
	shown, from := viewOf(r)
	return link.WithView(link.Review(r.Tag(), id), shown, from)
}
