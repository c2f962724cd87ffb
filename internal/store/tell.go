package store

import "context"

// tell queues the mails that go with a step.
func (a *advance) tell(context.Context) error { return nil }
