package component

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"exempla/internal/prose"
)

// Prose shows a text that somebody has written below a heading of the page, as package
// prose reads it. All its words are escaped: nothing in a text becomes markup but what is
// written here.
func Prose(text string) templ.Component { return proseWith("h3", text) }

// PageProse shows such a text that stands right below the title of the page.
func PageProse(text string) templ.Component { return proseWith("h2", text) }

// proseWith shows a text whose headings are such elements.
func proseWith(heading, text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		p := printer{heading: heading}
		p.blocks(prose.Parse(text))
		_, err := io.WriteString(w, p.String())
		return err
	})
}

// printer writes the blocks of a text as elements.
type printer struct {
	strings.Builder
	heading string // element of a heading
}

func (p *printer) blocks(list []prose.Block) {
	for _, b := range list {
		p.block(b)
	}
}

// block writes one block.
func (p *printer) block(b prose.Block) {
	switch b.Kind {
	case prose.Paragraph:
		p.element("p", b.Text)
	case prose.Heading:
		p.element(p.heading, b.Text)
	case prose.Bullets:
		p.list("ul", "<ul>\n", b.Items)
	case prose.Numbers:
		start := "<ol>\n"
		if b.First != 1 {
			start = `<ol start="` + strconv.Itoa(b.First) + "\">\n"
		}
		p.list("ol", start, b.Items)
	case prose.Quote:
		p.WriteString("<blockquote>\n")
		p.blocks(b.Items[0])
		p.WriteString("</blockquote>\n")
	case prose.Table:
		p.table(b.Rows)
	case prose.Rule:
		p.WriteString("<hr>\n")
	}
}

func (p *printer) element(name string, text []prose.Span) {
	p.WriteString("<" + name + ">")
	p.spans(text)
	p.WriteString("</" + name + ">\n")
}

// list writes the items of a list. An item of one paragraph, which may have a list below
// it, is no paragraph.
func (p *printer) list(name, start string, items [][]prose.Block) {
	p.WriteString(start)
	for _, item := range items {
		p.WriteString("<li>")
		for i, b := range item {
			if b.Kind != prose.Paragraph || i > 0 || len(item) > 1 && item[1].Kind == prose.Paragraph {
				p.block(b)
				continue
			}
			p.spans(b.Text)
		}
		p.WriteString("</li>\n")
	}
	p.WriteString("</" + name + ">\n")
}

func (p *printer) table(rows [][][]prose.Span) {
	p.WriteString("<table>\n<thead>\n")
	for i, row := range rows {
		cell := "td"
		if i == 0 {
			cell = "th"
		}
		p.WriteString("<tr>\n")
		for _, text := range row {
			p.element(cell, text)
		}
		p.WriteString("</tr>\n")
		if i == 0 {
			p.WriteString("</thead>\n<tbody>\n")
		}
	}
	p.WriteString("</tbody>\n</table>\n")
}

func (p *printer) spans(list []prose.Span) {
	for _, s := range list {
		end := ""
		open := func(name, attributes string) {
			p.WriteString("<" + name + attributes + ">")
			end = "</" + name + ">" + end
		}
		if s.Strong {
			open("strong", "")
		}
		if s.Emphasis {
			open("em", "")
		}
		if s.Href != "" {
			open("a", ` href="`+templ.EscapeString(string(templ.URL(s.Href)))+`" rel="nofollow"`)
		}
		p.WriteString(strings.ReplaceAll(templ.EscapeString(s.Text), "\n", "<br>\n") + end)
	}
}
