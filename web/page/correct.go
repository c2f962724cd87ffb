package page

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
)

// Correction is the form in which an editor corrects a part.
type Correction struct {
	component.Frame
	submission.Submission
	Part     submission.Part
	Text     string // as it is to be
	Seen     string // digest of the part when the form was made
	Theirs   []submission.Run
	Conflict bool // somebody else has changed the part meanwhile
	Problems component.Problems
}

// WordsOf is what a correction changes of a part: its text, or the title.
func WordsOf(c submission.Content, part submission.Part) string {
	if part == submission.TitleAndPlace {
		return c.Title
	}
	return c.Text(part)
}

// FieldOf is the field of a correction, named as its problems are.
func FieldOf(part submission.Part) string {
	if part == submission.TitleAndPlace {
		return submission.TitleField
	}
	return submission.TextField(part)
}

// Correctable reports whether editors correct a part: words, not facts.
func Correctable(part submission.Part) bool {
	return part.IsText() || part == submission.TitleAndPlace
}

func (p Correction) meta(l *locale.Locale) component.Meta {
	return component.Meta{Frame: p.Frame, Title: l.T("correct.title", "Part", component.PartName(l, p.Part)), Path: link.Correct(l.Tag(), p.ID, p.Part),
		Unlisted: true, Skip: component.ToContent, Current: link.DeskPage, Working: true, Narrow: true, Problems: len(p.Problems) > 0}
}

func (p Correction) field(l *locale.Locale) component.Field {
	f := component.Field{ID: FieldOf(p.Part), Label: component.PartName(l, p.Part), Value: p.Text, Problem: p.Problems.At(FieldOf(p.Part))}
	if p.Part == submission.TitleAndPlace {
		f.Label = l.T("template.part.title")
	}
	if n := p.Part.Words(); n > 0 {
		f.Hint = l.T("part.words", "Limit", n)
	}
	return f
}
