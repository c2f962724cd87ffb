package desk

import (
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/page/frame"
)

// Fields of the form for several submissions, and the values of what to do beside
// submission.Mine and the numbers of editors.
const (
	PickField  = "pick" // "<number>-<version>" of a submission
	ActField   = "act"
	SureField  = "sure"
	RejectThem = "reject"
)

// severalForm is the id of that form; the boxes stand outside of it.
const severalForm = "several"

// Refusal is a submission with which a step was not taken.
type Refusal struct {
	submission.Submission
	Why string // message "several.why.<why>"
}

// SeveralInput is what came of a step with several submissions.
type SeveralInput struct {
	Rejected bool   // else they were assigned
	Assignee string // name of who has them now; may be empty
	Done     []submission.Submission
	Refused  []Refusal
	Missing  int // those that are not there for the viewer
	Back     string
}

// Several is the page that says what was done with several submissions.
type Several struct {
	SeveralInput
	Meta frame.Meta
}

// NewSeveral makes the page.
func NewSeveral(l *locale.Locale, f frame.Frame, in SeveralInput) Several {
	return Several{SeveralInput: in, Meta: deskMeta(f, l.T("several.title"), link.Desk(l.Tag()))}
}

// done says what was done with how many.
func (p Several) done(l *locale.Locale) string {
	n := len(p.Done)
	switch {
	case n == 0:
		return l.T("several.none")
	case p.Rejected:
		return l.N("several.rejected", n)
	case p.Assignee == "":
		return l.N("several.assigned", n)
	}
	return l.N("several.assigned_to", n, "Name", p.Assignee)
}

// pickValue is the value of the box of a submission.
func pickValue(s submission.Submission) string {
	return strconv.FormatInt(int64(s.ID), 10) + "-" + strconv.Itoa(s.Version)
}

// pickable reports whether the list has something that can be ticked.
func (d Desk) pickable() bool {
	for _, s := range d.List {
		if s.Allows(submission.Assign, d.Meta.Viewer) {
			return true
		}
	}
	return false
}

func (d Desk) acts(l *locale.Locale) []Option {
	list := []Option{{submission.Mine, l.T("review.take_free"), true}}
	for _, a := range d.Editors {
		if a.ID != d.Meta.Viewer.ID {
			list = append(list, Option{numberOf(a.ID), l.T("several.give", "Name", a.Name), false})
		}
	}
	return append(list, Option{RejectThem, l.T("review.reject"), false})
}

func numberOf(id account.ID) string { return strconv.FormatInt(int64(id), 10) }
