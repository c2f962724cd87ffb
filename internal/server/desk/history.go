package desk

import (
	"exempla/internal/account"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// ShowHistory is everything that has happened to a submission.
func (h *Handlers) ShowHistory(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
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
	var people []account.ID
	for _, e := range events {
		people = append(people, e.Account)
	}
	names, err := h.Accounts.Names(r.Context(), respond.Distinct(people))
	return respond.Response{Page: page.History{Frame: r.Frame, Submission: found, Lines: historyLines(events), Reviews: reviews, Names: names}.View()}, err
}

// historyLines are events as pages show them.
func historyLines(events []store.Event) []page.HistoryLine {
	var lines []page.HistoryLine
	for _, e := range events {
		lines = append(lines, page.HistoryLine{At: e.At, By: e.Account, Action: e.Action, To: submission.State(e.To)})
	}
	return lines
}
