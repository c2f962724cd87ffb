package catalogue

import (
	"maps"
	"slices"
	"sync"
	"time"

	"exempla/internal/practice"
)

// With returns a snapshot in which the changed practices replace those of the
// same number and the removed numbers are gone. It costs milliseconds however
// many practices there are, as long as few have changed since the base was made.
func (x *Index) With(changed []practice.Practice, removed []int64, change int64) *Index {
	y := x.copy()
	y.change = change
	y.shown, y.touched = slices.Clone(x.shown), maps.Clone(x.touched)
	for _, f := range Facets {
		y.hidden[f] = slices.Clone(x.hidden[f])
	}
	if y.touched == nil {
		y.touched = map[int64]int64{}
	}
	kept := slices.Clone(x.overlay.whole)
	var fresh Builder
	for i := range changed {
		y.touch(changed[i].Number, kept)
		fresh.Add(&changed[i])
	}
	for _, number := range removed {
		y.touch(number, kept)
	}
	y.replaceOverlay(x, kept, fresh.segment(x.today))
	y.size = y.shown.count() + y.overlay.Size()
	for _, f := range Facets {
		y.offered[f] = y.list(f)
	}
	return y
}

// copy is the same snapshot with orders of its own.
func (x *Index) copy() *Index {
	y := *x
	y.orders = &sync.Map{}
	x.orders.Range(func(key, o any) bool {
		y.orders.Store(key, o)
		return true
	})
	return &y
}

// touch takes a practice that changed or went off the base and out of what is
// kept of the overlay segment.
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

// replaceOverlay makes the overlay segment from what is kept of the one before and
// a fresh one, and finds the places of the fresh practices in every order.
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

// carried is an order after its overlay practices were mergedRecords with fresh ones.
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

// On returns the same practices seen from another day.
func (x *Index) On(today time.Time) *Index {
	y := x.copy()
	y.today = today.UTC()
	y.base, y.overlay = x.base.on(y.today), x.overlay.on(y.today)
	for _, f := range Facets {
		postingLists := &y.base.postings[f]
		y.hidden[f] = make([]int, len(postingLists.keys))
		for i, set := range postingLists.sets {
			y.hidden[f][i] = postingLists.all[i] - set.common(y.shown)
		}
		y.offered[f] = y.list(f)
	}
	return y
}

// Merged returns the same practices on one new base, with every order that the
// base had, none of them sorted again.
func (x *Index) Merged() *Index {
	b := merge(mergeSource{x.base, x.shown, gently}, x.overlay, x.newest.entries)
	y := newIndex(newSegment(b.records, x.today, gently), x.change, x.today)
	x.base.orders.Range(func(key, made any) bool {
		o := x.order(key.(orderKey).sort, made.(*segmentOrder).reader)
		ranks := &segmentOrder{reader: o.reader, ranks: o.merged(b)}
		ranks.once.Do(func() {})
		y.base.orders.Store(key, ranks)
		y.orders.Store(key, &order{sort: o.sort, reader: o.reader, base: ranks.ranks})
		return true
	})
	return y
}

// folded is the order of a base that was mergedRecords of both segments.
func (o *order) merged(b mergedRecords) []uint32 {
	ranks := make([]uint32, 0, len(b.at))
	from := 0
	add := func(to int) {
		for _, at := range o.base[from:to] {
			if b.kept[at] >= 0 {
				ranks = append(ranks, uint32(b.kept[at]))
			}
		}
		from = to
	}
	for _, e := range o.entries {
		add(e.before)
		ranks = append(ranks, uint32(b.fresh[e.at]))
	}
	add(len(o.base))
	return ranks
}

// mergeSource is what is still wanted of a segment.
type mergeSource struct {
	segment *Segment
	shown   set
	pace    pace
}

// mergedRecords are the records of two segments in one order, and the positions to which
// those of either went; -1 for what is not wanted.
type mergedRecords struct {
	records
	kept, fresh []int32
}

// blend puts fresh records among those of a mergeSource, each at its place in the order
// of segments.
func merge(l mergeSource, fresh *Segment, entries []entry) mergedRecords {
	b := mergedRecords{kept: make([]int32, l.segment.Size()), fresh: make([]int32, fresh.Size())}
	m := newRecordMover(l)
	from := 0
	add := func(to int) {
		for ; from < to; from++ {
			l.pace(from)
			if b.kept[from] = -1; l.shown.has(from) {
				b.kept[from] = int32(len(b.at))
				b.at = append(b.at, m.keep(l.segment.at[from]))
			}
		}
	}
	b.at = make([]uint64, 0, l.shown.count()+fresh.Size())
	for _, e := range entries {
		add(e.before)
		b.fresh[e.at] = int32(len(b.at))
		b.at = append(b.at, m.add(string(fresh.record(e.at))))
	}
	add(l.segment.Size())
	m.flush()
	b.chunks = m.chunks
	return b
}

// recordMover moves records of a mergeSource to where they lie next: most chunks stay, those
// are copied that are small or mostly unwanted.
type recordMover struct {
	chunkWriter
	from  *Segment
	moved []int // the new number of a chunk that stays; -1 for one that is copied
}

func newRecordMover(l mergeSource) *recordMover {
	m := &recordMover{from: l.segment, moved: make([]int, len(l.segment.chunks))}
	used := make([]int, len(l.segment.chunks))
	for at := l.shown.next(0); at >= 0; at = l.shown.next(at + 1) {
		l.pace(at)
		_, size := l.segment.recordAt(l.segment.at[at])
		used[l.segment.at[at]>>32] += size
	}
	for i, chunk := range l.segment.chunks {
		m.moved[i] = -1
		if len(chunk) >= chunkSize/2 && used[i] >= len(chunk)/2 {
			m.moved[i] = len(m.chunks)
			m.chunks = append(m.chunks, chunk)
		}
	}
	return m
}

// keep returns the address that a record of the mergeSource has from now on.
func (m *recordMover) keep(address uint64) uint64 {
	if moved := m.moved[address>>32]; moved >= 0 {
		return uint64(moved)<<32 | uint64(uint32(address))
	}
	text, _ := m.from.recordAt(address)
	return m.add(string(text))
}
