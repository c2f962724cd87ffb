package desk_test

import (
	"fmt"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/desk"
)

func list(t *testing.T, in desk.DeskInput) view {
	t.Helper()
	in.Now = today
	in.ReviewDays = 14
	return render(t, desk.NewDesk(english(t), seenBy(kim, account.Editor), in).View())
}

func waiting(days int, assignee account.ID) submission.Submission {
	return submission.Submission{ID: submission.ID(100 + days), State: submission.Submitted, Kind: submission.New, Language: "en", Assignee: assignee,
		Content: content("Words"), Since: today.Add(-time.Duration(days) * 24 * time.Hour), Round: 1}
}

func TestEmptyDesk(t *testing.T) {
	t.Parallel()
	p := list(t, desk.DeskInput{})
	p.shows("0 submissions are waiting", "Nothing is waiting.")
	p.hides("Show all that are waiting", "overdue")
	p = list(t, desk.DeskInput{Filter: submission.DeskFilter{State: submission.AnyState, City: "bergen"}, Cities: []practice.City{{Country: "NO", Name: "Bergen"}, {Country: "GR", Name: "Arta"}}})
	p.shows("0 submissions", "Nothing here matches what you chose.", "Show all that are waiting")
	p.hides("Nothing is waiting.")
	p.has(`<option value="arta">Arta</option><option value="bergen" selected>Bergen</option>`, true)
}

func TestWaitingSubmissions(t *testing.T) {
	t.Parallel()
	p := list(t, desk.DeskInput{Total: 3, Late: 1, List: []submission.Submission{waiting(0, kim), waiting(1, mia), waiting(15, 0)}, Names: component.Names{kim: "Kim", mia: "Mia"}})
	p.shows("3 submissions are waiting", "today", "1 day", "15 days", "with you", "with Mia (editor)", "nobody has taken it yet")
	p.has(`<li class="overdue">`, true)
	p.has(`action="/en/desk/100/assign"`, false) // it is the viewer's already
	p.has(`action="/en/desk/101/assign"`, true)
	p.has(`action="/en/desk/115/assign"`, true)
	decided := waiting(20, 0)
	decided.State = submission.Rejected
	p = list(t, desk.DeskInput{List: []submission.Submission{decided}})
	p.shows("Not accepted")
	p.hides("overdue", "Take over")
	p.has(`<button class="btn quiet">Assign to me`, false)
}

func TestFiltersOfTheDesk(t *testing.T) {
	t.Parallel()
	p := list(t, desk.DeskInput{
		Filter:    submission.DeskFilter{State: string(submission.Rejected), Language: "el", Assignee: submission.Mine},
		States:    map[submission.State]int{submission.Submitted: 2, submission.Rejected: 3},
		Languages: []practice.Language{"no", "el", "en"},
	})
	p.shows("Waiting for a decision (2)", "Not accepted (3)", "Everything (5)", "AnyEnglishGreekNorwegian")
	p.has(fmt.Sprintf(`<option value="%s" selected>`, submission.Rejected), true)
	p.has(`<option value="el" selected>`, true)
	p.has(fmt.Sprintf(`<option value="%s" selected>`, submission.Mine), true)
}

func TestHistoryExplainsDecisions(t *testing.T) {
	t.Parallel()
	in := desk.HistoryInput{Submission: submission.Submission{ID: 1, Content: content("Words")}, Names: component.Names{kim: "Kim"},
		Events:  []desk.Event{{At: today, By: kim, Action: "reject", To: submission.Rejected}, {At: today.Add(time.Minute), By: 77, Action: "assign"}},
		Reviews: []submission.Review{{At: today, By: mia, Reason: "Of another editor"}, {At: today, By: kim, Reason: "See the other one"}}}
	p := render(t, desk.NewHistory(english(t), seenBy(kim, account.Editor), in).View())
	p.shows("EX-00001", "15 June 2025 12:00", "12:01", "Kim", "See the other one", "Not accepted", english(t).T("submission.somebody"))
	p.hides("Of another editor")
}

func TestLabelsOfStatistics(t *testing.T) {
	t.Parallel()
	l := english(t)
	for days, want := range map[float64]string{-1: "none", 0: "less than a day", 0.9: "less than a day", 1: "1 day", 1.4: "1 day", 1.5: "2 days"} {
		if got := desk.DaysLabel(l, days); got != want {
			t.Errorf("%v days: %q, want %q", days, got, want)
		}
	}
	for rounds, want := range map[string]string{"1": "1 round", "2": "2 rounds", "3": "3 rounds or more", "4": "3 rounds or more", "x": "3 rounds or more"} {
		if got := desk.RoundsLabel(l, rounds, 3); got != want {
			t.Errorf("%s rounds: %q, want %q", rounds, got, want)
		}
	}
	in := desk.StatisticsInput{Tables: []desk.Table{desk.CountTable(l, "Decisions", []desk.Count{{Label: "Approved", All: 1234, Recent: 5}}), {Title: "Reasons"}}}
	p := render(t, desk.NewStatistics(l, seenBy(kim, account.Editor), in).View())
	p.shows("Decisions", "Reasons", "Nothing yet")
	p.has(`<th scope="row" dir="auto">Approved</th><td>5`, true)
	p.has(`<td>1,234`, true)
	p.has(`<rect width="1" height="6">`, true) // little is seen too
	p.has(`<rect width="100" height="6">`, true)
}

func TestArchivedPractices(t *testing.T) {
	t.Parallel()
	editor := seenBy(kim, account.Editor)
	render(t, desk.NewArchived(english(t), editor, desk.ArchivedInput{}).View()).has(`class="empty"`, true)
	in := desk.ArchivedInput{List: []desk.ArchivedPractice{{Slug: "a-desk", Title: "A desk", Language: "en", Reason: "It never happened"}}}
	p := render(t, desk.NewArchived(english(t), editor, in).View())
	p.shows("A desk", "It never happened")
	p.has(`class="empty"`, false)
	p.has(`href="/en/desk/practices/a-desk/restore"`, true)
}

func TestConfirmingAStep(t *testing.T) {
	t.Parallel()
	in := desk.ConfirmInput{Reasoned: true, Step: "reject", Subject: "A desk", Language: "en", Action: "/en/desk/1/reject", Back: "/en/desk/1", Version: 3, Causes: true,
		Cause: "scope", Reason: "Words that took an hour"}
	confirm := func() desk.Confirm { return desk.NewConfirm(english(t), seenBy(kim, account.Editor), in) }
	p := render(t, confirm().View())
	p.shows("Reject this submission", "A desk", "Words that took an hour")
	p.has(`value="scope" checked`, true)
	p.has(`name="version" value="3"`, true)
	p.has(`<button class="btn">Reject</button>`, true)

	in.Closed = true
	in.Problems = component.Problems{{Field: desk.CauseField, Text: "Choose a reason"}}
	if !confirm().Meta.Problems {
		t.Error("the title of the page does not tell the problem")
	}
	p = render(t, confirm().View())
	p.shows("Words that took an hour", "Choose a reason")
	p.has(`<button class="btn">`, false)

	in.Step, in.Causes, in.Version = "archive", false, 0
	p = render(t, confirm().View())
	p.shows("Archive this practice")
	p.has(`type="radio"`, false)
	p.has(`name="version"`, false)
}
