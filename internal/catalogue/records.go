package catalogue

import (
	"encoding/binary"
	"strings"
)

// chunkSize is how many bytes of records are allocated at once: small enough for
// segments to share the chunks that did not change, large enough that few have
// to be counted.
const chunkSize = 1 << 20

// records are records in chunks with the address of each: the number of its
// chunk, and the offset in it in the lower 32 bits.
type records struct {
	chunks []string
	at     []uint64
}

// record returns the record at a position.
func (c *records) record(at int) record {
	text, _ := c.recordAt(c.at[at])
	return text
}

// recordAt returns the record at an address, and its size with the length before it.
func (c *records) recordAt(address uint64) (text record, size int) {
	r := recordReader{c.chunks[address>>32][uint32(address):]}
	whole := len(r.rest)
	length := r.count()
	return record(r.rest[:length]), whole - len(r.rest) + length
}

// chunkWriter adds records to chunks.
type chunkWriter struct {
	chunks  []string
	current strings.Builder
}

// add copies a record and returns its address.
func (f *chunkWriter) add(text string) uint64 {
	var length [binary.MaxVarintLen64]byte
	head := binary.PutUvarint(length[:], uint64(len(text)))
	size := head + len(text)
	if f.current.Len() > 0 && f.current.Len()+size > chunkSize {
		f.flush()
	}
	if f.current.Len() == 0 && len(f.chunks) > 0 { // a first chunk may stay small
		f.current.Grow(max(size, chunkSize))
	}
	address := uint64(len(f.chunks))<<32 | uint64(f.current.Len())
	f.current.Write(length[:head])
	f.current.WriteString(text)
	return address
}

// flush ends the current chunk. A small one is copied, so that it does not hold
// the memory of a whole chunk.
func (f *chunkWriter) flush() {
	if f.current.Len() == 0 {
		return
	}
	chunk := f.current.String()
	if len(chunk) < chunkSize/2 {
		chunk = strings.Clone(chunk)
	}
	f.chunks = append(f.chunks, chunk)
	f.current.Reset()
}

// numberIndex finds the position of a practice in a segment by its number. The
// numbers are consecutive, so a slice suits a segment that has most of them; a
// few scattered ones go into a map.
type numberIndex struct {
	first  int64
	dense  []uint32 // position + 1 by number - first; 0 if there is none
	sparse map[int64]uint32
}

// spread is how many elements of the slice each practice may take before a map
// is smaller.
const spread = 8

func newNumberIndex(c *records, pace pace) numberIndex {
	size := len(c.at)
	if size == 0 {
		return numberIndex{}
	}
	numbers := make([]int64, size)
	first, last := c.record(0).number(), c.record(0).number()
	for at := range numbers {
		pace(at)
		numbers[at] = c.record(at).number()
		first, last = min(first, numbers[at]), max(last, numbers[at])
	}
	p := numberIndex{first: first}
	if last-first < int64(size)*spread {
		p.dense = make([]uint32, last-first+1)
		for at, number := range numbers {
			p.dense[number-first] = uint32(at + 1)
		}
		return p
	}
	p.sparse = make(map[int64]uint32, size)
	for at, number := range numbers {
		p.sparse[number] = uint32(at + 1)
	}
	return p
}

// of returns the position of a number.
func (p *numberIndex) of(number int64) (at int, ok bool) {
	if p.sparse != nil {
		at := p.sparse[number]
		return int(at) - 1, at > 0
	}
	if place := uint64(number - p.first); place < uint64(len(p.dense)) {
		at := p.dense[place]
		return int(at) - 1, at > 0
	}
	return 0, false
}
