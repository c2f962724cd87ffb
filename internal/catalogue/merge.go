package catalogue

// Merged returns the same practices in one new base. It keeps every order of the
// base without sorting again.
func (x *Index) Merged() *Index {
	b := merge(mergeSource{x.base, x.shown, gently}, x.overlay, x.newest.entries)
	y := newIndex(newSegment(b.records, x.today, gently), x.change, x.today)
	y.mark, y.lineage = x.mark, x.lineage
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

// merged is the order of a base that was merged from both segments.
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

// mergeSource is a segment with the positions that are still wanted.
type mergeSource struct {
	segment *Segment
	shown   set
	pace    pace
}

// mergedRecords are the records of two segments in one order, with the new
// positions of those of each; -1 for what was not wanted.
type mergedRecords struct {
	records
	kept, fresh []int32
}

// merge puts the records of a fresh segment between those of a source, at the
// places that entries give.
func merge(from mergeSource, fresh *Segment, entries []entry) mergedRecords {
	b := mergedRecords{kept: make([]int32, from.segment.Size()), fresh: make([]int32, fresh.Size())}
	m := newRecordMover(from)
	next := 0
	add := func(to int) {
		for ; next < to; next++ {
			from.pace(next)
			b.kept[next] = -1
			if from.shown.has(next) {
				b.kept[next] = int32(len(b.at))
				b.at = append(b.at, m.keep(from.segment.at[next]))
			}
		}
	}
	b.at = make([]uint64, 0, from.shown.count()+fresh.Size())
	for _, e := range entries {
		add(e.before)
		b.fresh[e.at] = int32(len(b.at))
		b.at = append(b.at, m.add(string(fresh.record(e.at))))
	}
	add(from.segment.Size())
	m.flush()
	b.chunks = m.chunks
	return b
}

// recordMover assigns new addresses to the records of a source. Most chunks stay;
// those that are small or mostly unwanted are copied.
type recordMover struct {
	chunkWriter
	source *Segment
	moved  []int // the new number of a chunk that stays, -1 if it is copied
}

func newRecordMover(from mergeSource) *recordMover {
	m := &recordMover{source: from.segment, moved: make([]int, len(from.segment.chunks))}
	used := make([]int, len(from.segment.chunks))
	for at := from.shown.next(0); at >= 0; at = from.shown.next(at + 1) {
		from.pace(at)
		_, size := from.segment.recordAt(from.segment.at[at])
		used[from.segment.at[at]>>32] += size
	}
	for i, chunk := range from.segment.chunks {
		m.moved[i] = -1
		if len(chunk) >= chunkSize/2 && used[i] >= len(chunk)/2 {
			m.moved[i] = len(m.chunks)
			m.chunks = append(m.chunks, chunk)
		}
	}
	return m
}

// keep returns the new address of a record of the source.
func (m *recordMover) keep(address uint64) uint64 {
	if moved := m.moved[address>>32]; moved >= 0 {
		return uint64(moved)<<32 | uint64(uint32(address))
	}
	text, _ := m.source.recordAt(address)
	return m.add(string(text))
}
