package browse

import (
	"html"
	"strings"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/pdf"
	"exempla/internal/practice"
	"exempla/internal/prose"
	"exempla/web/component"
)

// FeedEntries is how many practices a feed has at most: readers ask for it every hour,
// and what is older is found on the page.
const FeedEntries = 100

// BookletPractices is how many practices a booklet has at most: a hundred pages, which
// take about a second to set.
const BookletPractices = 500

// export is a link by which readers take a list away.
type export struct{ Path, Label string }

// TakeAway leads to a list as a file or a feed; path is its address in a format.
type TakeAway struct {
	Practices int
	Path      func(format string) string
	Embed     string // address of the page for other sites; empty for none
	Title     string // of that page
}

// snippet is what other sites put into their pages to show the list.
func (t TakeAway) snippet() string {
	return `<iframe src="` + html.EscapeString(t.Embed) + `" title="` + html.EscapeString(t.Title) + `" width="100%" height="600" loading="lazy"></iframe>`
}

// exports are the formats of a list, each with how many practices it has.
func (t TakeAway) exports(l *locale.Locale) []export {
	var list []export
	for _, format := range link.Formats {
		count := t.Practices
		switch format {
		case link.Feed:
			count = min(count, FeedEntries)
		case link.Booklet:
			count = min(count, BookletPractices)
		}
		label := l.T("export.format", "Format", l.T("export."+format), "Practices", l.N("browse.count", count))
		list = append(list, export{t.Path(format), label})
	}
	return list
}

// takeAway is that of a selection.
func (p Listing) takeAway(l *locale.Locale) TakeAway {
	return TakeAway{Practices: p.Results.Total, Path: func(format string) string { return link.Export(l.Tag(), p.Selection, format) },
		Embed: p.Meta.Site.Absolute(link.Embed(l.Tag(), p.Selection)), Title: ListTitle(l, p.Selection, p.Cities)}
}

// ListTitle names a selection in a reader's language, as the page's title does.
func ListTitle(l *locale.Locale, s catalogue.Selection, cities Cities) string {
	if said := cities.Phrases(l, s); len(said) > 0 {
		return strings.Join(said, " – ")
	}
	return l.T("browse.title")
}

// BookletInput is a list with its first practices, at most BookletPractices.
type BookletInput struct {
	Title     string
	Path      string              // of its page
	Selection catalogue.Selection // whose texts are shown
	Practices []practice.Practice
	Total     int
	Site      link.Site
	Today     time.Time
}

// Booklet is a list to print: its contents, then each practice with where and when it
// was, its summary, and the way to its page.
func Booklet(l *locale.Locale, in BookletInput) pdf.Document {
	d := newPDF(l, in.Title)
	address := in.Site.Absolute(in.Path)
	d.Footer = []string{l.SiteName() + " · " + l.T("pdf.read", "Date", l.Date(in.Today))}
	said := l.N("browse.count", in.Total)
	if len(in.Practices) < in.Total {
		said = l.T("pdf.first", "Practices", said, "Shown", len(in.Practices))
	}
	d.Blocks = []pdf.Block{{Kind: pdf.Title, Text: pdf.Plain(in.Title)}, {Text: pdf.Plain(said)}, {Kind: pdf.Note, Text: []pdf.Span{{Text: address, Link: address}}}}
	contents := pdf.Block{Kind: pdf.Contents}
	var bodies []pdf.Block
	for _, p := range in.Practices {
		text := in.Selection.Text(p, practice.Language(l.Tag()))
		contents.Entries = append(contents.Entries, pdf.Entry{Text: text.Title, Voice: voiceOf(text.TitleLanguage), To: p.Slug})
		bodies = append(bodies, bookletEntry(l, in, p, text)...)
	}
	if len(in.Practices) > 0 {
		d.Blocks = append(d.Blocks, pdf.Block{Kind: pdf.Heading, Text: pdf.Plain(l.T("pdf.contents"))}, contents)
	}
	d.Blocks = append(d.Blocks, bodies...)
	return d
}

func bookletEntry(l *locale.Locale, in BookletInput, p practice.Practice, text practice.Text) []pdf.Block {
	where := strings.Join(append(spots(l, p), component.Period(l, p.Period, in.Today)), " · ")
	address := in.Site.Absolute(link.Practice(l.Tag(), p.Slug))
	list := []pdf.Block{{Kind: pdf.Heading, Voice: voiceOf(text.TitleLanguage), Name: p.Slug, Text: pdf.Plain(text.Title)},
		{Kind: pdf.Note, Text: []pdf.Span{{Text: where + "\n"}, {Text: address, Link: address}}}}
	if string(text.Language) != l.Tag() {
		list = append(list, note(l.T("text.in_language", "Language", l.Language(string(text.Language)))))
	}
	return append(list, passage(voiceOf(text.Language), prose.Parse(text.Summary))...)
}
