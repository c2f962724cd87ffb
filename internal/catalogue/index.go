package catalogue

import (
	"slices"
	"sync"
	"time"

	"exempla/internal/practice"
)

// Index answers selections from memory. It is an immutable snapshot of every
// live practice as of one change of the store and one day: a large base segment,
// and a small overlay of what was added or changed since the base was made, so
// that a change costs little however large the catalogue is.
type Index struct {
	change  int64
	mark    string // of the change
	lineage int    // counts how often the catalogue was read anew
	today   time.Time
	size    int
	base    *Segment
	shown   set               // positions of the base that were neither changed nor removed since
	hidden  [facetCount][]int // how many of the other positions have each value of the base
	overlay *Segment
	touched map[int64]int64 // number of every practice that differs from the base → the change that did it
	offered [facetCount][]offered
	newest  *order
	orders  *sync.Map // orderKey → *order, made on first use
	asked   *answers  // of searches
}

// offered is a value that readers can choose, with the practices that have it.
type offered struct {
	key string
	pair
	few []uint32 // those of the base if they are few, see postingLists
	all int      // how many practices have it in the whole catalogue
}

// pair is a set of base positions and one of overlay positions.
type pair struct{ base, overlay set }

func (p pair) count() int           { return p.base.count() + p.overlay.count() }
func (p pair) intersect(other pair) { p.base.intersect(other.base); p.overlay.intersect(other.overlay) }
func (p pair) subtract(other pair)  { p.base.subtract(other.base); p.overlay.subtract(other.overlay) }

// newIndex makes an index with an empty overlay.
func newIndex(base *Segment, change int64, today time.Time) *Index {
	x := &Index{change: change, today: today, size: base.Size(), base: base, shown: base.whole,
		overlay: newSegment(records{}, today, atOnce), newest: &order{sort: Newest}, orders: &sync.Map{}, asked: &answers{}}
	for _, f := range Facets {
		x.hidden[f] = make([]int, len(base.postings[f].keys))
		x.offered[f] = x.list(f)
	}
	return x
}

// list collects the values of a facet that are offered: those that a practice
// has, and those that are listed even if none has them.
func (x *Index) list(f Facet) []offered {
	base, overlay := &x.base.postings[f], &x.overlay.postings[f]
	keys := slices.DeleteFunc(slices.Clone(overlay.keys), func(key string) bool { return base.rare[key] != nil })
	for i, key := range base.keys {
		if base.all[i] > x.hidden[f][i] {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	keys = append(keys, f.listed(keys, x.today)...)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if most := descriptors[f].most; most > 0 && len(keys) > most {
		keys = base.keys // what has become common since it was made waits for the next
	}
	values := make([]offered, len(keys))
	for i, key := range keys {
		values[i].key = key
		if at, ok := base.at[key]; ok {
			values[i].base = base.sets[at]
			values[i].few = base.few[at]
			values[i].all = base.all[at] - x.hidden[f][at]
		}
		if at, ok := overlay.at[key]; ok {
			values[i].overlay = overlay.sets[at]
			values[i].all += overlay.all[at]
		} else if rare := overlay.rare[key]; rare != nil { // in many changes, others are more common
			values[i].overlay = newSet(x.overlay.Size())
			for _, at := range rare {
				values[i].overlay.add(int(at))
			}
			values[i].all += len(rare)
		}
	}
	return values
}

// Change is the store's number of the last change in the snapshot.
func (x *Index) Change() int64 { return x.change }

// Mark tells the last change from another one with the same number, which there is
// where the store has lost changes and gone another way since.
func (x *Index) Mark() string { return x.mark }

// Marked sets the mark of an index that nobody reads yet, and returns it.
func (x *Index) Marked(mark string) *Index {
	x.mark = mark
	return x
}

// Today is the moment, in UTC, that decides what is still running.
func (x *Index) Today() time.Time { return x.today }

// Size returns how many practices there are.
func (x *Index) Size() int { return x.size }

// Countries returns how many countries practices come from.
func (x *Index) Countries() int { return len(x.offered[Country]) }

// Base returns the segment that holds nearly all practices. Some of them may
// have been changed or removed since it was made: Overlay has their newer state,
// and Practice reports which numbers are still there.
func (x *Index) Base() *Segment { return x.base }

// Overlay returns the segment of practices that were added or changed since the
// base was made. Every change replaces it.
func (x *Index) Overlay() *Segment { return x.overlay }

// spot is the position of a practice in one of the two segments.
type spot struct {
	overlay bool
	at      int
}

// spot finds a live practice by its number.
func (x *Index) spot(number int64) (s spot, ok bool) {
	if at, ok := x.base.numbers.of(number); ok && x.shown.has(at) {
		return spot{false, at}, true
	}
	at, ok := x.overlay.numbers.of(number)
	return spot{true, at}, ok
}

func (x *Index) record(s spot) record {
	if s.overlay {
		return x.overlay.record(s.at)
	}
	return x.base.record(s.at)
}

func (x *Index) number(s spot) int64 { return x.record(s).number() }

func (x *Index) at(s spot) practice.Practice { return x.record(s).practice() }

// Practice returns the live practice with that number, without its sections.
func (x *Index) Practice(number int64) (practice.Practice, bool) {
	s, ok := x.spot(number)
	if !ok {
		return practice.Practice{}, false
	}
	return x.at(s), true
}
