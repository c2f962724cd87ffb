// Package browse has the pages of residents: the listing with its facets, what
// helps when nothing was found, a practice, and pages of prose. For each there
// is a file of data and a file of markup: the data decide what is said and in
// which order, the markup prints it. Pages know nothing of requests, of the
// index or of the database.
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

// Asked is what a reader asked of the catalogue and what was found.
type Asked struct {
	frame.Frame
	Practices int // in the whole catalogue
	Countries int // that they come from
	Selection catalogue.Selection
	Results   catalogue.Results
	WaysOut   *catalogue.WaysOut // if nothing was found
	Panel     *Panel             // of this snapshot and language
	Cards     *Cards             // likewise
}

// Browse is the listing.
type Browse struct {
	Asked
	Meta    frame.Meta
	Heading string // the count, in words
	Said    []string
	Facets  []Facet
	Chips   []Chip
	Empty   Empty // when nothing was found: what would help
	Pages   []PageLink
	marks   component.Marker // of the words
}

// Chip is a chosen value as a link that removes it.
type Chip struct {
	Group, Label, Path string
}

// NewBrowse makes the listing in a reader's language. A selection that found
// nothing needs its ways out.
func NewBrowse(l *locale.Locale, a Asked) Browse {
	b := Browse{Asked: a, Facets: facets(l, a), Said: said(l, a.Selection), Chips: chips(l, a.Selection),
		marks: component.NewMarker(a.Selection)}
	b.Heading = l.N("browse.count", a.Results.Total)
	if a.Results.Total == 0 {
		b.Heading = l.T("browse.none")
		b.Empty = newEmpty(l, a)
	}
	b.Pages = pageLinks(l.Tag(), a)
	b.Meta = b.meta(l)
	return b
}

func (b Browse) meta(l *locale.Locale) frame.Meta {
	s := b.Selection
	m := frame.Meta{
		Title: l.T("browse.title"), Description: l.T("layout.tagline"), Frame: b.Frame,
		Path: link.Catalogue(l.Tag()), Query: s.Query(), Kind: "website", Current: "practices",
		Skip:    frame.Skip{Target: "results", Key: "layout.skip.results"},
		Scripts: []string{"suggest.js"},
		// There are more selections of two filters than practices, so search
		// engines need not list them.
		Unlisted: s.Words != "" || s.Filters() > 1 || s.Sort != catalogue.Newest || s.Size != catalogue.DefaultSize,
	}
	if s.Narrowed() {
		m.Title = strings.Join(append(b.Said, b.Heading), " – ")
	}
	if s.Page > 1 {
		m.Title += " – " + l.T("browse.page", "Page", l.Number(s.Page), "Pages", l.Number(b.Results.Pages))
	}
	if s.Query() == "" {
		m.Canonical = m.Path
	}
	return m
}

// said puts the selection into phrases, one for the words and one for each facet
// that narrows. Values of a facet are joined by "or".
func said(l *locale.Locale, s catalogue.Selection) []string {
	var list []string
	if s.Words != "" {
		list = append(list, l.T("browse.words", "Words", s.Words))
	}
	for _, f := range catalogue.Facets {
		if labels := labels(l, f, s); len(labels) > 0 {
			list = append(list, l.Or(labels))
		}
	}
	return list
}

// labels names the chosen values of a facet. Outside the facet "not stated"
// alone would not say what is missing.
func labels(l *locale.Locale, f catalogue.Facet, s catalogue.Selection) []string {
	var list []string
	for _, key := range s.Chosen(f) {
		if key == catalogue.Unknown {
			list = append(list, l.T("facet."+f.Name()+".not_stated"))
			continue
		}
		list = append(list, component.Label(l, f, key))
	}
	return list
}

func chips(l *locale.Locale, s catalogue.Selection) []Chip {
	var list []Chip
	if s.Words != "" {
		list = append(list, Chip{l.T("browse.words_label"), s.Words, link.Browse(l.Tag(), s.WithoutWords())})
	}
	for _, f := range catalogue.Facets {
		for _, key := range s.Chosen(f) {
			list = append(list, Chip{l.T("facet." + f.Name()), component.Label(l, f, key),
				link.Browse(l.Tag(), s.Without(f, key))})
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
func pageLinks(tag string, a Asked) []PageLink {
	if a.Results.Pages < 2 {
		return nil
	}
	var list []PageLink
	for number := 1; number <= a.Results.Pages; number++ {
		here := a.Selection.Page
		near := number >= here-nearPages && number <= here+nearPages
		switch {
		case near || number == 1 || number == a.Results.Pages:
			list = append(list, PageLink{number, link.Browse(tag, a.Selection.OnPage(number)), number == here})
		case list[len(list)-1].Number != 0:
			list = append(list, PageLink{})
		}
	}
	return list
}

// first and last are the positions of the practices shown, from 1.
func (b Browse) first() int { return (b.Selection.Page-1)*b.Selection.Size + 1 }
func (b Browse) last() int  { return b.first() + len(b.Results.Found) - 1 }

// filtersOn labels the button that opens the filters with how many are on.
func (b Browse) filtersOn(l *locale.Locale) string {
	if n := b.Selection.Filters(); n > 0 {
		return fmt.Sprintf("%s (%s)", l.T("browse.filters"), l.Number(n))
	}
	return l.T("browse.filters")
}

// page is the path of another page of the same selection.
func (b Browse) page(l *locale.Locale, number int) string {
	return link.Browse(l.Tag(), b.Selection.OnPage(number))
}
