package main

import (
	"context"
	"log/slog"
	"time"

	"exempla/internal/job"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/store"
)

// mailNeeds is what sending mails needs of the rest of the program.
type mailNeeds struct {
	store *store.Store
	site  link.Site
	log   *slog.Logger
}

// mailDelivery is how mails leave: by a mail server, into an outbox that is looked at,
// or not at all.
type mailDelivery struct {
	queue  *job.Queue   // nil when mails wait
	outbox *mail.Outbox // nil when mails are sent
	log    *slog.Logger
}

// startMail starts the workers of the queue, where there is something that
// takes the mails.
func (c *serveCommand) startMail(ctx context.Context, m mailNeeds) (mailDelivery, error) {
	p := mailDelivery{log: m.log}
	var sender mail.Sender
	switch {
	case c.SMTPURL != "":
		server, err := mail.NewSMTP(c.SMTPURL, c.Mail.Sender(string(m.site)))
		if err != nil {
			return p, err
		}
		sender = server
	case c.Demo:
		p.outbox = &mail.Outbox{}
		sender = p.outbox
	default:
		m.log.Warn("no mail server is set: mails wait in the queue until there is one; see EXEMPLA_SMTP_URL")
		return p, nil
	}
	var err error
	p.queue, err = job.Start(ctx, job.Settings{Store: m.store, Sender: sender, Site: m.site, Now: time.Now, Log: m.log})
	return p, err
}

// stop lets jobs that have begun come to their end.
func (p mailDelivery) stop() {
	if p.queue == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := p.queue.Stop(ctx); err != nil {
		p.log.Warn("some jobs were cut off; they are taken up again", "error", err)
	}
}
