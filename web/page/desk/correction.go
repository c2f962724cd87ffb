package desk

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// CorrectionForm is the form in which an editor corrects a part.
type CorrectionForm struct {
	frame.Frame
	submission.Submission
	Part     submission.Part
	Text     string // as it is to be
	Seen     string // digest of the part when the form was made
	Theirs   []submission.Run
	Conflict bool // another editor has changed the part meanwhile
	Problems component.Problems
}

func (p CorrectionForm) meta(l *locale.Locale) frame.Meta {
	return frame.Meta{Frame: p.Frame, Title: l.T("correct.title", "Part", component.PartName(l, p.Part)), Path: link.Correct(l.Tag(), p.ID, p.Part),
		Unlisted: true, Skip: frame.ToContent, Current: link.DeskPage, Working: true, Narrow: true, Problems: len(p.Problems) > 0}
}

func (p CorrectionForm) field(l *locale.Locale) component.Field {
	f := component.Field{ID: p.Part.CorrectedField(), Label: component.PartName(l, p.Part), Value: p.Text, Problem: p.Problems.At(p.Part.CorrectedField())}
	if p.Part == submission.TitleAndPlace {
		f.Label = l.T("template.part.title")
	}
	if n := p.Part.Words(); n > 0 {
		f.Hint = l.T("part.words", "Limit", n)
	}
	return f
}
