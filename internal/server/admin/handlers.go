// Package admin answers administrators: people, the event log, the mail queue,
// and the mails of a site that is only tried out.
package admin

import (
	"log/slog"
	"time"

	"exempla/internal/mail"
	"exempla/internal/store"
)

// Handlers answer administrators.
type Handlers struct {
	Practices *store.Practices // whose cities are suggested
	Accounts  *store.Accounts
	Events    *store.Events
	Queue     *store.Queue
	Outbox    *mail.Outbox // what would have been sent; nil unless the site is only tried out
	MailWaits bool         // no mail server is set, so that mails stay in the queue
	Log       *slog.Logger
	Now       func() time.Time
}
