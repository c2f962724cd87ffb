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
	filler  filler
	writing cardWriter
	order   []place
}

// place is where a card lies, with the beginning of what it is sorted by: most
// comparisons need not look at the card.
type place struct {
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
	b.order = append(b.order, place{startKey(p.Period.Start, -1),
		[2]uint64{binary.BigEndian.Uint64(slug[:]), binary.BigEndian.Uint64(slug[8:])}, b.filler.add(string(b.writing))})
}

// Index makes the index of everything added. Change is the store's number of
// the last change in it; today decides what is still running (its UTC date
// counts).
func (b *Builder) Index(change int64, today time.Time) *Index {
	return newIndex(b.shelf(today.UTC()), change, today.UTC())
}

func (b *Builder) shelf(today time.Time) *Shelf {
	b.filler.flush()
	c := cards{chunks: b.filler.chunks}
	slices.SortFunc(b.order, func(p, q place) int {
		if order := cmp.Or(cmp.Compare(p.start, q.start), cmp.Compare(p.slug[0], q.slug[0]), cmp.Compare(p.slug[1], q.slug[1])); order != 0 {
			return order
		}
		a, _ := c.measured(p.address)
		b, _ := c.measured(q.address)
		return strings.Compare(a.slug(), b.slug())
	})
	c.at = make([]uint64, len(b.order))
	for at := range b.order {
		c.at[at] = b.order[at].address
	}
	b.order = nil
	return newShelf(c, today, atOnce)
}

// NewIndex makes the index of these practices.
func NewIndex(practices []practice.Practice, change int64, today time.Time) *Index {
	var b Builder
	for i := range practices {
		b.Add(&practices[i])
	}
	return b.Index(change, today)
}
