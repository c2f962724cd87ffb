package catalogue

import (
	"sync"
	"sync/atomic"
	"time"

	"exempla/internal/practice"
)

// mostOverlaid is how many changed practices an index holds beside its base
// before they are folded in. Taking one more change in costs about a
// millisecond then; folding a million practices takes about a second, which
// should not be often.
const mostOverlaid = 512

// Catalogue is the index that pages use now. Readers take it once a request
// and never wait; whoever follows the store changes it.
type Catalogue struct {
	current  atomic.Pointer[Index]
	changing sync.Mutex // held by whoever makes the next index from the current one
	settling sync.Mutex // held by whoever makes a new base
}

// New returns a catalogue that starts with an index.
func New(x *Index) *Catalogue {
	c := &Catalogue{}
	c.current.Store(x)
	return c
}

// Index returns the snapshot to answer from.
func (c *Catalogue) Index() *Index { return c.current.Load() }

// Change takes in what the store changed up to a change, see Index.With. What
// somebody else has taken in already is left alone: whoever made a change and
// whoever follows the store may both bring it.
func (c *Catalogue) Change(changed []practice.Practice, removed []int64, change int64) {
	c.changing.Lock()
	defer c.changing.Unlock()
	if x := c.Index(); x.Change() < change {
		c.current.Store(x.With(changed, removed, change))
	}
}

// Settle turns the date and folds what changed into the base, where it is time
// for either. It may take seconds, in which others read and change the
// catalogue: it is for the background.
func (c *Catalogue) Settle(today time.Time) {
	c.settling.Lock()
	defer c.settling.Unlock()
	if x := c.Index(); !sameDay(x.Today(), today) {
		c.rebase(x.On(today))
	}
	if x := c.Index(); len(x.touched) > mostOverlaid {
		c.rebase(x.Merged())
	}
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

// rebase swaps in an index that was made of an earlier one, after what changed
// in the meantime.
func (c *Catalogue) rebase(x *Index) {
	c.changing.Lock()
	defer c.changing.Unlock()
	now := c.Index()
	var changed []practice.Practice
	var removed []int64
	for number, change := range now.touched {
		if change <= x.change {
			continue
		}
		if p, ok := now.Practice(number); ok {
			changed = append(changed, p)
		} else {
			removed = append(removed, number)
		}
	}
	if now.change > x.change {
		x = x.With(changed, removed, now.change)
	}
	c.current.Store(x)
}
