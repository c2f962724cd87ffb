package submission

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// Action is what a person does to a submission.
type Action string

// The actions.
const (
	Start          Action = "start"
	Save           Action = "save"
	Discard        Action = "discard"
	TakeBack       Action = "take_back"
	Submit         Action = "submit"
	Publish        Action = "publish"
	Withdraw       Action = "withdraw"
	Assign         Action = "assign"
	Correct        Action = "correct"
	RequestChanges Action = "request_changes"
	Approve        Action = "approve"
	Reject         Action = "reject"
	Reopen         Action = "reopen"
)

// Kinds of errors of a step, to be told apart with errors.Is.
var (
	ErrNotYours  = errors.New("not allowed")            // this viewer may never do that here
	ErrState     = errors.New("not possible now")       // the submission is in another state by now
	ErrConflict  = errors.New("changed meanwhile")      // someone else was faster
	ErrMoved     = errors.New("practice has moved on")  // the public text has changed since the submission began
	ErrNoReason  = errors.New("reason missing")         // the author could not act on it
	ErrNoComment = errors.New("nothing to ask for")     // changes were requested without a comment
	ErrPending   = errors.New("comments are not sent")  // the last decision does not say what is to become of them
	ErrHeld      = errors.New("somebody works on it")   // another editor holds it, and the step does not say that this is known
	ErrTooLate   = errors.New("discarded for too long") // the time to take it back is over
	ErrArchived  = errors.New("practice is archived")   // a correction needs a public text
	ErrNoChange  = errors.New("nothing is corrected")   // the text is the public one
)

// Incomplete is the error of a step that needs a better text.
type Incomplete struct{ Problems []Problem }

// Error counts the problems.
func (i Incomplete) Error() string { return fmt.Sprintf("%d problems", len(i.Problems)) }

// Pending says what becomes of comments that are not sent yet when no request for
// changes can take them along any more.
type Pending string

// What can become of them; the zero value is that it has to be asked.
const (
	SendPending Pending = "send" // with the decision, for next time
	DropPending Pending = "drop"
)

// Known reports whether it is one of these.
func (p Pending) Known() bool { return p == SendPending || p == DropPending }

// MaxReason bounds what an editor writes in one go, in characters: two pages.
const MaxReason = 5_000

// Step is one action, by whom, and what it brings. Only the fields that the
// action needs are looked at.
type Step struct {
	Action   Action
	By       account.Viewer
	At       time.Time
	Desk     Settings
	Limits   Limits            // submit, correct, publish: those that the site sets now
	Content  Content           // save, correct: the whole text as it is to be
	Consent  string            // submit: the wording agreed to
	Cause    Cause             // reject: the common reason; empty or OtherCause for none
	Reason   string            // reject, reopen: in an editor's words; a rejection with a cause may go without
	Language practice.Language // of the reason; empty for unknown
	Assignee account.ID        // assign: who takes it; 0 for no one
	Holder   account.ID        // request changes, approve, reject: the other editor whom the person who acts knows to hold it; 0 for no one
	Comments int               // request changes, approve, reject: how many comments are not sent yet
	Pending  Pending           // approve, reject: what becomes of them
	Seen     int               // approve, publish: the practice's revision that the text was compared with
	Public   int               // approve, publish: its newest revision that matters, as the store finds it
	Text     Content           // publish: the public text, as the store finds it
	Archived bool              // publish, approve a correction: whether the practice is archived, likewise
	Own      bool              // publish, approve a correction: whether the editor has a part in the public text, likewise

	Correction *Correction // save, publish: what the editor says about a correction; nil for what was said before
}

// Event is what is recorded of a step.
type Event struct {
	Action   Action
	From, To State
	Version  int // before the step
}

// by says who may take an action.
type by int

const (
	officers  by = iota // its authors and the officers of its cities; of a correction its editor
	proposers           // the same, but nobody of a correction
	menders             // the editor of a correction
	editors             // any editor who has no part in the text, as ActsAsEditor says
	proofers            // the same, but nobody of a correction
	judges              // the same, but nobody who has corrected it or whose correction it is
)

// rule is one line of the table.
type rule struct {
	action Action
	by     by
	from   []State
	to     State // empty for the state that it is in
	raises bool  // whether the version is raised
	do     func(*Submission, Step) error
}

// table is every action on a submission: who may take it in which state, and
// what becomes of it. Start is not among them: it makes the submission.
var table = []rule{
	{Save, officers, []State{Draft, ChangesRequested}, "", true, (*Submission).save},
	{Discard, officers, []State{Draft}, Discarded, true, nil},
	{TakeBack, officers, []State{Discarded}, Draft, true, inTime},
	{Submit, proposers, []State{Draft, ChangesRequested}, Submitted, true, (*Submission).submit},
	{Publish, menders, []State{Draft, ChangesRequested}, Approved, true, (*Submission).publish},
	{Withdraw, officers, []State{Submitted}, Draft, true, nil},
	{Assign, editors, []State{Submitted}, "", false, (*Submission).assign},
	{Correct, proofers, []State{Submitted}, "", true, (*Submission).correct},
	{RequestChanges, editors, []State{Submitted}, ChangesRequested, true, commented},
	{Approve, judges, []State{Submitted}, Approved, true, (*Submission).approve},
	{Reject, editors, []State{Submitted}, Rejected, true, rejected},
	{Reopen, editors, []State{Rejected}, Submitted, true, reasoned},
}

// Line is a line of the table, for those who want to read it.
type Line struct {
	Action Action
	By     string // who may take it, in English
	From   []State
	To     State // empty for the state that it is in
}

// Lines returns the table of all actions on a submission.
func Lines() []Line {
	list := []Line{{Start, "officer", nil, Draft}}
	for _, r := range table {
		by := [...]string{officers: "its officers", proposers: "its officers", menders: "editor who corrects", editors: "editor",
			proofers: "editor", judges: "editor who has not written in it"}[r.by]
		list = append(list, Line{r.action, by, r.from, r.to})
	}
	return list
}

// Apply takes a step, or returns a kind of error and changes nothing.
func (s *Submission) Apply(step Step) (Event, error) {
	at := slices.IndexFunc(table, func(r rule) bool { return r.action == step.Action })
	if at < 0 || !s.allows(table[at].by, step.By) {
		return Event{}, ErrNotYours
	}
	r := table[at]
	if !slices.Contains(r.from, s.State) {
		return Event{}, ErrState
	}
	next := *s
	if r.to != "" {
		next.State = r.to
	}
	if r.do != nil {
		if err := r.do(&next, step); err != nil {
			return Event{}, err
		}
	}
	event := Event{step.Action, s.State, next.State, s.Version}
	if r.raises {
		next.Version++
	}
	if next.State != s.State {
		next.Since = step.At
	}
	*s = next
	return event, nil
}

// Actions lists what the viewer may do now, in the order of the table.
func (s Submission) Actions(v account.Viewer) []Action {
	var list []Action
	for _, r := range table {
		again := r.action == Approve && slices.Contains(s.Approvals, v.ID)
		if s.allows(r.by, v) && slices.Contains(r.from, s.State) && !again {
			list = append(list, r.action)
		}
	}
	return list
}

// Allows reports whether the viewer may take an action now.
func (s Submission) Allows(a Action, v account.Viewer) bool { return slices.Contains(s.Actions(v), a) }

// Writes is the action by which the viewer changes the text now: to save it or, of one
// in review, to correct it; empty for none.
func Writes(s Submission, v account.Viewer) Action {
	for _, a := range []Action{Save, Correct} {
		if s.Allows(a, v) {
			return a
		}
	}
	return ""
}

// Entitled reports whether the viewer may take an action on the submission in
// some state, this one or another.
func (s Submission) Entitled(a Action, v account.Viewer) bool {
	return slices.ContainsFunc(table, func(r rule) bool { return r.action == a && s.allows(r.by, v) })
}

// Raises reports whether the action raises the version, so that it can be taken
// only by who has seen the submission as it is.
func (a Action) Raises() bool {
	return slices.ContainsFunc(table, func(r rule) bool { return r.action == a && r.raises })
}

func (s Submission) allows(who by, v account.Viewer) bool {
	switch who {
	case officers:
		return s.IsOfficer(v)
	case proposers:
		return s.Correction == nil && s.IsOfficer(v)
	case menders:
		return s.Correction != nil && s.IsOfficer(v)
	case proofers:
		return s.Correction == nil && s.ActsAsEditor(v)
	case judges:
		return s.ActsAsEditor(v) && !s.IsAuthor(v.ID) && !slices.Contains(s.Correctors, v.ID)
	}
	return s.ActsAsEditor(v)
}

func (s *Submission) save(step Step) error {
	if problems := step.Content.Sizes(); len(problems) > 0 {
		return Incomplete{problems}
	}
	s.Content, s.Updated, s.Correction = step.Content, step.At, s.Correction.noted(step.Correction)
	return nil
}

func inTime(s *Submission, step Step) error {
	if step.At.Sub(s.Since) > KeepDiscarded {
		return ErrTooLate
	}
	return nil
}

func (s *Submission) submit(step Step) error {
	if problems := s.Problems(); len(problems) > 0 {
		return Incomplete{problems}
	}
	if strings.TrimSpace(step.Consent) == "" {
		return Incomplete{[]Problem{{Field: ConsentField, Rule: Missing}}}
	}
	s.Consent = Consent{step.Consent, step.By.ID, step.At}
	s.Round++
	s.Submitted, s.Approvals, s.Correctors, s.Criteria = step.At, nil, nil, nil
	return nil
}

// ConsentField is the box that is ticked when submitting.
const ConsentField = "consent"

func (s *Submission) assign(step Step) error {
	s.Assignee = step.Assignee
	return nil
}

// correct takes an editor's text. It must stay complete, for it may be approved
// as it is; the editor who corrects it may not approve it. Only words for a picture can
// follow later, since the picture has to be there first.
func (s *Submission) correct(step Step) error {
	if problems := Spoils(*s, step.Content); len(problems) > 0 {
		return Incomplete{problems}
	}
	corrected := *s
	if corrected.Content = step.Content; !corrected.ActsAsEditor(step.By) {
		return ErrNotYours // it would become a text of the editor's own city
	}
	s.Content, s.Updated, s.Approvals = step.Content, step.At, nil
	if !slices.Contains(s.Correctors, step.By.ID) {
		s.Correctors = append(slices.Clone(s.Correctors), step.By.ID)
	}
	return nil
}

// HeldBy is the editor of a submission other than the viewer who works on a decision; 0
// for no one. Who has agreed already waits for another one.
func HeldBy(s Submission, v account.Viewer) account.ID {
	if s.State != Submitted || s.Assignee == v.ID || slices.Contains(s.Approvals, s.Assignee) {
		return 0
	}
	return s.Assignee
}

// known checks that nobody decides over the head of the editor who holds it unawares.
// It is called while the submission has the state of after the step.
func known(s *Submission, step Step) error {
	waiting := *s
	waiting.State = Submitted
	if by := HeldBy(waiting, step.By); by != 0 && by != step.Holder {
		return ErrHeld
	}
	return nil
}

func commented(s *Submission, step Step) error {
	if step.Comments == 0 {
		return ErrNoComment
	}
	return known(s, step)
}

// approve makes the text public, where two editors have to agree with the
// second of them. A practice that has moved on since the submission began must
// have been compared with first.
func (s *Submission) approve(step Step) error {
	if slices.Contains(s.Approvals, step.By.ID) {
		return ErrState
	}
	if step.Public > max(s.BaseRevision, step.Seen) {
		return ErrMoved
	}
	if s.Correction != nil && step.Own {
		return ErrNotYours
	}
	if s.Correction != nil && step.Archived {
		return ErrArchived
	}
	if problems := s.Content.altless(); len(problems) > 0 && len(s.Correctors) > 0 && s.Kind != Translation {
		return Incomplete{problems} // of a picture that an editor has added
	}
	if err := known(s, step); err != nil {
		return err
	}
	s.Approvals = append(slices.Clone(s.Approvals), step.By.ID)
	if step.Desk.SecondApproval && len(s.Approvals) < 2 {
		s.State = Submitted
		return nil
	}
	return asked(step)
}

// rejected checks that the authors learn why, and what becomes of comments.
func rejected(s *Submission, step Step) error {
	if err := explained(s, step); err != nil {
		return err
	}
	if err := known(s, step); err != nil {
		return err
	}
	return asked(step)
}

// asked checks that no comment is left behind by the last decision.
func asked(step Step) error {
	if step.Comments > 0 && !step.Pending.Known() {
		return ErrPending
	}
	return nil
}
