package catalogue

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"exempla/internal/practice"
)

// Builder gathers practices for an index, one after the other, so that they
// need never be in memory all at once as values. Its zero value is empty.
type Builder struct {
	chunkWriter chunkWriter
	writing     recordWriter
	order       []sortItem
}

// place is where a record lies, with the beginning of what it is sorted by: most
// comparisons need not look at the record.
type sortItem struct {
	start   uint64    // see startKey
	slug    [2]uint64 // its first sixteen bytes
	address uint64
}

// Add puts a practice in; its sections and attachments are left out.
func (b *Builder) Add(p *practice.Practice) {
	b.writing = b.writing[:0]
	b.writing.practice(p)
	var slug [16]byte
	copy(slug[:], p.Slug)
	b.order = append(b.order, sortItem{startKey(p.Period.Start, -1),
		[2]uint64{binary.BigEndian.Uint64(slug[:]), binary.BigEndian.Uint64(slug[8:])}, b.chunkWriter.add(string(b.writing))})
}

// Index makes the index of everything added. Change is the store's number of
// the last change in it; today decides what is still running (its UTC date
// counts).
func (b *Builder) Index(change int64, today time.Time) *Index {
	return newIndex(b.segment(today.UTC()), change, today.UTC())
}

func (b *Builder) segment(today time.Time) *Segment {
	b.chunkWriter.flush()
	c := records{chunks: b.chunkWriter.chunks}
	slices.SortFunc(b.order, func(p, q sortItem) int {
		if order := cmp.Or(cmp.Compare(p.start, q.start), cmp.Compare(p.slug[0], q.slug[0]), cmp.Compare(p.slug[1], q.slug[1])); order != 0 {
			return order
		}
		a, _ := c.recordAt(p.address)
		b, _ := c.recordAt(q.address)
		return strings.Compare(a.slug(), b.slug())
	})
	c.at = make([]uint64, len(b.order))
	for at := range b.order {
		c.at[at] = b.order[at].address
	}
	b.order = nil
	return newSegment(c, today, atOnce)
}

// NewIndex makes the index of these practices.
func NewIndex(practices []practice.Practice, change int64, today time.Time) *Index {
	var b Builder
	for i := range practices {
		b.Add(&practices[i])
	}
	return b.Index(change, today)
}
