package prose

import (
	"regexp"
	"strings"
	"unicode"
)

// pointers lets reading a text note the levels of its items in its lines.
func pointers(lines []line) []*line {
	list := make([]*line, len(lines))
	for i := range lines {
		list[i] = &lines[i]
	}
	return list
}

// reader reads the blocks of a text, or of what one item of a list holds.
type reader struct {
	lines []*line
	outer []bullet // of the lists around
	last  int      // number of the last numbered item, so that a list may go on behind a paragraph
}

// place is where a line stands that may begin an item.
type place int

const (
	alone  place = iota
	inText       // behind a line of text
	inList       // within an item of a list
)

var (
	heading = regexp.MustCompile(`^#{1,6}\s+(\D.*?)(?:\s+#+)?$`)
	rule    = regexp.MustCompile(`^(?:-{3,}|\*{3,}|_{3,}|={3,}|–{3,}|—{3,}|(?:[*_-] ){2,}[*_-])$`)
	quote   = regexp.MustCompile(`^(?:>\s?)+`)
	quoted  = regexp.MustCompile(`^(?:>\s*)+[^\s\d=>]`) // behind ">" for "more than" stands a number
)

// blocks reads the blocks of a text, or of an item within other lists.
func blocks(lines []*line, outer []bullet) []Block {
	r := reader{lines: lines, outer: outer}
	var list []Block
	for i := 0; i < len(lines); {
		if lines[i].blank() {
			i++
			continue
		}
		b, next := r.block(i)
		list = append(list, b)
		i = next
	}
	return list
}

// block reads the block that begins at a line, and says where the next one may.
func (r *reader) block(i int) (Block, int) {
	where := alone
	if len(r.outer) > 0 {
		where = inList
	}
	switch text := r.lines[i].text; {
	case rule.MatchString(text):
		return Block{Kind: Rule}, i + 1
	case heading.MatchString(text):
		return Block{Kind: Heading, Text: inline(heading.FindStringSubmatch(text)[1])}, i + 1
	case quoted.MatchString(text):
		return r.quote(i)
	case r.isTable(i):
		return r.table(i)
	case r.isItem(i, where):
		return r.list(i)
	}
	return r.paragraph(i)
}

// opens reports whether a line behind a line of text begins another block.
func (r *reader) opens(i int) bool {
	where := inText
	if len(r.outer) > 0 {
		where = inList
	}
	text := r.lines[i].text
	return rule.MatchString(text) || heading.MatchString(text) || quoted.MatchString(text) || r.isTable(i) || r.isItem(i, where)
}

func (r *reader) paragraph(i int) (Block, int) {
	var text []string
	for begin := i; i < len(r.lines) && !r.lines[i].blank() && (i == begin || !r.opens(i)); i++ {
		text = append(text, strings.TrimSuffix(r.lines[i].text, `\`))
	}
	return Block{Kind: Paragraph, Text: inline(strings.Join(text, "\n"))}, i
}

// quote reads lines that begin with ">". A quote within a quote is part of it.
func (r *reader) quote(i int) (Block, int) {
	var text []string
	for ; i < len(r.lines) && strings.HasPrefix(r.lines[i].text, ">"); i++ {
		text = append(text, quote.ReplaceAllString(r.lines[i].text, ""))
	}
	lines := split(strings.Join(text, "\n"))
	return Block{Kind: Quote, Items: [][]Block{blocks(pointers(lines), nil)}}, i
}

// isItem reports whether a line begins an item of a list. What could as well be a date,
// a negative number or what somebody says is one only in company.
func (r *reader) isItem(i int, where place) bool {
	switch l := r.lines[i]; {
	case l.bullet == 0:
		return false
	case l.bullet.symbol() && !l.tight, r.announced(i), r.hasCompany(i):
		return true
	case l.tight:
		return false
	case l.bullet == number:
		return l.number == 1 && where != inText || r.last > 0 && l.number == r.last+1
	case l.bullet.long():
		return where == inList
	default:
		return where != inText
	}
}

// announced reports whether the line before ends with a colon, and the item could be the
// first one.
func (r *reader) announced(i int) bool {
	for j := i - 1; j >= 0 && r.lines[i].number <= 1; j-- {
		if !r.lines[j].blank() {
			return strings.HasSuffix(r.lines[j].text, ":")
		}
	}
	return false
}

// hasCompany reports whether the item that follows is of the same list.
func (r *reader) hasCompany(i int) bool {
	l := r.lines[i]
	for _, next := range r.lines[i+1:] {
		switch {
		case next.blank(), next.indent > l.indent+1:
		case next.bullet == l.bullet:
			return l.bullet != number || next.number == l.number+1 || l.number == 1 && next.number == 1
		case next.bullet == 0:
			return false
		}
	}
	return false
}

// list reads the items of one list. Numbers that are all 1 count by themselves.
func (r *reader) list(i int) (Block, int) {
	first := r.lines[i]
	b := Block{Kind: Bullets}
	if first.bullet == number {
		b.Kind, b.First = Numbers, first.number
	}
	within := append(r.outer[:len(r.outer):len(r.outer)], first.bullet)
	for ones := true; ; {
		item := r.lines[i]
		item.level = len(within)
		ones = ones && item.number == 1
		body, next := r.body(i)
		b.Items = append(b.Items, blocks(body, within))
		i = next
		for next < len(r.lines) && r.lines[next].blank() {
			next++
		}
		if next == len(r.lines) || r.lines[next].bullet != first.bullet ||
			b.Kind == Numbers && r.lines[next].number != b.First+len(b.Items) && !(ones && r.lines[next].number == 1) {
			break
		}
		i = next
	}
	if b.Kind == Numbers {
		r.last = b.First + len(b.Items) - 1
	}
	return b, i
}

// body returns the lines of an item, and where it ends.
func (r *reader) body(i int) ([]*line, int) {
	item := r.lines[i]
	lines := []*line{{typed: item.typed, text: item.rest, indent: item.indent}}
	i++
	for i < len(r.lines) {
		next := i
		for next < len(r.lines) && r.lines[next].blank() {
			next++
		}
		if next == len(r.lines) || !r.belongs(next, item, next > i) {
			break
		}
		lines = append(lines, r.lines[i:next+1]...)
		i = next + 1
	}
	return lines, i
}

// belongs reports whether a line belongs to an item above it, with blank lines between
// or without. Word processors mark lists within lists by another bullet alone.
func (r *reader) belongs(i int, item *line, parted bool) bool {
	l := r.lines[i]
	switch {
	case l.indent > item.indent+1:
		return true
	case parted, l.bullet == item.bullet:
		return false
	case l.bullet != 0 && r.isItem(i, inList):
		return l.indent >= item.indent-1 && !isAmong(r.outer, l.bullet)
	}
	return l.indent > item.indent
}

func isAmong(list []bullet, b bullet) bool {
	for _, other := range list {
		if other == b {
			return true
		}
	}
	return false
}

var delimiters = regexp.MustCompile(`^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$`)

// isTable reports whether a line is the head of a table: below it is a line of dashes
// with as many cells.
func (r *reader) isTable(i int) bool {
	if i+1 >= len(r.lines) || !strings.Contains(r.lines[i].text, "|") {
		return false
	}
	below := r.lines[i+1].text
	return delimiters.MatchString(below) && strings.Contains(below, "|") && len(cells(below)) == len(cells(r.lines[i].text))
}

// table reads a table. Rows with fewer cells than another one are filled up.
func (r *reader) table(i int) (Block, int) {
	b := Block{Kind: Table}
	width := 0
	for begin := i; i < len(r.lines) && strings.Contains(r.lines[i].text, "|"); i++ {
		if i == begin+1 {
			continue // the line of dashes
		}
		var row [][]Span
		for _, cell := range cells(r.lines[i].text) {
			row = append(row, inline(cell))
		}
		b.Rows = append(b.Rows, row)
		width = max(width, len(row))
	}
	for i := range b.Rows {
		b.Rows[i] = append(b.Rows[i], make([][]Span, width-len(b.Rows[i]))...)
	}
	return b, i
}

// cells cuts a row of a table at the bars that have no backslash before them.
func cells(row string) []string {
	row = strings.TrimPrefix(row, "|")
	if strings.HasSuffix(row, "|") && !strings.HasSuffix(row, `\|`) {
		row = row[:len(row)-1]
	}
	var list []string
	start := 0
	for i := 0; i <= len(row); i++ {
		if i == len(row) || row[i] == '|' && (i == 0 || row[i-1] != '\\') {
			list = append(list, strings.TrimFunc(row[start:i], unicode.IsSpace))
			start = i + 1
		}
	}
	return list
}
