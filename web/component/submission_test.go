package component_test

import (
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
)

func english(t *testing.T) *locale.Locale {
	t.Helper()
	l, ok := locale.Find("en")
	if !ok {
		t.Fatal("there is no English")
	}
	return l
}

func TestHolderFromTheViewersPointOfView(t *testing.T) {
	t.Parallel()
	names := component.Names{1: "Ana", 2: "Bo", 9: "Kim"}
	for _, test := range []struct {
		state    submission.State
		authors  []account.ID
		assignee account.ID
		viewer   account.ID
		want     string
	}{
		{submission.Draft, []account.ID{1}, 0, 1, "with you"},
		{submission.Draft, []account.ID{1, 2}, 0, 1, "with you and Bo"},
		{submission.Draft, []account.ID{1, 77}, 0, 1, "with you"}, // 77 is erased
		{submission.ChangesRequested, []account.ID{1, 2}, 9, 3, "with Ana and Bo"},
		{submission.Draft, []account.ID{77}, 0, 3, "with the officers of the city"},
		{submission.Submitted, []account.ID{1}, 0, 1, "with the editors; nobody has taken it yet"},
		{submission.Submitted, []account.ID{1}, 9, 1, "with Kim (editor)"},
		{submission.Submitted, []account.ID{1}, 9, 9, "with you"},
		{submission.Submitted, []account.ID{1}, 0, 0, "with the editors; nobody has taken it yet"}, // a stranger has number 0
		{submission.Approved, []account.ID{1}, 9, 1, ""},
	} {
		s := submission.Submission{State: test.state, Authors: test.authors, Assignee: test.assignee}
		if got := component.Holder(english(t), s, names, account.Viewer{ID: test.viewer}); got != test.want {
			t.Errorf("%+v: got %q", test, got)
		}
	}
}

func TestPlaceInOnePhrase(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]submission.Content{
		"":                            {},
		"Greece":                      {Countries: []practice.Country{"GR"}},
		"Ioannina, Greece":            {Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}}},
		"Ioannina, Greece and Norway": {Countries: []practice.Country{"GR", "NO"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}}},
	} {
		if got := component.PlaceWords(english(t), c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPartsInOneLine(t *testing.T) {
	t.Parallel()
	l, today := english(t), time.Date(2025, time.June, 15, 0, 0, 0, 0, time.UTC)
	documents := submission.Part(practice.Documents)
	plan := submission.Content{Files: []practice.Attachment{{Hash: "plan"}}}
	for _, test := range []struct {
		c    submission.Content
		part submission.Part
		want string
	}{
		{submission.Content{}, submission.Summary, ""},
		{submission.Content{Summary: "Two desks"}, submission.Summary, "2 of 100 words"},
		{submission.Content{Period: practice.Period{Start: practice.Date{Year: 2017}, Ongoing: true}}, submission.Period, "since 2017"},
		{submission.Content{Topics: []practice.Topic{"refugees", "education"}}, submission.Topics, "Refugees and Education"},
		{submission.Content{Pictures: []practice.Attachment{{}, {}}}, submission.Pictures, "2 pictures"},
		{plan, documents, "1 document"},
		{plan.WithText(documents, "A book"), documents, "1 document"},
		{submission.Content{}, submission.TitleAndPlace, ""},
	} {
		if got := component.TaskLine(l, submission.Submission{Content: test.c}, test.part, today); got != test.want {
			t.Errorf("%s: got %q, want %q", test.part, got, test.want)
		}
	}
	if got := component.TaskLine(l, submission.Submission{Content: submission.Content{}.WithText(documents, "A book")}, documents, today); got != l.T("tasks.words", "Used", 2, "Limit", documents.Words()) {
		t.Errorf("documents without files: %q", got)
	}
}

func TestExplanationOfDecisions(t *testing.T) {
	t.Parallel()
	l := english(t)
	for want, r := range map[string]submission.Review{
		"":                 {},
		"In my words":      {Cause: submission.OtherCause, Reason: "In my words"},
		l.T("cause.scope"): {Cause: "scope"},
		l.T("cause.scope") + "\n\nSee the other one": {Cause: "scope", Reason: "See the other one"},
	} {
		if got := component.Explanation(l, r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestProblemsLinkToTheirParts(t *testing.T) {
	t.Parallel()
	l := english(t)
	found := []submission.Problem{{Part: submission.Topics, Field: "topics", Rule: "missing"}, {Field: "consent", Rule: "missing"},
		{Part: submission.Summary, Field: "summary", Rule: "missing"}}
	list := component.SubmissionProblems(l, found, component.PartPath(l, 1))
	want := []component.Problem{
		{Field: "topics", Text: l.T("problem_in.topics.missing"), Path: "/en/submissions/1/topics?return=check"},
		{Field: "consent", Text: l.T("problem_in.consent.missing")},
		{Field: "summary", Text: "Write something under “Summary”", Path: "/en/submissions/1/summary?return=check"},
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("got %+v, want %+v", list[i], want[i])
		}
	}
	if here := component.SubmissionProblems(l, found, nil); here[0].Path != "" {
		t.Errorf("a problem of this page leads to %s", here[0].Path)
	}
}
