package catalogue

import "slices"

// Fields of the form that choose years by the first and the last. They are no part of
// an address, which names each year.
const (
	FirstYear = "from"
	LastYear  = "to"
)

// Between returns the selection with the years from first to last instead of those
// chosen; "not stated" stays chosen if it is. An end that is no year leaves that side
// open; where neither is one, nothing changes. Of the years that no practice reaches
// only the ends themselves are chosen, so that the reader sees what was asked for.
func (x *Index) Between(s Selection, first, last string) Selection {
	if !isYear(first) && !isYear(last) {
		return s
	}
	if isYear(first) && isYear(last) && first > last {
		first, last = last, first
	}
	years := slices.DeleteFunc([]string{first, last}, func(end string) bool { return !isYear(end) })
	for _, offered := range x.offered[Year] {
		after, before := !isYear(first) || offered.key >= first, !isYear(last) || offered.key <= last
		if isYear(offered.key) && after && before {
			years = append(years, offered.key)
		}
	}
	if s.Has(Year, Unknown) {
		years = append(years, Unknown)
	}
	return s.Only(Year, distinct(years)...)
}
