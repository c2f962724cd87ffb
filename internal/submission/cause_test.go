package submission_test

import (
	"errors"
	"strings"
	"testing"

	"exempla/internal/submission"
)

// A common reason needs no words, any other does, and a code that nobody was
// offered is no reason.
func TestRejectionNeedsACauseOrWords(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", submission.MaxReason+1)
	for _, c := range []struct {
		cause submission.Cause
		words string
		want  error
	}{
		{"double", "", nil},
		{"double", "See the other one", nil},
		{"double", long, submission.ErrNoReason},
		{submission.OtherCause, "Because", nil},
		{submission.OtherCause, " ", submission.ErrNoReason},
		{"", "Because", nil},
		{"", "", submission.ErrNoReason},
		{"boring", "Because", submission.ErrNoReason},
	} {
		s := submission.Submission{State: submission.Submitted, Round: 1, Content: complete()}
		_, err := s.Apply(submission.Step{Action: submission.Reject, By: kim, At: monday, Cause: c.cause, Reason: c.words})
		if !errors.Is(err, c.want) {
			t.Errorf("%q with %.20q: %v, want %v", c.cause, c.words, err, c.want)
		}
	}
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	for want, parts := range map[string][2]string{"A\n\nB": {"A", "B"}, "A": {"A", ""}, "B": {"", "B"}, "": {}} {
		if got := submission.Explanation(parts[0], parts[1]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
