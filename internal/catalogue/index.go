package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"exempla/internal/practice"
)

// Index answers selections from memory. It is an immutable snapshot of every
// live practice as of one change of the store and one day.
type Index struct {
	change    int64
	today     time.Time
	practices []practice.Practice // newest first, then by slug
	base      *Shelf
	recent    *Shelf
	position  map[int64]int // of a practice's number
	columns   [facetCount]column
	orders    sync.Map // orderKey → []int, made on first use
}

// NewIndex makes the snapshot. Change is the store's number of the last change
// in it; today decides what is still running (its UTC date counts).
func NewIndex(practices []practice.Practice, change int64, today time.Time) *Index {
	x := &Index{change: change, today: today.UTC(), practices: slices.Clone(practices)}
	slices.SortFunc(x.practices, func(a, b practice.Practice) int { return byStart(&a, &b, -1) })
	x.base, x.recent = &Shelf{x.practices}, &Shelf{}
	x.position = make(map[int64]int, len(x.practices))
	for i := range x.practices {
		x.position[x.practices[i].Number] = i
	}
	for _, f := range Facets {
		x.columns[f] = newColumn(f, x.practices, x.today)
	}
	return x
}

// byStart orders by start, ascending for direction 1 and descending for -1;
// practices without a start come last, equal ones go by slug.
func byStart(a, b *practice.Practice, direction int) int {
	s, t := a.Period.Start, b.Period.Start
	if s.IsZero() != t.IsZero() {
		if s.IsZero() {
			return 1
		}
		return -1
	}
	if c := cmp.Or(cmp.Compare(s.Year, t.Year), cmp.Compare(s.Month, t.Month)); c != 0 {
		return c * direction
	}
	return strings.Compare(a.Slug, b.Slug)
}

// With returns a snapshot in which the changed practices replace those of the
// same number and the removed numbers are gone.
func (x *Index) With(changed []practice.Practice, removed []int64, change int64) *Index {
	gone := make(map[int64]bool, len(changed)+len(removed))
	for i := range changed {
		gone[changed[i].Number] = true
	}
	for _, number := range removed {
		gone[number] = true
	}
	kept := make([]practice.Practice, 0, len(x.practices)+len(changed))
	for _, p := range x.practices {
		if !gone[p.Number] {
			kept = append(kept, p)
		}
	}
	return NewIndex(append(kept, changed...), change, x.today)
}

// On returns the same practices seen from another day.
func (x *Index) On(today time.Time) *Index { return NewIndex(x.practices, x.change, today) }

// Change is the store's number of the last change in the snapshot.
func (x *Index) Change() int64 { return x.change }

// Today is the moment from which the snapshot sees what is running, in UTC.
func (x *Index) Today() time.Time { return x.today }

// Size is the number of practices.
func (x *Index) Size() int { return len(x.practices) }

// Countries is the number of countries that practices come from.
func (x *Index) Countries() int { return len(x.columns[Country].keys) }

// Hits are what the words of a selection found: numbers of practices in tiers,
// the best tier first. A practice belongs to the first tier that names it;
// inside a tier the newest comes first. The zero value found nothing.
type Hits struct {
	Tiers    [][]int64
	Excluded []int64 // practices that a word with a dash before it takes away
}

// members is the set of everything found.
func (x *Index) members(h Hits) set {
	found := newSet(len(x.practices))
	for _, tier := range h.Tiers {
		x.mark(found, tier)
	}
	excluded := newSet(len(x.practices))
	x.mark(excluded, h.Excluded)
	for i := range found {
		found[i] &^= excluded[i]
	}
	return found
}

// mark adds the practices of these numbers to a set.
func (x *Index) mark(s set, numbers []int64) {
	for _, number := range numbers {
		if at, ok := x.position[number]; ok {
			s.add(at)
		}
	}
}

// matched returns for each facet the practices allowed by everything but it,
// and the practices allowed by everything.
func (x *Index) matched(s Selection, hits Hits) (others [facetCount]set, all set) {
	size := len(x.practices)
	words := everything(size)
	if s.Words != "" {
		words = x.members(hits)
	}
	var allowed [facetCount]set
	all = slices.Clone(words)
	for _, f := range Facets {
		allowed[f] = x.columns[f].chosen(s.chosen[f], size)
		all.narrow(allowed[f])
	}
	for _, f := range Facets {
		others[f] = all
		if allowed[f] != nil {
			others[f] = slices.Clone(words)
			for _, g := range Facets {
				if g != f {
					others[f].narrow(allowed[g])
				}
			}
		}
	}
	return others, all
}

// Count is the number of practices that a selection finds.
func (x *Index) Count(s Selection, hits Hits) int {
	_, all := x.matched(s, hits)
	return all.count()
}
