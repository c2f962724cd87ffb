package catalogue

import (
	"slices"
	"sync"
	"time"

	"exempla/internal/practice"
)

// Index answers selections from memory. It is an immutable snapshot of every
// live practice as of one change of the store and one day: a large base, and
// beside it a small shelf of what came or changed since the base was made, so
// that a change costs little however large the catalogue is.
type Index struct {
	change  int64
	today   time.Time
	size    int
	base    *Shelf
	shown   set               // positions of the base that are neither changed nor gone since
	hidden  [facetCount][]int // how many of the others each value of the base has
	recent  *Shelf
	touched map[int64]int64 // number of every practice that differs from the base → the change that made it so
	listed  [facetCount][]listed
	newest  *order
	orders  *sync.Map // orderKey → *order, made on first use
}

// listed is a value that is offered, with the practices of either shelf that
// have it.
type listed struct {
	key string
	pair
	few []uint32 // those of the base where they are few, see column
	all int      // how many practices have it, whatever is selected
}

// pair is a set on the base and one on the recent shelf.
type pair struct{ base, recent set }

func (p pair) count() int         { return p.base.count() + p.recent.count() }
func (p pair) narrow(other pair)  { p.base.narrow(other.base); p.recent.narrow(other.recent) }
func (p pair) without(other pair) { p.base.without(other.base); p.recent.without(other.recent) }

// newIndex is an index with nothing beside its base.
func newIndex(base *Shelf, change int64, today time.Time) *Index {
	x := &Index{change: change, today: today, size: base.Size(), base: base, shown: base.whole,
		recent: newShelf(cards{}, today, atOnce), newest: &order{sort: Newest}, orders: &sync.Map{}}
	for _, f := range Facets {
		x.hidden[f] = make([]int, len(base.columns[f].keys))
		x.listed[f] = x.list(f)
	}
	return x
}

// list gathers the values of a facet that are offered: those that a practice
// has, and those that are shown even when none has them: the whole taxonomy,
// every status, and an unbroken row of years.
func (x *Index) list(f Facet) []listed {
	base, recent := &x.base.columns[f], &x.recent.columns[f]
	keys := slices.Clone(recent.keys)
	for i, key := range base.keys {
		if base.all[i] > x.hidden[f][i] {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	keys = append(keys, f.listed(keys, x.today)...)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	values := make([]listed, len(keys))
	for i, key := range keys {
		values[i].key = key
		if at, ok := base.at[key]; ok {
			values[i].base, values[i].few, values[i].all = base.sets[at], base.few[at], base.all[at]-x.hidden[f][at]
		}
		if at, ok := recent.at[key]; ok {
			values[i].recent = recent.sets[at]
			values[i].all += recent.all[at]
		}
	}
	return values
}

// Change is the store's number of the last change in the snapshot.
func (x *Index) Change() int64 { return x.change }

// Today is the moment from which the snapshot sees what is running, in UTC.
func (x *Index) Today() time.Time { return x.today }

// Size is the number of practices.
func (x *Index) Size() int { return x.size }

// Countries is the number of countries that practices come from.
func (x *Index) Countries() int { return len(x.listed[Country]) }

// Base is the shelf with nearly all practices; it changes seldom. Some of its
// practices may have changed or gone since: Recent has their newer state, and
// Practice says whether a number is still there.
func (x *Index) Base() *Shelf { return x.base }

// Recent is the small shelf of practices that came or changed since the base
// was made; it is another one after every change.
func (x *Index) Recent() *Shelf { return x.recent }

// spot is where a practice stands: its position on one of the two shelves.
type spot struct {
	recent bool
	at     int
}

// spot finds a practice by its number.
func (x *Index) spot(number int64) (s spot, ok bool) {
	if at, ok := x.base.positions.of(number); ok && x.shown.has(at) {
		return spot{false, at}, true
	}
	at, ok := x.recent.positions.of(number)
	return spot{true, at}, ok
}

func (x *Index) number(s spot) int64 {
	if s.recent {
		return x.recent.card(s.at).number()
	}
	return x.base.card(s.at).number()
}

func (x *Index) at(s spot) practice.Practice {
	if s.recent {
		return x.recent.practice(s.at)
	}
	return x.base.practice(s.at)
}

// Practice returns the live practice with that number, without its sections.
func (x *Index) Practice(number int64) (practice.Practice, bool) {
	s, ok := x.spot(number)
	if !ok {
		return practice.Practice{}, false
	}
	return x.at(s), true
}
