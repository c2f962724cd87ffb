package practice

import "time"

// date reads the date at the cursor. width is the number of its tokens, 0 if there
// is no date. Only forms that state two dates give an end.
func (r *reader) date() (found span, width int) {
	if found, width := r.decade(); width > 0 {
		return found, width
	}
	if r.isYear(r.at) {
		return r.fromYear()
	}
	if d, width := r.numeric(); width > 0 {
		return span{start: d}, width
	}
	return r.fromMonths()
}

func (r *reader) isYear(i int) bool {
	t := r.peek(i)
	return t.role == roleNumber && t.digits == 4 && t.value >= MinYear && t.value <= MaxYear
}

func (r *reader) isDay(i int) bool {
	t := r.peek(i)
	return t.role == roleNumber && t.digits <= 2 && t.value >= 1 && t.value <= 31
}

// fromYear reads "2021", "2021-03-15", "2021-03", "2021-25" and "2021 March".
func (r *reader) fromYear() (span, int) {
	year, two := r.peek(r.at).value, r.peek(r.at+2)
	bare := span{start: Date{Year: year}}
	compact := r.isTightSequence(r.at, 1)
	switch {
	case compact && two.digits == 1 && two.value == 0 && r.peek(r.at+1).role == roleDot: // a spreadsheet's "2021.0"
		return bare, 3
	case two.role != roleNumber || two.digits != 2:
		return r.monthsBehind(bare)
	case compact && r.isDoubtful(r.at+3):
		return bare, 3
	}
	if compact && r.isTightSequence(r.at, 2) && hasDay(year, two.value, r.peek(r.at+4)) {
		return span{start: Date{year, time.Month(two.value)}}, 5
	}
	if last := lastYear(year, two.value); last > year && r.isRange(compact) && !r.isMonthOfTwo() {
		return span{start: Date{Year: year}, end: Date{Year: last}}, 3
	}
	if compact && two.value >= 1 && two.value <= 12 {
		return span{start: Date{year, time.Month(two.value)}}, 3
	}
	return bare, 1
}

// lastYear is the year that two digits mean at the end of a range; 0 for none.
func lastYear(year, two int) int {
	last := year - year%100 + two
	if year%100 == 99 && two == 0 {
		last = year + 1
	}
	if last > MaxYear {
		return 0
	}
	return last
}

// isDoubtful reports whether a question mark takes the place of digits: "2015-20??".
func (r *reader) isDoubtful(i int) bool {
	t := r.peek(i)
	return t.role == roleOther && t.tight && t.sign == '?'
}

// isMonthOfTwo reports whether "2010-12" at the cursor is joined to another such
// date that can only be a month: "2010-10 to 2010-12".
func (r *reader) isMonthOfTwo() bool {
	if here := r.peek(r.at + 2).value; here < 1 || here > 12 || r.peek(r.at+1).role != roleDash {
		return false
	}
	joins := func(t token) bool { return t.role == roleDash || t.role == roleLink || t.role == roleUntil }
	return joins(r.peek(r.at-1)) && r.isMonth(r.at-4) || joins(r.peek(r.at+3)) && r.isMonth(r.at+4)
}

// isMonth reports whether a year with two digits at i cannot be a range.
func (r *reader) isMonth(i int) bool {
	year, two := r.peek(i), r.peek(i+2)
	return r.isYear(i) && r.isTightSequence(i, 1) && r.peek(i+1).role == roleDash && two.digits == 2 &&
		two.value >= 1 && two.value <= 12 && lastYear(year.value, two.value) <= year.value
}

// monthsBehind reads "2021 March", "2021-Q3" and "2021 March to May". What
// follows decides: in "2021 may be too early", no month is meant.
func (r *reader) monthsBehind(bare span) (span, int) {
	i := r.at + 1
	if sign := r.peek(i); sign.role == roleDash && sign.tight && r.peek(i+1).tight {
		i++
	}
	from, to, width := r.months(i)
	if width == 0 || !r.closes(i+width) {
		return bare, 1
	}
	year := bare.start.Year
	found := span{start: Date{year, from}, one: true}
	if i += width; isConnector(r.peek(i).role) && r.closes(i) {
		if first, last, width := r.months(i + 1); width > 0 && r.closes(i+1+width) && r.yearAhead(i+1+width) == 0 {
			i += 1 + width
			to, found.one = max(first, last), false
		}
	}
	if to != 0 {
		found.end = Date{year, to}
	}
	return found, i - r.at
}

// closes reports whether nothing that belongs to a month before it stands at i.
func (r *reader) closes(i int) bool {
	switch role := r.peek(i).role; role {
	case roleNothing, roleStop, roleUntil, roleOnwards:
		return true
	default:
		return isConnector(role)
	}
}

// decade reads ten years: "1990s", "1990er", "90s", "années 1990". The two digits
// of a decade before 1950 could be those of this century as well.
func (r *reader) decade() (span, int) {
	i := r.at
	named := r.peek(i).role == roleDecade
	if named {
		i++
	}
	year := r.peek(i)
	switch {
	case r.isYear(i) && year.value%10 == 0:
	case year.role == roleNumber && year.digits == 2 && year.value >= 50 && year.value%10 == 0:
		year.value += 1900
	default:
		return span{}, 0
	}
	i++
	if sign := r.peek(i); sign.role == roleDash && sign.tight && r.peek(i+1).tight && r.peek(i+1).role == roleDecadeEnd {
		i++
	}
	switch ends := r.peek(i).role == roleDecadeEnd; {
	case ends:
		i++
	case !named || isConnector(r.peek(i).role): // "the years 2010 to 2015"
		return span{}, 0
	}
	return span{start: Date{Year: year.value}, end: Date{Year: year.value + 9}, one: true}, i - r.at
}

// isRange tells "2011 - 14" from "2011 - 14 May 2012" by the token that follows.
func (r *reader) isRange(compact bool) bool {
	sign, after := r.peek(r.at+1).role, r.peek(r.at+3).role
	if compact {
		return sign != roleDot
	}
	return sign == roleDash && (after == roleNothing || after == roleStop || after == roleComma)
}

// isTightSequence reports whether the number at i is followed by that many more,
// with the same sign between them and no space: "15/03/2021".
func (r *reader) isTightSequence(i, times int) bool {
	first := r.peek(i + 1).role
	if first != roleDash && first != roleSlash && first != roleDot {
		return false
	}
	for end := i + 2*times; i < end; i += 2 {
		sign, n := r.peek(i+1), r.peek(i+2)
		if sign.role != first || n.role != roleNumber || !sign.tight || !n.tight {
			return false
		}
	}
	return true
}

// hasDay reports whether the month of the year has this day.
func hasDay(year, month int, day token) bool {
	date := time.Date(year, time.Month(month), day.value, 0, 0, 0, 0, time.UTC)
	return day.digits <= 2 && date.Day() == day.value && int(date.Month()) == month
}

// numeric reads "23/02/2021" and "02/2021", with slashes, dashes or dots, and
// "23. 2. 2021".
func (r *reader) numeric() (Date, int) {
	first, second, third := r.peek(r.at), r.peek(r.at+2), r.peek(r.at+4)
	switch {
	case first.role != roleNumber || first.digits < 1 || first.digits > 2:
	case r.isYear(r.at+4) && r.isTightSequence(r.at, 2) && hasDay(third.value, second.value, first):
		return Date{third.value, time.Month(second.value)}, 5
	case r.isYear(r.at+4) && r.isTightSequence(r.at, 2) && hasDay(third.value, first.value, second): // only American can be meant
		return Date{third.value, time.Month(first.value)}, 5
	case r.isYear(r.at+2) && r.isTightSequence(r.at, 1) && first.value >= 1 && first.value <= 12:
		return Date{second.value, time.Month(first.value)}, 3
	case r.isDay(r.at+1) && r.isYear(r.at+2) && hasDay(second.value, r.peek(r.at+1).value, first): // "1. 3. 2021"
		return Date{second.value, time.Month(r.peek(r.at + 1).value)}, 3
	}
	return Date{}, 0
}

// fromMonths reads a month, half year or quarter with its year, which may stand
// further on: "12 April to 3 November 2021".
func (r *reader) fromMonths() (span, int) {
	from, to, width := r.months(r.at)
	i, days := r.at+width, 0
	if width == 0 {
		i = r.pastDays(r.at)
		days = i - r.at
		if from, _, width = r.months(i); width == 0 || r.peek(i).role != roleMonth {
			return span{}, 0
		}
		i += width
	}
	if r.peek(i-1).role == roleMonth {
		i = r.pastDays(i)
	}
	year := r.yearAhead(i)
	if year == 0 {
		return span{}, 0
	}
	found := span{start: Date{year, from}, closed: days > 1}
	if to != 0 {
		found.end, found.one = Date{year, to}, true
	}
	return found, r.pastYear(i) - r.at
}

// months reads the months of a year at i; to is 0 for a single month, width is 0
// if there are none.
func (r *reader) months(i int) (from, to time.Month, width int) {
	what, which := r.peek(i), r.peek(i+1)
	if what.role == roleMonth {
		// Arabic names a month twice: "March/Adhar".
		if same := r.peek(i + 2); which.role == roleSlash && same.role == roleMonth && same.value == what.value {
			return time.Month(what.value), 0, 3
		}
		return time.Month(what.value), 0, 1
	}
	if what.role == roleNumber {
		what, which = which, what
	}
	length := 0
	switch what.role {
	case roleHalf:
		length = 6
	case roleQuarter:
		length = 3
	}
	if length == 0 || which.role != roleNumber || which.value < 1 || which.value > 12/length {
		return 0, 0, 0
	}
	last := which.value * length
	return time.Month(last - length + 1), time.Month(last), 2
}

// pastDays returns the position after the days of a month: "9", "12-15", "3 and 4".
func (r *reader) pastDays(i int) int {
	if !r.isDay(i) {
		return i
	}
	for i++; (isConnector(r.peek(i).role) || r.peek(i).role == roleUntil) && r.isDay(i+1); i += 2 {
	}
	return i
}

// pastYear returns the position after the year of a month: "2018", ", 2018",
// "-2018".
func (r *reader) pastYear(i int) int {
	if role := r.peek(i).role; r.isYear(i+1) && isConnector(role) && role != roleLink {
		return i + 2
	}
	if r.isYear(i) {
		return i + 1
	}
	return i
}

// yearAhead returns the next year if only months, days and connectors come before
// it, otherwise 0.
func (r *reader) yearAhead(i int) int {
	for ; !r.isYear(i); i++ {
		switch t := r.peek(i); {
		case isConnector(t.role), t.role == roleUntil, t.role == roleMonth, t.role == roleHalf, t.role == roleQuarter, r.isDay(i):
		default:
			return 0
		}
	}
	return r.peek(i).value
}

func isConnector(r role) bool {
	return r == roleDash || r == roleSlash || r == roleComma || r == roleLink
}
