package admin

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// Outbox is the page of the mails that a trial site would have sent.
type Outbox struct {
	Meta  frame.Meta
	Mails []OutboxMail // the newest first
}

// OutboxMail is a mail as its receiver would get it.
type OutboxMail struct {
	To, Subject string
	Text, HTML  string // the two forms of the body
	Link        string // where it leads
	Tag         string // of its language
}

// Dir is the writing direction of the mail, which may differ from the page's.
func (m OutboxMail) Dir() string { return locale.Direction(m.Tag) }

// NewOutbox makes the page.
func NewOutbox(l *locale.Locale, f frame.Frame, mails []OutboxMail) Outbox {
	return Outbox{Mails: mails, Meta: frame.Meta{Frame: f, Title: l.T("dev_mail.title"), Path: link.Catalogue(l.Tag()),
		Unlisted: true, Working: true, Narrow: true, Skip: frame.ToContent}}
}
