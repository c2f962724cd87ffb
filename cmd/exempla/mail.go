package main

import (
	"context"
	"log/slog"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/job"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/server/browse"
	"exempla/internal/store"
)

// mailNeeds holds the dependencies of sending mails.
type mailNeeds struct {
	store     *store.Store
	catalogue *catalogue.Catalogue
	site      link.Site
	log       *slog.Logger
}

// mailDelivery delivers mails to a mail server or to an outbox for display. Without
// either, mails wait in the queue.
type mailDelivery struct {
	queue  *job.Queue   // nil when mails wait
	outbox *mail.Outbox // nil when mails are sent
	log    *slog.Logger
}

// startMail starts the workers of the queue if mails can be delivered. The error
// says that the settings of the mail server or of the queue are wrong.
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
	p.queue, err = job.Start(ctx, job.Settings{Store: m.store, Sender: sender, Site: m.site, Now: time.Now, Log: m.log,
		Usual: time.Duration(c.ReviewDays) * 24 * time.Hour, Catalogue: m.catalogue, Searcher: catalogue.NewSearcher(browse.Vocabulary())})
	return p, err
}

// stop waits until running jobs have finished, at most shutdownTimeout.
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
