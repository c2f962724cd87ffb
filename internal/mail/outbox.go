package mail

import (
	"context"
	"slices"
	"sync"
)

// mostKept bounds an outbox: more than anybody looks at, and less than a
// megabyte.
const mostKept = 100

// Outbox keeps mails in memory instead of sending them, for a site that is only
// tried out.
type Outbox struct {
	lock sync.Mutex
	list []Mail // the newest first
}

// Send keeps a mail, and lets go of the oldest where there are too many.
func (o *Outbox) Send(_ context.Context, m Mail) error {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.list = slices.Insert(o.list, 0, m)
	o.list = o.list[:min(len(o.list), mostKept)]
	return nil
}

// Mails lists what was kept, the newest first.
func (o *Outbox) Mails() []Mail {
	o.lock.Lock()
	defer o.lock.Unlock()
	return slices.Clone(o.list)
}
