package catalogue

import (
	"maps"
	"slices"
	"sync"
	"time"

	"exempla/internal/practice"
)

// With returns a snapshot in which the changed practices replace those with the
// same number and the removed numbers are gone. It takes milliseconds however
// many practices there are, as long as the overlay is small.
func (x *Index) With(changed []practice.Practice, removed []int64, change int64) *Index {
	var fresh Builder
	numbers := slices.Clone(removed)
	for i := range changed {
		numbers = append(numbers, changed[i].Number)
		fresh.Add(&changed[i])
	}
	return x.with(&fresh, numbers, change)
}

// with replaces the practices with some numbers by fresh ones.
func (x *Index) with(fresh *Builder, numbers []int64, change int64) *Index {
	y := x.copy()
	y.change = change
	y.shown = slices.Clone(x.shown)
	y.touched = maps.Clone(x.touched)
	for _, f := range Facets {
		y.hidden[f] = slices.Clone(x.hidden[f])
	}
	if y.touched == nil {
		y.touched = map[int64]int64{}
	}
	kept := slices.Clone(x.overlay.whole)
	for _, number := range numbers {
		y.touch(number, kept)
	}
	y.replaceOverlay(x, kept, fresh.segment(x.today))
	y.size = y.shown.count() + y.overlay.Size()
	for _, f := range Facets {
		y.offered[f] = y.list(f)
	}
	return y
}

// copy is the same snapshot with its own orders and answers.
func (x *Index) copy() *Index {
	y := *x
	y.orders, y.asked = &sync.Map{}, &answers{}
	x.orders.Range(func(key, o any) bool {
		y.orders.Store(key, o)
		return true
	})
	return &y
}

// touch hides a practice that was changed or removed from the base, and takes it
// out of kept, the part of the overlay that stays.
func (x *Index) touch(number int64, kept set) {
	x.touched[number] = x.change
	if at, ok := x.overlay.numbers.of(number); ok {
		kept.remove(at)
	}
	at, ok := x.base.numbers.of(number)
	if !ok || !x.shown.has(at) {
		return
	}
	x.shown.remove(at)
	for _, f := range Facets {
		for i, set := range x.base.postings[f].sets {
			if set.has(at) {
				x.hidden[f][i]++
			}
		}
	}
}

// replaceOverlay makes the new overlay from the part of the previous one that
// stays and a fresh segment, and finds the places of fresh practices in every order.
func (x *Index) replaceOverlay(before *Index, kept set, fresh *Segment) {
	among := &order{sort: Newest}
	for at := range fresh.at {
		among.entries = append(among.entries, among.entry(before.overlay, fresh, at, at))
	}
	b := merge(mergeSource{before.overlay, kept, atOnce}, fresh, among.entries)
	x.overlay = newSegment(b.records, x.today, atOnce)
	x.newest = before.newest.afterMerge(x.base, fresh, b)
	x.orders.Range(func(key, o any) bool {
		x.orders.Store(key, o.(*order).afterMerge(x.base, fresh, b))
		return true
	})
}

// afterMerge is an order after fresh practices were merged into the overlay.
func (o *order) afterMerge(base, fresh *Segment, b mergedRecords) *order {
	next := &order{sort: o.sort, reader: o.reader, base: o.base}
	for _, e := range o.entries {
		if at := b.kept[e.at]; at >= 0 {
			next.entries = append(next.entries, entry{e.key, int(at), e.before})
		}
	}
	for position, at := range b.fresh {
		next.entries = append(next.entries, o.entry(base, fresh, position, int(at)))
	}
	next.sortEntries()
	return next
}

// On returns the same practices as of another day.
func (x *Index) On(today time.Time) *Index {
	y := x.copy()
	y.today = today.UTC()
	y.base = x.base.on(y.today)
	y.overlay = x.overlay.on(y.today)
	for _, f := range Facets {
		values := &y.base.postings[f]
		y.hidden[f] = make([]int, len(values.keys))
		for i, set := range values.sets {
			y.hidden[f][i] = values.all[i] - set.common(y.shown)
		}
		y.offered[f] = y.list(f)
	}
	return y
}
