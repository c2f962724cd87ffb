package enquiry

import (
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Action is what is done with an enquiry. Its wording in the log is message
// "event.<action>".
type Action string

// The actions.
const (
	Send     Action = "send_enquiry" // by residents; no step
	Reply    Action = "answer_enquiry"
	Close    Action = "close_enquiry"
	Reopen   Action = "reopen_enquiry"
	Publish  Action = "publish_enquiry" // or change what is published
	Withdraw Action = "withdraw_enquiry"
)

// Actions lists them, for the filter of the log.
var Actions = []Action{Send, Reply, Close, Reopen, Publish, Withdraw}

// Step is one action by somebody.
type Step struct {
	Action   Action
	By       account.Viewer
	At       time.Time
	Text     string            // an answer, why it is closed, or the answer as it is published
	Language practice.Language // of the text
	Words    string            // those of a question as they are published
}

// MayRead reports whether the viewer may know of the enquiry: editors and administrators
// of all, officers of the questions to their cities.
func (e Enquiry) MayRead(v account.Viewer) bool {
	return Keeps(v) || e.Kind == Question && v.SpeaksFor(e.Cities)
}

// Keeps reports whether the viewer does with every enquiry whatever can be done.
func Keeps(v account.Viewer) bool { return v.Is(account.Editor) || v.Is(account.Administrator) }

// May reports whether the viewer may take an action now. Officers answer; all else is
// up to those who keep the catalogue.
func (e Enquiry) May(v account.Viewer, a Action) bool {
	return e.MayRead(v) && (a == Reply || Keeps(v)) && e.possible(a)
}

// possible reports whether the state allows an action.
func (e Enquiry) possible(a Action) bool {
	switch a {
	case Reply, Close:
		return e.State == Open
	case Reopen:
		return e.State == Closed
	case Publish:
		return e.Kind == Question && e.State == Answered
	case Withdraw:
		return e.Public()
	}
	return false
}

// Apply returns the enquiry after a step. Errors: submission.ErrNotYours,
// submission.ErrState.
func (e Enquiry) Apply(s Step) (Enquiry, error) {
	switch {
	case !e.MayRead(s.By), s.Action != Reply && !Keeps(s.By), !slices.Contains(Actions, s.Action):
		return e, submission.ErrNotYours
	case !e.possible(s.Action):
		return e, submission.ErrState
	}
	e.Version++
	switch s.Action {
	case Reply:
		e.State, e.Done, e.Answer, e.AnswerLanguage, e.AnsweredBy = Answered, s.At, s.Text, s.Language, s.By.Name
	case Close:
		e.State, e.Done = Closed, s.At
	case Reopen:
		e.State, e.Done = Open, time.Time{}
	case Publish:
		e.Published, e.PublicWords, e.PublicAnswer = s.At, s.Words, s.Text
	case Withdraw:
		e.Published = time.Time{}
	}
	return e, nil
}
