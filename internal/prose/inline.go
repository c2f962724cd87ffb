package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a part of a line: text, a link, or signs that may be emphasis.
type piece struct {
	span       Span
	sign       byte // '*' or '_'; one of the marks that stand for a tag; 0 for text
	count      int  // how many signs
	open, shut bool // whether the signs may begin emphasis, or end it
	paired     bool // with others: the signs are not shown
	begins     bool // which of the two
}

// most is how many signs can be emphasis: three are both kinds.
const most = 3

// inline reads what stands in a paragraph, a heading or a cell.
func inline(s string) []Span {
	var pieces []piece
	at := 0
	for mayLink(s) && at < len(s) {
		f, ok := nextLink(s, at)
		if !ok {
			break
		}
		pieces = append(cut(pieces, s, at, f.from), piece{span: Span{Text: f.label, Href: f.href}})
		at = f.to
	}
	return joined(pair(cut(pieces, s, at, len(s))))
}

// emphasised reads what has no links.
func emphasised(s string) []Span { return joined(pair(cut(nil, s, 0, len(s)))) }

// escapable are the signs that a backslash makes plain.
const escapable = "*_[]#>+-.|!`~"

// cut adds the pieces of a part of a text without links.
func cut(pieces []piece, s string, from, to int) []piece {
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			pieces = append(pieces, piece{span: Span{Text: text.String()}})
			text.Reset()
		}
	}
	for at := from; at < to; {
		switch sign := s[at]; {
		case sign == '\\' && at+1 < to && strings.IndexByte(escapable, s[at+1]) >= 0:
			text.WriteByte(s[at+1])
			at += 2
		case sign == '*' || sign == '_':
			end := at
			for end < to && s[end] == sign {
				end++
			}
			flush()
			pieces = append(pieces, signs(s, at, end))
			at = end
		case sign >= strongOn && sign <= emphasisOff:
			flush()
			pieces = append(pieces, piece{sign: sign})
			at++
		default:
			text.WriteByte(sign)
			at++
		}
	}
	flush()
	return pieces
}

// signs is a run of signs. They can be emphasis only at the edges of words, so that
// 3*4*5 and file_name_x stay what they are.
func signs(s string, from, to int) piece {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	p := piece{span: Span{Text: s[from:to]}, sign: s[from], count: to - from}
	touchesAfter := to < len(s) && !unicode.IsSpace(after)
	touchesBefore := from > 0 && !unicode.IsSpace(before)
	p.open = p.count <= most && touchesAfter && !isWordy(before)
	p.shut = p.count <= most && touchesBefore && !isWordy(after)
	return p
}

// pair finds which signs belong together: the nearest of the same length.
func pair(pieces []piece) []piece {
	type form struct {
		sign  byte
		count int
	}
	var opened []int
	waiting := map[form]int{}
	for i := range pieces {
		p := &pieces[i]
		f := form{p.sign, p.count}
		if p.shut && waiting[f] > 0 {
			for {
				last := opened[len(opened)-1]
				opened = opened[:len(opened)-1]
				other := form{pieces[last].sign, pieces[last].count}
				waiting[other]--
				if other == f {
					pieces[last].paired, pieces[last].begins, p.paired = true, true, true
					break
				}
			}
		} else if p.open {
			opened = append(opened, i)
			waiting[f]++
		}
	}
	return pieces
}

// joined makes spans of pieces.
func joined(pieces []piece) []Span {
	var spans []Span
	var text strings.Builder // of the last span
	strong, emphasis := 0, 0 // how many reasons there are for either
	for _, p := range pieces {
		step := -1
		if p.begins {
			step = 1
		}
		switch {
		case p.paired:
			if p.count != 1 {
				strong += step
			}
			if p.count != 2 {
				emphasis += step
			}
			continue
		case p.sign == strongOn:
			strong++
			continue
		case p.sign == strongOff:
			strong = max(0, strong-1)
			continue
		case p.sign == emphasisOn:
			emphasis++
			continue
		case p.sign == emphasisOff:
			emphasis = max(0, emphasis-1)
			continue
		}
		s := p.span
		s.Strong, s.Emphasis = strong > 0, emphasis > 0
		if n := len(spans); n > 0 && s.Href == "" && spans[n-1].Href == "" && spans[n-1].Strong == s.Strong && spans[n-1].Emphasis == s.Emphasis {
			text.WriteString(s.Text)
			spans[n-1].Text = text.String()
			continue
		}
		text.Reset()
		text.WriteString(s.Text)
		spans = append(spans, s)
	}
	return spans
}
