package practice

import (
	"strings"
	"unicode"
)

// maxWording is how many bytes of a wording are read and kept. The longest that a
// city has written so far has 113; Greek and Arabic need twice as many.
const maxWording = 500

// MinYear and MaxYear are the earliest and latest year that a period can have. Any
// other is a typing error: no city's practice goes back further, and no plan
// extends beyond.
const (
	MinYear = 1800
	MaxYear = 2100
)

// ParsePeriod reads when a practice ran from a wording in any of the languages of
// the vocabulary. It never fails: a wording that it does not understand gives a
// period with nothing but the wording. Only the first maxWording bytes are read;
// Wording is these without surrounding space, control characters and invalid
// UTF-8.
//
// Numeric dates are read day first, unless only the American order makes one, and
// only the month is kept. Several dates that
// are not connected give the earliest start and the latest stated end. After a
// year and a dash or slash, two digits are the last year of a range if they are
// greater than the last two of that year ("2011-14", "2009-12"), otherwise a
// month ("2021-03"); so too where the other date of the two can only be a month
// ("2010-10 to 2010-12").
func ParsePeriod(wording string) Period {
	p := Period{Wording: cleanWording(wording)}
	r := reader{tokens: tokenise(fold(p.Wording)), dated: -1, stray: -1}
	for r.at < len(r.tokens) {
		r.step()
	}
	r.flush()
	if r.faulty || r.whole.backwards() {
		return p
	}
	p.Start, p.End = r.whole.start, r.whole.end
	undated := p.Start.IsZero() && p.End.IsZero()
	p.Ongoing = r.ongoing || r.whole.open && p.End.IsZero() || r.repeated && undated
	return p
}

// cleanWording replaces control characters such as line breaks by spaces, so that
// the years of two lines do not become one number, and removes other controls.
func cleanWording(wording string) string {
	wording = strings.ToValidUTF8(wording[:min(len(wording), maxWording)], "")
	wording = strings.Map(func(r rune) rune {
		switch {
		case !unicode.IsControl(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return -1
	}, wording)
	return strings.TrimSpace(wording)
}

// span is a stretch of time. open means that the wording of its start, such as
// "since", implies that it continues. one means that start and end are those of one
// date, such as a quarter; closed that the date says itself when it ends, such as
// "1 to 15 May 2018".
type span struct {
	start, end        Date
	open, one, closed bool
}

func (s span) backwards() bool {
	return !s.start.IsZero() && !s.end.IsZero() && s.end.lastMonth() < s.start.firstMonth()
}

// merge returns the span from the earlier start to the later end. A practice that
// was resumed after its end has no end: "2004-2010 and from 2014".
func (s span) merge(t span) span {
	if resumed := t.open && !s.start.IsZero() && !s.end.IsZero() && t.start.firstMonth() > s.end.lastMonth(); resumed {
		s.end = Date{}
	}
	if s.start.IsZero() || !t.start.IsZero() && t.start.firstMonth() < s.start.firstMonth() {
		s.start = t.start
	}
	if s.end.IsZero() || t.end.lastMonth() > s.end.lastMonth() {
		s.end = t.end
	}
	s.open = s.open || t.open
	return s
}

// expectation is the role of the next date, according to the tokens before it.
type expectation int

const (
	startsSpan    expectation = iota // it starts a new span
	afterDate                        // so too, unless a connector comes first
	continuesSpan                    // it continues the current span
	expectsStart                     // it is an open start
	expectsEnd                       // it is an end
)

// reader goes through the tokens once and collects what they state.
type reader struct {
	tokens []token
	at     int
	dated  int // position of the last token of the latest date, or -1
	stray  int // position of the latest number outside a date, or -1
	next   expectation
	run    span // the dates that are being joined
	whole  span // all earlier runs
	ongoing, repeated,
	faulty bool
}

func tokenAt(tokens []token, i int) token {
	if i < 0 || i >= len(tokens) {
		return token{}
	}
	return tokens[i]
}

func (r *reader) peek(i int) token { return tokenAt(r.tokens, i) }

func (r *reader) step() {
	if found, width := r.date(); width > 0 {
		r.faulty = r.faulty || r.stray >= 0 && r.isAttached(r.stray)
		r.take(found)
		r.at += width
		r.dated = r.at - 1
		return
	}
	r.word(r.peek(r.at))
	r.at++
}

// isAttached reports whether a single sign without spaces joins the token at the
// cursor to the one at earlier: "13/2020", "2021-13".
func (r *reader) isAttached(earlier int) bool {
	sign, here := r.peek(r.at-1), r.peek(r.at)
	divides := sign.role == roleDash || sign.role == roleSlash || sign.role == roleDot
	return earlier == r.at-2 && divides && sign.tight && here.tight
}

// take adds a date, or the two of a half year, in the role that is expected.
func (r *reader) take(found span) {
	last := found.end
	if last.IsZero() {
		last = found.start
	}
	switch r.next {
	case continuesSpan:
		// A list or range that runs backwards was not understood.
		r.faulty = r.faulty || span{start: found.start, end: last}.endsBefore(r.run)
		r.run.end, r.run.one = last, false
	case expectsStart:
		r.flush()
		r.run = found
		if found.one {
			r.run.end = Date{}
		}
		r.run.open = r.run.end.IsZero() && !found.closed
	case expectsEnd:
		r.flush()
		r.run = span{end: last}
	default:
		r.flush()
		r.run = found
	}
	r.next = afterDate
}

// endsBefore reports whether s is over before the latest date of t.
func (s span) endsBefore(t span) bool {
	return s.end.lastMonth() < max(t.start.firstMonth(), t.end.firstMonth())
}

func (r *reader) flush() {
	r.whole = r.whole.merge(r.run)
	r.run = span{}
}

// word handles one token that is not part of a date.
func (r *reader) word(t token) {
	follows := r.next == afterDate || r.next == continuesSpan
	switch t.role {
	case roleDash, roleSlash, roleComma, roleLink, roleDot:
		r.connector(t)
	case roleSince:
		r.next = expectsStart
	case roleUntil:
		switch {
		case follows:
			r.next = continuesSpan
		case r.next != expectsStart: // "since before 2015"
			r.next = expectsEnd
		}
	case roleOnwards:
		r.leaveOpen(follows)
	case roleOn:
		r.leaveOpen(r.next == afterDate && r.breaksAfter())
	default:
		r.standalone(t)
		r.next = startsSpan
	}
}

// connector joins two dates into one span. A dash with nothing after it leaves the
// end open: "2016-"; one with nothing before it leaves the start: "–2019".
func (r *reader) connector(t token) {
	ends := r.peek(r.at+1).role == roleNothing || t.tight && r.breaksAfter()
	switch {
	case t.role == roleDash && r.next == afterDate && ends:
		r.leaveOpen(true)
	case r.next == afterDate:
		r.next = continuesSpan
	case t.role == roleDash && r.beginsWording(t) && !r.leadsToRange():
		r.next = expectsEnd
	}
}

// beginsWording reports whether nothing stands before the dash at the cursor, or
// what people write for nothing: "? - 2019". In "mid-2019", a filler stood there.
func (r *reader) beginsWording(dash token) bool {
	for i := range r.at {
		if r.peek(i).sign != '?' {
			return false
		}
	}
	return r.at > 0 || !dash.tight
}

// leadsToRange reports whether the dash at the cursor is the mark of a list before
// two dates: "- 2016-2018".
func (r *reader) leadsToRange() bool {
	after := *r
	after.at++
	found, width := after.date()
	next := after.peek(after.at + width)
	return !found.end.IsZero() || isConnector(next.role) || next.role == roleUntil || next.role == roleOnwards || next.role == roleOn
}

// leaveOpen records that the current run has no end, if the token means one.
func (r *reader) leaveOpen(meant bool) {
	if meant {
		r.ongoing = true
		r.run.end = Date{}
	}
	r.next = startsSpan
}

func (r *reader) breaksAfter() bool {
	switch r.peek(r.at + 1).role {
	case roleNothing, roleStop, roleComma, roleSlash:
		return true
	}
	return false
}

// standalone handles a token that does not depend on the dates around it.
func (r *reader) standalone(t token) {
	switch t.role {
	case roleOngoing:
		if r.next == continuesSpan && r.run.one { // "1990s to the present"
			r.run.end = Date{}
		}
		r.ongoing = r.ongoing || r.peek(r.at-1).role != roleNegation
	case roleRepeated:
		r.repeated = r.peek(r.at-1).role != roleNegation
	case roleNumber:
		// Part of a date that does not exist, or a year that cannot be.
		r.faulty = r.faulty || t.digits >= 4 || r.dated >= 0 && r.isAttached(r.dated)
		r.stray = r.at
	}
}
