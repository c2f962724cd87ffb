package page

import (
	"strconv"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
)

// Problem is the page of something that went wrong. It says what happened and
// what to do next; its words are messages "problem.<name>.title" and ".text".
type Problem struct {
	Meta      component.Meta
	Status    int
	Name      string              // of the messages
	Detail    string              // an editor's reason; empty for none
	Reference string              // of a failure, to be quoted when asking for help
	Way       Way                 // a better way than the catalogue; zero for none
	Selection catalogue.Selection // that the search box keeps
}

// Way is a link out of a problem.
type Way struct{ Label, Path string }

// NewProblem makes the page of an HTTP status. Path and query are those asked
// for, so that the language can be changed in place.
func NewProblem(l *locale.Locale, status int, path, query string) Problem {
	p := Problem{Status: status, Name: problemName(status)}
	p.Meta = component.Meta{Title: l.T("problem." + p.Name + ".title"), Path: path, Query: query,
		Unlisted: true, Skip: component.ToContent}
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

// Unsearched makes the page for words that could not be searched for: name is
// "slow" if the search took too long, "words" if the database is away. Filters
// work without it, so the page leads to them; filtered is how many practices
// they find without the words.
func Unsearched(l *locale.Locale, a Asked, name string, filtered int) Problem {
	p := NewProblem(l, 503, link.Catalogue(l.Tag()), a.Selection.Query()).Called(l, name)
	p.Selection = a.Selection
	p.Meta.Frame = a.Frame
	without := a.Selection.WithoutWords()
	if without.Filters() > 0 {
		p.Way = Way{l.N("problem.filtered", filtered), link.Browse(l.Tag(), without)}
	}
	return p
}

// PastEnd makes the page of a selection that has fewer pages than asked for.
func PastEnd(l *locale.Locale, a Asked) Problem {
	p := NewProblem(l, 404, link.Catalogue(l.Tag()), a.Selection.Query()).Called(l, "page")
	p.Way = Way{l.T("problem.last_page", "Page", a.Results.Pages), link.Browse(l.Tag(), a.Selection.OnPage(a.Results.Pages))}
	return p
}
