package submit

import (
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
	p := Colleague{in, formMeta(l, f, l.T("colleague.title"), link.SubmissionPage(l.Tag(), in.ID, link.ColleaguePage))}
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// coAuthors names the officers who work on the draft besides the viewer.
func (p Colleague) coAuthors(l *locale.Locale) string {
	var list []string
	for _, id := range p.Authors {
		if id != p.Meta.Viewer.ID {
			list = append(list, p.name(l, id))
		}
	}
	return l.And(list)
}
