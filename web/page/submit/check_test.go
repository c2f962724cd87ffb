package submit_test

import (
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/submit"
)

func TestMissingAnswersAreNoErrorUntilSubmitted(t *testing.T) {
	t.Parallel()
	in := input(submission.Draft)
	in.Content.Summary = ""
	in.Content.Topics = nil
	officer := seenBy(ana, account.Officer)
	before := submit.NewCheck(english(t), officer, submit.CheckInput{SubmissionInput: in, Days: 14})
	if before.Failed || before.Meta.Problems {
		t.Error("it counts as failed before it was submitted")
	}
	p := render(t, before.View())
	p.shows("2 things are still missing", "14 days")
	p.has(`id="problems"`, false)
	p.has(`href="/en/submissions/1/summary?return=check#summary"`, true)

	after := submit.NewCheck(english(t), officer, submit.CheckInput{SubmissionInput: in, Incomplete: in.Submission.Problems()})
	if !after.Failed || !after.Meta.Problems {
		t.Error("it does not count as failed")
	}
	p = render(t, after.View())
	p.has(`id="problems"`, true)
	p.hides("2 things are still missing")
}

func TestSimilarPractices(t *testing.T) {
	t.Parallel()
	in := submit.CheckInput{SubmissionInput: input(submission.Draft)}
	officer := seenBy(ana, account.Officer)
	render(t, submit.NewCheck(english(t), officer, in).View()).hides("Is it already here?")
	in.Similar = []practice.Practice{{Slug: "help-desk", Place: practice.Place{Countries: []practice.Country{"NO"}},
		Texts: []practice.Text{{Language: "en", Title: "Help desk", TitleLanguage: "en"}}}}
	p := render(t, submit.NewCheck(english(t), officer, in).View())
	p.shows("Is it already here?", "Help desk", "Norway")
	p.has(`href="/en/practices/help-desk"`, true)
}

func TestReceiptSaysWhoWasTold(t *testing.T) {
	t.Parallel()
	in := submit.ReceiptInput{SubmissionInput: input(submission.Submitted), Days: 14}
	in.Consent = submission.Consent{By: ana, At: today, Wording: "I agree to CC BY 4.0"}
	receipt := func() view { return render(t, submit.NewReceipt(english(t), seenBy(ana, account.Officer), in).View()) }
	p := receipt()
	p.shows("EX-00001", "The editors have been told by email", "14 days", "What Ana agreed to on 15 June 2025", "I agree to CC BY 4.0")
	p.hides("The public page stays")
	in.Assignee = kim
	in.Practice = 3
	receipt().shows("Kim has been told by email", "The public page stays")
	in.Round = 2
	receipt().shows("The editors who know it have been told")
	in.Round = 1
	in.Assignee = 77 // erased
	receipt().shows("The editors have been told by email")
}

func TestColleaguesNamesTheAuthors(t *testing.T) {
	t.Parallel()
	in := submit.ColleagueInput{SubmissionInput: input(submission.Draft)}
	colleague := func() view {
		return render(t, submit.NewColleague(english(t), seenBy(ana, account.Officer), in).View())
	}
	colleague().shows("Ana (you)")
	colleague().hides("Leave this draft")
	in.Authors = []account.ID{ana, 2}
	in.Names[2] = "Bo"
	in.Mail = "nobody"
	in.Problems = component.Problems{{Field: "mail", Text: "Enter an email address"}}
	p := colleague()
	p.shows("Take off this draft: Bo", "Leave this draft: Ana (you)", "Enter an email address")
	p.has(`value="nobody"`, true)
}

func TestLanguagesOfTheInterfaceComeFirst(t *testing.T) {
	t.Parallel()
	in := submit.StartInput{Key: "KEY", Title: "A desk", Language: "el", Days: 14}
	seen := seenBy(ana, account.Officer)
	seen.Viewer.Cities = []account.City{account.NewCity("GR", "Ioannina")}
	start := submit.NewStart(english(t), seen, in)
	p := render(t, start.View())
	p.has(`<option value="el" selected>Greek</option>`, true)
	p.has(`value="A desk"`, true)
	albanian, finnish := strings.Index(p.html, ">Albanian<"), strings.Index(p.html, ">Finnish<")
	ukrainian := strings.Index(p.html, ">Ukrainian<")
	if albanian < 0 || albanian > ukrainian || ukrainian > finnish {
		t.Errorf("the order is wrong: Albanian %d, Ukrainian %d, Finnish %d", albanian, ukrainian, finnish)
	}
	if start.Meta.Problems {
		t.Error("it has problems")
	}
	in.Problems = component.Problems{{Field: "title", Text: "Give the practice a title"}}
	if failed := submit.NewStart(english(t), seenBy(ana, account.Officer), in); !failed.Meta.Problems {
		t.Error("the title of the page does not tell the problem")
	}
}

func TestTranslationNamesTheOriginal(t *testing.T) {
	t.Parallel()
	in := submit.TranslateInput{Practice: practice.Practice{Slug: "help-desk", Texts: []practice.Text{{Language: "no", Title: "Hjelp", TitleLanguage: "no"}}}, Language: "uk"}
	p := render(t, submit.NewTranslate(english(t), seenBy(ana, account.Officer), in).View())
	p.shows("Hjelp", "Norwegian")
	p.has(`<option value="uk" selected>`, true)
	p.has(`action="/en/practices/help-desk/translate"`, true)
}
