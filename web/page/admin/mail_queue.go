package admin

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// Mails is the queue of mails.
type Mails struct {
	Meta   frame.Meta
	Groups []MailGroup
	Sent   int  // in the last days
	Days   int  // that those are
	Waits  bool // no mail server is set
	Shown  bool // mails are shown, not sent
	More   bool // not all are listed
}

// MailGroup are the mails that are in one state. Its words are messages
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
	Queued time.Time
	Next   time.Time // zero for none
	Tries  int
	Class  string // of the failure; empty for none
	Code   string // of the server's answer; empty for none
}

// NewMails makes the page.
func NewMails(l *locale.Locale, f frame.Frame, p Mails) Mails {
	p.Meta = keeperMeta(l, f, l.T("mails.title"), link.Mails(l.Tag()))
	return p
}

// unsent is how many mails are listed.
func (p Mails) unsent() int {
	n := 0
	for _, g := range p.Groups {
		n += len(g.List)
	}
	return n
}
