// Package admin has the handlers for administrators: people, the event log, the
// mail queue, and the outbox of a trial site.
package admin

import (
	"log/slog"
	"time"

	"exempla/internal/mail"
	"exempla/internal/store"
)

// Handlers are the handlers for administrators.
type Handlers struct {
	Practices   *store.Practices // source of the cities that forms suggest
	Accounts    *store.Accounts
	Events      *store.Events
	Submissions *store.Submissions
	Queue       *store.Queue
	Outbox      *mail.Outbox // of a trial site, which sends no mails; else nil
	MailWaits   bool         // no mail server is configured, so that mails stay in the queue
	Log         *slog.Logger
	Now         func() time.Time
}
