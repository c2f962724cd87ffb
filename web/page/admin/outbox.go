package admin

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// Outbox shows the mails that a site would have sent which is only tried out.
type Outbox struct {
	Meta  frame.Meta
	Mails []Letter // the newest first
}

// Letter is one of them.
type Letter struct {
	To, Subject string
	Text, HTML  string // its two shapes
	Link        string // where it leads
	Tag         string // of its language
}

// Dir is the writing direction of the mail, whatever that of the page is.
func (m Letter) Dir() string { return locale.Direction(m.Tag) }

// NewOutbox makes the page.
func NewOutbox(l *locale.Locale, f frame.Frame, mails []Letter) Outbox {
	return Outbox{Mails: mails, Meta: frame.Meta{Frame: f, Title: l.T("dev_mail.title"), Path: link.Catalogue(l.Tag()),
		Unlisted: true, Working: true, Narrow: true, Skip: frame.ToContent}}
}
