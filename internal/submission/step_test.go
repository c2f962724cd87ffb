package submission_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// The people of the tests. Ana has begun the submission, Ben speaks for its
// city; Ivo is an officer of another city; Eda was an officer when she wrote in
// it and is an editor now; Mia has corrected it. Eva is an editor and speaks for its
// city, Ada is both elsewhere, Lia has left it; Leo administers and edits.
var (
	ioannina = account.NewCity("GR", "Ioannina")
	ana      = account.Viewer{ID: 1, Role: account.Officer}
	ben      = account.Viewer{ID: 2, Role: account.Officer, Cities: []account.City{ioannina}}
	ivo      = account.Viewer{ID: 3, Role: account.Officer, Cities: []account.City{account.NewCity("NO", "Bergen")}}
	eda      = account.Viewer{ID: 4, Role: account.Editor}
	mia      = account.Viewer{ID: 5, Role: account.Editor}
	kim      = account.Viewer{ID: 6, Role: account.Editor}
	eva      = account.Viewer{ID: 8, Role: account.Editor, Also: []account.Role{account.Officer}, Cities: []account.City{ioannina}}
	ada      = account.Viewer{ID: 9, Role: account.Editor, Also: []account.Role{account.Officer}, Cities: ivo.Cities}
	lia      = account.Viewer{ID: 10, Role: account.Editor, Also: []account.Role{account.Officer}, Cities: ivo.Cities}
	leo      = account.Viewer{ID: 11, Role: account.Administrator, Also: []account.Role{account.Editor}}
	root     = account.Viewer{ID: 7, Role: account.Administrator}
	nobody   = account.Viewer{}
)

// complete is a text that may be submitted.
func complete() submission.Content {
	c := submission.Content{Title: "A help desk", Countries: []practice.Country{"GR"},
		Cities: []practice.City{{Country: "GR", Name: "Ioannina"}}, Topics: []practice.Topic{"refugees"},
		Period: practice.Period{Start: practice.Date{Year: 2017, Month: time.April}, Ongoing: true}}
	for _, p := range submission.Parts {
		if p.IsText() && !p.Optional() {
			c = c.WithText(p, "Words about "+string(p))
		}
	}
	return c
}

// in is the submission of the tests in a state.
func in(state submission.State) submission.Submission {
	return submission.Submission{ID: 7, Kind: submission.New, Language: "en", State: state, Content: complete(), Version: 5, Round: 1,
		Authors: []account.ID{ana.ID, eda.ID}, Writers: []account.ID{ana.ID, lia.ID}, Correctors: []account.ID{mia.ID}, Since: monday}
}

// sound is a step with everything that an action can need.
func sound(action submission.Action, by account.Viewer) submission.Step {
	return submission.Step{Action: action, By: by, At: monday.Add(time.Hour), Content: complete(), Consent: "Yes",
		Reason: "Because", Assignee: kim.ID, Comments: 1, Pending: submission.SendPending}
}

// matrix is what each action leads to from each state, written by hand: draft,
// submitted, changes requested, approved, rejected, discarded. A point stands
// for "not possible now".
var matrix = map[submission.Action]string{
	submission.Save:           "draft . changes_requested . . .",
	submission.Discard:        "discarded . . . . .",
	submission.TakeBack:       ". . . . . draft",
	submission.Submit:         "submitted . submitted . . .",
	submission.Publish:        ". . . . . .", // of corrections only
	submission.Withdraw:       ". draft . . . .",
	submission.Assign:         ". submitted . . . .",
	submission.Correct:        ". submitted . . . .",
	submission.RequestChanges: ". changes_requested . . . .",
	submission.Approve:        ". approved . . . .",
	submission.Reject:         ". rejected . . . .",
	submission.Reopen:         ". . . . submitted .",
}

// entitled is who may take an action at all.
var entitled = map[submission.Action]string{
	submission.Save: "ana ben eva", submission.Discard: "ana ben eva", submission.TakeBack: "ana ben eva", submission.Submit: "ana ben eva",
	submission.Publish: "", submission.Withdraw: "ana ben eva", submission.Assign: "mia kim ada leo", submission.Correct: "mia kim ada leo",
	submission.RequestChanges: "mia kim ada leo", submission.Approve: "kim ada leo", submission.Reject: "mia kim ada leo", submission.Reopen: "mia kim ada leo",
}

var people = map[string]account.Viewer{"ana": ana, "ben": ben, "ivo": ivo, "eda": eda, "mia": mia, "kim": kim, "eva": eva, "ada": ada, "lia": lia, "leo": leo, "root": root, "nobody": nobody}

func TestEveryStepInEveryStateByEverybody(t *testing.T) {
	t.Parallel()
	if len(submission.Lines()) != len(matrix)+1 {
		t.Errorf("the table has %d lines, the matrix %d and start", len(submission.Lines()), len(matrix))
	}
	for action, row := range matrix {
		for i, want := range strings.Fields(row) {
			for name, viewer := range people {
				checkStep(t, submission.States[i], sound(action, viewer), outcome(name, action, want))
			}
		}
	}
}

// outcome is the state or kind of error that a step is to end in.
func outcome(name string, action submission.Action, want string) string {
	switch {
	case !slices.Contains(strings.Fields(entitled[action]), name):
		return "not yours"
	case want == ".":
		return "not now"
	}
	return want
}

func checkStep(t *testing.T, state submission.State, step submission.Step, want string) {
	t.Helper()
	before := in(state)
	s := in(state)
	event, err := s.Apply(step)
	got := string(s.State)
	switch {
	case errors.Is(err, submission.ErrNotYours):
		got = "not yours"
	case errors.Is(err, submission.ErrState):
		got = "not now"
	case err != nil:
		got = err.Error()
	}
	name := fmt.Sprintf("%s by %v from %s", step.Action, step.By, state)
	if got != want {
		t.Errorf("%s: %s, want %s", name, got, want)
	}
	if err != nil {
		if !reflect.DeepEqual(s, before) {
			t.Errorf("%s: refused, and changed all the same", name)
		}
		if slices.Contains(before.Actions(step.By), step.Action) {
			t.Errorf("%s: refused, and offered all the same", name)
		}
		return
	}
	if !before.Allows(step.Action, step.By) || !before.Entitled(step.Action, step.By) {
		t.Errorf("%s: taken, and not offered", name)
	}
	if event != (submission.Event{Action: step.Action, From: state, To: s.State, Version: 5}) {
		t.Errorf("%s: recorded as %+v", name, event)
	}
	if raised := s.Version == 6; raised != step.Action.Raises() || raised == (step.Action == submission.Assign) {
		t.Errorf("%s: version %d", name, s.Version)
	}
	if moved := s.Since.Equal(step.At); moved != (s.State != state) {
		t.Errorf("%s: since %s", name, s.Since)
	}
}

func TestSubmittingNeedsACompleteTextAndConsent(t *testing.T) {
	t.Parallel()
	s := in(submission.Draft)
	s.Content = submission.Content{Title: "Only a title"}
	step := sound(submission.Submit, ana)
	var incomplete submission.Incomplete
	if _, err := s.Apply(step); !errors.As(err, &incomplete) || len(incomplete.Problems) < 5 {
		t.Errorf("a title alone: %v", err)
	}
	s = in(submission.Draft)
	step.Consent = " "
	if _, err := s.Apply(step); !errors.As(err, &incomplete) || incomplete.Problems[0].Field != submission.ConsentField {
		t.Errorf("without consent: %v", err)
	}
	step.Consent = "I agree"
	if _, err := s.Apply(step); err != nil || s.Round != 2 || s.Consent != (submission.Consent{Wording: "I agree", By: ana.ID, At: step.At}) || len(s.Correctors) != 0 {
		t.Errorf("submitted: %v, %+v", err, s)
	}
}

func TestADraftNeedsOnlyATitle(t *testing.T) {
	t.Parallel()
	s := in(submission.Draft)
	step := sound(submission.Save, ana)
	step.Content = submission.Content{Title: "Only a title", Summary: strings.Repeat("word ", 500)}
	if _, err := s.Apply(step); err != nil || s.Content.Summary != step.Content.Summary {
		t.Errorf("an unfinished text is not kept as it is: %v", err)
	}
	step.Content.Title = ""
	var incomplete submission.Incomplete
	if _, err := s.Apply(step); !errors.As(err, &incomplete) {
		t.Errorf("without a title: %v", err)
	}
	step.Content = submission.Content{Title: "T", Summary: strings.Repeat("x", submission.MaxKept+1)}
	if _, err := s.Apply(step); !errors.As(err, &incomplete) || incomplete.Problems[0].Rule != submission.TooLarge {
		t.Errorf("beyond all limits: %v", err)
	}
}

func TestApproving(t *testing.T) {
	t.Parallel()
	moved := sound(submission.Approve, kim)
	moved.Public = 4
	s := in(submission.Submitted)
	s.BaseRevision = 3
	if _, err := s.Apply(moved); !errors.Is(err, submission.ErrMoved) || s.State != submission.Submitted {
		t.Errorf("a practice that has moved on: %v", err)
	}
	moved.Seen = 4
	if _, err := s.Apply(moved); err != nil || s.State != submission.Approved {
		t.Errorf("compared with what is public: %v", err)
	}

	s = in(submission.Submitted)
	twice := sound(submission.Approve, kim)
	twice.Desk.SecondApproval = true
	if _, err := s.Apply(twice); err != nil || s.State != submission.Submitted {
		t.Errorf("the first of two: %v, %s", err, s.State)
	}
	if _, err := s.Apply(twice); !errors.Is(err, submission.ErrState) || s.Allows(submission.Approve, kim) {
		t.Errorf("the same editor twice: %v, offered %t", err, s.Allows(submission.Approve, kim))
	}
	twice.By.ID = 99
	if _, err := s.Apply(twice); err != nil || s.State != submission.Approved {
		t.Errorf("the second of two: %v, %s", err, s.State)
	}
}

func TestDecisionsNeedWords(t *testing.T) {
	t.Parallel()
	for action, state := range map[submission.Action]submission.State{submission.Reject: submission.Submitted, submission.Reopen: submission.Rejected} {
		for _, reason := range []string{"", " \n", strings.Repeat("x", submission.MaxReason+1)} {
			s, step := in(state), sound(action, kim)
			step.Reason = reason
			if _, err := s.Apply(step); !errors.Is(err, submission.ErrNoReason) {
				t.Errorf("%s for %.10q: %v", action, reason, err)
			}
		}
	}
	s, step := in(submission.Submitted), sound(submission.RequestChanges, kim)
	step.Comments = 0
	if _, err := s.Apply(step); !errors.Is(err, submission.ErrNoComment) {
		t.Errorf("changes without a comment: %v", err)
	}
}

func TestCorrecting(t *testing.T) {
	t.Parallel()
	s, step := in(submission.Submitted), sound(submission.Correct, kim)
	step.Content = step.Content.WithText(submission.Summary, "")
	var incomplete submission.Incomplete
	if _, err := s.Apply(step); !errors.As(err, &incomplete) {
		t.Errorf("a correction that leaves a gap: %v", err)
	}
	if _, err := s.Apply(sound(submission.Correct, kim)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(sound(submission.Approve, kim)); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("who has corrected approves: %v", err)
	}
}

// A picture comes before the words for it, but nobody publishes it without.
func TestCorrectingPictures(t *testing.T) {
	t.Parallel()
	s, step := in(submission.Submitted), sound(submission.Correct, kim)
	step.Content = step.Content.WithFiles(submission.Pictures, []practice.Attachment{{Hash: strings.Repeat("a", 64)}})
	if _, err := s.Apply(step); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(sound(submission.Approve, leo)); !errors.As(err, new(submission.Incomplete)) {
		t.Errorf("a picture without words is approved: %v", err)
	}
	if _, err := s.Apply(sound(submission.RequestChanges, mia)); err != nil {
		t.Error(err)
	}
}

// An editor who is an officer too cannot make a text one of their own city.
func TestCorrectingThePlace(t *testing.T) {
	t.Parallel()
	s, step := in(submission.Submitted), sound(submission.Correct, ada)
	step.Content.Countries, step.Content.Cities = []practice.Country{"NO"}, []practice.City{{Country: "NO", Name: "Bergen"}}
	if _, err := s.Apply(step); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("it is a text of the editor's own city: %v", err)
	}
}

func TestTakingBackHasAnEnd(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]error{submission.KeepDiscarded: nil, submission.KeepDiscarded + time.Second: submission.ErrTooLate} {
		s, step := in(submission.Discarded), sound(submission.TakeBack, ana)
		step.At = monday.Add(after)
		if _, err := s.Apply(step); !errors.Is(err, want) {
			t.Errorf("after %s: %v", after, err)
		}
	}
}

func TestPractices(t *testing.T) {
	t.Parallel()
	for name, viewer := range people {
		editor := viewer.Is(account.Editor)
		for _, state := range []submission.PracticeState{submission.Live, submission.Archived} {
			for action, from := range map[submission.Action]submission.PracticeState{submission.Archive: submission.Live, submission.Restore: submission.Archived} {
				p := submission.Publication{Number: 1, State: state}
				offered := slices.Contains(p.Actions(viewer), action)
				_, err := p.Apply(submission.PracticeStep{Action: action, By: viewer, At: monday, Reason: "Because"})
				if allowed := editor && state == from; (err == nil) != allowed || offered != allowed || (p.State != state) != allowed {
					t.Errorf("%s of a practice that is %s by %s: %v, offered %t, now %s", action, state, name, err, offered, p.State)
				}
			}
		}
	}
	p := submission.Publication{State: submission.Live}
	if _, err := p.Apply(submission.PracticeStep{Action: submission.Archive, By: kim}); !errors.Is(err, submission.ErrNoReason) {
		t.Errorf("archived without a reason: %v", err)
	}
}

func TestTheLastDecisionAsksAboutComments(t *testing.T) {
	t.Parallel()
	for _, step := range []submission.Step{{Action: submission.Approve}, {Action: submission.Reject, Reason: "Twice"}} {
		step.By, step.Comments = account.Viewer{ID: 9, Role: account.Editor}, 1
		s := submission.Submission{State: submission.Submitted}
		if _, err := s.Apply(step); !errors.Is(err, submission.ErrPending) || s.State != submission.Submitted {
			t.Errorf("%s with a comment: %v, and it is %s", step.Action, err, s.State)
		}
		first := step
		first.Desk.SecondApproval = true
		if _, err := s.Apply(first); step.Action == submission.Approve && err != nil {
			t.Errorf("the first of two approvals: %v", err)
		}
		for _, pending := range []submission.Pending{submission.SendPending, submission.DropPending} {
			s, step := submission.Submission{State: submission.Submitted}, step
			step.Pending = pending
			if _, err := s.Apply(step); err != nil {
				t.Errorf("%s, %s: %v", step.Action, pending, err)
			}
		}
	}
}
