package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// StartInput is the form that starts a submission.
type StartInput struct {
	Key      string // of the form: sent twice, it starts one submission
	Title    string
	Language practice.Language
	Days     int // within which editors decide as a rule
	Problems component.Problems
}

// Start is the first page of a submission: what an officer needs, and the title.
type Start struct {
	StartInput
	Meta     frame.Meta
	Criteria []submission.Criterion
	Common   []Choice
	Others   []Choice
}

// NewStart makes the page.
func NewStart(l *locale.Locale, f frame.Frame, in StartInput) Start {
	p := Start{StartInput: in, Meta: formMeta(l, f, l.T("start.title"), link.NewSubmission(l.Tag())), Criteria: submission.Criteria}
	p.Meta.Problems = len(in.Problems) > 0
	p.Common, p.Others = languageChoices(l)
	return p
}
