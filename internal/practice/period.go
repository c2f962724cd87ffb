package practice

import "time"

// Date is a year and, where known, a month of it. The zero Date means not
// stated; Month 0 means that only the year is known.
type Date struct {
	Year  int        `json:"year,omitempty"`
	Month time.Month `json:"month,omitempty"`
}

// IsZero says whether the date is not stated.
func (d Date) IsZero() bool { return d == Date{} }

// opens counts months up to the first one that the date can mean.
func (d Date) opens() int { return d.Year*12 + int(max(d.Month, time.January)) }

// closes counts months up to the last one that the date can mean: a bare year
// reaches to its December.
func (d Date) closes() int {
	if d.Month == 0 {
		return d.Year*12 + int(time.December)
	}
	return d.Year*12 + int(d.Month)
}

// Period is when a practice ran: what is known of its start and its end,
// whether somebody says that it is still running, and the words all this came
// in. Start and End are inclusive. Ongoing may stand beside a past End, when a
// project ended and its work went on.
type Period struct {
	Start   Date   `json:"start"`
	End     Date   `json:"end"`
	Ongoing bool   `json:"ongoing,omitempty"`
	Wording string `json:"wording,omitempty"`
}

// Status says whether a practice still runs.
type Status string

// The three answers. Unknown is an honest one: a start alone does not tell
// whether anything came after it.
const (
	Running Status = "running"
	Ended   Status = "ended"
	Unknown Status = "unknown"
)

// Status tells whether the practice runs on the given day, read in UTC. A
// period ends with the last UTC day of its last month. Ongoing outranks a past
// end, because it is the later thing to be said.
func (p Period) Status(today time.Time) Status {
	today = today.UTC()
	switch {
	case p.Ongoing:
		return Running
	case p.End.IsZero():
		return Unknown
	case Date{today.Year(), today.Month()}.opens() <= p.End.closes():
		return Running
	}
	return Ended
}

// Years gives the first and the last year in which the practice was running,
// seen from the given day (UTC): years to come are not counted, but the year of
// a stated start always is. It gives ok = false when no year can be named: none
// is stated, it runs since nobody knows when, or only an end in a later year is
// known.
func (p Period) Years(today time.Time) (first, last int, ok bool) {
	start, end, now := p.Start.Year, p.End.Year, today.UTC().Year()
	switch {
	case start == 0:
		ended := end != 0 && end <= now && !p.Ongoing
		if !ended {
			return 0, 0, false
		}
		return end, end, true
	case p.Ongoing:
		return start, max(start, now), true
	case end != 0:
		return start, max(start, min(end, now)), true
	}
	return start, start, true
}

// Backwards reports whether the period ends before it begins.
func (p Period) Backwards() bool {
	return !p.Start.IsZero() && !p.End.IsZero() && p.End.closes() < p.Start.opens()
}

// WithYears gives the period that a file's own columns state, 0 meaning that a
// year is not stated. The columns decide, since people checked them; p, read
// from the wording beside them, adds only the wording and the months of those
// years on which both agree.
func (p Period) WithYears(start, end int, ongoing bool) Period {
	return Period{
		Start:   p.Start.inYear(start),
		End:     p.End.inYear(end),
		Ongoing: ongoing,
		Wording: p.Wording,
	}
}

// inYear is the date itself when it lies in the year, else the bare year.
func (d Date) inYear(year int) Date {
	if d.Year == year {
		return d
	}
	return Date{Year: year}
}
