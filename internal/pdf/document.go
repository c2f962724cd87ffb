// Package pdf writes documents as PDF: text of every script for which there is a font,
// in lines and pages, with the structure that screen readers read, bookmarks, links and
// pictures. It knows neither practices nor the words of any language: what stands in a
// document is said by whoever writes one. The same document gives the same bytes.
package pdf

import "exempla/internal/typeset"

// Document is what is written.
type Document struct {
	Title  string
	Voice  Voice // of the reader
	Author string
	Blocks []Block
	Footer []string // of each page, line by line

	// Page says which page of how many it is.
	Page func(number, of int) string `json:"-"`
	// Gap says, for the beginning, that Missing stands where texts in these languages
	// have characters for which there is no font. The first block is taken that does
	// not miss any itself, else the last.
	Gap func(languages []string) []Block `json:"-"`
}

// Voice is a language and the direction in which it is written. The zero value is that
// of what is around it.
type Voice = typeset.Voice

// Kind says what a block is.
type Kind int

// The kinds of blocks.
const (
	Paragraph  Kind = iota
	Title           // of a document, or of one work in it
	Heading         // with a bookmark below that of the title before it
	Subheading      // without
	Note            // a small paragraph
	List
	Facts // a list with words as labels, in a column
	Quote
	Table
	Rule
	Figure
	Contents // with the pages of titles
)

// Block is a part of a document.
type Block struct {
	Kind    Kind
	Voice   Voice
	Text    []Span     // of a paragraph or heading, below a picture
	Name    string     // of a title: what entries lead to
	Items   []Item     // of a list
	Body    []Block    // of a quote
	Rows    [][][]Span // of a table, the first its head; all have as many cells
	Picture Picture    // of a figure
	Entries []Entry    // of the contents
}

// Span is a piece of text that looks the same throughout.
type Span = typeset.Span

// Missing stands for characters without a font.
const Missing = typeset.Missing

// Item is an item of a list: a bullet, number or word, and what it stands before.
type Item struct {
	Label string
	Body  []Block
}

// Picture is a JPEG or PNG. One that cannot be read is replaced by its description.
type Picture struct {
	Name string // the same for the same picture
	Alt  string
	Read func() ([]byte, error) `json:"-"`
}

// Entry is a line of the contents.
type Entry struct {
	Text  string
	Voice Voice
	To    string // name of a title
}

// Plain is text without anything particular.
func Plain(text string) []Span { return []Span{{Text: text}} }

// Write writes a document.
func Write(d Document) []byte {
	l := lay(&d)
	if len(l.Absent()) > 0 {
		d.Blocks = append([]Block{l.gap()}, d.Blocks...)
		l = lay(&d)
	}
	return assemble(l)
}

// gap is the block that says what is missing.
func (l *layout) gap() Block {
	list := l.doc.Gap(l.Absent())
	for _, b := range list[:len(list)-1] {
		if !l.Lacks(words(b.Text)) {
			return b
		}
	}
	return list[len(list)-1]
}

// lay puts a document on pages.
func lay(d *Document) *layout {
	l := newLayout(d)
	l.blocks(d.Blocks, l.whole(), l.root)
	l.finish()
	return l
}
