package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// CheckInput is a submission about to be sent to the editors.
type CheckInput struct {
	SubmissionInput
	Similar    []practice.Practice  // already in the catalogue
	Days       int                  // within which editors decide as a rule
	Incomplete []submission.Problem // why it could not be submitted; nil before that was tried
}

// Check is the page on which all answers are checked and submitted.
type Check struct {
	CheckInput
	Meta     frame.Meta
	Problems component.Problems
	Failed   bool // whether submitting was tried and refused
}

// NewCheck makes the page. It lists what is missing from the start, but only
// marks it as an error once submitting has failed.
func NewCheck(l *locale.Locale, f frame.Frame, in CheckInput) Check {
	p := Check{CheckInput: in, Meta: formMeta(l, f, l.T("check.title")+" – "+in.Content.Title, link.SubmissionPage(l.Tag(), in.ID, link.CheckPage))}
	found := in.Submission.Problems()
	if len(in.Incomplete) > 0 {
		found = in.Incomplete
		p.Failed = true
		p.Meta.Problems = true
	}
	p.Problems = component.SubmissionProblems(l, found, component.PartPath(l, in.ID))
	return p
}

// partProblems says what is wrong with one part.
func (p Check) partProblems(l *locale.Locale, part submission.Part) []string {
	var list []string
	for _, one := range p.Submission.Problems() {
		if one.Part == part {
			list = append(list, component.ProblemText(l, one))
		}
	}
	return list
}
