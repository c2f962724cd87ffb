package submission_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Every part can be taken from one text into another, and its digest tells
// whether it was.
func TestPartsAreIndependent(t *testing.T) {
	t.Parallel()
	full := complete()
	full.Pictures = []practice.Attachment{{Hash: "aa", Alt: "A desk"}}
	full.Files = []practice.Attachment{{Hash: "bb", Name: "Plan"}}
	full.NamesPerson, full.PersonAgrees = true, true
	full.Keywords = []string{"refugee", "information-point"}
	for _, p := range submission.Parts {
		full = full.WithText(submission.Part(practice.Lessons), "Learned").WithText(submission.Part(practice.Stimulus), "Prompted").WithCompleted(p, true)
	}
	var built submission.Content
	for _, p := range submission.Parts {
		if built.Digest(p) == full.Digest(p) {
			t.Errorf("%s: an empty part has the digest of a full one", p)
		}
		before := map[submission.Part]string{}
		for _, other := range submission.Parts {
			before[other] = built.Digest(other)
		}
		built = built.With(p, full)
		for _, other := range submission.Parts {
			if changed := built.Digest(other) != before[other]; changed != (other == p) {
				t.Errorf("taking %s changed %s: %t", p, other, changed)
			}
		}
		if !built.Filled(p) || built.Digest(p) != full.Digest(p) {
			t.Errorf("%s was not taken", p)
		}
	}
	if !reflect.DeepEqual(built, full) {
		t.Errorf("parts do not make the whole:\n%+v\n%+v", built, full)
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	long := ""
	for range 101 {
		long += "word "
	}
	change := func(do func(*submission.Content)) submission.Content {
		c := complete()
		do(&c)
		return c
	}
	year := func(n int) practice.Date { return practice.Date{Year: n} }
	tests := map[string]struct {
		content submission.Content
		field   string
		rule    submission.Rule
	}{
		"no country": {change(func(c *submission.Content) { c.Countries = nil }), submission.CountryField, submission.Missing},
		"no place":   {change(func(c *submission.Content) { c.Cities = nil }), submission.CityField, submission.NoPlace},
		"no start":   {change(func(c *submission.Content) { c.Period.Start = practice.Date{} }), submission.StartField, submission.Missing},
		"no end":     {change(func(c *submission.Content) { c.Period.Ongoing = false }), submission.EndField, submission.NoEnd},
		"year 0017":  {change(func(c *submission.Content) { c.Period.Start = year(17) }), submission.StartField, submission.Impossible},
		"year 20190": {change(func(c *submission.Content) { c.Period.End = year(20190) }), submission.EndField, submission.Impossible},
		"backwards":  {change(func(c *submission.Content) { c.Period.End = year(2012) }), submission.EndField, submission.Backwards},
		"no topics":  {change(func(c *submission.Content) { c.Topics = nil }), submission.TopicsField, submission.Missing},
		"no summary": {change(func(c *submission.Content) { c.Summary = " " }), "summary", submission.Missing},
		"unseen":     {change(func(c *submission.Content) { c.Summary = "\u00a0\u2800\n\u3164" }), "summary", submission.Missing},
		"no title":   {change(func(c *submission.Content) { c.Title = "\u00a0\u2800\u3164" }), submission.TitleField, submission.Missing},
		"long":       {change(func(c *submission.Content) { c.Summary = long }), "summary", submission.TooManyWords},
		"person":     {change(func(c *submission.Content) { c.NamesPerson = true }), submission.AgreesField, submission.NoConsent},
		"picture":    {change(func(c *submission.Content) { c.Pictures = []practice.Attachment{{Hash: "aa"}} }), "alt-aa", submission.NoAlt},
	}
	for name, test := range tests {
		s := in(submission.Draft)
		s.Content = test.content
		problems := s.Problems()
		if len(problems) != 1 || problems[0].Field != test.field || problems[0].Rule != test.rule {
			t.Errorf("%s: %+v", name, problems)
		}
	}
	s := in(submission.Draft)
	if problems := s.Problems(); len(problems) > 0 {
		t.Errorf("a complete text: %+v", problems)
	}
	s.Kind, s.Content = submission.Translation, complete()
	s.Content.Countries, s.Content.Cities, s.Content.Topics, s.Content.Period = nil, nil, nil, practice.Period{}
	if problems := s.Problems(); len(problems) > 0 {
		t.Errorf("a translation without facts: %+v", problems)
	}
}

func TestWhoMaySeeAndPropose(t *testing.T) {
	t.Parallel()
	s := in(submission.Draft)
	s.Round = 0
	for name, viewer := range people {
		officer := name == "ana" || name == "ben" || name == "eva"
		if s.IsOfficer(viewer) != officer || s.MayRead(viewer) != officer {
			t.Errorf("%s may read a draft: %t", name, s.MayRead(viewer))
		}
	}
	greek := practice.Place{Countries: []practice.Country{"GR"}}
	local := practice.Place{Countries: greek.Countries, Cities: []practice.City{{Country: ioannina.Country, Name: ioannina.Name}}}
	for name, want := range map[string]bool{"ana": false, "ben": true, "ivo": false, "kim": false, "eva": true, "ada": false, "root": false, "nobody": false} {
		if got := submission.MayPropose(people[name], practice.Practice{Place: local}); got != want {
			t.Errorf("%s proposes for the city: %t", name, got)
		}
		if got := submission.MayPropose(people[name], practice.Practice{Place: greek}); got != want {
			t.Errorf("%s proposes for the country: %t", name, got)
		}
	}
}

func TestPublished(t *testing.T) {
	t.Parallel()
	s := in(submission.Approved)
	s.Content.Keywords = []string{"refugee"}
	fresh := s.Published(practice.Practice{})
	if len(fresh.Texts) != 1 || fresh.Texts[0].State != practice.Original || fresh.Place.Cities[0].Name != "Ioannina" || fresh.Licence != submission.Licence || !slices.Equal(fresh.Keywords, s.Content.Keywords) {
		t.Errorf("a new practice: %+v", fresh)
	}
	if back := submission.Proposed(fresh, "en"); back.Summary != s.Content.Summary || !reflect.DeepEqual(back.Period, s.Content.Period) || !back.Is(submission.Summary) || !slices.Equal(back.Keywords, fresh.Keywords) {
		t.Errorf("proposed again: %+v", back)
	}
	named := fresh
	named.Place.Cities = slices.Clone(fresh.Place.Cities)
	named.Place.Cities[0].Names = practice.NewCityNames(nil, []string{"Janina"})
	if back := submission.Proposed(named, "en"); !reflect.DeepEqual(back, submission.Proposed(fresh, "en")) || named.Place.Cities[0].Names == "" {
		t.Errorf("names of the city are in the text: %+v", back)
	}

	s.Kind, s.Language, s.Content.Keywords = submission.Translation, "el", nil
	s.Content.Title, s.Content.Period = "Γραφείο", practice.Period{Start: practice.Date{Year: 1999, Month: time.May}}
	both := s.Published(fresh)
	if len(both.Texts) != 2 || both.Texts[1].State != practice.Human || both.Texts[0].State != practice.Original || !reflect.DeepEqual(both.Period, fresh.Period) || !slices.Equal(both.Keywords, fresh.Keywords) {
		t.Errorf("a translation: %+v", both)
	}

	s.Kind, s.Language, s.Content = submission.Change, "en", complete()
	s.Content.Title = "A better help desk"
	again := s.Published(both)
	if again.Texts[0].Title != "A better help desk" || again.Texts[0].State != practice.Original || again.Texts[1].State != practice.Outdated || len(again.Keywords) > 0 {
		t.Errorf("a changed original: %+v", again)
	}
	if both.Texts[1].State != practice.Human {
		t.Error("the practice before was changed")
	}
}

// Whoever writes is offered as the contact where there is none, in every round; not in
// what others have written.
func TestOfferContact(t *testing.T) {
	t.Parallel()
	ana := account.Account{Name: "Ana", Mail: "ana@city.example", Cities: []account.City{account.NewCity("GR", "Ioannina"), account.NewCity("GR", "Volos")}}
	contact := submission.Part(practice.Contact)
	for name, c := range map[string]struct {
		now    submission.Submission
		writer account.Account
		want   string
	}{
		"a draft":                       {submission.Submission{Kind: submission.New}, ana, "Ana\nIoannina, Volos\nana@city.example"},
		"changes of a draft":            {submission.Submission{Kind: submission.New, State: submission.ChangesRequested, Round: 1}, ana, "Ana\nIoannina, Volos\nana@city.example"},
		"a change of a public practice": {submission.Submission{Kind: submission.Change}, ana, "Ana\nIoannina, Volos\nana@city.example"},
		"an officer without a city":     {submission.Submission{Kind: submission.New}, account.Account{Name: "Bo", Mail: "bo@city.example"}, "Bo\nbo@city.example"},
		"a contact that is there":       {submission.Submission{Content: submission.Content{}.WithText(contact, "The office")}, ana, ""},
		"a translation":                 {submission.Submission{Kind: submission.Translation}, ana, ""},
		"a correction by an editor":     {submission.Submission{Kind: submission.Change, Correction: &submission.Correction{}}, ana, ""},
	} {
		got, offered := submission.OfferContact(c.now, c.writer)
		if offered != (c.want != "") || offered && got.Content.Text(contact) != c.want || offered != got.Content.NamesPerson || got.Content.PersonAgrees {
			t.Errorf("%s: offered %v, %+v", name, offered, got.Content)
		}
		if c.now.Completed(contact) && offered {
			t.Errorf("%s: the offer is counted as an answer", name)
		}
	}
}
