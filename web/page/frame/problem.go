package frame

import (
	"strconv"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
)

// Problem is the page of something that went wrong. It says what happened and
// what to do next; its words are messages "problem.<name>.title" and ".text".
type Problem struct {
	Meta      Meta
	Status    int
	Name      string              // of the messages
	Detail    string              // an editor's reason; empty for none
	Reference string              // of a failure, to be quoted when asking for help
	Way       Way                 // a better way than the catalogue; zero for none
	Selection catalogue.Selection // that the search box keeps
}

// Way is a link out of a problem.
type Way struct{ Label, Path string }

// ProblemInput is what is known of a problem.
type ProblemInput struct {
	Status      int    // of HTTP
	Path, Query string // of the request, so that the language can be changed in place
}

// NewProblem makes the page of an HTTP status.
func NewProblem(l *locale.Locale, f Frame, in ProblemInput) Problem {
	p := Problem{Status: in.Status, Name: problemName(in.Status)}
	p.Meta = Meta{Frame: f, Title: l.T("problem." + p.Name + ".title"), Path: in.Path, Query: in.Query,
		Unlisted: true, Skip: ToContent}
	return p
}

// Called gives the problem other words than those of its status.
func (p Problem) Called(l *locale.Locale, name string) Problem {
	p.Name, p.Meta.Title = name, l.T("problem."+name+".title")
	return p
}

// problemName is how messages call a status. Those without words of their own
// are told as a failure.
func problemName(status int) string {
	switch status {
	case 403, 404, 405, 409, 410, 413, 414, 429, 503:
		return strconv.Itoa(status)
	}
	return "500"
}
