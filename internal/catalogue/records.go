package catalogue

import (
	"encoding/binary"
	"strings"
)

// chunkSize is how many bytes of records lie in one piece of memory: many pieces,
// so that segments share those that did not change, and none so small that
// counting them costs.
const chunkSize = 1 << 20

// records are records in chunks, and where each begins: the number of its chunk,
// then the place in it in the lower 32 bits.
type records struct {
	chunks []string
	at     []uint64
}

// record returns the one at a position.
func (c *records) record(at int) record {
	text, _ := c.recordAt(c.at[at])
	return text
}

// recordAt returns the record at an address and the bytes that it takes with its length.
func (c *records) recordAt(address uint64) (text record, size int) {
	r := recordReader{c.chunks[address>>32][uint32(address):]}
	whole := len(r.rest)
	length := r.count()
	return record(r.rest[:length]), whole - len(r.rest) + length
}

// chunkWriter adds records to chunks.
type chunkWriter struct {
	chunks  []string
	filling strings.Builder
}

// add copies a record and returns its address.
func (f *chunkWriter) add(text string) uint64 {
	var length [binary.MaxVarintLen64]byte
	head := binary.PutUvarint(length[:], uint64(len(text)))
	size := head + len(text)
	if f.filling.Len() > 0 && f.filling.Len()+size > chunkSize {
		f.flush()
	}
	if f.filling.Len() == 0 && len(f.chunks) > 0 { // a first chunk may stay small
		f.filling.Grow(max(size, chunkSize))
	}
	address := uint64(len(f.chunks))<<32 | uint64(f.filling.Len())
	f.filling.Write(length[:head])
	f.filling.WriteString(text)
	return address
}

// flush ends the chunk that is being filled. One that stayed small is copied,
// so that it does not hold a whole chunk's memory.
func (f *chunkWriter) flush() {
	if f.filling.Len() == 0 {
		return
	}
	chunk := f.filling.String()
	if len(chunk) < chunkSize/2 {
		chunk = strings.Clone(chunk)
	}
	f.chunks = append(f.chunks, chunk)
	f.filling.Reset()
}
