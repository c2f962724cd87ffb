package browse

import (
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/frame"
)

// GoneInput is a practice that is no longer shown.
type GoneInput struct {
	Practice practice.Practice
	Reason   string // in an editor's words
	Related  []catalogue.Related
	Today    time.Time
	Query    string // of the request, for the language switcher
}

// NewGone makes the page in its place: its title, why it is gone, and the practices
// most like it.
func NewGone(l *locale.Locale, f frame.Frame, in GoneInput) frame.Problem {
	request := frame.ProblemInput{Status: 410, Path: link.Practice(l.Tag(), in.Practice.Slug), Query: in.Query}
	p := frame.NewProblem(l, f, request)
	text, _ := in.Practice.Text(practice.Language(l.Tag()))
	p.Subject = gone(in, text)
	p.Detail = in.Reason
	p.Instead = similar(l.T("related.title"), related(l, in.Related, nil), in.Today)
	return p
}

// MissingInput is an address of a practice that there is none at.
type MissingInput struct {
	Path, Query string              // of the request, for the language switcher
	Words       catalogue.Selection // the words of the address as a search
	Near        []catalogue.Related // those with the most similar addresses, the nearest first
	Today       time.Time
}

// NewMissing makes the page in its place: the practices that may have been meant, and
// a search for the words of the address.
func NewMissing(l *locale.Locale, f frame.Frame, in MissingInput) frame.Problem {
	p := frame.NewProblem(l, f, frame.ProblemInput{Status: 404, Path: in.Path, Query: in.Query})
	p.Selection = in.Words
	p.Instead = similar(l.T("problem.404.near"), related(l, in.Near, nil), in.Today)
	return p
}
