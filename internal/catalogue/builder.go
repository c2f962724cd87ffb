package catalogue

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"exempla/internal/practice"
)

// Builder collects practices for an index one by one, so that they need never
// be in memory all at once as values. Its zero value is empty.
type Builder struct {
	chunks chunkWriter
	record recordWriter // of the practice being added
	order  []sortItem
}

// sortItem is the address of a record with the beginning of its sort key: most
// comparisons need not read the record.
type sortItem struct {
	newest  uint64    // see newestKey
	slug    [2]uint64 // its first sixteen bytes
	address uint64
}

// Add adds a practice; of its attachments only the picture that listings show. Its sections are kept only to be
// found by their words.
func (b *Builder) Add(p *practice.Practice) {
	b.record = b.record[:0]
	b.record.practice(p)
	b.add(p, string(b.record))
}

// copy adds a practice from the record of another index.
func (b *Builder) copy(c record) {
	var p practice.Practice
	c.readFacts(&p, false)
	b.add(&p, string(c))
}

func (b *Builder) add(p *practice.Practice, text string) {
	var slug [16]byte
	copy(slug[:], p.Slug)
	b.order = append(b.order, sortItem{newestKey(p.Period.Start, record(text).extent()),
		[2]uint64{binary.BigEndian.Uint64(slug[:]), binary.BigEndian.Uint64(slug[8:])}, b.chunks.add(text)})
}

// Index makes the index of everything added. Change is the store's number of
// the last change in it; the UTC date of today decides what is still running.
func (b *Builder) Index(change int64, today time.Time) *Index {
	return newIndex(b.segment(today.UTC()), change, today.UTC())
}

func (b *Builder) segment(today time.Time) *Segment {
	b.chunks.flush()
	c := records{chunks: b.chunks.chunks}
	slices.SortFunc(b.order, func(p, q sortItem) int {
		if order := cmp.Or(cmp.Compare(p.newest, q.newest), cmp.Compare(p.slug[0], q.slug[0]), cmp.Compare(p.slug[1], q.slug[1])); order != 0 {
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

// NewIndex makes the index of these practices; see Builder.Index.
func NewIndex(practices []practice.Practice, change int64, today time.Time) *Index {
	var b Builder
	for i := range practices {
		b.Add(&practices[i])
	}
	return b.Index(change, today)
}
