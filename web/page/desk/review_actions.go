package desk

import (
	"slices"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/submission"
)

// allows reports whether the viewer may take an action now.
func (p Review) allows(a submission.Action) bool {
	return p.Allows(a, p.Meta.Viewer)
}

// standing says why there is nothing to decide.
func (p Review) standing(l *locale.Locale) string {
	if p.Correction != nil && (p.State == submission.Draft || p.State == submission.ChangesRequested) {
		return l.T("review.standing.correction")
	}
	return l.T("review.standing." + string(p.State))
}

// approvalObstacle says why the viewer may not approve; empty if they may.
func (p Review) approvalObstacle(l *locale.Locale) string {
	viewer := p.Meta.Viewer.ID
	switch {
	case p.State != submission.Submitted:
		return ""
	case p.IsAuthor(viewer):
		return l.T("review.own")
	case slices.Contains(p.Correctors, viewer):
		return l.T("review.corrected_by_you")
	case slices.Contains(p.Approvals, viewer):
		return l.T("review.approved_by_you")
	}
	return ""
}

func (p Review) approveLabel(l *locale.Locale) string {
	switch {
	case p.Outdated:
		return l.T("review.approve_all_the_same")
	case p.Settings.SecondApproval && len(p.Approvals) == 0:
		return l.T("review.approve_first")
	}
	return l.T("review.approve")
}

// requestLabel says how many comments are sent with a request for changes.
func (p Review) requestLabel(l *locale.Locale) string {
	if n := p.unsentComments(); n > 0 {
		return l.N("review.ask", n)
	}
	return l.T("review.ask_none")
}

// lastReview is the last decision; ok is false unless it came with a reason.
func (p Review) lastReview() (review submission.Review, ok bool) {
	if len(p.Reviews) == 0 {
		return submission.Review{}, false
	}
	last := p.Reviews[len(p.Reviews)-1]
	return last, last.Cause != "" || last.Reason != ""
}

// countMet is how many of the criteria the text meets.
func (p Review) countMet() int {
	unmet := func(c submission.Criterion) bool { return !p.meets(c) }
	return len(slices.DeleteFunc(slices.Clone(p.Kind.Criteria()), unmet))
}

func (p Review) meets(c submission.Criterion) bool { return slices.Contains(p.Criteria, c) }

// otherEditors are the editors to whom the viewer can assign the submission.
func (p Review) otherEditors() []account.Account {
	return slices.DeleteFunc(slices.Clone(p.Editors), func(a account.Account) bool {
		return a.ID == p.Meta.Viewer.ID || a.ID == p.Assignee || !p.ActsAsEditor(a.Viewer())
	})
}
