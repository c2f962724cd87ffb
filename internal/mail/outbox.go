package mail

import (
	"context"
	"slices"
	"sync"
)

// mostKept is how many mails an outbox keeps: more than people look at, and less
// than a megabyte.
const mostKept = 100

// Outbox keeps mails in memory instead of sending them, for demonstrations and
// development. The zero value is ready to use.
type Outbox struct {
	lock sync.Mutex
	list []Mail // the newest first
}

// Send keeps a mail, dropping the oldest of more than 100. It never fails.
func (o *Outbox) Send(_ context.Context, m Mail) error {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.list = slices.Insert(o.list, 0, m)
	o.list = o.list[:min(len(o.list), mostKept)]
	return nil
}

// Mails returns the mails kept, newest first.
func (o *Outbox) Mails() []Mail {
	o.lock.Lock()
	defer o.lock.Unlock()
	return slices.Clone(o.list)
}
