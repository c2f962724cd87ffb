package submission_test

import (
	"errors"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// Who may do what with a comment, in each state of the submission: draft,
// submitted, changes requested. Officers answer and mark what was sent to them,
// editors ask, settle and take back.
func TestRightsOnComments(t *testing.T) {
	t.Parallel()
	unsent := submission.Comment{ID: 1, Part: submission.Summary, Text: "More"}
	asked := submission.Comment{ID: 2, Review: 9, Part: submission.Summary, Text: "More"}
	note := submission.Comment{ID: 3, Internal: true, Text: "Aside"}
	settled := asked
	settled.Settled = monday
	reply := submission.Comment{Parent: 2, Text: "Done"}
	yes, no, late := error(nil), submission.ErrNotYours, submission.ErrState
	for name, c := range map[string]struct {
		ask func(submission.Submission, account.Viewer) error
		ana [3]error
		kim [3]error
	}{
		"ask":   {func(s submission.Submission, v account.Viewer) error { return s.MayWrite(unsent, nil, v) }, [3]error{no, no, no}, [3]error{late, yes, late}},
		"note":  {func(s submission.Submission, v account.Viewer) error { return s.MayWrite(note, nil, v) }, [3]error{no, no, no}, [3]error{yes, yes, yes}},
		"reply": {func(s submission.Submission, v account.Viewer) error { return s.MayWrite(reply, &asked, v) }, [3]error{yes, late, yes}, [3]error{yes, yes, yes}},
		"empty": {func(s submission.Submission, v account.Viewer) error {
			return s.MayWrite(submission.Comment{Text: " "}, nil, v)
		}, [3]error{submission.ErrNoText, submission.ErrNoText, submission.ErrNoText}, [3]error{submission.ErrNoText, submission.ErrNoText, submission.ErrNoText}},
		"mark":       {func(s submission.Submission, v account.Viewer) error { return s.MayMark(asked, v) }, [3]error{yes, late, yes}, [3]error{no, no, no}},
		"mark again": {func(s submission.Submission, v account.Viewer) error { return s.MayMark(settled, v) }, [3]error{late, late, late}, [3]error{no, no, no}},
		"settle":     {func(s submission.Submission, v account.Viewer) error { return s.MaySettle(asked, v) }, [3]error{no, no, no}, [3]error{yes, yes, yes}},
		"drop":       {func(s submission.Submission, v account.Viewer) error { return s.MayDrop(unsent, v) }, [3]error{no, no, no}, [3]error{yes, yes, yes}},
		"drop sent":  {func(s submission.Submission, v account.Viewer) error { return s.MayDrop(asked, v) }, [3]error{no, no, no}, [3]error{no, no, no}},
	} {
		for i, state := range []submission.State{submission.Draft, submission.Submitted, submission.ChangesRequested} {
			if got := c.ask(in(state), ana); !errors.Is(got, c.ana[i]) {
				t.Errorf("%s by an officer in %s: %v, want %v", name, state, got, c.ana[i])
			}
			if got := c.ask(in(state), kim); !errors.Is(got, c.kim[i]) {
				t.Errorf("%s by an editor in %s: %v, want %v", name, state, got, c.kim[i])
			}
		}
	}
	if err := in(submission.Approved).MaySettle(asked, kim); !errors.Is(err, submission.ErrState) {
		t.Errorf("settled in a published text: %v", err)
	}
	unsent.Text = strings.Repeat("x", submission.MaxComment+1)
	if err := in(submission.Submitted).MayWrite(unsent, nil, kim); !errors.Is(err, submission.ErrNoText) {
		t.Errorf("too long: %v", err)
	}
}

// Officers see what was sent to them and its answers, editors everything.
func TestSeenComments(t *testing.T) {
	t.Parallel()
	all := []submission.Comment{{ID: 1, Review: 9}, {ID: 2}, {ID: 3, Internal: true}, {ID: 4, Parent: 1}, {ID: 5, Parent: 2}}
	if got := submission.Seen(in(submission.Submitted), all, kim); len(got) != len(all) {
		t.Errorf("an editor sees %v", got)
	}
	if got := submission.Seen(in(submission.Submitted), all, ana); len(got) != 2 || got[0].ID != 1 || got[1].ID != 4 {
		t.Errorf("an officer sees %v", got)
	}
}
