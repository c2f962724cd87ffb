package desk

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// CorrectionInput is a part of a submission that an editor corrects.
type CorrectionInput struct {
	submission.Submission
	Part     submission.Part
	Text     string           // in the form
	Base     string           // digest of the part when the form was made
	Theirs   []submission.Run // the text of another editor, compared with that of the form
	Conflict bool             // whether another editor has changed the part since the form was made
	Problems component.Problems
}

// Correction is the form in which an editor corrects a part.
type Correction struct {
	CorrectionInput
	Meta frame.Meta
}

// NewCorrection makes the page.
func NewCorrection(l *locale.Locale, f frame.Frame, in CorrectionInput) Correction {
	meta := formMeta(f, l.T("correct.title", "Part", component.PartName(l, in.Part)), link.Correct(l.Tag(), in.ID, in.Part))
	meta.Problems = len(in.Problems) > 0
	if in.Part.IsText() {
		meta.Scripts = []string{"prose.js"}
	}
	return Correction{CorrectionInput: in, Meta: meta}
}

func (p Correction) field(l *locale.Locale) component.Field {
	f := component.Field{ID: p.Part.CorrectedField(), Label: component.PartName(l, p.Part), Value: p.Text, Problem: p.Problems.At(p.Part.CorrectedField())}
	if p.Part == submission.TitleAndPlace {
		f.Label = l.T("template.part.title")
	}
	if n := p.Part.Words(); n > 0 {
		f.Hint = l.T("part.words", "Limit", n)
	}
	return f
}
