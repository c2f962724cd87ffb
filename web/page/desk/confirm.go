package desk

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// ConfirmInput is a step that an editor confirms with a reason.
type ConfirmInput struct {
	Step       string                  // messages "reasoned.<step>.title", ".lede", ".words", ".hint" and ".button"
	Subject    string                  // title of the submission or the practice
	Language   string                  // of that title
	Action     string                  // address to send to
	Back       string                  // address to return to
	Version    int                     // of the submission; 0 for a practice, and for several submissions
	Several    []submission.Submission // with which the step is taken; nil for the one
	Causes     bool                    // whether common reasons are offered
	Cause      submission.Cause
	Reasoned   bool // whether it needs words
	Reason     string
	Words      string               // language of the reason
	Compared   int                  // approve: the revision of the public text that was compared with
	Pending    []submission.Comment // not sent yet
	Choice     submission.Pending   // what becomes of them
	Holder     account.ID           // the other editor who works on it; 0 for no one
	HolderName string               // empty for unknown
	Told       account.ID           // the one of whom the form has said so
	Held       int                  // of several: how many others work on
	Problems   component.Problems
	Closed     bool // whether the step is no longer possible; the reason is kept for copying
}

// Confirm is the page on which an editor confirms a step.
type Confirm struct {
	ConfirmInput
	Meta frame.Meta
}

// Fields of the form.
const (
	CauseField     = "cause"
	ReasonField    = "words"
	ReasonLanguage = "words_language"
	// PendingField says what becomes of comments, AskedField that it was asked.
	PendingField = "pending"
	AskedField   = "asked"
	// HolderField says who works on it, as the form has told; it is also the ID of the words.
	HolderField = "holder"
)

// NewConfirm makes the page.
func NewConfirm(l *locale.Locale, f frame.Frame, in ConfirmInput) Confirm {
	p := Confirm{ConfirmInput: in}
	p.Meta = formMeta(f, p.title(l), in.Action)
	if len(in.Several) == 0 {
		p.Meta.Title += " – " + in.Subject
	} else {
		p.Meta.Path = link.Desk(l.Tag()) // the address of the form answers to nothing else
	}
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

func (p Confirm) title(l *locale.Locale) string {
	if n := len(p.Several); n > 0 {
		return l.N("several.reject", n)
	}
	if (p.Step == link.ApprovePage || p.Step == link.AskPage) && len(p.Pending) == 0 {
		return l.T("reasoned.held.title")
	}
	return l.T("reasoned." + p.Step + ".title")
}

func (p Confirm) reasonField(l *locale.Locale) component.Field {
	return component.Field{ID: ReasonField, Label: l.T("reasoned." + p.Step + ".words"), Hint: l.T("reasoned." + p.Step + ".hint"), Value: p.Reason,
		Problem: p.Problems.At(ReasonField)}
}

// deskMeta is the metadata of a page of the desk.
func deskMeta(f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Skip: frame.ToContent, Current: link.DeskPage, Working: true}
}

// formMeta is the metadata of a page with a form in one column.
func formMeta(f frame.Frame, title, path string) frame.Meta {
	meta := deskMeta(f, title, path)
	meta.Narrow = true
	return meta
}

// heldBy says who works on the submission.
func (p Confirm) heldBy(l *locale.Locale) string {
	if p.HolderName == "" {
		return l.T("reasoned.held.somebody")
	}
	return l.T("reasoned.held", "Name", p.HolderName)
}
