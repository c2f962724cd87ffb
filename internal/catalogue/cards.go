package catalogue

import (
	"encoding/binary"
	"strings"
)

// chunkSize is how many bytes of cards lie in one piece of memory: many pieces,
// so that shelves share those that did not change, and none so small that
// counting them costs.
const chunkSize = 1 << 20

// cards are cards in chunks, and where each begins: the number of its chunk,
// then the place in it in the lower 32 bits.
type cards struct {
	chunks []string
	at     []uint64
}

// card returns the one at a position.
func (c *cards) card(at int) card {
	text, _ := c.measured(c.at[at])
	return text
}

// measured returns the card at an address and the bytes that it takes with its length.
func (c *cards) measured(address uint64) (text card, size int) {
	r := cardReader{c.chunks[address>>32][uint32(address):]}
	whole := len(r.rest)
	length := r.count()
	return card(r.rest[:length]), whole - len(r.rest) + length
}

// filler adds cards to chunks.
type filler struct {
	chunks  []string
	filling strings.Builder
}

// add copies a card and returns its address.
func (f *filler) add(text string) uint64 {
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
func (f *filler) flush() {
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
