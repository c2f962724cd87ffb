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
	p.Instead = similar(related(l, in.Related), in.Today)
	return p
}
