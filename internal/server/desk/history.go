package desk

import (
	"exempla/internal/account"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// ShowHistory shows everything that has happened to a submission.
func (h *Handlers) ShowHistory(r *respond.Request) (respond.Response, error) {
	found, err := h.submission(r)
	if err != nil {
		return respond.Response{}, err
	}
	events, err := h.Events.OfSubmission(r.Context(), found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	reviews, err := h.Submissions.Reviews(r.Context(), found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	names, err := h.eventNames(r, events)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.HistoryInput{Submission: found, Events: pageEvents(events), Reviews: reviews, Names: names}
	return respond.Show(page.NewHistory(r.Locale, r.Frame, in).View()), nil
}

// eventNames maps the accounts of events to names.
func (h *Handlers) eventNames(r *respond.Request, events []store.Event) (map[account.ID]string, error) {
	var people []account.ID
	for _, e := range events {
		people = append(people, e.Account)
	}
	return h.Accounts.Names(r.Context(), respond.Distinct(people))
}

// pageEvents converts events for pages, which know nothing of the store.
func pageEvents(events []store.Event) []page.Event {
	var list []page.Event
	for _, e := range events {
		list = append(list, page.Event{At: e.At, By: e.Account, Action: e.Action, To: submission.State(e.To)})
	}
	return list
}
