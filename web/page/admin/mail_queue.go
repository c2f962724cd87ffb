package admin

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// MailQueueInput is the state of the mail queue.
type MailQueueInput struct {
	Groups []MailGroup
	Sent   int  // within the last Days
	Days   int  // for which sent mails are counted
	Waits  bool // no mail server is configured
	Shown  bool // mails go to the outbox page instead of being sent
	More   bool // not all mails are listed
}

// MailQueue is the page of the mail queue.
type MailQueue struct {
	MailQueueInput
	Meta frame.Meta
}

// MailGroup has the mails that are in one state. Its words are messages
// "mails.group.<name>".
type MailGroup struct {
	Name string
	List []UnsentMail
}

// UnsentMail is a mail that has not been sent.
type UnsentMail struct {
	ID     int64
	Kind   string
	To     account.Account
	Reader bool // whether it goes to somebody without an account, whose address is not shown
	Queued time.Time
	Next   time.Time // zero for none
	Tries  int
	Class  string // of the failure; empty for none
	Code   string // of the server's answer; empty for none
}

// NewMailQueue makes the page.
func NewMailQueue(l *locale.Locale, f frame.Frame, in MailQueueInput) MailQueue {
	p := MailQueue{MailQueueInput: in}
	p.Meta = adminMeta(f, l.T("mails.title"), link.Mails(l.Tag()))
	return p
}

// listed counts the mails on the page.
func (p MailQueue) listed() int {
	n := 0
	for _, g := range p.Groups {
		n += len(g.List)
	}
	return n
}

// receiver is the name of who gets the mail.
func (m UnsentMail) receiver(l *locale.Locale) string {
	if m.Reader {
		return l.T("events.reader")
	}
	return displayName(l, m.To)
}
