package enquiry_test

import (
	"errors"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/submission"
)

var (
	lutsk   = account.NewCity("UA", "Lutsk")
	officer = account.Viewer{ID: 1, Role: account.Officer, Name: "Ana", Cities: []account.City{lutsk}}
	other   = account.Viewer{ID: 2, Role: account.Officer, Cities: []account.City{account.NewCity("GR", "Ioannina")}}
	editor  = account.Viewer{ID: 3, Role: account.Editor}
	admin   = account.Viewer{ID: 4, Role: account.Administrator}
)

// What can be done with each kind in each state, and by whom.
func TestStepsOfEnquiries(t *testing.T) {
	t.Parallel()
	now := time.Now()
	possible := map[enquiry.State][]enquiry.Action{
		enquiry.Open:     {enquiry.Reply, enquiry.Close},
		enquiry.Answered: {enquiry.Publish},
		enquiry.Closed:   {enquiry.Reopen},
	}
	for _, kind := range enquiry.Kinds {
		for _, state := range enquiry.States {
			for _, action := range enquiry.Actions {
				for _, who := range []account.Viewer{{}, officer, other, editor, admin} {
					e := enquiry.Enquiry{Kind: kind, State: state, Cities: []account.City{lutsk}}
					can := false
					for _, a := range possible[state] {
						can = can || a == action && (a != enquiry.Publish || kind == enquiry.Question)
					}
					keeper := who.ID == editor.ID || who.ID == admin.ID
					may := keeper || who.ID == officer.ID && kind == enquiry.Question && action == enquiry.Reply
					var want error
					switch {
					case !may:
						want = submission.ErrNotYours
					case !can:
						want = submission.ErrState
					}
					after, err := e.Apply(enquiry.Step{Action: action, By: who, At: now, Text: "Yes"})
					if !errors.Is(err, want) || (err == nil) != (want == nil) {
						t.Errorf("%s, %s, %s by %d: %v, want %v", kind, state, action, who.ID, err, want)
					}
					if got := e.May(who, action); got != (want == nil) {
						t.Errorf("%s, %s, %s by %d: may is %v", kind, state, action, who.ID, got)
					}
					if err == nil && after.Version != 1 {
						t.Errorf("%s does not count", action)
					}
				}
			}
		}
	}
}

// What is published can be changed and taken off again.
func TestPublishedQuestion(t *testing.T) {
	t.Parallel()
	e := enquiry.Enquiry{Kind: enquiry.Question, State: enquiry.Answered, Words: "Who?", Answer: "We"}
	step := enquiry.Step{Action: enquiry.Publish, By: editor, At: time.Now(), Words: "Who did it?", Text: "We did"}
	e, err := e.Apply(step)
	if err != nil || !e.Public() || e.PublicWords != "Who did it?" || e.PublicAnswer != "We did" || e.Words != "Who?" {
		t.Fatalf("%v, %+v", err, e)
	}
	if e, err = e.Apply(step); err != nil {
		t.Fatal(err)
	}
	step.Action = enquiry.Withdraw
	if e, err = e.Apply(step); err != nil || e.Public() || e.PublicWords != "Who did it?" {
		t.Errorf("%v, %+v", err, e)
	}
}
