package main

import (
	"context"
	"log/slog"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/job"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// mailNeeds holds the dependencies of sending mails.
type mailNeeds struct {
	store     *store.Store
	catalogue *catalogue.Catalogue
	look      *theme.Current
	site      link.Site
	log       *slog.Logger
	delivery  mailDelivery
}

// mailDelivery delivers mails to a mail server or to an outbox for display. Without
// either, mails wait in the queue.
type mailDelivery struct {
	sender mail.Sender  // nil when mails wait
	outbox *mail.Outbox // nil when mails are sent
}

// mailDelivery says how mails are delivered. The error says that the settings of the mail
// server are wrong.
func (c *serveCommand) mailDelivery(site link.Site, log *slog.Logger) (mailDelivery, error) {
	switch {
	case c.SMTPURL != "":
		server, err := mail.NewSMTP(c.SMTPURL, c.Mail.Sender(string(site)))
		if err != nil {
			return mailDelivery{}, err
		}
		return mailDelivery{sender: server}, nil
	case c.Demo:
		outbox := &mail.Outbox{}
		return mailDelivery{outbox, outbox}, nil
	}
	log.Warn("no mail server is set: mails wait in the queue until there is one; see EXEMPLA_SMTP_URL")
	return mailDelivery{}, nil
}

// startMail starts the workers of the queue if mails can be delivered, until stop is
// called. The error says that the queue cannot be used.
func (c *serveCommand) startMail(ctx context.Context, m mailNeeds) (stop func(), err error) {
	if m.delivery.sender == nil {
		return func() {}, nil
	}
	queue, err := job.Start(ctx, job.Settings{Store: m.store, Sender: m.delivery.sender, Site: m.site, Now: time.Now, Log: m.log,
		Usual: time.Duration(c.ReviewDays) * 24 * time.Hour, Catalogue: m.catalogue, Theme: m.look})
	if err != nil {
		return nil, err
	}
	return func() { // waits until running jobs have finished, at most shutdownTimeout
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
		defer cancel()
		if err := queue.Stop(ctx); err != nil {
			m.log.Warn("some jobs were cut off; they are taken up again", "error", err)
		}
	}, nil
}
