package pdf

import (
	"cmp"
	"math"
	"strconv"

	"exempla/internal/typeset"
)

// em is the size by which a PDF counts widths, which is that in which text is shaped.
const em = typeset.Em

// The page is A4, in points.
const (
	pageWidth, pageHeight = 595.28, 841.89
	margin                = 56
	footerSize            = 8
	footerLeading         = 11
	bulletIndent          = 16
	factIndent            = 128
	numberWidth           = 36  // of the pages in the contents
	widestPicture         = 300 // its small size is a thumbnail of a sharp screen: larger it would be coarse
	tallestPicture        = 260
)

// Colours, dark enough for small text on white.
const (
	ink   = "0.11 0.11 0.13"
	muted = "0.36 0.36 0.4"
	blue  = "0 0.27 0.55"
	hair  = "0.75 0.75 0.78"
)

// style is how a block looks.
type style struct {
	size, leading float64 // in points
	strong        bool
	colour        string // as operands of rg
}

var (
	bodyStyle   = style{size: 10.5, leading: 15.5, colour: ink}
	noteStyle   = style{size: 9, leading: 13, colour: muted}
	labelStyle  = style{size: 10.5, leading: 15.5, colour: muted}
	footerStyle = style{size: footerSize, leading: footerLeading, colour: muted}
	headings    = map[Kind]style{
		Title:      {size: 21, leading: 27, strong: true, colour: ink},
		Heading:    {size: 14, leading: 19, strong: true, colour: ink},
		Subheading: {size: 11.5, leading: 16, strong: true, colour: ink},
	}
	headingTags = map[Kind]string{Title: "H1", Heading: "H2", Subheading: "H3"}
)

// column is where blocks go: from the left edge of the page, and in which direction
// their text is written if they do not say.
type column struct {
	x, width float64
	voice    Voice
	tight    bool // whether paragraphs are close, as in a list
}

// narrowest is the width, in points, that lists within lists leave to a text.
const narrowest = 80

// inset is the column without a strip at its beginning.
func (c column) inset(strip float64) column {
	c.width -= strip
	if !c.voice.RightToLeft {
		c.x += strip
	}
	return c
}

// beginning is that strip.
func (c column) beginning(strip float64) column {
	if c.voice.RightToLeft {
		c.x += c.width - strip
	}
	c.width = strip
	return c
}

// bookmark leads to a heading.
type bookmark struct {
	text  string
	level int // 0 of titles
	at    target
}

// target is a place on a page.
type target struct {
	page *page
	y    float64
}

// layout puts blocks on pages.
type layout struct {
	*typeset.Shaper
	doc       *Document
	root      *element
	pages     []*page
	page      *page
	y         float64 // of the top of what comes next, from the bottom of the page
	subsets   []*subset
	pictures  []*picture
	bookmarks []bookmark
	names     map[string]target
	numbers   []pageNumber
}

// pageNumber is a place in the contents for the number of a page.
type pageNumber struct {
	page *page
	link *element
	y    float64
	in   column
	to   string
}

func newLayout(d *Document) *layout {
	l := &layout{doc: d, Shaper: typeset.NewShaper(), root: &element{kind: "Document"}, names: map[string]target{}}
	l.turn()
	return l
}

// whole is the column between the margins.
func (l *layout) whole() column {
	return column{x: margin, width: pageWidth - 2*margin, voice: l.doc.Voice}
}

// turn begins a page.
func (l *layout) turn() {
	l.page = &page{index: len(l.pages)}
	l.pages = append(l.pages, l.page)
	l.y = pageHeight - margin
}

// bottom is where the text of a page ends.
func (l *layout) bottom() float64 {
	return margin + footerLeading*float64(len(l.doc.Footer))
}

// need turns the page if there is less room than that.
func (l *layout) need(height float64) {
	if l.y-height < l.bottom() && l.y < pageHeight-margin {
		l.turn()
	}
}

// space leaves a gap, unless a page begins.
func (l *layout) space(height float64) {
	if l.y < pageHeight-margin {
		l.y -= height
	}
}

func (l *layout) blocks(list []Block, in column, parent *element) {
	for _, b := range list {
		own := in
		own.voice = cmp.Or(b.Voice, in.voice)
		l.block(b, own, parent)
	}
}

func (l *layout) block(b Block, in column, parent *element) {
	switch b.Kind {
	case Paragraph:
		l.text(b.Text, bodyStyle, in, l.child(parent, "P", in.voice))
		if in.tight {
			l.space(3)
		} else {
			l.space(7)
		}
	case Note:
		l.text(b.Text, noteStyle, in, l.child(parent, "P", in.voice))
		l.space(7)
	case Title, Heading, Subheading:
		l.heading(b, in, parent)
	case List, Facts:
		l.list(b, in, l.child(parent, "L", in.voice))
	case Quote:
		inner := in.inset(min(bulletIndent, in.width-narrowest))
		l.blocks(b.Body, inner, l.child(parent, "BlockQuote", in.voice))
	case Table:
		l.table(b.Rows, in, l.child(parent, "Table", in.voice))
	case Rule:
		l.need(16)
		l.page.rule(in, l.y-6)
		l.space(14)
	case Figure:
		l.figure(b, in, parent)
	case Contents:
		l.contents(b.Entries, in, l.child(parent, "TOC", in.voice))
	}
}

// lines breaks a text into lines of a width in points.
func (l *layout) lines(text []Span, st style, v Voice, width float64) []typeset.Line {
	return l.Lines(text, typeset.Setting{Voice: v, Size: st.size, Width: width, Strong: st.strong})
}

// text sets a text line by line.
func (l *layout) text(spans []Span, st style, in column, e *element) {
	for _, line := range l.lines(spans, st, in.voice, in.width) {
		l.need(st.leading)
		l.y -= st.leading
		l.draw(line, st, spot{in, l.y}, e)
	}
}

// heading is kept together with three lines of what follows.
func (l *layout) heading(b Block, in column, parent *element) {
	st := headings[b.Kind]
	l.space(st.leading * 0.6)
	lines := l.lines(b.Text, st, in.voice, in.width)
	l.need(st.leading*float64(len(lines)) + 3*bodyStyle.leading)
	at := target{l.page, l.y}
	if b.Name != "" {
		l.names[b.Name] = at
	}
	if b.Kind != Subheading {
		l.bookmarks = append(l.bookmarks, bookmark{words(b.Text), int(b.Kind - Title), at})
	}
	l.text(b.Text, st, in, l.child(parent, headingTags[b.Kind], in.voice))
	l.space(st.leading / 3)
}

func words(spans []Span) string {
	all := ""
	for _, s := range spans {
		all += s.Text
	}
	return all
}

// list sets labels at the beginning of the lines and, beside them, what they stand for.
func (l *layout) list(b Block, in column, e *element) {
	indent, st := float64(bulletIndent), bodyStyle
	if b.Kind == Facts {
		indent, st = factIndent, labelStyle
	}
	in.tight = true
	for _, item := range b.Items {
		l.need(bodyStyle.leading)
		li := l.child(e, "LI", in.voice)
		page, top := l.page, l.y
		label := in.beginning(indent)
		if b.Kind == Facts {
			label = in.beginning(indent - 8)
		}
		l.text(Plain(item.Label), st, label, l.child(li, "Lbl", in.voice))
		below := l.y
		if l.page == page {
			l.y = top
		}
		here := l.page
		l.blocks(item.Body, in.inset(min(indent, in.width-narrowest)), l.child(li, "LBody", in.voice))
		if l.page == here {
			l.y = min(l.y, below)
		}
	}
	l.space(5)
}

// table sets the cells of a row side by side, line by line, so that a row may go on
// on the next page.
func (l *layout) table(rows [][][]Span, in column, e *element) {
	const gap = 8
	for i, row := range rows {
		tr := l.child(e, "TR", in.voice)
		kind, st := "TD", bodyStyle
		if i == 0 {
			kind, st.strong = "TH", true
		}
		width := in.width / float64(len(row))
		cells := make([][]typeset.Line, len(row))
		tags := make([]*element, len(row))
		tallest := 1
		for j, cell := range row {
			tags[j] = l.child(tr, kind, in.voice)
			cells[j] = l.lines(cell, st, in.voice, width-gap)
			tallest = max(tallest, len(cells[j]))
		}
		for n := range tallest {
			l.need(st.leading)
			l.y -= st.leading
			for j, lines := range cells {
				if n < len(lines) {
					l.draw(lines[n], st, spot{in.inset(width * float64(j)).beginning(width - gap), l.y}, tags[j])
				}
			}
		}
		l.page.rule(in, l.y-4)
		l.space(6)
	}
	l.space(6)
}

// figure sets a picture with its caption. One that cannot be read is described.
func (l *layout) figure(b Block, in column, parent *element) {
	p := l.picture(b.Picture)
	if p == nil {
		l.text(Plain(b.Picture.Alt), noteStyle, in, l.child(parent, "P", in.voice))
		return
	}
	scale := min(widestPicture/float64(p.width), tallestPicture/float64(p.height), 1)
	width, height := math.Round(float64(p.width)*scale), math.Round(float64(p.height)*scale)
	l.need(height + 2*noteStyle.leading)
	l.y -= height
	at := in.beginning(width)
	e := l.child(parent, "Figure", in.voice)
	e.alt, e.box = b.Picture.Alt, []float64{at.x, l.y, at.x + width, l.y + height}
	l.page.mark(e, "q "+numbers(width, 0, 0, height, at.x, l.y)+" cm /"+p.name()+" Do Q\n")
	l.space(4)
	l.text(b.Text, noteStyle, in, l.child(parent, "P", in.voice))
	l.space(8)
}

// contents sets titles with a place for the numbers of their pages.
func (l *layout) contents(entries []Entry, in column, e *element) {
	for _, entry := range entries {
		item := in
		item.voice = cmp.Or(entry.Voice, in.voice)
		link := l.child(l.child(l.child(e, "TOCI", in.voice), "Reference", in.voice), "Link", item.voice)
		strip := in
		strip.width -= numberWidth
		if in.voice.RightToLeft {
			strip.x += numberWidth
		}
		strip.voice = item.voice
		for _, line := range l.lines(Plain(entry.Text), bodyStyle, item.voice, strip.width) {
			l.need(bodyStyle.leading)
			l.y -= bodyStyle.leading
			l.draw(line, bodyStyle, spot{strip, l.y}, link)
			l.page.annotate(link, area{in.x, l.y - 3, in.x + in.width, l.y + bodyStyle.size}, annotation{to: entry.To, contents: entry.Text})
		}
		l.numbers = append(l.numbers, pageNumber{l.page, link, l.y, in, entry.To})
		l.space(3)
	}
}

// finish writes what depends on how many pages there are.
func (l *layout) finish() {
	for _, n := range l.numbers {
		page := l.names[n.to].page
		if page == nil {
			continue
		}
		l.page = n.page
		l.aside(strconv.Itoa(page.index+1), bodyStyle, spot{n.in, n.y}, n.link)
	}
	for _, p := range l.pages {
		l.page = p
		l.footer()
	}
}

// footer is what stands below each page, which screen readers leave out.
func (l *layout) footer() {
	in := l.whole()
	y := float64(margin - footerLeading)
	l.page.rule(in, y+footerLeading*float64(len(l.doc.Footer))+2)
	l.aside(l.doc.Page(l.page.index+1, len(l.pages)), footerStyle, spot{in, y}, nil)
	for i := len(l.doc.Footer) - 1; i >= 0; i-- {
		if lines := l.lines(Plain(l.doc.Footer[i]), footerStyle, in.voice, in.width); len(lines) > 0 {
			l.draw(lines[0], footerStyle, spot{in, y}, nil)
		}
		y += footerLeading
	}
}

// aside sets a few words at the end of a line instead of its beginning.
func (l *layout) aside(words string, st style, at spot, e *element) {
	for _, line := range l.lines(Plain(words), st, at.voice, at.width) {
		width := line.Width * st.size / em
		at.column = at.inset(at.width - width)
		l.draw(line, st, at, e)
	}
}
