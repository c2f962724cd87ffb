package desk

import (
	"cmp"
	"slices"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// PublicCorrectionInput is a correction of a public text.
type PublicCorrectionInput struct {
	submission.Submission
	Practice practice.Practice     // as it is public now; the zero value when the correction is out of the editor's hands
	Public   submission.Content    // the text that it is compared with
	Said     submission.Correction // what the editor says about it, as typed
	Comments []submission.Comment
	Reviews  []submission.Review
	Settings submission.Settings
	Now      time.Time
	Archived bool // whether the practice is no longer public
	Problems component.Problems
}

// PublicCorrection is the page on which an editor corrects a public text.
type PublicCorrection struct {
	PublicCorrectionInput
	Meta    frame.Meta
	Changes []component.PartComparison // against the text as it is public now
}

// Fields of the form, and ids of what problems link to.
const (
	InStepField = "in_step"
	PartsID     = "parts"
	ChangesID   = "changes"
)

// NewPublicCorrection makes the page.
func NewPublicCorrection(l *locale.Locale, f frame.Frame, in PublicCorrectionInput) PublicCorrection {
	p := PublicCorrection{PublicCorrectionInput: in, Meta: formMeta(f, l.T("correction.title")+" – "+cmp.Or(in.Public.Title, in.Content.Title), link.Correction(l.Tag(), in.ID))}
	p.Meta.Problems = len(in.Problems) > 0
	p.Meta.Scripts = []string{"draft.js"}
	for _, d := range submission.Differences(in.Public, in.Merged(in.Public)) {
		if d.Changed() {
			p.Changes = append(p.Changes, component.PartComparison{PartDifference: d, Language: in.Language, Today: in.Now})
		}
	}
	return p
}

// isWritten reports whether the editor can go on with it.
func (p PublicCorrection) isWritten() bool { return p.Allows(submission.Publish, p.Meta.Viewer) }

// hasMoved reports whether the public text is another than the one that the correction
// began from.
func (p PublicCorrection) hasMoved() bool {
	return slices.ContainsFunc(submission.Differences(p.Correction.Public, p.Public), submission.PartDifference.Changed)
}

// saved lets the script save while the editor writes.
func (p PublicCorrection) saved(l *locale.Locale) templ.Attributes {
	if !p.isWritten() {
		return nil
	}
	return component.Autosaved(l)
}

func (p PublicCorrection) changes(part submission.Part) bool {
	return slices.ContainsFunc(p.Changes, func(c component.PartComparison) bool { return c.Part == part })
}

// asked lists what another editor has asked for, without replies; for an empty part,
// what is about the whole text.
func (p PublicCorrection) asked(part submission.Part) []submission.Comment {
	return slices.DeleteFunc(slices.Clone(p.Comments), func(c submission.Comment) bool { return c.Part != part || !c.Open() })
}

// inStepLabel asks whether original and translations say the same; empty where that is
// no question.
func (p PublicCorrection) inStepLabel(l *locale.Locale) string {
	texts := p.Practice.Texts
	at := slices.IndexFunc(texts, func(t practice.Text) bool { return t.Language == p.Language })
	switch {
	case at == 0 && len(texts) > 1:
		return l.T("correction.in_step.original")
	case at > 0 && texts[at].State != practice.Human:
		return l.T("correction.in_step.translation", "Language", l.Language(string(texts[0].Language)))
	}
	return ""
}

func (p PublicCorrection) publishLabel(l *locale.Locale) string {
	if p.Settings.SecondApproval {
		return l.T("correction.hand_on")
	}
	return l.T("correction.publish")
}

func (p PublicCorrection) noteField(l *locale.Locale) component.Field {
	return component.Field{ID: ReasonField, Label: l.T("correction.note"), Hint: l.T("correction.note_hint"), Value: p.Said.Note, Problem: p.Problems.At(ReasonField)}
}

// lastReason explains the last decision of another editor; empty for none.
func (p PublicCorrection) lastReason(l *locale.Locale) string {
	if len(p.Reviews) == 0 {
		return ""
	}
	return component.Explanation(l, p.Reviews[len(p.Reviews)-1])
}

// asMerged is the correction with the public text as it would be.
func (p PublicCorrection) asMerged() submission.Submission {
	s := p.Submission
	s.Content = p.Merged(p.Public)
	return s
}
