package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// QuotationMarks are those of all our languages; between any two of them stands
// a phrase. The apostrophe is none of them: it belongs to words.
const QuotationMarks = `"“”„«»`

// Parse reads a search as it was typed. It never fails: a quotation mark that is
// not closed quotes the rest, an "or" without something on both sides says
// nothing, and neither does a dash that stands alone or inside a word.
func Parse(typed string) Query {
	p := parser{typed: typed, dash: -1}
	for at := 0; at < len(typed); {
		open := untilQuote(typed, at)
		p.open(at, open)
		if open == len(typed) {
			break
		}
		inner := open + markSize(typed[open:])
		closed := untilQuote(typed, inner)
		at = closed + markSize(typed[closed:])
		p.quote(open, at, typed[inner:closed])
	}
	return Query{Typed: typed, Terms: p.terms}
}

// untilQuote is where the next quotation mark stands, at the latest the end.
func untilQuote(typed string, at int) int {
	if next := strings.IndexAny(typed[at:], QuotationMarks); next >= 0 {
		return at + next
	}
	return len(typed)
}

// markSize is how many bytes the quotation mark takes with which a text begins;
// none at the end.
func markSize(text string) int {
	_, size := utf8.DecodeRuneInString(text)
	return size
}

// parser is a query being read.
type parser struct {
	typed  string
	terms  []Term
	wanted bool // whether there is a term that does not exclude
	or     bool // the next wanted term is an alternative
	dash   int  // where dashes begin that touch the phrase to come; -1 where none do
}

// open reads what stands outside of quotation marks.
func (p *parser) open(from, to int) {
	p.dash = -1
	for from < to {
		from += len(p.typed[from:to]) - len(strings.TrimLeftFunc(p.typed[from:to], unicode.IsSpace))
		end := from + strings.IndexFunc(p.typed[from:to], unicode.IsSpace)
		if end < from {
			end = to
		}
		p.part(from, end)
		if end == to && from < end && strings.Trim(p.typed[from:end], "-") == "" {
			p.dash = from
		}
		from = end
	}
}

// part reads what stands between spaces.
func (p *parser) part(from, to int) {
	part := p.typed[from:to]
	if isOr(part) {
		p.or = p.wanted
		return
	}
	p.add(Term{From: from, To: to, Words: words(part), Excluded: strings.HasPrefix(part, "-")})
}

// quote reads a phrase.
func (p *parser) quote(from, to int, inner string) {
	excluded := p.dash >= 0
	if excluded {
		from = p.dash
	}
	p.add(Term{From: from, To: to, Words: words(inner), Phrase: true, Excluded: excluded})
}

// add keeps a term that has words.
func (p *parser) add(t Term) {
	if len(t.Words) == 0 {
		return
	}
	t.Typed = p.typed[t.From:t.To]
	if !t.Excluded {
		t.Or, p.or, p.wanted = p.or, false, true
	}
	p.terms = append(p.terms, t)
}

func words(typed string) []string { return strings.Fields(text.Plain(typed)) }
