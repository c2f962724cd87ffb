package submission_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// correction is one by eda, of a text that mia has not written in.
func correction(state submission.State) submission.Submission {
	s := in(state)
	s.Kind, s.Practice, s.BaseRevision = submission.Change, 12, 3
	s.Authors, s.Correctors = []account.ID{eda.ID}, nil
	s.Correction = &submission.Correction{Public: complete()}
	s.Content.Summary = "A better summary"
	return s
}

// publishing is a step that publishes it.
func publishing() submission.Step {
	step := sound(submission.Publish, eda)
	step.Content, step.Text, step.Public = submission.Content{}, complete(), 3
	step.Correction = &submission.Correction{Note: "A slip", Language: "en"}
	return step
}

// ofCorrections is what each action leads to with a correction, as matrix is for
// others, and who may take it.
var ofCorrections = map[submission.Action]struct{ matrix, entitled string }{
	submission.Save:           {"draft . changes_requested . . .", "eda"},
	submission.Discard:        {"discarded . . . . .", "eda"},
	submission.TakeBack:       {". . . . . draft", "eda"},
	submission.Submit:         {". . . . . .", ""},
	submission.Publish:        {"approved . approved . . .", "eda"},
	submission.Withdraw:       {". draft . . . .", "eda"},
	submission.Assign:         {". submitted . . . .", "eda mia kim ada leo"},
	submission.Correct:        {". . . . . .", ""},
	submission.RequestChanges: {". changes_requested . . . .", "eda mia kim ada leo"},
	submission.Approve:        {". approved . . . .", "mia kim ada leo"},
	submission.Reject:         {". rejected . . . .", "eda mia kim ada leo"},
	submission.Reopen:         {". . . . submitted .", "eda mia kim ada leo"},
}

func TestEveryStepWithACorrection(t *testing.T) {
	t.Parallel()
	if len(submission.Lines()) != len(ofCorrections)+1 {
		t.Errorf("the table has %d lines, the matrix %d and start", len(submission.Lines()), len(ofCorrections))
	}
	for action, row := range ofCorrections {
		for i, want := range strings.Fields(row.matrix) {
			for name, viewer := range people {
				step := sound(action, viewer)
				if action == submission.Publish {
					step = publishing()
					step.By = viewer
				}
				s := correction(submission.States[i])
				_, err := s.Apply(step)
				got := string(s.State)
				switch {
				case errors.Is(err, submission.ErrNotYours):
					got = "not yours"
				case errors.Is(err, submission.ErrState):
					got = "not now"
				case err != nil:
					got = err.Error()
				}
				expected := want
				switch {
				case !slices.Contains(strings.Fields(row.entitled), name):
					expected = "not yours"
				case want == ".":
					expected = "not now"
				}
				if got != expected {
					t.Errorf("%s by %s from %s: %s, want %s", action, name, submission.States[i], got, expected)
				}
			}
		}
	}
}

func TestPublishingACorrection(t *testing.T) {
	t.Parallel()
	var incomplete submission.Incomplete
	for what, one := range map[string]struct {
		change func(*submission.Submission, *submission.Step)
		sound  func(submission.Submission, error) bool
	}{
		"at once": {nil, func(s submission.Submission, err error) bool {
			return err == nil && s.State == submission.Approved && s.Round == 2 && s.Correction.Note == "A slip" && s.Content.Summary == "A better summary"
		}},
		"by two": {func(_ *submission.Submission, step *submission.Step) { step.Desk.SecondApproval = true }, func(s submission.Submission, err error) bool {
			return err == nil && s.State == submission.Submitted && slices.Equal(s.Approvals, []account.ID{eda.ID})
		}},
		"of one's own text": {func(_ *submission.Submission, step *submission.Step) { step.Own = true }, func(s submission.Submission, err error) bool {
			return err == nil && s.State == submission.Submitted && len(s.Approvals) == 0
		}},
		"of an archived practice": {func(_ *submission.Submission, step *submission.Step) { step.Archived = true },
			func(_ submission.Submission, err error) bool { return errors.Is(err, submission.ErrArchived) }},
		"of a text that has moved on": {func(_ *submission.Submission, step *submission.Step) { step.Public = 4 },
			func(_ submission.Submission, err error) bool { return errors.Is(err, submission.ErrMoved) }},
		"on top of what has changed": {func(_ *submission.Submission, step *submission.Step) {
			step.Public, step.Seen = 4, 4
			step.Text.Topics = []practice.Topic{"roma"}
		}, func(s submission.Submission, err error) bool {
			return err == nil && s.BaseRevision == 4 && slices.Equal(s.Content.Topics, []practice.Topic{"roma"}) && s.Content.Summary == "A better summary"
		}},
		"of nothing": {func(s *submission.Submission, _ *submission.Step) { s.Content = complete() },
			func(_ submission.Submission, err error) bool { return errors.Is(err, submission.ErrNoChange) }},
		"without a note": {func(_ *submission.Submission, step *submission.Step) { step.Correction.Note = " " },
			func(_ submission.Submission, err error) bool { return errors.Is(err, submission.ErrNoReason) }},
		"with a note beyond its limit": {func(_ *submission.Submission, step *submission.Step) {
			step.Correction.Note = strings.Repeat("ü", submission.MaxNote+1)
		}, func(_ submission.Submission, err error) bool { return errors.Is(err, submission.ErrNoReason) }},
		"that breaks a rule": {func(s *submission.Submission, _ *submission.Step) { s.Content.Topics = nil },
			func(_ submission.Submission, err error) bool { return errors.As(err, &incomplete) }},
		"that leaves a rule broken": {func(s *submission.Submission, step *submission.Step) {
			s.Content.Topics, s.Correction.Public.Topics, step.Text.Topics = nil, nil, nil
		}, func(_ submission.Submission, err error) bool { return err == nil }},
	} {
		s, step := correction(submission.Draft), publishing()
		if one.change != nil {
			one.change(&s, &step)
		}
		if _, err := s.Apply(step); !one.sound(s, err) {
			t.Errorf("%s: %v, %+v", what, err, s)
		}
	}
}

// An archived practice gets no correction by the second approval either.
func TestApprovingACorrection(t *testing.T) {
	t.Parallel()
	s := correction(submission.Submitted)
	step := sound(submission.Approve, kim)
	step.Archived = true
	if _, err := s.Apply(step); !errors.Is(err, submission.ErrArchived) {
		t.Errorf("archived: %v", err)
	}
	other := in(submission.Submitted)
	if _, err := other.Apply(step); err != nil {
		t.Errorf("an officer's submission: %v", err)
	}
}

// Saving a part leaves what the editor has said; saving words leaves the public text.
func TestNotesOfACorrectionAreKept(t *testing.T) {
	t.Parallel()
	s := correction(submission.Draft)
	step := sound(submission.Save, eda)
	step.Correction = &submission.Correction{Note: "Half a sen", InStep: true}
	if _, err := s.Apply(step); err != nil || s.Correction.Note != "Half a sen" || s.Correction.Public.Title != complete().Title {
		t.Errorf("noted: %v, %+v", err, s.Correction)
	}
	step.Correction = nil
	if _, err := s.Apply(step); err != nil || s.Correction.Note != "Half a sen" || !s.Correction.InStep {
		t.Errorf("kept: %v, %+v", err, s.Correction)
	}
	other := in(submission.Draft)
	step.By, step.Correction = ana, &submission.Correction{Note: "A note"}
	if _, err := other.Apply(step); err != nil || other.Correction != nil {
		t.Errorf("an officer's submission became a correction: %v", err)
	}
}
