package desk

import (
	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
)

// Marks are what editors should know of a submission besides itself.
type Marks struct {
	Readers    []account.ID // other editors who have it open
	Unanswered int          // comments that its officers neither answered nor marked as done
	Behind     bool         // a translation whose original has changed since
}

// say says the marks of a submission; of one that does not wait, only what it is behind.
func (m Marks) say(l *locale.Locale, s submission.Submission, names component.Names) []string {
	var list []string
	if m.Behind {
		list = append(list, l.T("submissions.behind"))
	}
	if s.State != submission.Submitted {
		return list
	}
	if len(m.Readers) > 0 {
		var readers []string
		for _, id := range m.Readers {
			readers = append(readers, nameOf(l, names, id))
		}
		list = append(list, l.T("review.readers", "Names", l.And(readers)))
	}
	if m.Unanswered > 0 {
		list = append(list, l.N("review.unanswered", m.Unanswered))
	}
	return list
}

// marks are the words about a submission in the list.
func (d Desk) marks(l *locale.Locale, s submission.Submission) []string {
	var list []string
	if first := firstApproval(l, d.Settings, s, d.Names); first != "" {
		list = append(list, first)
	}
	return append(list, d.Marks[s.ID].say(l, s, d.Names)...)
}

// warnings are what an editor should know before deciding.
func (p Review) warnings(l *locale.Locale) []string {
	var list []string
	if by := submission.HeldBy(p.Submission, p.Meta.Viewer); by != 0 {
		list = append(list, l.T("review.held", "Name", nameOf(l, p.Names, by)))
	}
	return append(list, p.Marks.say(l, p.Submission, p.Names)...)
}

// firstApproval says who has approved first; empty where one approval is enough.
func firstApproval(l *locale.Locale, settings submission.Settings, s submission.Submission, names component.Names) string {
	if !settings.SecondApproval || s.State != submission.Submitted || len(s.Approvals) == 0 {
		return ""
	}
	return l.T("review.approved_once", "Name", nameOf(l, names, s.Approvals[0]))
}
