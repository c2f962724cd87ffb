package catalogue

import (
	"sync"
	"sync/atomic"
	"time"

	"exempla/internal/practice"
)

// mostOverlaid is how many changed practices an overlay may hold before it is
// merged into the base. Adding one more change takes about a millisecond then;
// merging a million practices takes about a second, and should be rare.
const mostOverlaid = 512

// Catalogue is the current index. Readers load it once a request and never
// wait for a change.
type Catalogue struct {
	current  atomic.Pointer[Index]
	changeMu sync.Mutex // held while the next index is made from the current one
	settleMu sync.Mutex // held while a new base is made
	compared atomic.Int64
}

// New returns a catalogue that starts with x.
func New(x *Index) *Catalogue {
	c := &Catalogue{}
	c.current.Store(x)
	return c
}

// Index returns the snapshot to answer from.
func (c *Catalogue) Index() *Index { return c.current.Load() }

// Compared notes that the store was asked at that time, and the index has all that it had.
func (c *Catalogue) Compared(at time.Time) { c.compared.Store(at.UnixNano()) }

// ComparedAt is when the store was last asked for changes; zero for never.
func (c *Catalogue) ComparedAt() time.Time {
	at := c.compared.Load()
	if at == 0 {
		return time.Time{}
	}
	return time.Unix(0, at)
}

// Update is what the store has changed since an index was made; see Index.With.
type Update struct {
	Since   *Index
	Changed []practice.Practice
	Removed []int64
	Change  int64  // the number of the last change
	Mark    string // of that change
}

// Change applies an update. It does nothing if the last change is in the index
// already: both the request that made a change and the follower of the store may
// report it. Nor does it if the catalogue has been read anew meanwhile.
func (c *Catalogue) Change(u Update) {
	c.changeMu.Lock()
	defer c.changeMu.Unlock()
	if x := c.Index(); x.change < u.Change && x.lineage == u.Since.lineage {
		c.current.Store(x.With(u.Changed, u.Removed, u.Change).Marked(u.Mark))
	}
}

// Replace goes on from an index that was read anew, because the changes since
// Index are not known. Words that were known stay known.
func (c *Catalogue) Replace(x *Index) {
	x.base.words.learn(x.base, 1)
	c.changeMu.Lock()
	defer c.changeMu.Unlock()
	x.lineage = c.Index().lineage + 1
	c.current.Store(x)
}

// Settle moves the index on to today and merges the overlay into the base, if it
// is time for either. It may take seconds, during which others read and change
// the catalogue, so it belongs in the background.
func (c *Catalogue) Settle(today time.Time) {
	c.settleMu.Lock()
	defer c.settleMu.Unlock()
	if x := c.Index(); !sameDay(x.Today(), today) {
		c.rebase(x.On(today))
	}
	if x := c.Index(); len(x.touched) > mostOverlaid {
		merged := x.Merged()
		merged.base.words.learn(merged.base, 1)
		c.rebase(merged)
	}
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

// rebase makes x, which was derived from an earlier index, the current one,
// after applying what has changed since.
func (c *Catalogue) rebase(x *Index) {
	c.changeMu.Lock()
	defer c.changeMu.Unlock()
	now := c.Index()
	if now.lineage != x.lineage {
		return
	}
	var fresh Builder
	var numbers []int64
	for number, change := range now.touched {
		if change <= x.change {
			continue
		}
		numbers = append(numbers, number)
		if s, ok := now.spot(number); ok {
			fresh.copy(now.record(s))
		}
	}
	if now.change > x.change {
		x = x.with(&fresh, numbers, now.change).Marked(now.mark)
	}
	c.current.Store(x)
}
