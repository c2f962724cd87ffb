package desk

import (
	"slices"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/submission"
)

// allows reports whether the viewer may take an action on what the page shows.
func (p Review) allows(a submission.Action) bool {
	return p.Allows(a, p.Viewer)
}

// hindrance says why the viewer may not approve what waits; empty when they may.
func (p Review) hindrance(l *locale.Locale) string {
	switch {
	case p.State != submission.Submitted:
		return ""
	case p.IsAuthor(p.Viewer.ID):
		return l.T("review.own")
	case slices.Contains(p.Correctors, p.Viewer.ID):
		return l.T("review.corrected_by_you")
	case slices.Contains(p.Approvals, p.Viewer.ID):
		return l.T("review.approved_by_you")
	}
	return ""
}

// approvals says how many of two have approved; empty where one is enough.
func (p Review) approvals(l *locale.Locale) string {
	if !p.Desk.SecondApproval || p.State != submission.Submitted || len(p.Approvals) == 0 {
		return ""
	}
	return l.T("review.approved_once", "Name", nameOf(l, p.Names, p.Approvals[0]))
}

// approveWords are those of the button.
func (p Review) approveWords(l *locale.Locale) string {
	switch {
	case p.Moved:
		return l.T("review.approve_all_the_same")
	case p.Desk.SecondApproval && len(p.Approvals) == 0:
		return l.T("review.approve_first")
	}
	return l.T("review.approve")
}

// askWords say how many comments go with a request for changes.
func (p Review) askWords(l *locale.Locale) string {
	if n := p.unsent(); n > 0 {
		return l.N("review.ask", n)
	}
	return l.T("review.ask_none")
}

// standing says what is to be done now, where nothing waits for a decision.
func (p Review) standing(l *locale.Locale) string {
	return l.T("review.standing." + string(p.State))
}

// lastReason is what was said with the last decision.
func (p Review) lastReason() (review submission.Review, ok bool) {
	if len(p.Reviews) == 0 {
		return submission.Review{}, false
	}
	last := p.Reviews[len(p.Reviews)-1]
	return last, last.Cause != "" || last.Reason != ""
}

// ticked is how many of the criteria are met.
func (p Review) ticked() int { return len(p.Criteria) }

func (p Review) meets(c submission.Criterion) bool { return slices.Contains(p.Criteria, c) }

// takers are the editors to whom the submission can be given.
func (p Review) takers() []account.Account {
	return slices.DeleteFunc(slices.Clone(p.Editors), func(a account.Account) bool { return a.ID == p.Viewer.ID || a.ID == p.Assignee })
}
