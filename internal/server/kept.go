package server

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/gzip"

	"exempla/internal/catalogue"
)

// maxKept bounds the pages kept, in bytes: about two thousand listings. When
// they are full all are dropped, for most of them are selections that nobody
// asks for twice, and the others come back at once.
const maxKept = 16 << 20

// kept are finished, compressed pages of one snapshot of the catalogue. The
// next snapshot drops them all, so no page outlives what it shows.
type kept struct {
	mu    sync.RWMutex
	index *catalogue.Index
	pages map[string][]byte // by address
	size  int               // bytes
}

// find returns the page of an address, nil when it is not kept.
func (k *kept) find(x *catalogue.Index, address string) []byte {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.index != x {
		return nil
	}
	return k.pages[address]
}

// keep remembers the page of an address, made from a snapshot.
func (k *kept) keep(x *catalogue.Index, address string, page []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index != x || k.size+len(page) > maxKept {
		k.index, k.pages, k.size = x, map[string][]byte{}, 0
	}
	k.pages[address] = page
	k.size += len(page)
}

// pageLevel is how hard pages are compressed. A listing of 52 kB becomes 8.1 kB
// at level 5; the hardest saves 5 % of that for eight times the work, the
// quickest costs 10 % more bytes for three fifths of it.
const pageLevel = 5

var zips = sync.Pool{New: func() any {
	zip, err := gzip.NewWriterLevel(nil, pageLevel)
	if err != nil {
		panic(err) // the level stands right here
	}
	return zip
}}

// compress returns a page compressed.
func compress(page []byte) []byte {
	var out bytes.Buffer
	zip := zips.Get().(*gzip.Writer)
	defer zips.Put(zip)
	zip.Reset(&out)
	zip.Write(page)
	zip.Close()
	return out.Bytes()
}
