package submit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/submission"
	"exempla/web/page/submit"
)

func entry(id submission.ID, state submission.State, practice int64) submission.Submission {
	return submission.Submission{ID: id, State: state, Kind: submission.New, Language: "en", Practice: practice, Slug: "a-desk",
		Since: today, Content: submission.Content{Title: fmt.Sprint("Number ", id)}, Authors: []account.ID{1}}
}

func TestSubmissionsAreGroupedByWhatIsToDo(t *testing.T) {
	t.Parallel()
	greek := entry(10, submission.Approved, 1)
	greek.Language = "el"
	p := submit.NewSubmissions(english(t), seenBy(1, account.Officer), submit.SubmissionsInput{Today: today,
		Practices: map[int64]submit.Standing{2: {State: submission.Archived}},
		List: []submission.Submission{entry(1, submission.Draft, 0), entry(2, submission.Approved, 1), greek,
			entry(4, submission.Approved, 2), entry(5, submission.ChangesRequested, 0), entry(6, submission.Discarded, 0),
			entry(8, submission.Submitted, 0), entry(9, submission.Rejected, 0)}})
	var got []string
	for _, group := range p.Groups {
		line := group.Name
		for _, s := range group.List {
			line += fmt.Sprint(" ", int64(s.ID))
		}
		got = append(got, line)
	}
	want := []string{"changes_requested 5", "draft 1", "submitted 8", "published 2 10", "archived 4", "rejected 9", "discarded 6"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNextStepOfEachSubmission(t *testing.T) {
	t.Parallel()
	for state, want := range map[submission.State]string{
		submission.ChangesRequested: `href="/en/submissions/1">See what to change`,
		submission.Draft:            `href="/en/submissions/1">Continue`,
		submission.Submitted:        `href="/en/submissions/1">See the text`,
		submission.Approved:         `href="/en/practices/a-desk">See the public page`,
		submission.Rejected:         `href="/en/submissions/1">Read the reason`,
		submission.Discarded:        `<form method="post" action="/en/submissions/1/take-back">`,
	} {
		list := []submission.Submission{entry(1, state, 1)}
		p := submit.NewSubmissions(english(t), seenBy(1, account.Officer), submit.SubmissionsInput{List: list, Today: today})
		render(t, p.View()).has(want, true)
	}
	ready := entry(1, submission.Draft, 0)
	ready.Content = complete()
	p := submit.NewSubmissions(english(t), seenBy(1, account.Officer), submit.SubmissionsInput{List: []submission.Submission{ready}, Today: today})
	render(t, p.View()).has(`href="/en/submissions/1/check">Check and submit`, true)
}

func TestLabelsOfTranslationsAndOtherLanguages(t *testing.T) {
	t.Parallel()
	show := func(change func(*submission.Submission)) view {
		s := entry(1, submission.Draft, 0)
		change(&s)
		in := submit.SubmissionsInput{List: []submission.Submission{s}, Today: today}
		return render(t, submit.NewSubmissions(english(t), seenBy(1, account.Officer), in).View())
	}
	show(func(*submission.Submission) {}).hides("in English", "new practice")
	show(func(s *submission.Submission) { s.Language = "el" }).shows("in Greek")
	show(func(s *submission.Submission) { s.Kind = submission.Change }).shows("change to a public text")
	translation := show(func(s *submission.Submission) { s.Kind, s.Language = submission.Translation, "el" })
	translation.shows("translation into Greek")
	if n := strings.Count(translation.text, "Greek"); n != 1 {
		t.Errorf("the language of a translation is named %d times", n)
	}
	empty := render(t, submit.NewSubmissions(english(t), seenBy(1, account.Officer), submit.SubmissionsInput{Today: today}).View())
	empty.shows("You have not started a practice yet")
}
