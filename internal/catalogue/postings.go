package catalogue

import (
	"slices"
	"strings"
	"time"

	"exempla/internal/practice"
)

// postingLists holds one facet of a segment: the values that its practices have, and
// for each value the practices that have it.
type postingLists struct {
	keys []string // sorted
	at   map[string]int
	sets []set
	few  [][]uint32 // the members of sets that have few, nil for others
	all  []int      // how many practices have the value
}

// pace says when long work rests; it is called with every practice gone through.
type pace func(at int)

// pause is after how many practices work in the background rests: they take
// about as long as the rest.
const (
	pause = 1024
	rest  = 500 * time.Microsecond
)

// atOnce never rests: somebody is waiting.
func atOnce(int) {}

// gently leaves the processor to requests half of the time.
func gently(at int) {
	if at%pause == pause-1 {
		time.Sleep(rest)
	}
}

// postings gathers the values of some facets over all records.
func (c *records) postings(today time.Time, pace pace, facets ...Facet) (found [facetCount]postingLists) {
	for _, f := range facets {
		found[f].at = map[string]int{}
	}
	deep := slices.ContainsFunc(facets, func(f Facet) bool { return descriptors[f].deep })
	var p practice.Practice
	var values []string
	for at := range c.at {
		pace(at)
		c.record(at).readFacts(&p, deep)
		for _, f := range facets {
			values = descriptors[f].values(values[:0], &p, today)
			for _, key := range values {
				found[f].set(key, len(c.at)).add(at)
			}
		}
	}
	for _, f := range facets {
		found[f].sort()
	}
	return found
}

// set returns the set of a value, made on first sight.
func (c *postingLists) set(key string, size int) set {
	at, ok := c.at[key]
	if !ok {
		at = len(c.keys)
		key = strings.Clone(key) // else it would hold the memory of a record
		c.at[key] = at
		c.keys = append(c.keys, key)
		c.sets = append(c.sets, newSet(size))
	}
	return c.sets[at]
}

// sort puts the values in order and counts them.
func (c *postingLists) sort() {
	keys := slices.Sorted(slices.Values(c.keys))
	sets := make([]set, len(keys))
	for i, key := range keys {
		sets[i] = c.sets[c.at[key]]
	}
	for i, key := range keys {
		c.at[key] = i
		c.all = append(c.all, sets[i].count())
		c.few = append(c.few, sets[i].few(len(sets[i])))
	}
	c.keys, c.sets = keys, sets
}

// value returns the set of a value; nil when no practice has it.
func (c *postingLists) value(key string) set {
	if at, ok := c.at[key]; ok {
		return c.sets[at]
	}
	return nil
}

// chosen is the set of practices that have any of the values; nil, which
// stands for everything, when no value is chosen.
func (c *postingLists) chosen(keys []string, l *loan) set {
	if len(keys) == 0 {
		return nil
	}
	if len(keys) == 1 {
		if only := c.value(keys[0]); only != nil {
			return only
		}
	}
	union := l.empty()
	for _, key := range keys {
		union.union(c.value(key))
	}
	return union
}
