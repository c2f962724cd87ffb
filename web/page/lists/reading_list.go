// Package lists has the pages of practices that somebody has put together: a reader's
// list and its comparison, and the collections of editors.
package lists

import (
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// ReadingListInput is a reading list and what is on it.
type ReadingListInput struct {
	List    practice.ReadingList
	Cards   []browse.Card        // of those that the catalogue has, in their order
	Missing practice.ReadingList // the others
	Left    int                  // how many did not fit
}

// ReadingList is the page of what a reader has put aside.
type ReadingList struct {
	ReadingListInput
	Meta frame.Meta
}

// NewReadingList makes the page in a reader's language.
func NewReadingList(l *locale.Locale, f frame.Frame, in ReadingListInput) ReadingList {
	p := ReadingList{ReadingListInput: in, Meta: listMeta(l, f, "list.title")}
	p.Meta.Path, p.Meta.Query = link.Page(l.Tag(), link.ListPage), queryOf(link.ReadingList(l.Tag(), in.List))
	if len(in.Cards) > 0 {
		p.Meta.Feed = link.ListExport(l.Tag(), in.List, link.Feed)
	}
	return p
}

// listMeta describes a page that search engines do not list, because there are as many
// as there are readers.
func listMeta(l *locale.Locale, f frame.Frame, title string) frame.Meta {
	return frame.Meta{Title: l.T(title), Description: l.T("layout.tagline"), Frame: f, Kind: "website", Current: link.ListPage,
		Skip: frame.ToContent, Styles: []string{"lists.css"}, Unlisted: true}
}

// address is the whole address of the page.
func (p ReadingList) address(l *locale.Locale) string {
	return p.Meta.Site.Absolute(link.ReadingList(l.Tag(), p.List))
}

// more is the catalogue, to which the list goes along.
func (p ReadingList) more(l *locale.Locale) string {
	s := catalogue.Parse(nil)
	s.List = p.List
	return link.Browse(l.Tag(), s)
}

// found is the list without what is missing.
func (p ReadingList) found() practice.ReadingList {
	left := p.List
	for _, slug := range p.Missing {
		left = left.Without(slug)
	}
	return left
}

// takeAway is the list as a file.
func (p ReadingList) takeAway(l *locale.Locale) browse.TakeAway {
	return browse.TakeAway{Practices: len(p.Cards), Path: func(format string) string { return link.ListExport(l.Tag(), p.found(), format) }}
}
