package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Checked is a submission whose officers look it through before they submit it.
type Checked struct {
	Work
	Similar []practice.Practice // already in the catalogue
	Days    int                 // within which editors decide as a rule
	Refused []submission.Problem
}

// Check is the page on which all answers are checked and submitted.
type Check struct {
	Checked
	Meta     frame.Meta
	Problems component.Problems
	Refusal  bool // whether it was submitted in vain
}

// NewCheck makes the page. What is missing is told as soon as it is opened, but
// nobody has done wrong before they submit.
func NewCheck(l *locale.Locale, c Checked) Check {
	p := Check{Checked: c, Meta: workMeta(l, c.Frame, l.T("check.title")+" – "+c.Content.Title, link.SubmissionPage(l.Tag(), c.ID, link.CheckPage))}
	found := c.Submission.Problems()
	if len(c.Refused) > 0 {
		found, p.Refusal, p.Meta.Problems = c.Refused, true, true
	}
	p.Problems = component.SubmissionProblems(l, found, component.PartPath(l, c.ID))
	return p
}

// missing says at a part what is wrong with it.
func (p Check) missing(part submission.Part, l *locale.Locale) []string {
	var list []string
	for _, one := range p.Submission.Problems() {
		if one.Part == part {
			list = append(list, component.ProblemText(l, one))
		}
	}
	return list
}

// Receipt says that a submission has arrived, and what happens next.
type Receipt struct {
	Work
	Meta frame.Meta
	Days int
}

// NewReceipt makes the page.
func NewReceipt(l *locale.Locale, w Work, days int) Receipt {
	return Receipt{w, workMeta(l, w.Frame, l.T("receipt.title"), link.SubmissionPage(l.Tag(), w.ID, link.ReceiptPage)), days}
}

// told is who gets a mail about the submission, in one phrase.
func (p Receipt) told(l *locale.Locale) string {
	if name := p.Names[p.Assignee]; name != "" {
		return l.T("receipt.told_editor", "Name", name)
	}
	return l.T("receipt.told_desk")
}

// Colleague is the form that invites a person to help with a draft.
type Colleague struct {
	Work
	Meta     frame.Meta
	Mail     string
	Problems component.Problems
}

// NewColleague makes the page; problems are those of the address typed.
func NewColleague(l *locale.Locale, w Work, mail string, problems component.Problems) Colleague {
	p := Colleague{w, workMeta(l, w.Frame, l.T("colleague.title"), link.SubmissionPage(l.Tag(), w.ID, link.ColleaguePage)), mail, problems}
	p.Meta.Problems = len(problems) > 0
	return p
}

// others are the people who work on the draft beside the viewer.
func (p Colleague) others(l *locale.Locale) string {
	var list []string
	for _, id := range p.Authors {
		if id != p.Viewer.ID {
			list = append(list, p.name(l, id))
		}
	}
	return l.And(list)
}
