package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// ReceiptInput is a submission that the editors have just received.
type ReceiptInput struct {
	SubmissionInput
	Days int // within which editors decide as a rule
}

// Receipt confirms that a submission was received, and says what happens next.
type Receipt struct {
	ReceiptInput
	Meta frame.Meta
}

// NewReceipt makes the page.
func NewReceipt(l *locale.Locale, f frame.Frame, in ReceiptInput) Receipt {
	return Receipt{in, formMeta(l, f, l.T("receipt.title")+" – "+in.Content.Title, link.SubmissionPage(l.Tag(), in.ID, link.ReceiptPage))}
}

// recipient says who gets a mail about the submission.
func (p Receipt) recipient(l *locale.Locale) string {
	if p.Round > 1 {
		return l.T("receipt.told_again")
	}
	if name := p.Names[p.Assignee]; name != "" {
		return l.T("receipt.told_editor", "Name", name)
	}
	return l.T("receipt.told_desk")
}
