package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/theme"
)

// after is a step some days after tuesday.
func after(days int, one submission.Step) submission.Step {
	one.At = tuesday.AddDate(0, 0, days)
	return one
}

func TestStatistics(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	if none, err := d.Submissions.Statistics(t.Context(), time.Time{}); err != nil || len(none.Waits)+len(none.Decisions)+len(none.States) != 0 {
		t.Errorf("before anything came: %+v, %v", none, err)
	}
	// Five are decided at once after 2, 3, 4, 5 and 9 days; one in its second round.
	d.take(d.submitted("Soon"), after(2, step(submission.Approve, kim)))
	for days, cause := range map[int]submission.Cause{4: "double", 9: "double", 3: submission.OtherCause, 5: "unproven"} {
		one := after(days, step(submission.Reject, kim))
		one.Cause = cause
		d.take(d.submitted("Rejected"), one)
	}
	s := d.submitted("Slow")
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "More"})
	s = d.take(s, after(1, step(submission.RequestChanges, kim)))
	s = d.take(s, after(300, step(submission.Submit, ana)))
	two := step(submission.Approve, kim)
	two.Desk.SecondApproval = true
	s = d.take(s, after(310, two))
	two.By = mia
	d.take(s, after(320, two))
	d.submitted("Waiting")

	got, err := d.Submissions.Statistics(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	tallies := map[string][]store.Tally{"states": got.States, "decisions": got.Decisions, "causes": got.Causes, "rounds": got.Rounds}
	for name, want := range map[string][]store.Tally{
		"states":    {{Name: "approved", Count: 2}, {Name: "rejected", Count: 4}, {Name: "submitted", Count: 1}},
		"decisions": {{Name: "approved", Count: 2}, {Name: "changes", Count: 1}, {Name: "rejected", Count: 4}},
		"causes":    {{Name: "double", Count: 2}, {Name: "unproven", Count: 1}, {Name: "other", Count: 1}},
		"rounds":    {{Name: "1", Count: 1}, {Name: "2", Count: 1}},
	} {
		if !slices.Equal(tallies[name], want) {
			t.Errorf("%s: %v, want %v", name, tallies[name], want)
		}
	}
	// All took 1, 2, 3, 4, 5, 9 and 20 days; approving took 2 and 20.
	want := []store.DecisionTime{{Decision: "", Median: 4, Longest: 20}, {Decision: "approved", Median: 11, Longest: 20},
		{Decision: "changes", Median: 1, Longest: 1}, {Decision: "rejected", Median: 4.5, Longest: 9}}
	if !slices.Equal(got.Waits, want) {
		t.Errorf("waits: %v, want %v", got.Waits, want)
	}
	late, err := d.Submissions.Statistics(t.Context(), tuesday.AddDate(0, 0, 200))
	if err != nil || len(late.Decisions) != 1 || late.Decisions[0].Count != 1 || len(late.Causes) != 0 {
		t.Errorf("lately: %+v, %v", late, err)
	}
}

func TestDeskOptions(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.begin(submission.Submission{Content: text("A draft of no interest")})
	d.submitted("Waiting")
	d.approved("Public")
	got, err := d.Submissions.DeskOptions(t.Context(), 0)
	if err != nil || len(got.States) != 2 || got.States[submission.Submitted] != 1 || len(got.Languages) != 1 || fmt.Sprint(names(got.Cities)) != "[Ioannina]" {
		t.Errorf("options: %+v, %v", got, err)
	}
}

// What one program publishes, another one that follows shows within a second.
func TestAnotherProgramShowsItWithinASecond(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	x, err := d.Practices.Index(t.Context(), tuesday)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := catalogue.New(x)
	go d.Practices.Follow(t.Context(), elsewhere, &theme.Current{}, func() time.Time { return tuesday })
	s := d.submitted("Seen elsewhere")
	approved := time.Now()
	s = d.take(s, step(submission.Approve, kim))
	for !slices.Contains(listed(elsewhere.Index()), s.Slug) {
		if time.Since(approved) > 10*time.Second {
			t.Fatal("the other program never shows it")
		}
		select {
		case <-t.Context().Done():
		case <-time.After(5 * time.Millisecond):
		}
	}
	if took := time.Since(approved); took > time.Second {
		t.Errorf("it took %s", took)
	}
}
