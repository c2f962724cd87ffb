package catalogue

import (
	"slices"
	"strconv"
	"time"

	"exempla/internal/practice"
)

// column holds one facet of an index: its values, and for each the practices
// that have it.
type column struct {
	keys []string // sorted; "unknown" comes last where there is one
	at   map[string]int
	sets []set
	all  []int // how many practices have the value, whatever is selected
}

// newColumn gathers the values of one facet over all practices.
func newColumn(f Facet, practices []practice.Practice, today time.Time) column {
	c := column{at: map[string]int{}}
	for _, key := range alwaysListed(f, practices, today) {
		c.set(key, len(practices))
	}
	for i := range practices {
		for _, key := range values(f, &practices[i], today) {
			c.set(key, len(practices)).add(i)
		}
	}
	c.sort()
	for _, set := range c.sets {
		c.all = append(c.all, set.count())
	}
	return c
}

// set returns the set of a value, made on first sight.
func (c *column) set(key string, size int) set {
	at, ok := c.at[key]
	if !ok {
		at = len(c.keys)
		c.at[key] = at
		c.keys = append(c.keys, key)
		c.sets = append(c.sets, newSet(size))
	}
	return c.sets[at]
}

func (c *column) sort() {
	keys := slices.Sorted(slices.Values(c.keys))
	sets := make([]set, len(keys))
	for i, key := range keys {
		sets[i] = c.sets[c.at[key]]
	}
	for i, key := range keys {
		c.at[key] = i
	}
	c.keys, c.sets = keys, sets
}

// chosen is the set of practices that have any of the values; nil, which
// stands for everything, when no value is chosen.
func (c *column) chosen(keys []string, size int) set {
	if len(keys) == 0 {
		return nil
	}
	union := newSet(size)
	for _, key := range keys {
		if at, ok := c.at[key]; ok {
			union.union(c.sets[at])
		}
	}
	return union
}

// alwaysListed returns the values that are shown even when nothing has them:
// the whole taxonomy, every status, and an unbroken row of years.
func alwaysListed(f Facet, practices []practice.Practice, today time.Time) []string {
	switch f {
	case Topic:
		keys := make([]string, len(practice.Topics))
		for i, topic := range practice.Topics {
			keys[i] = string(topic)
		}
		return keys
	case Status:
		return Statuses
	case Year:
		return yearRow(practices, today)
	}
	return nil
}

// yearRow is every year from the earliest one of any practice to this one,
// then "not stated".
func yearRow(practices []practice.Practice, today time.Time) []string {
	earliest := today.Year()
	for i := range practices {
		if first, _, ok := practices[i].Period.Years(today); ok {
			earliest = min(earliest, first)
		}
	}
	var row []string
	for year := earliest; year <= today.Year(); year++ {
		row = append(row, strconv.Itoa(year))
	}
	return append(row, Unknown)
}

// values returns the values that a practice has in a facet.
func values(f Facet, p *practice.Practice, today time.Time) []string {
	var keys []string
	switch f {
	case Topic:
		for _, topic := range p.Topics {
			keys = append(keys, string(topic))
		}
	case Country:
		for _, country := range p.Place.Countries {
			keys = append(keys, string(country))
		}
	case Language:
		for _, text := range p.Texts {
			keys = append(keys, string(text.Language))
		}
	case Year:
		return years(p.Period, today)
	case Status:
		return []string{string(p.Period.Status(today))}
	}
	return keys
}

// years returns every year in which a period was running.
func years(p practice.Period, today time.Time) []string {
	first, last, ok := p.Years(today)
	if !ok {
		return []string{Unknown}
	}
	keys := make([]string, 0, last-first+1)
	for year := first; year <= last; year++ {
		keys = append(keys, strconv.Itoa(year))
	}
	return keys
}
