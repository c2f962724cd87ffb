package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// Withdraw asks before a submission leaves the editors.
type Withdraw struct {
	Work
	Meta frame.Meta
}

// NewWithdraw makes the page.
func NewWithdraw(l *locale.Locale, w Work) Withdraw {
	return Withdraw{w, workMeta(l, w.Frame, l.T("withdraw.title"), link.SubmissionPage(l.Tag(), w.ID, link.WithdrawPage))}
}

// Paper is a submission as a document to be printed.
type Paper struct {
	Work
	Meta frame.Meta
}

// NewPaper makes the page.
func NewPaper(l *locale.Locale, w Work) Paper {
	return Paper{w, workMeta(l, w.Frame, w.Content.Title, link.SubmissionPage(l.Tag(), w.ID, link.PrintPage))}
}
