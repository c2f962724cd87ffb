// Package prose understands texts as people write and paste them: paragraphs, lists,
// emphasis, links, quotes, tables and short headings, in a restricted Markdown and with
// the bullets that word processors leave behind. What is not understood stays as it was
// typed: a word that somebody wrote is never lost. It knows nothing of HTML pages.
package prose

import (
	"reflect"
	"strconv"
	"strings"
)

// Kind says what a block is.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading
	Bullets
	Numbers
	Quote
	Table
	Rule // a line that parts what is above from what is below
)

// Block is one block of a text.
type Block struct {
	Kind  Kind
	Text  []Span     // of a paragraph or heading
	First int        // number of the first item of Numbers
	Items [][]Block  // of a list what each item holds; of a quote one item
	Rows  [][][]Span // of a table; the first is its head, and all have as many cells
}

// Span is a piece of text that looks the same throughout. The text may have line ends,
// which are to be shown.
type Span struct {
	Text     string
	Strong   bool
	Emphasis bool
	Href     string // with the scheme http, https or mailto; empty for no link
}

// Parse reads a text. Every text can be read.
func Parse(text string) []Block {
	return blocks(pointers(split(decode(text))), nil)
}

// Tidy returns a text as it is kept: in plain characters, and with the bullets of word
// processors as dashes, unless a dash would be read as something else.
func Tidy(text string) string {
	lines := split(Clean(text))
	read := blocks(pointers(lines), nil)
	kept := dashed(lines, bullet.symbol)
	if reflect.DeepEqual(read, blocks(pointers(split(kept)), nil)) {
		return kept
	}
	return dashed(lines, func(bullet) bool { return false })
}

// dashed writes lines with some bullets as dashes.
func dashed(lines []line, some func(bullet) bool) string {
	var b strings.Builder
	for _, l := range lines {
		if l.level > 0 && some(l.bullet) {
			b.WriteString(strings.Repeat("  ", l.level-1) + "- " + l.rest + "\n")
			continue
		}
		b.WriteString(l.typed + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// marked are the characters without which a line reads as it is typed.
const marked = "\n\t*_[]<>&\\#|"

// Plain returns the words of a text in one line, for excerpts and descriptions.
func Plain(text string) string {
	if text = Clean(text); !strings.ContainsAny(text, marked) {
		return strings.TrimSpace(text)
	}
	var words []string
	plain(Parse(text), &words)
	return strings.Join(words, " ")
}

func plain(blocks []Block, words *[]string) {
	add := func(spans []Span) {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Text)
		}
		*words = append(*words, strings.Fields(b.String())...)
	}
	for _, b := range blocks {
		add(b.Text)
		for i, item := range b.Items {
			switch b.Kind {
			case Bullets:
				*words = append(*words, "•")
			case Numbers:
				*words = append(*words, strconv.Itoa(b.First+i)+".")
			}
			plain(item, words)
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				add(cell)
			}
		}
	}
}
