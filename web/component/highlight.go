package component

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"exempla/internal/catalogue"
	"exempla/internal/text"
)

// Marker marks in titles and summaries what the words of a search match. It
// approximates the search without asking the database: it ignores case and accents,
// finds other forms of a word, and phrases only as a whole. The zero value marks
// nothing.
type Marker struct {
	terms    []term
	initials [256]bool // first bytes of words that a term may match
}

// NewMarker marks what a selection's words match, and the words that were looked for
// besides.
func NewMarker(s catalogue.Selection, r catalogue.Reading) Marker {
	var m Marker
	for _, c := range r.Instead {
		m.add(c.Meant)
	}
	for _, words := range r.Marks {
		m.add(words)
	}
	for _, searched := range s.Terms() {
		if !searched.Excluded {
			m.add(searched.Typed)
		}
	}
	return m
}

func (m *Marker) add(words string) {
	t := newTerm(norm.NFC.String(words))
	if len(t) == 0 || slices.ContainsFunc(m.terms, func(other term) bool { return slices.EqualFunc(t, other, sameWord) }) {
		return
	}
	m.terms = append(m.terms, t)
	m.initials[t[0].Text[0]] = true
}

// Marks reports whether the marker can mark anything.
func (m Marker) Marks() bool { return len(m.terms) > 0 }

// Piece is a part of a text, and whether it is marked.
type Piece struct {
	Text   string
	Marked bool
}

// Pieces splits a text into marked and unmarked pieces. Joined they are the text.
func (m Marker) Pieces(text string) []Piece {
	var list []Piece
	end := 0
	for _, s := range m.find(text) {
		if s.from > end {
			list = append(list, Piece{text[end:s.from], false})
		}
		list = append(list, Piece{text[s.from:s.to], true})
		end = s.to
	}
	if end < len(text) {
		list = append(list, Piece{text[end:], false})
	}
	return list
}

// find returns what to mark, in order, without overlaps.
func (m Marker) find(shown string) []stretch {
	if !m.Marks() {
		return nil
	}
	list := text.Tokens(shown)
	var found []stretch
	for i := range list {
		if !list[i].Run && !m.initials[list[i].Text[0]] {
			continue // most words; those that are alike have the same initial
		}
		for _, t := range m.terms {
			found = t.find(list, i, found)
		}
	}
	return merged(m.strong(found))
}

// strong drops short words that stand alone, or every "the" would be marked for "the
// school". If the search has only short words, all count.
func (m Marker) strong(found []stretch) []stretch {
	if !slices.ContainsFunc(m.terms, func(t term) bool { return !t.weak() }) {
		return found
	}
	near := func(a, b stretch) bool { return !a.weak && b.weak && a.last+1 >= b.first && b.last+1 >= a.first }
	for i := 1; i < len(found); i++ {
		found[i].weak = found[i].weak && !near(found[i-1], found[i])
	}
	for i := len(found) - 2; i >= 0; i-- {
		found[i].weak = found[i].weak && !near(found[i+1], found[i])
	}
	return slices.DeleteFunc(found, func(s stretch) bool { return s.weak })
}

// merged joins overlapping stretches.
func merged(found []stretch) []stretch {
	slices.SortStableFunc(found, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var list []stretch
	for _, s := range found {
		if n := len(list); n > 0 && s.from < list[n-1].to {
			list[n-1].to = max(list[n-1].to, s.to)
			continue
		}
		list = append(list, s)
	}
	return list
}

// snippetLead is how many characters a snippet shows before what it is about.
const snippetLead = 80

// Snippet is an excerpt of about limit characters that shows the first mark: the
// beginning of the text if that has a mark or nothing has, else the part around it.
func (m Marker) Snippet(text string, limit int) string {
	start := Excerpt(text, limit)
	if start == text {
		return text
	}
	found := m.find(text)
	if len(found) == 0 || found[0].to <= len(strings.TrimSuffix(start, "…")) {
		return start
	}
	before := []rune(text[:found[0].from])
	after := utf8.RuneCountInString(text) - len(before)
	// Near its end the text is shown to the end.
	from := max(0, min(len(before)-snippetLead, len(before)+after-limit))
	return "…" + Excerpt(string(before[wordStart(before, from):])+text[found[0].from:], limit)
}

// wordStart is where the first whole word begins at or after a position; the
// position itself in a script without spaces.
func wordStart(text []rune, at int) int {
	for i := at; i < len(text); i++ {
		if i > 0 && unicode.IsSpace(text[i-1]) && !unicode.IsSpace(text[i]) {
			return i
		}
	}
	return at
}

// Marked is a text with <mark> elements, escaped for a slot.
func (m Marker) Marked(text string) Escaped {
	var b strings.Builder
	for _, p := range m.Pieces(text) {
		if !p.Marked {
			b.WriteString(string(Escape(p.Text)))
			continue
		}
		b.WriteString("<mark>" + string(Escape(p.Text)) + "</mark>")
	}
	return Escaped(b.String())
}
