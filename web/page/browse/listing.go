// Package browse has the pages for residents: the listing with its facets, the help
// on an empty result, a practice, and pages of prose. Each has a file of data, which
// decides what is said and in which order, and a file of markup, which prints it.
// Pages know nothing of requests, of the index or of the database.
package browse

import (
	"fmt"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// ListingInput is a selection of the catalogue and what it found.
type ListingInput struct {
	Practices int // in the whole catalogue
	Countries int // that they come from
	Selection catalogue.Selection
	Results   catalogue.Results
	Reading   catalogue.Reading  // of its words
	WaysOut   *catalogue.WaysOut // if nothing was found
	Cities    Cities             // those chosen
	Panel     *Panel             // of the snapshot and language
	Cards     *Cards             // likewise
}

// Listing is the page of a selection.
type Listing struct {
	ListingInput
	Meta    frame.Meta
	Heading string   // the count, in words
	Phrases []string // the selection, in words
	Said    []string // the same, each facet with its name
	Facets  []Facet
	Chips   []Chip
	Read    []string // how the words were read, in sentences
	Strays  []stray  // what of the address does not filter, in sentences
	Exactly string   // path of the search for exactly what was typed; empty if nothing else was looked for
	Empty   Empty    // what would help, if nothing was found
	Pages   []PageLink
	marks   component.Marker // for the words of the search
}

// Chip is a chosen value as a link that removes it.
type Chip struct {
	Group, Label, Path string
}

// NewListing makes the page in a reader's language. WaysOut may be nil only if
// something was found.
func NewListing(l *locale.Locale, f frame.Frame, in ListingInput) Listing {
	p := Listing{ListingInput: in, Facets: facets(l, in), Phrases: in.Cities.Phrases(l, in.Selection), Chips: chips(l, in),
		marks: component.NewMarker(in.Selection, in.Reading)}
	p.Heading = l.N("browse.count", in.Results.Total)
	if in.Results.Total == 0 {
		p.Heading = l.T("browse.none")
		p.Empty = newEmpty(l, in)
	}
	p.Said = in.Cities.Said(l, in.Selection)
	p.Read, p.Exactly = reading(l, in)
	p.Strays = strays(l, in.Selection)
	p.Pages = pageLinks(l.Tag(), in)
	p.Meta = p.meta(l, f)
	return p
}

func (p Listing) meta(l *locale.Locale, f frame.Frame) frame.Meta {
	s := p.Selection
	m := frame.Meta{
		Title: l.T("browse.title"), Description: l.T("layout.tagline"), Frame: f,
		Path: link.Catalogue(l.Tag()), Query: s.Query(), Kind: "website", Current: "practices", Feed: link.Export(l.Tag(), s, link.Feed), Card: link.ListCard(l.Tag(), s),
		Skip:    frame.Skip{Target: "results", Key: "layout.skip.results"},
		Scripts: []string{"suggest.js"},
		// There are more selections of two filters than practices, so search
		// engines need not list them.
		Unlisted: s.Words != "" || s.HasStrays() || s.Filters() > 1 || s.Sort != catalogue.Newest || s.Size != catalogue.DefaultSize || len(s.List) > 0,
	}
	if s.Narrowed() {
		m.Title = strings.Join(append(p.Phrases, p.Heading), " – ")
	}
	if s.Page > 1 {
		m.Title += " – " + l.T("browse.page", "Page", l.Number(s.Page), "Pages", l.Number(p.Results.Pages))
	}
	if s.WithoutList().Query() == "" {
		m.Canonical = m.Path
	}
	return m
}

// Said describes a selection so that it is clear aloud, too: each facet by its name.
func (c Cities) Said(l *locale.Locale, s catalogue.Selection) []string {
	var list []string
	if s.Words != "" {
		list = append(list, l.T("browse.words", "Words", s.Words))
	}
	for _, f := range catalogue.Facets {
		var labels []string
		for _, run := range runs(f, s.Chosen(f)) {
			labels = append(labels, c.runLabel(l, f, run))
		}
		if len(labels) > 0 {
			list = append(list, l.T("browse.phrase", "Facet", l.T("facet."+f.Name()), "Values", l.Or(labels)))
		}
	}
	return list
}

// Phrases describes a selection, with one phrase for the words and one for each
// facet in use.
func (c Cities) Phrases(l *locale.Locale, s catalogue.Selection) []string {
	var list []string
	if s.Words != "" {
		list = append(list, l.T("browse.words", "Words", s.Words))
	}
	for _, f := range catalogue.Facets {
		if labels := c.labels(l, s, f); len(labels) > 0 {
			list = append(list, l.Or(labels))
		}
	}
	return list
}

// labels names the chosen values of a facet. Outside its facet "not stated" has to
// say what is not stated.
func (c Cities) labels(l *locale.Locale, s catalogue.Selection, f catalogue.Facet) []string {
	var list []string
	for _, run := range runs(f, s.Chosen(f)) {
		if run[0] == catalogue.Unknown {
			list = append(list, l.T("facet."+f.Name()+".not_stated"))
			continue
		}
		list = append(list, c.runLabel(l, f, run))
	}
	return list
}

func chips(l *locale.Locale, in ListingInput) []Chip {
	s := in.Selection
	var list []Chip
	if s.Words != "" {
		list = append(list, Chip{l.T("browse.words_label"), s.Words, link.Browse(l.Tag(), s.WithoutWords())})
	}
	for _, f := range catalogue.Facets {
		for _, run := range runs(f, s.Chosen(f)) {
			list = append(list, Chip{l.T("facet." + f.Name()), in.Cities.runLabel(l, f, run), withoutRun(l, s, f, run)})
		}
	}
	return list
}

// PageLink is an entry of the pagination.
type PageLink struct {
	Number  int // 0 stands for a gap
	Path    string
	Current bool
}

// nearPages is how many pages around the current one are linked.
const nearPages = 1

// pageLinks lists the first and last page and those around the current one.
func pageLinks(tag string, in ListingInput) []PageLink {
	if in.Results.Pages < 2 {
		return nil
	}
	var list []PageLink
	for number := 1; number <= in.Results.Pages; number++ {
		here := in.Selection.Page
		near := number >= here-nearPages && number <= here+nearPages
		switch {
		case near || number == 1 || number == in.Results.Pages:
			list = append(list, PageLink{number, link.Browse(tag, in.Selection.OnPage(number)), number == here})
		case list[len(list)-1].Number != 0:
			list = append(list, PageLink{})
		}
	}
	return list
}

// counted reports whether the head of the page says the count already.
func (p Listing) counted() bool { return !p.Selection.Narrowed() && p.Results.Total > 0 }

// first and last are the positions of the practices shown, from 1.
func (p Listing) first() int { return (p.Selection.Page-1)*p.Selection.Size + 1 }
func (p Listing) last() int  { return p.first() + len(p.Results.Found) - 1 }

// filtersOn labels the button that opens the filters with how many are on, as the
// chips show them.
func (p Listing) filtersOn(l *locale.Locale) string {
	n := len(p.Chips)
	if p.Selection.Words != "" {
		n--
	}
	if n > 0 {
		return fmt.Sprintf("%s (%s)", l.T("browse.filters"), l.Number(n))
	}
	return l.T("browse.filters")
}

// page is the path of another page of the same selection.
func (p Listing) page(l *locale.Locale, number int) string {
	return link.Browse(l.Tag(), p.Selection.OnPage(number))
}
