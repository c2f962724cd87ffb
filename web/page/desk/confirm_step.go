package desk

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// ConfirmForm is a page on which an editor confirms a step that needs words.
type ConfirmForm struct {
	frame.Frame
	Name     string // of the step: messages "reasoned.<name>.title", ".lede", ".words", ".hint" and ".button"
	Of       string // what it is about, as its authors call it
	Language string // of that
	Action   string // address to send to
	Back     string // where to go instead
	Version  int    // of the submission; 0 where there is none
	Causes   bool   // whether common reasons are offered
	Cause    submission.Cause
	Words    string
	Problems component.Problems
	Closed   bool // whether the step is no longer possible; the words are kept to be copied
}

// Fields of the form.
const (
	CauseField = "cause"
	WordsField = "words"
)

func (p ConfirmForm) meta(l *locale.Locale) frame.Meta {
	return frame.Meta{Frame: p.Frame, Title: l.T("reasoned." + p.Name + ".title"), Path: p.Action, Unlisted: true, Skip: frame.ToContent,
		Current: link.DeskPage, Working: true, Narrow: true, Problems: len(p.Problems) > 0}
}

func (p ConfirmForm) field(l *locale.Locale) component.Field {
	return component.Field{ID: WordsField, Label: l.T("reasoned." + p.Name + ".words"), Hint: l.T("reasoned." + p.Name + ".hint"), Value: p.Words,
		Problem: p.Problems.At(WordsField)}
}
