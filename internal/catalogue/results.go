package catalogue

import (
	"slices"
	"strings"

	"exempla/internal/practice"
)

// Results are what a selection found.
type Results struct {
	Total     int                 // practices found, on all pages
	Pages     int                 // at least 1
	Practices []practice.Practice // those of the selection's page, in its order
	Counts    [facetCount][]Value // in the order of keys
}

// Value is one value of a facet with its numbers.
type Value struct {
	Key    string
	Count  int // what choosing only this value in its facet would find
	All    int // how many practices have it, whatever is selected
	Chosen bool
}

// Find answers a selection for a reader. Hits are the matches of its words.
func (x *Index) Find(s Selection, hits Hits, r Reader) Results {
	others, all := x.matched(s, hits)
	res := Results{Total: all.count()}
	res.Pages = max(1, (res.Total+s.Size-1)/s.Size)
	for _, f := range Facets {
		res.Counts[f] = x.columns[f].counts(others[f], s.chosen[f])
	}
	first := (s.Page - 1) * s.Size
	x.walk(all, x.order(s, hits, r), func(rank, at int) bool {
		if rank >= first {
			res.Practices = append(res.Practices, x.practices[at])
		}
		return rank+1 < first+s.Size
	})
	return res
}

// walk visits the members of a set in an order, counting from 0, until visit
// returns false. A nil order is the index's own.
func (x *Index) walk(members set, order []int, visit func(rank, at int) bool) {
	rank := 0
	for i := range x.practices {
		at := i
		if order != nil {
			if i >= len(order) {
				return
			}
			at = order[i]
		}
		if members.has(at) {
			if !visit(rank, at) {
				return
			}
			rank++
		}
	}
}

// counts gives every value of the column its numbers. A chosen value is always
// listed, even when no practice has it.
func (c *column) counts(others set, chosen []string) []Value {
	list := make([]Value, 0, len(c.keys)+len(chosen))
	for i, key := range c.keys {
		list = append(list, Value{key, others.common(c.sets[i]), c.all[i], slices.Contains(chosen, key)})
	}
	for _, key := range chosen {
		if _, ok := c.at[key]; !ok {
			list = append(list, Value{Key: key, Chosen: true})
		}
	}
	if len(list) > len(c.keys) {
		slices.SortFunc(list, func(a, b Value) int { return strings.Compare(a.Key, b.Key) })
	}
	return list
}

// Neighbours are the practices before and after one in a result.
type Neighbours struct {
	Total          int                // practices found
	Rank           int                // of the practice, from 1; 0 when it is not among them
	Previous, Next *practice.Practice // nil at the ends
}

// Around finds the neighbours of the practice with that number.
func (x *Index) Around(s Selection, hits Hits, r Reader, number int64) Neighbours {
	_, all := x.matched(s, hits)
	n := Neighbours{Total: all.count()}
	here, ok := x.position[number]
	if !ok || !all.has(here) {
		return n
	}
	var before *practice.Practice
	x.walk(all, x.order(s, hits, r), func(rank, at int) bool {
		switch {
		case at == here:
			n.Rank, n.Previous = rank+1, before
		case n.Rank > 0:
			n.Next = &x.practices[at]
			return false
		}
		before = &x.practices[at]
		return true
	})
	return n
}
