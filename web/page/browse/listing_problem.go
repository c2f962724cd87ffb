package browse

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// Unsearched makes the page for words that could not be searched for: name is
// "slow" if the search took too long, "words" if the database is away. Filters
// work without it, so the page leads to them; filtered is how many practices
// they find without the words.
func Unsearched(l *locale.Locale, a Asked, name string, filtered int) frame.Problem {
	p := frame.NewProblem(l, a.Frame, frame.ProblemInput{Status: 503, Path: link.Catalogue(l.Tag()), Query: a.Selection.Query()}).Called(l, name)
	p.Selection = a.Selection
	p.Meta.Frame = a.Frame
	without := a.Selection.WithoutWords()
	if without.Filters() > 0 {
		p.Way = frame.Way{Label: l.N("problem.filtered", filtered), Path: link.Browse(l.Tag(), without)}
	}
	return p
}

// PastEnd makes the page of a selection that has fewer pages than asked for.
func PastEnd(l *locale.Locale, a Asked) frame.Problem {
	p := frame.NewProblem(l, a.Frame, frame.ProblemInput{Status: 404, Path: link.Catalogue(l.Tag()), Query: a.Selection.Query()}).Called(l, "page")
	p.Way = frame.Way{Label: l.T("problem.last_page", "Page", a.Results.Pages), Path: link.Browse(l.Tag(), a.Selection.OnPage(a.Results.Pages))}
	return p
}
