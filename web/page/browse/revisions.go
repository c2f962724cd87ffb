package browse

import (
	"strconv"
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// RevisionsInput is a page of the history of a practice.
type RevisionsInput struct {
	Practice  practice.Practice
	Revisions []submission.PublicRevision // the latest first
	Page      int                         // from 1
	More      bool                        // whether there are earlier ones
	Today     time.Time
}

// Revisions is the page of the history of a practice.
type Revisions struct {
	RevisionsInput
	Meta frame.Meta
	Text practice.Text
}

// NewRevisions makes the page in a reader's language.
func NewRevisions(l *locale.Locale, f frame.Frame, in RevisionsInput) Revisions {
	p := Revisions{RevisionsInput: in}
	p.Text, _ = in.Practice.Text(practice.Language(l.Tag()))
	p.Meta = frame.Meta{Title: l.T("practice.history") + " – " + p.Text.Title, Frame: f, Path: link.PublicHistory(l.Tag(), in.Practice.Slug, 1),
		Unlisted: true, Current: "practice", Skip: frame.ToContent, Working: true}
	if in.Page > 1 {
		p.Meta.Query = "page=" + strconv.Itoa(in.Page)
	}
	return p
}

// NewPastHistory makes the page for a page of the history of a practice that there is
// none.
func NewPastHistory(l *locale.Locale, f frame.Frame, found practice.Practice) frame.Problem {
	history := link.PublicHistory(l.Tag(), found.Slug, 1)
	p := frame.NewProblem(l, f, frame.ProblemInput{Status: 404, Path: history}).WithMessages(l, "page")
	p.Link = frame.Link{Label: l.T("practice.history"), Path: history}
	return p
}

// label says who wrote a revision, by their role.
func (p Revisions) label(l *locale.Locale, r submission.PublicRevision) string {
	key := string(r.Origin)
	switch original := len(r.After.Texts) == 0 || r.After.Texts[0].Language == r.Language; {
	case r.Origin == submission.ByCorrection:
		key = "corrected"
	case r.Origin == submission.BySubmission && r.Before == nil:
		key = string(submission.New)
	case r.Origin == submission.BySubmission && original:
		key = string(submission.Change)
	case r.Origin == submission.BySubmission:
		key = string(submission.Translation)
	}
	return l.T("practice.history." + key)
}

// isPrivate reports whether the words of a part are not shown once they are gone:
// somebody who no longer wants to be asked must not be found in the history.
func isPrivate(p submission.Part) bool { return p == submission.Part(practice.Contact) }

// compared is a part of a text as it is compared.
func (p Revisions) compared(d submission.PartDifference, language practice.Language) component.PartComparison {
	return component.PartComparison{PartDifference: d, Language: language, Today: p.Today}
}
