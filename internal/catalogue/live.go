package catalogue

import "sync/atomic"

// Catalogue is the index that pages use now. Readers take it once a request
// and never wait; whoever follows the store replaces it.
type Catalogue struct{ current atomic.Pointer[Index] }

// New returns a catalogue that starts with an index.
func New(x *Index) *Catalogue {
	c := &Catalogue{}
	c.current.Store(x)
	return c
}

// Index returns the snapshot to answer from.
func (c *Catalogue) Index() *Index { return c.current.Load() }

// Replace swaps another snapshot in, unless one of a later change is there
// already: whoever made a change and whoever follows the store may both bring it.
func (c *Catalogue) Replace(x *Index) {
	for {
		now := c.current.Load()
		if now != nil && now.Change() > x.Change() || c.current.CompareAndSwap(now, x) {
			return
		}
	}
}
