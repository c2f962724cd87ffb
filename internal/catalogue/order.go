package catalogue

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"exempla/internal/practice"
)

// Reader is what the orders by title and place depend on, and what is counted for whoever
// reads.
type Reader struct {
	Offer
	Language practice.Language
	SortKey  func(string) []byte           // collation key of the reader's alphabet; safe for concurrent use
	Country  func(practice.Country) string // a country's name in the reader's language
}

// order is one order of all practices of an index.
type order struct {
	sort    Sort
	reader  Reader
	base    []uint32 // positions of the base; nil for its own order
	entries []entry  // the practices of the overlay, in this order
}

// entry is the place of an overlay practice in an order.
type entry struct {
	key    []byte // see appendKey
	at     int    // its position in the overlay
	before int    // how many practices of the base come before it
}

// orderKey identifies an order that an index keeps.
type orderKey struct {
	sort     Sort
	language practice.Language
}

// order returns the order for a reader, made on first use.
func (x *Index) order(sort Sort, r Reader) *order {
	if sort == Newest || sort == Relevance {
		return x.newest
	}
	key := orderKey{sort, r.Language}
	if sort == Oldest {
		key.language = "" // the same for every reader
	}
	if kept, ok := x.orders.Load(key); ok {
		return kept.(*order)
	}
	o := &order{sort: sort, reader: r, base: x.base.sorted(key, r)}
	for at := range x.overlay.at {
		o.entries = append(o.entries, o.entry(x.base, x.overlay, at, at))
	}
	o.sortEntries()
	kept, _ := x.orders.LoadOrStore(key, o)
	return kept.(*order)
}

// entry finds the place of the practice at a position of some segment; at is
// what its position in the overlay will be.
func (o *order) entry(base, from *Segment, position, at int) entry {
	var p practice.Practice
	key := o.appendKey(nil, from.record(position), &p)
	var other []byte
	before := sort.Search(base.Size(), func(rank int) bool {
		if o.base != nil {
			rank = int(o.base[rank])
		}
		other = o.appendKey(other[:0], base.record(rank), &p)
		return bytes.Compare(other, key) >= 0
	})
	return entry{key, at, before}
}

func (o *order) sortEntries() {
	slices.SortFunc(o.entries, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
}

// place is the rank of a position of the base.
func (o *order) place(at int) int {
	if o.base == nil {
		return at
	}
	return slices.Index(o.base, uint32(at))
}

// segmentOrder is an order of one segment, made by the first who needs it; others
// who need it meanwhile wait.
type segmentOrder struct {
	once   sync.Once
	reader Reader
	ranks  []uint32
}

// sorted returns the ranks of a segment by start, title or place.
func (s *Segment) sorted(key orderKey, r Reader) []uint32 {
	kept, _ := s.orders.LoadOrStore(key, &segmentOrder{reader: r})
	made := kept.(*segmentOrder)
	made.once.Do(func() { made.ranks = s.rank(key.sort, made.reader) })
	return made.ranks
}

// rank sorts a segment. The keys lie in chunks as records do, and most
// comparisons need only their first bytes. Equal keys stay newest first.
func (s *Segment) rank(sort Sort, r Reader) []uint32 {
	type item struct {
		head, address uint64
		at            uint32
	}
	var keys chunkWriter
	var key []byte
	var p practice.Practice
	items := make([]item, s.Size())
	for at := range items {
		if at%pause == pause-1 {
			runtime.Gosched()
		}
		s.record(at).read(&p)
		key = appendLabel(key[:0], &p, sort, r)
		var head [8]byte
		copy(head[:], key)
		items[at] = item{binary.BigEndian.Uint64(head[:]), keys.add(string(key)), uint32(at)}
	}
	keys.flush()
	labels := records{chunks: keys.chunks}
	slices.SortFunc(items, func(a, b item) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		first, _ := labels.recordAt(a.address)
		second, _ := labels.recordAt(b.address)
		return cmp.Or(cmp.Compare(first, second), cmp.Compare(a.at, b.at))
	})
	ranks := make([]uint32, len(items))
	for i := range items {
		ranks[i] = items[i].at
	}
	return ranks
}

// appendKey appends a practice's sort key: bytes that compare, and differ between
// practices. The same label is sorted newest first, then by how much there is to read,
// then by slug. The record is read into p.
func (o *order) appendKey(key []byte, c record, p *practice.Practice) []byte {
	c.read(p)
	key = appendLabel(key, p, o.sort, o.reader)
	key = binary.BigEndian.AppendUint64(append(key, 0, 0), newestKey(p.Period.Start, c.extent()))
	return append(key, p.Slug...)
}

// appendLabel appends what an order is about: the start; the title; or country,
// city and then title, in the reader's alphabet. Practices without a city come
// before the cities of their country.
func appendLabel(key []byte, p *practice.Practice, sort Sort, r Reader) []byte {
	switch sort {
	case Oldest:
		return binary.BigEndian.AppendUint64(key, startKey(p.Period.Start, 1))
	case Place:
		var country, city string
		if len(p.Place.Countries) > 0 {
			country = r.Country(p.Place.Countries[0])
		}
		if len(p.Place.Cities) > 0 {
			city = p.Place.Cities[0].Name
		}
		key = append(append(key, r.SortKey(country)...), 0, 0)
		key = append(append(key, r.SortKey(city)...), 0, 0)
		fallthrough
	case Title:
		text, _ := p.Text(r.Language)
		key = append(key, r.SortKey(text.Title)...)
	}
	return key
}

// newestFirst compares practices by start, the latest first, then by slug.
func newestFirst(a, b *practice.Practice) int {
	return cmp.Or(cmp.Compare(startKey(a.Period.Start, -1), startKey(b.Period.Start, -1)), strings.Compare(a.Slug, b.Slug))
}

// newestKey sorts the latest start first, and of one start whatever has more to read.
func newestKey(start practice.Date, extent byte) uint64 {
	return startKey(start, -1)<<extentBits | uint64(mostToRead-extent)
}

// startKey turns a start into a number that sorts ascending for direction 1 and
// descending for -1; unknown starts come last either way. It leaves bits free.
func startKey(start practice.Date, direction int) uint64 {
	const middle = math.MaxUint32
	if start.IsZero() {
		return 2 * middle
	}
	return uint64(middle + direction*(start.Year*16+int(start.Month)))
}
