package catalogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"exempla/internal/practice"
)

// postingLists are the values of one facet in a segment, each with the set of
// practices that have it.
type postingLists struct {
	keys []string // sorted
	at   map[string]int
	sets []set
	few  [][]uint32          // the members of small sets, nil for others
	all  []int               // how many practices have the value
	rare map[string][]uint32 // the members of values that are too many to be offered; see descriptor.most
}

// pace is called with every position that long work passes, and may pause it.
type pace func(at int)

// Background work rests after every pause practices, about as long as they take.
const (
	pause = 1024
	rest  = 500 * time.Microsecond
)

// atOnce never rests, because a request or the start of the program waits.
func atOnce(int) {}

// gently leaves the processor to requests half of the time.
func gently(at int) {
	if at%pause == pause-1 {
		time.Sleep(rest)
	}
}

// postings collects the values of some facets over all records.
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
				if descriptors[f].most > 0 {
					found[f].note(key, at)
				} else {
					found[f].set(key, len(c.at)).add(at)
				}
			}
		}
	}
	for _, f := range facets {
		found[f].promote(descriptors[f].most, len(c.at))
		found[f].sort()
	}
	return found
}

// note adds a practice to a value of a facet that may have very many values.
func (c *postingLists) note(key string, at int) {
	if c.rare == nil {
		c.rare = map[string][]uint32{}
	}
	members, known := c.rare[key]
	if !known {
		key = strings.Clone(key) // else it would hold the memory of a record
	}
	if len(members) == 0 || members[len(members)-1] != uint32(at) {
		c.rare[key] = append(members, uint32(at))
	}
}

// promote makes sets of the most values that have most members. The others are
// not offered, but found when they are asked for.
func (c *postingLists) promote(most, size int) {
	keys := slices.SortedFunc(maps.Keys(c.rare), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(c.rare[b]), len(c.rare[a])), strings.Compare(a, b))
	})
	for _, key := range keys[:min(most, len(keys))] {
		set := c.set(key, size)
		for _, at := range c.rare[key] {
			set.add(int(at))
		}
		delete(c.rare, key)
	}
}

// set returns the set of a value, which it makes on first use.
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

// sort sorts the values by key and counts their sets.
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
	c.keys = keys
	c.sets = sets
}

// value returns the set of a value; nil if no practice has it.
func (c *postingLists) value(key string) set {
	if at, ok := c.at[key]; ok {
		return c.sets[at]
	}
	return nil
}

// chosen is the set of practices that have any of the values; nil, which stands
// for everything, if there are no values.
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
		for _, at := range c.rare[key] {
			union.add(int(at))
		}
	}
	return union
}
