package browse

import (
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// UnsearchedInput is a selection whose words could not be searched for.
type UnsearchedInput struct {
	Selection catalogue.Selection
	Filtered  int // practices that the filters find without the words
}

// NewUnsearched makes the page of a search that came too soon after the start.
// Filters work all the same, so the page leads to what they find.
func NewUnsearched(l *locale.Locale, f frame.Frame, in UnsearchedInput) frame.Problem {
	p := newListingProblem(l, f, listingProblem{503, "words", in.Selection})
	p.Selection = in.Selection
	without := in.Selection.WithoutWords()
	if without.Filters() > 0 {
		p.Link = frame.Link{Label: l.N("problem.filtered", in.Filtered), Path: link.Browse(l.Tag(), without)}
	}
	return p
}

// PastEndInput is a selection that has fewer pages than the one asked for.
type PastEndInput struct {
	Selection catalogue.Selection
	Pages     int // that there are
}

// NewPastEnd makes the page for a page number after the last one.
func NewPastEnd(l *locale.Locale, f frame.Frame, in PastEndInput) frame.Problem {
	p := newListingProblem(l, f, listingProblem{404, "page", in.Selection})
	p.Link = frame.Link{Label: l.T("problem.last_page", "Page", in.Pages), Path: link.Browse(l.Tag(), in.Selection.OnPage(in.Pages))}
	return p
}

// listingProblem is what went wrong with a listing.
type listingProblem struct {
	status    int
	name      string // of the messages
	selection catalogue.Selection
}

// newListingProblem makes a page on which the language can be changed without
// losing the selection.
func newListingProblem(l *locale.Locale, f frame.Frame, in listingProblem) frame.Problem {
	request := frame.ProblemInput{Status: in.status, Path: link.Catalogue(l.Tag()), Query: in.selection.Query()}
	return frame.NewProblem(l, f, request).WithMessages(l, in.name)
}
