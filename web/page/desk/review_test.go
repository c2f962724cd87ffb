package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/desk"
)

const ana, kim, mia account.ID = 1, 8, 9 // an officer and two editors

func content(summary string) submission.Content {
	return submission.Content{Title: "A desk", Summary: summary}.WithText("impact", "Many people")
}

func input(state submission.State) desk.ReviewInput {
	return desk.ReviewInput{Now: today, Names: component.Names{ana: "Ana", kim: "Kim", mia: "Mia"},
		Editors: []account.Account{{ID: kim, Role: account.Editor, Name: "Kim"}, {ID: mia, Role: account.Editor, Name: "Mia"}},
		Submission: submission.Submission{ID: 1, State: state, Kind: submission.New, Language: "en", Round: 1, Version: 3,
			Content: content("One"), Since: today.AddDate(0, 0, -3), Authors: []account.ID{ana}},
		Revisions: []submission.Revision{{Number: 1, Round: 1, Content: content("One"), At: today.AddDate(0, 0, -3)}}}
}

// secondRound is a text that was submitted again after changes were requested.
func secondRound() desk.ReviewInput {
	in := input(submission.Submitted)
	in.Round = 2
	in.Revisions = append(in.Revisions, submission.Revision{Number: 2, Round: 2, Content: content("Two"), At: today})
	in.Reviews = []submission.Review{{ID: 1, Revision: 1, Decision: "changes", At: today.AddDate(0, 0, -2)}}
	return in
}

func review(t *testing.T, in desk.ReviewInput) desk.Review {
	t.Helper()
	return desk.NewReview(english(t), seenBy(kim, account.Editor), in)
}

func TestWhatATextIsComparedWith(t *testing.T) {
	t.Parallel()
	public := content("Public")
	corrected := input(submission.Submitted)
	corrected.Revisions = append(corrected.Revisions, submission.Revision{Number: 2, Round: 1, Correct: true, Content: content("Two"), At: today})
	change := input(submission.Submitted)
	change.Kind = submission.Change
	change.Public = &public
	seen := secondRound()
	seen.Kind = submission.Change
	seen.Public = &public
	for name, test := range map[string]struct {
		in   desk.ReviewInput
		mode string
		with int
		want string
	}{
		"a first reading":           {in: input(submission.Submitted)},
		"a second round":            {in: secondRound(), want: "round 1, 12 June 2025"},
		"a second round as a whole": {in: secondRound(), mode: link.WholeView},
		"an unknown revision":       {in: secondRound(), with: 9, want: "round 1, 12 June 2025"},
		"a chosen revision":         {in: secondRound(), mode: link.WholeView, with: 2, want: "round 2, 15 June 2025"},
		"a correction":              {in: corrected, want: "round 1, 12 June 2025"},
		"against a correction":      {in: corrected, with: 2, want: "round 1, corrected 15 June 2025"},
		"a new change":              {in: change, want: "the public text"},
		"a change in round 2":       {in: seen, want: "round 1, 12 June 2025"},
		"that against the public":   {in: seen, mode: link.PublicView, want: "the public text"},
		"no public text":            {in: input(submission.Submitted), mode: link.PublicView},
	} {
		test.in.Mode = test.mode
		test.in.CompareWith = test.with
		if got := review(t, test.in).Baseline.Label; got != test.want {
			t.Errorf("%s: compared with %q, want %q", name, got, test.want)
		}
	}
}

func parts(views []desk.PartView) []submission.Part {
	var list []submission.Part
	for _, view := range views {
		list = append(list, view.Part)
	}
	return list
}

func TestUnchangedPartsAreCollapsed(t *testing.T) {
	t.Parallel()
	in := secondRound()
	before, after := in.Revisions[0].At.Add(-time.Hour), in.Revisions[0].At.Add(time.Hour)
	if got := parts(review(t, in).Expanded); !slices.Equal(got, []submission.Part{submission.Summary}) {
		t.Errorf("changed are %v", got)
	}
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Part: "impact", Settled: before}, {ID: 6, Review: 1, Part: "process", Settled: after}, {ID: 7, Review: 1, Part: "purpose"}}
	p := review(t, in)
	if got := parts(p.Expanded); !slices.Equal(got, []submission.Part{submission.Summary, "purpose", "process"}) {
		t.Errorf("with comments %v", got)
	}
	shown := render(t, p.View())
	shown.shows("Unchanged: Title and place", "compared with round 1", "changed · 1 word")
	in.Drafts = map[submission.Box]string{{Parent: 5}: "But why?"}
	if got := parts(review(t, in).Expanded); !slices.Contains(got, "impact") {
		t.Errorf("a reply that is not stored is hidden: %v", got)
	}
	in.Revisions[1].Content = in.Revisions[0].Content
	in.Comments = nil
	in.Drafts = nil
	render(t, review(t, in).View()).shows("Nothing has changed.")
}

func TestDraftsStayPrivate(t *testing.T) {
	t.Parallel()
	in := input(submission.ChangesRequested)
	in.Content = content("Half a sentence that I am still")
	p := render(t, review(t, in).View())
	p.shows("One")
	p.hides("Half a sentence")
}

func TestActionsOfEachStateAndViewer(t *testing.T) {
	t.Parallel()
	actions := []string{"/desk/1/approve", "/desk/1/ask", "/desk/1/reject", "/desk/1/reopen", "/desk/1/assign", "/desk/1/correct/summary", "/desk/1/comments"}
	with := func(change func(*desk.ReviewInput)) desk.ReviewInput {
		in := input(submission.Submitted)
		change(&in)
		return in
	}
	for name, test := range map[string]struct {
		in   desk.ReviewInput
		want []bool
		says string
	}{
		"submitted":   {input(submission.Submitted), []bool{true, true, true, false, true, true, true}, "Approve and publish"},
		"own":         {with(func(in *desk.ReviewInput) { in.Authors = []account.ID{kim} }), []bool{false, false, false, false, false, false, true}, "You had a hand in this text"},
		"corrected":   {with(func(in *desk.ReviewInput) { in.Correctors = []account.ID{kim} }), []bool{false, true, true, false, true, true, true}, "You have corrected this text"},
		"approved by": {with(func(in *desk.ReviewInput) { in.Approvals = []account.ID{kim}; in.Settings.SecondApproval = true }), []bool{false, true, true, false, true, true, true}, "You have approved this text"},
		"requested":   {input(submission.ChangesRequested), []bool{false, false, false, false, false, false, true}, "working on the changes"},
		"rejected":    {input(submission.Rejected), []bool{false, false, false, true, false, false, true}, "Not accepted. It can be reopened."},
		"approved":    {input(submission.Approved), []bool{false, false, false, false, false, false, true}, "There is nothing left to do."},
		"withdrawn":   {input(submission.Draft), []bool{false, false, false, false, false, false, true}, "The officers have withdrawn it."},
	} {
		p := render(t, review(t, test.in).View())
		p.shows(test.says)
		for i, action := range actions {
			_, step, _ := strings.Cut(action, "/desk/1/")
			got := strings.Contains(p.html, `"/en`+action+`"`) || strings.Contains(p.html, `name="to" value="`+step+`"`)
			if got != test.want[i] {
				t.Errorf("%s: %s is offered: %t", name, action, got)
			}
		}
	}
}

func TestLabelsOfApproving(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	in.Settings.SecondApproval = true
	render(t, review(t, in).View()).shows("Approve (1 of 2)")
	in.Approvals = []account.ID{mia}
	render(t, review(t, in).View()).shows("1 of 2 approvals: Mia.", "Approve and publish")
	in.Settings.SecondApproval = false
	in.Outdated = true
	in.Revision = 4
	p := render(t, review(t, in).View())
	p.shows("Approve anyway", "The public text has changed since")
	p.hides("1 of 2")
	p.has(`name="compared" value="4"`, true)
}

func TestRequestCountsTheCommentsItSends(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	render(t, review(t, in).View()).hides("Ask for changes (")
	in.Comments = []submission.Comment{{ID: 1, Part: "impact"}, {ID: 2}, {ID: 3, Internal: true}, {ID: 4, Review: 1}, {ID: 5, Review: 1, Parent: 4}}
	p := review(t, in)
	render(t, p.View()).shows("Ask for changes (2 comments)", "1 internal note")
	if len(p.Notes()) != 1 || p.Notes()[0].ID != 3 {
		t.Errorf("notes: %+v", p.Notes())
	}
}

func TestStatesOfComments(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	for want, c := range map[string]submission.Comment{
		"Goes out with the next request for changes": {},
		"Not done yet":                   {Review: 1},
		"Marked as done on 15 June 2025": {Review: 1, Done: today},
		"Settled by an editor":           {Review: 1, Done: today, Settled: today},
	} {
		c.ID, c.Part, c.By = 5, "impact", kim
		in.Comments = []submission.Comment{c}
		p := render(t, review(t, in).View())
		p.shows(want)
		p.has(`/desk/1/comments/5/drop"`, c.Review == 0)
		p.has(`/desk/1/comments/5/settle"`, c.Review != 0 && c.Settled.IsZero())
		p.has(`/desk/1/comments/5/open"`, !c.Settled.IsZero())
		p.has(`id="reply-5"`, c.Review != 0) // authors do not see it before, so there is nothing to reply to
	}
}

// What was asked for before a text was published is no longer to be settled.
func TestPublishedTextAsksForNothing(t *testing.T) {
	t.Parallel()
	in := input(submission.Approved)
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Part: "impact", By: kim, Text: "More"}, {ID: 6, Review: 1, Part: "impact", By: kim, Text: "Less", Settled: today}}
	p := render(t, review(t, in).View())
	p.has("More", true)
	for _, gone := range []string{`/comments/5/settle"`, `/comments/6/open"`, "Not done yet"} {
		p.has(gone, false)
	}
}

func TestRepliesOfOfficersAreMarked(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Part: "impact", By: kim}, {ID: 6, Review: 1, Parent: 5, By: mia, Text: "I agree"}}
	render(t, review(t, in).View()).has(`class="say officer"`, false)
	in.Comments[1].By = 77 // an officer of the city who is no author
	render(t, review(t, in).View()).has(`class="say officer"`, true)
	in.Comments[1].By = kim
	in.Authors = []account.ID{kim} // an author who has become an editor since
	render(t, review(t, in).View()).has(`class="say officer"`, true)
}

func TestFormsOfComments(t *testing.T) {
	t.Parallel()
	for form, want := range map[submission.Box]string{
		{Part: "impact"}:             "say-impact part-impact",
		{}:                           "say- part-",
		{Part: submission.NotesPart}: "say-notes notes",
		{Parent: 5}:                  "reply-5 " + link.CommentID(5),
	} {
		if got := form.Field() + " " + (desk.CommentForm{Box: form}).Anchor(); got != want {
			t.Errorf("%+v: %s, want %s", form, got, want)
		}
	}
	in := input(submission.Submitted)
	in.Comments = []submission.Comment{{ID: 5, Review: 1, Part: "impact", By: kim}}
	in.Drafts = map[submission.Box]string{{Part: "impact"}: "Words to keep"}
	in.Refused = desk.CommentForm{Box: submission.Box{Part: "impact"}, Problem: "Too long"}
	p := render(t, review(t, in).View())
	p.shows("Comment on “Impact”", "Comment on the whole", "Add an internal note", "Keep the note", "Reply", "Send the reply", "Too long")
	p.has(`aria-describedby="say-impact-problem">Words to keep`, true)
	p.has(`<details class="remark" open>`, true)
}

func TestAssigningLeavesOutTheViewer(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	p := render(t, review(t, in).View())
	p.shows("Assign to me")
	p.hides("Take over")
	p.has(`<option value="9">Mia</option>`, true)
	p.has(`<option value="8">Kim</option>`, false)
	in.Assignee = kim
	p = render(t, review(t, in).View())
	p.hides("Take over")
	p.has(`<button class="btn quiet">Assign to me`, false)
	in.Assignee = mia
	p = render(t, review(t, in).View())
	p.shows("Take over", "with Mia (editor)")
	p.has(`id="assignee"`, false) // there is no third editor
}

func TestFormsKeepTheModeOfThePage(t *testing.T) {
	t.Parallel()
	in := secondRound()
	in.Mode = link.WholeView
	p := render(t, review(t, in).View())
	p.has(`action="/en/desk/1/comments?view=whole"`, true)
	p.has(`action="/en/desk/1/criteria?view=whole"`, true)
	p.has(`aria-current="true"`, true)
}

func TestCriteriaOfADecidedSubmission(t *testing.T) {
	t.Parallel()
	in := input(submission.Submitted)
	in.Criteria = []submission.Criterion{submission.Criteria[0]}
	p := render(t, review(t, in).View())
	p.has(fmt.Sprintf(`value="%s" checked`, submission.Criteria[0]), true)
	p.shows("Criteria 1 of 6")
	in.State = submission.Rejected
	p = render(t, review(t, in).View())
	p.has(`name="criterion"`, false)
	p.shows("Met:", "Not ticked:")
}

func TestPublicPracticesCanBeArchived(t *testing.T) {
	t.Parallel()
	in := input(submission.Approved)
	in.Slug = "a-desk"
	render(t, review(t, in).View()).has(`value="archive"`, false) // it is archived already
	in.Revision = 1
	render(t, review(t, in).View()).has(`value="archive"`, true)
}

func TestConflictNamesWhatOthersDid(t *testing.T) {
	t.Parallel()
	names := component.Names{mia: "Mia"}
	for want, events := range map[string][]desk.Event{
		"Somebody got there first. Look at it again before you decide.":                                     nil,
		"Somebody got there first: Mia (corrected). Look at it again before you decide.":                    {{By: mia, Action: "correct"}},
		"Somebody got there first: Mia (corrected) and Mia (approved). Look at it again before you decide.": {{By: mia, Action: "correct"}, {By: mia, Action: "approve"}},
	} {
		if got := desk.ConflictText(english(t), events, names); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
