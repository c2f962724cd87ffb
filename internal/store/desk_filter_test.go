package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
)

func titles(list []submission.Submission) []string {
	found := []string{}
	for _, s := range list {
		found = append(found, s.Content.Title)
	}
	return found
}

func names(list []practice.City) (names []string) {
	for _, c := range list {
		names = append(names, c.Name)
	}
	return names
}

func TestDeskFilters(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.begin(submission.Submission{Content: text("Draft")})
	first := d.submitted("First")
	d.take(first, step(submission.Reject, kim))
	in := text("In Bergen")
	in.Cities = []practice.City{{Country: "NO", Name: "Bergen"}}
	in.Countries = []practice.Country{"NO"}
	bergen := d.take(d.begin(submission.Submission{Content: in}), after(2, step(submission.Submit, ana)))
	assign := step(submission.Assign, kim)
	assign.Assignee = mia.ID
	d.take(bergen, assign)
	greek := d.begin(submission.Submission{Kind: submission.New, Language: "el", Content: text("Greek")})
	d.take(greek, after(1, step(submission.Submit, ana)))
	withdrawn := d.submitted("Withdrawn")
	d.take(withdrawn, step(submission.Withdraw, ana))
	for name, c := range map[string]struct {
		filter submission.DeskFilter
		want   []string
	}{
		"what waits, longest first":             {submission.DeskFilter{}, []string{"Greek", "In Bergen"}},
		"another state":                         {submission.DeskFilter{State: string(submission.Rejected)}, []string{"First"}},
		"several states":                        {submission.DeskFilter{State: submission.AnyState}, []string{"First", "Withdrawn", "Greek", "In Bergen"}},
		"drafts that were submitted":            {submission.DeskFilter{State: string(submission.Draft)}, []string{"Withdrawn"}},
		"language":                              {submission.DeskFilter{Language: "el"}, []string{"Greek"}},
		"city":                                  {submission.DeskFilter{City: "bergen"}, []string{"In Bergen"}},
		"assignee":                              {submission.DeskFilter{Assignee: submission.Mine}, []string{"In Bergen"}},
		"without an assignee":                   {submission.DeskFilter{Assignee: submission.Unassigned}, []string{"Greek"}},
		"newest first":                          {submission.DeskFilter{Order: submission.NewestFirst}, []string{"In Bergen", "Greek"}},
		"by title, whatever its letters":        {submission.DeskFilter{State: submission.AnyState, Order: submission.ByTitle}, []string{"First", "Greek", "In Bergen", "Withdrawn"}},
		"words of the title":                    {submission.DeskFilter{Words: "BERG"}, []string{"In Bergen"}},
		"without the accents":                   {submission.DeskFilter{Words: "gréék"}, []string{"Greek"}},
		"a city":                                {submission.DeskFilter{Words: "ioannin"}, []string{"Greek"}},
		"a city in another script":              {submission.DeskFilter{Words: "Ιωάννινα"}, []string{"Greek"}},
		"an officer":                            {submission.DeskFilter{Words: "sample 1"}, []string{"Greek", "In Bergen"}},
		"a reference":                           {submission.DeskFilter{Words: bergen.ID.Reference()}, []string{"In Bergen"}},
		"signs that mean something in patterns": {submission.DeskFilter{Words: "%_\\"}, []string{}},
		"a page beyond the last":                {submission.DeskFilter{Page: 9}, []string{"Greek", "In Bergen"}},
		"several at once":                       {submission.DeskFilter{Language: "en", City: "ioannina"}, []string{}},
	} {
		found, err := d.Submissions.ForDesk(t.Context(), store.DeskQuery{DeskFilter: c.filter, Viewer: mia.ID, Due: tuesday.AddDate(0, 0, 2)})
		if err != nil || !slices.Equal(titles(found.List), c.want) || found.Total != len(c.want) || found.Page != 1 || found.Pages != 1 {
			t.Errorf("%s: %v of %d, want %v, %v", name, titles(found.List), found.Total, c.want, err)
		}
		if name == "what waits, longest first" && found.Late != 1 {
			t.Errorf("%d are late", found.Late)
		}
	}
	if n, err := d.Submissions.CountWaiting(t.Context(), 0); err != nil || n != 2 {
		t.Errorf("%d wait, %v", n, err)
	}
	options, err := d.Submissions.DeskOptions(t.Context(), 0)
	if err != nil || fmt.Sprint(options.Languages) != "[el en]" || fmt.Sprint(names(options.Cities)) != "[Bergen Ioannina]" ||
		options.States[submission.Submitted] != 2 || options.States[submission.Draft] != 1 || options.States[submission.Rejected] != 1 {
		t.Errorf("options: %+v, %v", options, err)
	}
}

// The list comes in pages, and what waits next is what nobody else has.
func TestPagesOfTheDesk(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	var all []submission.Submission
	for i := range store.DeskPerPage + 2 {
		all = append(all, d.take(d.begin(submission.Submission{Content: text(fmt.Sprintf("Number %02d", i))}), after(i, step(submission.Submit, ana))))
	}
	for page, want := range map[int]int{0: store.DeskPerPage, 2: 2, 99: 2} {
		found, err := d.Submissions.ForDesk(t.Context(), store.DeskQuery{DeskFilter: submission.DeskFilter{Page: page}})
		if err != nil || len(found.List) != want || found.Total != len(all) || found.Pages != 2 {
			t.Errorf("page %d: %d of %d, %d pages, %v", page, len(found.List), found.Total, found.Pages, err)
		}
	}
	next := func(want submission.Submission) {
		t.Helper()
		found, ok, err := d.Submissions.NextWaiting(t.Context(), kim.ID, all[0].ID)
		if err != nil || !ok || found.ID != want.ID {
			t.Errorf("next is %q, want %q, %v", found.Content.Title, want.Content.Title, err)
		}
	}
	next(all[1])
	assign := step(submission.Assign, kim)
	assign.Assignee = mia.ID
	d.take(all[1], assign)
	next(all[2])
	first := step(submission.Approve, kim)
	first.Desk.SecondApproval = true
	d.take(all[2], first)
	next(all[3])
}

func TestRevisionsAndReviews(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	s = d.take(s, after(1, step(submission.Correct, mia)))
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "More"})
	s = d.take(s, after(2, step(submission.RequestChanges, kim)))
	s = d.take(s, after(3, step(submission.Submit, ana)))
	s = d.take(s, after(4, step(submission.Reject, kim)))
	s = d.take(s, after(5, step(submission.Reopen, mia)))

	revisions, err := d.Submissions.Revisions(t.Context(), s.ID)
	if err != nil || len(revisions) != 3 {
		t.Fatalf("%d revisions, %v", len(revisions), err)
	}
	for i, want := range []struct {
		title     string
		corrected bool
		round     int
		by        account.ID
		day       int
	}{{"A desk", false, 1, ana.ID, 0}, {"Corrected", true, 1, mia.ID, 1}, {"Corrected", false, 2, ana.ID, 3}} {
		r := revisions[i]
		if r.Number != i+1 || r.Content.Title != want.title || r.Correct != want.corrected || r.Round != want.round || r.By != want.by ||
			!r.At.Equal(tuesday.AddDate(0, 0, want.day)) {
			t.Errorf("revision %d: %+v, want %+v", i+1, r, want)
		}
	}
	reviews, err := d.Submissions.Reviews(t.Context(), s.ID)
	if err != nil || len(reviews) != 3 {
		t.Fatalf("%d reviews, %v", len(reviews), err)
	}
	for i, want := range []struct {
		decision submission.Decision
		revision int
		by       account.ID
	}{{submission.DecidedChanges, 2, kim.ID}, {submission.DecidedRejected, 3, kim.ID}, {submission.DecidedReopened, 3, mia.ID}} {
		if r := reviews[i]; r.Decision != want.decision || r.Revision != want.revision || r.By != want.by {
			t.Errorf("review %d: %+v, want %+v", i+1, r, want)
		}
	}
	if reviews[1].Reason != "Because" {
		t.Errorf("reason: %q", reviews[1].Reason)
	}
	if none, err := d.Submissions.Revisions(t.Context(), 99); err != nil || len(none) != 0 {
		t.Errorf("revisions of an unknown submission: %v, %v", none, err)
	}
}

// Editors tick criteria while a text waits; nothing of it shows in the version,
// so that no one is told of a conflict for it.
func TestCriteriaAreTicked(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	draft := d.begin(submission.Submission{Content: text("A desk")})
	tick := func(by account.Viewer, list ...submission.Criterion) error {
		return d.Submissions.TickCriteria(t.Context(), draft.ID, list, by)
	}
	two := submission.Criteria[:2]
	if err := tick(kim, two...); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("on a draft: %v", err)
	}
	s := d.take(draft, step(submission.Submit, ana))
	if err := tick(ana, two...); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("by its author: %v", err)
	}
	if err := tick(ivo, two...); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("by another officer: %v", err)
	}
	for _, list := range [][]submission.Criterion{two, two[:1], nil} {
		if err := tick(kim, list...); err != nil {
			t.Error(err)
		}
		if now := d.see(s.ID); !slices.Equal(now.Criteria, list) || now.Version != s.Version {
			t.Errorf("ticked %v at version %d, want %v at %d", now.Criteria, now.Version, list, s.Version)
		}
	}
	d.take(s, step(submission.Approve, kim))
	if err := tick(kim, two...); !errors.Is(err, submission.ErrState) {
		t.Errorf("once approved: %v", err)
	}
}

// A draft that was discarded comes back within its time only.
func TestDiscardedDraft(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	draft := d.begin(submission.Submission{Content: text("A desk")})
	discarded := d.take(draft, step(submission.Discard, ana))
	late := step(submission.TakeBack, ana)
	late.At = tuesday.Add(submission.KeepDiscarded + time.Second)
	d.refused(discarded, late, submission.ErrTooLate)
	late.At = tuesday.Add(submission.KeepDiscarded)
	if back := d.take(discarded, late); back.State != submission.Draft || back.Content.Title != "A desk" {
		t.Errorf("taken back as %+v", back)
	}
}
