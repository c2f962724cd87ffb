package access

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// MailChoice is how one kind of mail comes. Its words are the message "mails.kind.<kind>".
type MailChoice struct {
	Kind     string
	Delivery account.Delivery
}

// Mails is the page on which people choose which mails they get, and when.
type Mails struct {
	Meta    frame.Meta
	Choices []MailChoice // empty for those who only get mails about the safety of their account
}

// NewMails makes the page.
func NewMails(l *locale.Locale, f frame.Frame, choices []MailChoice) Mails {
	return Mails{accountMeta(f, l.T("account.mails.title"), link.Account(l.Tag(), link.MailsPart)), choices}
}
