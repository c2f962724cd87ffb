package submit_test

import (
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/submit"
)

const ana, kim account.ID = 1, 9 // an officer and an editor

// complete is a text that can be submitted.
func complete() submission.Content {
	c := submission.Content{Title: "A desk", Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}},
		Topics: []practice.Topic{"refugees"}, Summary: "Two desks", Period: practice.Period{Start: practice.Date{Year: 2017}, Ongoing: true}}
	for _, part := range submission.Parts {
		if part.IsText() && part != submission.Summary {
			c = c.WithText(part, "Words about "+string(part))
		}
	}
	return c
}

func input(state submission.State) submit.SubmissionInput {
	return submit.SubmissionInput{Now: today, Names: component.Names{ana: "Ana", kim: "Kim"}, Submission: submission.Submission{
		ID: 1, State: state, Kind: submission.New, Language: "en", Slug: "a-desk", Content: complete(), Since: today, Authors: []account.ID{ana}}}
}

func tasks(t *testing.T, in submit.SubmissionInput) view {
	t.Helper()
	return render(t, submit.NewTasks(english(t), seenBy(ana, account.Officer), in).View())
}

func TestWhatCanBeDoneInEachState(t *testing.T) {
	t.Parallel()
	actions := []string{`href="/en/submissions/1/check"`, `action="/en/submissions/1/discard"`, `action="/en/submissions/1/take-back"`,
		`href="/en/submissions/1/withdraw"`, `href="/en/practices/a-desk"`}
	for state, want := range map[submission.State][]bool{
		submission.Draft:            {true, true, false, false, false},
		submission.ChangesRequested: {true, false, false, false, false},
		submission.Submitted:        {false, false, false, true, false},
		submission.Approved:         {false, false, false, false, true},
		submission.Rejected:         {false, false, false, false, false},
		submission.Discarded:        {false, false, true, false, false},
	} {
		p := tasks(t, input(state))
		for i, action := range actions {
			p.has(action, want[i])
		}
		isEditable := want[0]
		p.has(`class="tasks"`, isEditable)
		p.has(`<article`, !isEditable)
	}
}

func TestStatesOfTasks(t *testing.T) {
	t.Parallel()
	in := input(submission.ChangesRequested)
	in.Content = submission.Content{Title: "A desk", Summary: "Words"}.WithText("purpose", "To help").WithCompleted("purpose", true).WithText("impact", "Many").WithCompleted("impact", true).
		WithText("process", "We met")
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Part: "impact", Text: "How many?", By: kim}, {ID: 6, Review: 1, Parent: 5, Part: "impact", Text: "2,000", By: ana}}
	p := submit.NewTasks(english(t), seenBy(ana, account.Officer), in)
	got := map[submission.Part]submit.Task{}
	for _, task := range p.Tasks {
		got[task.Part] = task
	}
	for part, want := range map[submission.Part]string{"impact": "asked_state", "purpose": "completed", "summary": "completed", "process": "in_progress", "period": "not_started"} {
		if got[part].State != want {
			t.Errorf("%s is %s, want %s", part, got[part].State, want)
		}
	}
	if p.Completed != 2 || got["impact"].Comments != 1 || got["period"].Summary != "" {
		t.Errorf("%d completed, %d comments, summary %q", p.Completed, got["impact"].Comments, got["period"].Summary)
	}
}

func TestChangesRequested(t *testing.T) {
	t.Parallel()
	in := input(submission.ChangesRequested)
	in.Reviews = []submission.Review{{Reason: "The first time"}, {Reason: "Almost there"}}
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Part: "impact", Text: "How many?", By: kim}, {ID: 6, Review: 1, Text: "Nice work", By: 77, Done: today}}
	p := tasks(t, in)
	p.shows("An editor has asked for 1 change", "Almost there", "Nice work", "Marked as done on 15 June 2025")
	p.hides("The first time", "How many?", "The public page stays as it is")
	in.Practice = 3
	in.Comments[0].Settled = today
	p = tasks(t, in)
	p.shows("Everything that was asked for is marked as done", "The public page stays as it is")
}

func TestOneReplyFormForEachOpenComment(t *testing.T) {
	t.Parallel()
	in := input(submission.ChangesRequested)
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Text: "How many?", By: kim}, {ID: 6, Review: 1, Text: "Nice work", By: kim, Done: today},
		{ID: 7, Review: 1, Text: "That is clear now", By: kim, Settled: today}, {ID: 8, Text: "Not sent yet", By: kim, Internal: true}}
	in.Drafts = map[submission.Box]string{{Parent: 6}: "Too long"}
	in.Reply = submit.ReplyForm{Comment: 6, Problem: "Write less"}
	p := tasks(t, in)
	p.has(`id="reply-5"`, true)
	p.has(`id="reply-6"`, true)
	p.has(`id="reply-7"`, false)
	p.has(`<details open><summary>Answer</summary><div class="field faulty">`, true)
	p.has(`<details><summary>Answer</summary><div class="field">`, true)
	p.shows("Write less", "Mark as done", "Not done after all", "Settled by an editor")
	p.hides("Not sent yet")

	in.State = submission.Submitted
	p = tasks(t, in)
	p.shows("How many?")
	p.has(`id="reply-5"`, false)
}

func TestReasonsOfRejections(t *testing.T) {
	t.Parallel()
	in := input(submission.Rejected)
	in.Reviews = []submission.Review{{Cause: "scope", Reason: "See the template"}}
	tasks(t, in).shows("The editors have not accepted it", "It is not a practice that has been carried out", "See the template")
	in.State = submission.Approved
	tasks(t, in).hides("See the template")
}

func TestErasedPeopleHaveNoName(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Text: "How many?", By: 77}}
	tasks(t, in).shows(english(t).T("submission.somebody"))
}

func TestCorrectionsOfTheLastRound(t *testing.T) {
	t.Parallel()
	text := func(summary string) submission.Content { return submission.Content{Title: "A desk", Summary: summary} }
	revisions := []submission.Revision{{Number: 1, Round: 1, Content: text("One")}, {Number: 2, Round: 1, Correct: true, Content: text("Two")},
		{Number: 3, Round: 2, Content: text("Three words here")}, {Number: 4, Round: 2, Correct: true, Content: text("Four words here"), By: kim, At: today}}
	in := input(submission.Submitted)
	in.Round = 2
	in.Corrections = submit.Corrections(in.Submission, revisions, today)
	if len(in.Corrections) != 1 || in.Corrections[0].By != kim || len(in.Corrections[0].Parts) != 1 || in.Corrections[0].Parts[0].Part != submission.Summary {
		t.Fatalf("got %+v", in.Corrections)
	}
	p := tasks(t, in)
	p.shows("Kim corrected the text on 15 June 2025")
	p.has("<del>", true)
	p.has("<ins>", true)
}

func TestPrintedText(t *testing.T) {
	t.Parallel()
	in := input(submission.Draft)
	in.Updated = today
	p := render(t, submit.NewPrintView(english(t), seenBy(ana, account.Officer), in).View())
	p.shows("EX-00001", "15 June 2025", "2 of 100 words", "Words about impact", "Ioannina, Greece")
	question := render(t, submit.NewWithdraw(english(t), seenBy(ana, account.Officer), in).View())
	question.has(`action="/en/submissions/1/withdraw"`, true)
}
