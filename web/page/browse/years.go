package browse

import (
	"cmp"
	"strconv"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
)

// recentDecades is how many decades the chart of years shows unless it is unfolded,
// the current one included.
const recentDecades = 2

// decade are the first three digits of a year's key.
func decade(key string) string { return key[:3] }

// decades parts the years of the chart, so that each decade has its row.
func (f Facet) decades() [][]Value {
	years := f.Values[:len(f.Values)-1]
	var rows [][]Value
	for from, at := 0, 1; at <= len(years); at++ {
		if at == len(years) || decade(years[at].Key) != decade(years[from].Key) {
			rows = append(rows, years[from:at])
			from = at
		}
	}
	return rows
}

// recentYears are the values that the chart always shows: those of the latest
// decades that it has, and "not stated".
func recentYears(counts []catalogue.Value) []string {
	var keys []string
	seen, last := 0, ""
	for i := len(counts) - 1; i >= 0; i-- {
		key := counts[i].Key
		if key != catalogue.Unknown && decade(key) != last {
			seen, last = seen+1, decade(key)
		}
		if seen > recentDecades {
			break
		}
		keys = append(keys, key)
	}
	return keys
}

// span are the ends of the years that are chosen, or else of all, as hints in the
// fields that choose a span.
func (f Facet) span(l *locale.Locale) (first, last component.Escaped) {
	var from, to string
	for _, v := range f.Values[:len(f.Values)-1] {
		if v.Chosen {
			from, to = cmp.Or(from, v.Key), v.Key
		}
	}
	if from == "" && len(f.Values) > 1 {
		from, to = f.Values[0].Key, f.Values[len(f.Values)-2].Key
	}
	write := func(key string) component.Escaped { return component.Escape(component.Label(l, catalogue.Year, key)) }
	return write(from), write(to)
}

// longRun is how many years in a row are told as a span.
const longRun = 3

// runs parts chosen values of a facet into those that are told together: years in a
// row are a span, everything else stands alone.
func runs(f catalogue.Facet, keys []string) [][]string {
	var list [][]string
	for from := 0; from < len(keys); {
		to := from + 1
		for f == catalogue.Year && to < len(keys) && follows(keys[to-1], keys[to]) {
			to++
		}
		if to-from < longRun {
			to = from + 1
		}
		list = append(list, keys[from:to])
		from = to
	}
	return list
}

// follows reports whether a year comes right after another.
func follows(before, year string) bool {
	a, _ := strconv.Atoi(before)
	b, err := strconv.Atoi(year)
	return err == nil && b == a+1
}

// runLabel is the name of values that are told together.
func (c Cities) runLabel(l *locale.Locale, f catalogue.Facet, run []string) string {
	if len(run) == 1 {
		return c.Label(l, f, run[0])
	}
	return l.T("period.years", "From", component.Label(l, f, run[0]), "To", component.Label(l, f, run[len(run)-1]))
}

// withoutRun is the address without values that are told together.
func withoutRun(l *locale.Locale, s catalogue.Selection, f catalogue.Facet, run []string) string {
	for _, key := range run {
		s = s.Without(f, key)
	}
	return link.Browse(l.Tag(), s)
}
