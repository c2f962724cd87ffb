package practice

import (
	"strings"
	"unicode"
)

// maxWording is how many bytes of a wording are read and kept. The longest of
// those that cities wrote so far has 113; Greek and Arabic need twice that.
const maxWording = 500

// MinYear and MaxYear bound the years that a period can have, inclusive. A year
// outside is a slip of the pen: no practice of a city goes back further, and no
// plan reaches further.
const (
	MinYear = 1800
	MaxYear = 2100
)

// ParsePeriod reads when a practice ran from the words of its people, in the
// languages and forms of the vocabulary. What it cannot understand gives a
// period with the wording alone; it never fails. Only the first maxWording
// bytes are looked at; they are kept as Wording without surrounding space,
// control characters and broken UTF-8.
//
// Days are read day first, and only their month is kept. Several dates that no
// word connects give the earliest start and the latest stated end. After a year
// and a dash or slash, two digits are the last year of a range when they are
// greater than the year's own last two ("2011-14", "2009-12"), else a month
// ("2021-03").
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

// cleanWording turns space-like controls into spaces rather than nothing, lest
// the years of two lines become one number.
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

// span is a stretch of time. Open means that its start was named in a way that
// promises to go on, as by "since".
type span struct {
	start, end Date
	open       bool
}

func (s span) backwards() bool {
	return !s.start.IsZero() && !s.end.IsZero() && s.end.closes() < s.start.opens()
}

// with is the stretch from the earlier start to the later end. What was taken
// up again after its end has none: "2004-2010 and from 2014".
func (s span) with(t span) span {
	if resumed := t.open && !s.start.IsZero() && !s.end.IsZero() && t.start.opens() > s.end.closes(); resumed {
		s.end = Date{}
	}
	if s.start.IsZero() || !t.start.IsZero() && t.start.opens() < s.start.opens() {
		s.start = t.start
	}
	if s.end.IsZero() || t.end.closes() > s.end.closes() {
		s.end = t.end
	}
	s.open = s.open || t.open
	return s
}

// expectation is what the tokens so far make of the next date.
type expectation int

const (
	apart   expectation = iota // it begins a new span
	beside                     // a date was just read; without a joint between, the same
	joined                     // it carries on the span before
	opening                    // it is an open start
	closing                    // it is an end
)

// reader walks over the tokens once and gathers what they state.
type reader struct {
	tokens []token
	at     int
	dated  int // the last token of the latest date
	stray  int // the latest number that is no date
	next   expectation
	run    span // dates that are being joined
	whole  span // all runs before
	ongoing, repeated,
	faulty bool
}

func tokenAt(tokens []token, i int) token {
	if i < 0 || i >= len(tokens) {
		return token{}
	}
	return tokens[i]
}

func (r *reader) look(i int) token { return tokenAt(r.tokens, i) }

func (r *reader) step() {
	if found, width := r.date(); width > 0 {
		r.faulty = r.faulty || r.stray >= 0 && r.clings(r.stray)
		r.take(found)
		r.at += width
		r.dated = r.at - 1
		return
	}
	r.word(r.look(r.at))
	r.at++
}

// clings says whether the token here hangs on that of an earlier place by one
// sign without spaces: "13/2020", "2021-13".
func (r *reader) clings(earlier int) bool {
	sign, here := r.look(r.at-1), r.look(r.at)
	divides := sign.role == roleDash || sign.role == roleSlash || sign.role == roleDot
	return earlier == r.at-2 && divides && sign.tight && here.tight
}

// take puts a date, or the two that a half year has, where it is expected.
func (r *reader) take(found span) {
	last := found.end
	if last.IsZero() {
		last = found.start
	}
	switch r.next {
	case joined:
		// A list or range that runs backwards was not understood.
		r.faulty = r.faulty || span{start: found.start, end: last}.before(r.run)
		r.run.end = last
	case opening:
		r.flush()
		r.run = found
		r.run.open = found.end.IsZero()
	case closing:
		r.flush()
		r.run = span{end: last}
	default:
		r.flush()
		r.run = found
	}
	r.next = beside
}

// before says whether s is over when t comes to its latest date.
func (s span) before(t span) bool {
	return s.end.closes() < max(t.start.opens(), t.end.opens())
}

func (r *reader) flush() {
	r.whole = r.whole.with(r.run)
	r.run = span{}
}

// word takes one token that belongs to no date.
func (r *reader) word(t token) {
	follows := r.next == beside || r.next == joined
	switch t.role {
	case roleDash, roleSlash, roleComma, roleLink, roleDot:
		r.joint(t)
	case roleSince:
		r.next = opening
	case roleUntil:
		r.next = closing
		if follows {
			r.next = joined
		}
	case roleOnwards:
		r.goOn(follows)
	case roleOn:
		r.goOn(r.next == beside && r.breaksAfter())
	default:
		r.remark(t)
		r.next = apart
	}
}

// joint makes two dates one span. A dash with nothing behind it leaves the end
// open: "2016-".
func (r *reader) joint(t token) {
	ends := r.look(r.at+1).role == roleNothing || t.tight && r.breaksAfter()
	if t.role == roleDash && r.next == beside && ends {
		r.goOn(true)
	} else if r.next == beside {
		r.next = joined
	}
}

// goOn notes that the run, if one is meant, has no end.
func (r *reader) goOn(meant bool) {
	if meant {
		r.ongoing = true
		r.run.end = Date{}
	}
	r.next = apart
}

func (r *reader) breaksAfter() bool {
	switch r.look(r.at + 1).role {
	case roleNothing, roleStop, roleComma, roleSlash:
		return true
	}
	return false
}

// remark takes what stands by itself.
func (r *reader) remark(t token) {
	switch t.role {
	case roleOngoing:
		r.ongoing = r.ongoing || r.look(r.at-1).role != roleNegation
	case roleRepeated:
		r.repeated = r.look(r.at-1).role != roleNegation
	case roleNumber:
		// Part of a date that does not exist, or a year that cannot be.
		r.faulty = r.faulty || t.digits >= 4 || r.dated >= 0 && r.clings(r.dated)
		r.stray = r.at
	}
}
