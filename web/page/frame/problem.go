package frame

import (
	"strconv"

	"github.com/a-h/templ"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
)

// Problem is the page of an error. It says what happened and what to do next; its
// words are messages "problem.<name>.title" and ".text".
type Problem struct {
	Meta      Meta
	Status    int
	Name      string              // of the messages
	Subject   templ.Component     // what it is about, below the title; nil for nothing
	Detail    string              // the reason that an editor gave; empty for none
	Instead   templ.Component     // what else there is; nil for nothing
	Reference string              // of a failure, to quote when asking for help
	Link      Link                // out of the problem; zero for none but the catalogue
	Saved     SavedForm           // the form that was not stored; zero for none
	Again     bool                // whether the form can be sent again
	Selection catalogue.Selection // for the search form
}

// Link is a link with its label.
type Link struct{ Label, Path string }

// ProblemInput is an HTTP status and the request that it answers.
type ProblemInput struct {
	Status      int    // of HTTP
	Path, Query string // of the request, for the language switcher
}

// NewProblem makes the page of an HTTP status.
func NewProblem(l *locale.Locale, f Frame, in ProblemInput) Problem {
	p := Problem{Status: in.Status, Name: messageName(in.Status)}
	p.Meta = Meta{Frame: f, Title: l.T("problem." + p.Name + ".title"), Path: in.Path, Query: in.Query,
		Unlisted: true, Skip: ToContent}
	return p
}

// WithMessages replaces the messages of the status by others, by their name.
func (p Problem) WithMessages(l *locale.Locale, name string) Problem {
	p.Name = name
	p.Meta.Title = l.T("problem." + name + ".title")
	return p
}

// WithSaved gives back the form that was not stored: to be sent again where that can
// help, else with what was written in it.
func (p Problem) WithSaved(l *locale.Locale, saved SavedForm) Problem {
	switch p.Status {
	case 500:
		p = p.WithMessages(l, "failed")
	case 503:
		p = p.WithMessages(l, "unsaved")
	}
	p.Again = p.Status >= 500
	p.Saved = saved
	p.Meta.Working = p.Again
	return p
}

// messageName names the messages of a status. Statuses without messages have those
// of a failure.
func messageName(status int) string {
	switch status {
	case 400, 403, 404, 405, 409, 410, 413, 414, 422, 429, 503:
		return strconv.Itoa(status)
	}
	return "500"
}
