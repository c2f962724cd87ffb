package browse_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

var today = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

func english(t *testing.T) *locale.Locale {
	t.Helper()
	l, ok := locale.Find("en")
	if !ok {
		t.Fatal("no English")
	}
	return l
}

// site is the frame of the pages in these tests.
var site = frame.Frame{Site: "https://exempla.example"}

// practiceInput is a practice with a period that was not opened from a result.
func practiceInput(period practice.Period) browse.PracticeInput {
	return browse.PracticeInput{Selection: catalogue.Parse(nil), Today: today, Practice: practice.Practice{
		Number: 1, Slug: "x", Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"roma"}, Period: period,
		Texts: []practice.Text{{Language: "en", TitleLanguage: "en", Title: "Title", Summary: "Summary."}}}}
}

func TestPeriodForPrograms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		period practice.Period
		want   string // an ISO 8601 interval
	}{
		{practice.Period{}, ""},
		{practice.Period{Ongoing: true}, ""},
		{practice.Period{Start: practice.Date{Year: 2017}}, "2017"},
		{practice.Period{Start: practice.Date{Year: 2017, Month: time.April}, Ongoing: true}, "2017-04/.."},
		{practice.Period{Start: practice.Date{Year: 2017}, End: practice.Date{Year: 2019, Month: time.December}}, "2017/2019-12"},
		{practice.Period{Start: practice.Date{Year: 2014}, End: practice.Date{Year: 2015}, Ongoing: true}, "2014/.."},
		{practice.Period{End: practice.Date{Year: 2019}}, "../2019"},
		{practice.Period{End: practice.Date{Year: 2015}, Ongoing: true}, ""}, // neither end is known
	} {
		text, err := json.Marshal(browse.NewPractice(english(t), site, practiceInput(c.period)).Meta.Data)
		if err != nil {
			t.Fatal(err)
		}
		var found struct {
			Temporal string `json:"temporalCoverage"`
		}
		if err := json.Unmarshal(text, &found); err != nil {
			t.Fatal(err)
		}
		if found.Temporal != c.want {
			t.Errorf("%+v: %q, want %q", c.period, found.Temporal, c.want)
		}
	}
}

func TestPublishedPracticeSaysWhen(t *testing.T) {
	t.Parallel()
	in := practiceInput(practice.Period{})
	in.Practice.Published = time.Date(2024, time.March, 5, 23, 0, 0, 0, time.UTC)
	in.Practice.Updated = time.Date(2025, time.May, 6, 1, 0, 0, 0, time.UTC)
	in.Practice.Organisation, in.Practice.Licence = "The city", "CC BY 4.0"
	var b strings.Builder
	if err := browse.NewPractice(english(t), site, in).View().Render(locale.With(t.Context(), english(t)), &b); err != nil {
		t.Fatal(err)
	}
	for _, phrase := range []string{"Published on 5 March 2024", "Updated on 6 May 2025", `"dateModified":"2025-05-06"`, "The city", "CC BY 4.0", `"datePublished":"2024-03-05"`, `"creator":"The city"`} {
		if !strings.Contains(b.String(), phrase) {
			t.Errorf("the page lacks %q", phrase)
		}
	}
}

// TestPracticeWithLittle has no source, no section, no wording, no neighbour.
func TestPracticeWithLittle(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All() {
		var b strings.Builder
		if err := browse.NewPractice(l, site, practiceInput(practice.Period{})).View().Render(locale.With(t.Context(), l), &b); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"practice.source", "practice.organisation", "practice.licence", "practice.wording"} {
			if strings.Contains(b.String(), ">"+l.T(key)+"<") {
				t.Errorf("%s: %q is said though nothing is known", l.Tag(), l.T(key))
			}
		}
	}
}
