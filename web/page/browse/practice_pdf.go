package browse

import (
	"strconv"
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/pdf"
	"exempla/internal/practice"
	"exempla/internal/prose"
	"exempla/web/component"
)

// PictureReader reads the small size of a picture.
type PictureReader func(hash string) ([]byte, error)

// PDF is the practice as a document to take away: what the page says of it, in the
// same order.
func (p Practice) PDF(l *locale.Locale, read PictureReader) pdf.Document {
	d := newPDF(l, p.Text.Title)
	address := p.Meta.Site.Absolute(link.Practice(l.Tag(), p.Practice.Slug))
	d.Footer = []string{address, l.SiteName() + " · " + l.T("pdf.read", "Date", l.Date(p.Today))}
	if p.Practice.Licence != "" {
		d.Footer[1] += " · " + p.Practice.Licence
	}
	d.Blocks = append(p.head(l), pdf.Block{Kind: pdf.Facts, Items: p.factItems(l)})
	text := voiceOf(p.Text.Language)
	d.Blocks = append(d.Blocks, passage(text, prose.Parse(p.Text.Summary))...)
	for i, picture := range p.Pictures {
		if i == 1 {
			break
		}
		d.Blocks = append(d.Blocks, p.figure(l, picture, read))
	}
	for _, s := range p.Sections() {
		d.Blocks = append(d.Blocks, pdf.Block{Kind: pdf.Heading, Text: pdf.Plain(l.T("section." + string(s.Section)))})
		if s.Note {
			d.Blocks = append(d.Blocks, note(l.T("text.in_language", "Language", l.Language(string(s.Language)))))
		}
		d.Blocks = append(d.Blocks, passage(voiceOf(s.Language), prose.Parse(s.Text))...)
		if s.Section == practice.Documents {
			d.Blocks = append(d.Blocks, p.documentList(l)...)
		}
	}
	if len(p.Pictures) > 1 {
		d.Blocks = append(d.Blocks, pdf.Block{Kind: pdf.Heading, Text: pdf.Plain(l.T("practice.pictures"))})
		for _, picture := range p.Pictures[1:] {
			d.Blocks = append(d.Blocks, p.figure(l, picture, read))
		}
	}
	return d
}

// newPDF begins a document in a reader's language.
func newPDF(l *locale.Locale, title string) pdf.Document {
	return pdf.Document{Title: title, Voice: voiceOf(practice.Language(l.Tag())), Author: l.SiteName(),
		Page: func(number, of int) string {
			return l.T("pdf.page", "Number", number, "Total", of)
		},
		Gap: func(languages []string) []pdf.Block {
			english, _ := locale.Find("en") // the font that is always there has its letters
			return []pdf.Block{gap(l, languages), gap(english, languages)}
		}}
}

// gap says which texts have characters for which there is no font.
func gap(l *locale.Locale, languages []string) pdf.Block {
	var names []string
	for _, language := range languages {
		names = append(names, l.Language(language))
	}
	b := note(l.T("pdf.gap", "Languages", l.And(names), "Sign", pdf.Missing))
	b.Voice = voiceOf(practice.Language(l.Tag()))
	return b
}

// voiceOf is the language of a text with its direction.
func voiceOf(language practice.Language) pdf.Voice {
	return pdf.Voice{Language: string(language), RightToLeft: locale.Direction(string(language)) == "rtl"}
}

func note(text string) pdf.Block { return pdf.Block{Kind: pdf.Note, Text: pdf.Plain(text)} }

// head is the title, and what a reader should know of the language of the text.
func (p Practice) head(l *locale.Locale) []pdf.Block {
	title := voiceOf(p.Text.TitleLanguage)
	list := []pdf.Block{{Kind: pdf.Title, Voice: title, Text: pdf.Plain(p.Text.Title)}}
	if english := component.EnglishTitle(l, p.Text); english != "" {
		list = append(list, pdf.Block{Kind: pdf.Note, Voice: voiceOf("en"), Text: pdf.Plain(english)})
	}
	var said []string
	if string(p.Text.Language) != l.Tag() {
		said = append(said, l.T("practice.only_in", "Language", l.Language(string(p.Text.Language))))
	}
	if p.Text.State == practice.Machine {
		said = append(said, l.T("practice.machine"))
	}
	if p.Text.State == practice.Outdated {
		said = append(said, l.T("practice.outdated"))
	}
	if p.partly() {
		said = append(said, l.T("practice.partly", "Language", l.Language(string(p.original().Language))))
	}
	if len(said) > 0 {
		list = append(list, note(strings.Join(said, " ")))
	}
	return list
}

// factItems are what is known of the practice, each with what it is.
func (p Practice) factItems(l *locale.Locale) []pdf.Item {
	var list []pdf.Item
	add := func(label string, lines ...string) {
		if value := strings.Join(lines, "\n"); value != "" {
			list = append(list, fact(label, pdf.Plain(value)))
		}
	}
	var topics []string
	for _, topic := range p.Practice.Topics {
		topics = append(topics, l.T("topic."+string(topic)))
	}
	add(l.T("practice.place"), spots(l, p.Practice)...)
	add(l.T("practice.period"), component.Period(l, p.Practice.Period, p.Today))
	add(l.T("facet.topic"), topics...)
	add(l.T("practice.organisation"), p.Practice.Organisation)
	if p.sourceName() != "" {
		list = append(list, fact(l.T(p.sourceKey()), []pdf.Span{{Text: p.sourceName(), Link: p.Practice.Source.URL}}))
	}
	add(l.T("practice.licence"), p.Practice.Licence)
	address := p.Meta.Site.Absolute(link.Practice(l.Tag(), p.Practice.Slug))
	return append(list, fact(l.T("practice.address"), []pdf.Span{{Text: address, Link: address}}))
}

// spots are where a practice happened, country by country.
func spots(l *locale.Locale, p practice.Practice) []string {
	var list []string
	for _, spot := range component.Spots(l, p.Place) {
		list = append(list, spot.Phrase(l))
	}
	return list
}

func fact(label string, value []pdf.Span) pdf.Item {
	return pdf.Item{Label: label, Body: []pdf.Block{{Text: value}}}
}

// figure is a picture with its credit.
func (p Practice) figure(l *locale.Locale, a practice.Attachment, read PictureReader) pdf.Block {
	b := pdf.Block{Kind: pdf.Figure, Picture: pdf.Picture{Name: a.Hash, Alt: a.Alt, Read: func() ([]byte, error) { return read(a.Hash) }}}
	if a.Credit != "" {
		b.Text = pdf.Plain(l.T("practice.credit", "Name", a.Credit))
	}
	return b
}

// documentList lists the documents, with links that download them.
func (p Practice) documentList(l *locale.Locale) []pdf.Block {
	var items []pdf.Item
	for _, a := range p.Documents {
		items = append(items, fact("•", []pdf.Span{{Text: component.DocumentName(l, a), Link: p.Meta.Site.Absolute(link.File(a.Hash))}, {Text: " " + component.FileSize(l, a)}}))
	}
	if items == nil {
		return nil
	}
	return []pdf.Block{{Kind: pdf.List, Items: items}}
}

// passage is a text that somebody has written.
func passage(v pdf.Voice, text []prose.Block) []pdf.Block {
	var list []pdf.Block
	for _, b := range text {
		made := pdf.Block{Kind: kinds[b.Kind], Voice: v, Text: spans(b.Text)}
		switch b.Kind {
		case prose.Bullets, prose.Numbers:
			for i, item := range b.Items {
				label := "•"
				if b.Kind == prose.Numbers {
					label = strconv.Itoa(b.First+i) + "."
				}
				made.Items = append(made.Items, pdf.Item{Label: label, Body: passage(v, item)})
			}
		case prose.Quote:
			made.Body = passage(v, b.Items[0])
		case prose.Table:
			for _, row := range b.Rows {
				var cells [][]pdf.Span
				for _, cell := range row {
					cells = append(cells, spans(cell))
				}
				made.Rows = append(made.Rows, cells)
			}
		}
		list = append(list, made)
	}
	return list
}

var kinds = map[prose.Kind]pdf.Kind{prose.Paragraph: pdf.Paragraph, prose.Heading: pdf.Subheading, prose.Bullets: pdf.List,
	prose.Numbers: pdf.List, prose.Quote: pdf.Quote, prose.Table: pdf.Table, prose.Rule: pdf.Rule}

func spans(text []prose.Span) []pdf.Span {
	var list []pdf.Span
	for _, s := range text {
		list = append(list, pdf.Span{Text: s.Text, Strong: s.Strong, Emphasis: s.Emphasis, Link: s.Href})
	}
	return list
}
