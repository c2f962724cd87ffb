package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// Withdraw asks an officer to confirm that a submission is withdrawn.
type Withdraw struct {
	SubmissionInput
	Meta frame.Meta
}

// NewWithdraw makes the page.
func NewWithdraw(l *locale.Locale, f frame.Frame, in SubmissionInput) Withdraw {
	return Withdraw{in, formMeta(l, f, l.T("withdraw.title")+" – "+in.Content.Title, link.SubmissionPage(l.Tag(), in.ID, link.WithdrawPage))}
}

// PrintView is a submission as a document to print.
type PrintView struct {
	SubmissionInput
	Meta frame.Meta
}

// NewPrintView makes the page.
func NewPrintView(l *locale.Locale, f frame.Frame, in SubmissionInput) PrintView {
	return PrintView{in, formMeta(l, f, in.Content.Title+" – "+l.T("practice.print"), link.SubmissionPage(l.Tag(), in.ID, link.PrintPage))}
}
