package submit

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// ColleagueInput is a draft and the address of a colleague to invite.
type ColleagueInput struct {
	SubmissionInput
	Mail     string // as it was typed
	Problems component.Problems
}

// Colleague is the form that invites a colleague to work on a draft.
type Colleague struct {
	ColleagueInput
	Meta frame.Meta
}

// NewColleague makes the page.
func NewColleague(l *locale.Locale, f frame.Frame, in ColleagueInput) Colleague {
	p := Colleague{in, formMeta(l, f, l.T("colleague.title")+" – "+in.Content.Title, link.SubmissionPage(l.Tag(), in.ID, link.ColleaguePage))}
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// call is how the list names an author.
func (p Colleague) call(l *locale.Locale, author account.ID) string {
	if author == p.Meta.Viewer.ID {
		return l.T("colleague.you", "Name", p.name(l, author))
	}
	return p.name(l, author)
}

// removal is the label of the link that takes an author off the draft.
func (p Colleague) removal(l *locale.Locale, author account.ID) string {
	if author == p.Meta.Viewer.ID {
		return l.T("colleague.leave")
	}
	return l.T("colleague.remove")
}

// RemoveColleague asks whether an author is to be taken off a draft.
type RemoveColleague struct {
	SubmissionInput
	Meta   frame.Meta
	Author account.ID
	Title  string
	Text   string
	Button string
}

// NewRemoveColleague makes the page, with other words for the viewer's own leave.
func NewRemoveColleague(l *locale.Locale, f frame.Frame, in SubmissionInput, author account.ID) RemoveColleague {
	p := RemoveColleague{SubmissionInput: in, Author: author, Title: l.T("colleague.remove_title", "Name", in.name(l, author)),
		Text: l.T("colleague.remove_text"), Button: l.T("colleague.remove")}
	if author == f.Viewer.ID {
		p.Title, p.Text, p.Button = l.T("colleague.leave_title"), l.T("colleague.leave_text"), l.T("colleague.leave")
	}
	p.Meta = formMeta(l, f, p.Title+" – "+in.Content.Title, link.Colleague(l.Tag(), in.ID, author))
	return p
}
