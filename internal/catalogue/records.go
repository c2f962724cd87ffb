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
