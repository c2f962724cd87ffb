package practice

import "time"

// Date is a year and, if known, a month. The zero Date means that nothing is
// stated; Month 0 means that only the year is known.
type Date struct {
	Year  int        `json:"year,omitempty"`
	Month time.Month `json:"month,omitempty"`
}

// IsZero reports whether the date is not stated.
func (d Date) IsZero() bool { return d == Date{} }

// firstMonth is the first month that the date can mean, counted from the year 0.
func (d Date) firstMonth() int { return d.Year*12 + int(max(d.Month, time.January)) }

// lastMonth is the last month that the date can mean, counted from the year 0: a
// bare year lasts until its December.
func (d Date) lastMonth() int {
	if d.Month == 0 {
		return d.Year*12 + int(time.December)
	}
	return d.Year*12 + int(d.Month)
}

// Period is when a practice ran: what is known of its start and end, whether it is
// said to be still running, and the original wording. Start and End are inclusive.
// Ongoing can be true although End is past, if a project ended and its work
// continued.
type Period struct {
	Start   Date   `json:"start"`
	End     Date   `json:"end"`
	Ongoing bool   `json:"ongoing,omitempty"`
	Wording string `json:"wording,omitempty"`
}

// Status says whether a practice still runs.
type Status string

// The values of Status. A start alone gives Unknown: it does not tell how long the
// practice ran.
const (
	Running Status = "running"
	Ended   Status = "ended"
	Unknown Status = "unknown"
)

// Status returns whether the practice is running on the given day in UTC. A period
// includes the last day of its last month. Ongoing takes precedence over a past
// end because it was said later.
func (p Period) Status(today time.Time) Status {
	today = today.UTC()
	switch {
	case p.Ongoing:
		return Running
	case p.End.IsZero():
		return Unknown
	case Date{today.Year(), today.Month()}.firstMonth() <= p.End.lastMonth():
		return Running
	}
	return Ended
}

// Years returns the first and last year in which the practice was running, as of
// the given day in UTC. Future years do not count, except that of a stated start.
// ok is false if no year is known: none is stated, the practice is ongoing without
// a start, or only an end in a future year is stated.
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
	return !p.Start.IsZero() && !p.End.IsZero() && p.End.lastMonth() < p.Start.firstMonth()
}

// WithYears returns the period stated by the year columns of a file, where 0 means
// not stated. The columns take precedence because people checked them. p, which
// was read from the wording beside them, contributes the wording, and the months
// of a year on which both agree.
func (p Period) WithYears(start, end int, ongoing bool) Period {
	return Period{
		Start:   p.Start.inYear(start),
		End:     p.End.inYear(end),
		Ongoing: ongoing,
		Wording: p.Wording,
	}
}

// inYear returns the date itself if it is in the year, otherwise the bare year.
func (d Date) inYear(year int) Date {
	if d.Year == year {
		return d
	}
	return Date{Year: year}
}
