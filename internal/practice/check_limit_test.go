package practice

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Every limit holds what it says and nothing more. Characters of two bytes
// stand for the words that people write, since limits count characters.
func TestLimits(t *testing.T) {
	t.Parallel()
	address := func(n int) string { return "https://example.org/" + strings.Repeat("a", n-len("https://example.org/")) }
	for field, c := range map[string]struct {
		limit int
		set   func(p *Practice, n int)
	}{
		"slug":             {MaxSlug, func(p *Practice, n int) { p.Slug = strings.Repeat("a", n) }},
		"period":           {MaxName, func(p *Practice, n int) { p.Period.Wording = textOf(n) }},
		"run_by":           {MaxName, func(p *Practice, n int) { p.Organisation = textOf(n) }},
		"licence":          {MaxName, func(p *Practice, n int) { p.Licence = textOf(n) }},
		"organisation":     {MaxName, func(p *Practice, n int) { p.Source.Name = textOf(n) }},
		"source_url":       {MaxURL, func(p *Practice, n int) { p.Source.URL = address(n) }},
		"cities":           {MaxName, func(p *Practice, n int) { p.Place.Cities[0].Name = textOf(n) }},
		"title":            {MaxTitle, func(p *Practice, n int) { p.Texts[0].Title = textOf(n) }},
		"title_en":         {MaxTitle, func(p *Practice, n int) { p.Texts[0].TitleEnglish = textOf(n) }},
		"summary":          {MaxSummary, func(p *Practice, n int) { p.Texts[0].Summary = textOf(n) }},
		"texts.en.title":   {MaxTitle, func(p *Practice, n int) { p.Texts[1].Title = textOf(n) }},
		"texts.en.summary": {MaxSummary, func(p *Practice, n int) { p.Texts[1].Summary = textOf(n) }},
	} {
		p := validPractice()
		c.set(&p, c.limit)
		if problems := p.Check(); problems != nil {
			t.Errorf("%s at its limit: %v", field, problems)
		}
		c.set(&p, c.limit+1)
		if want := []string{fmt.Sprintf("%s: too long, at most %d", field, c.limit)}; !slices.Equal(problemTexts(p.Check()), want) {
			t.Errorf("%s beyond its limit: %v, want %v", field, p.Check(), want)
		}
	}
}

func TestEverySectionHasTheSameLimit(t *testing.T) {
	t.Parallel()
	for _, section := range Sections {
		p := validPractice()
		p.Texts[0].Sections[section] = textOf(MaxSection)
		if problems := p.Check(); problems != nil {
			t.Errorf("%s at its limit: %v", section, problems)
		}
		p.Texts[0].Sections[section] += "ж"
		want := []Problem{{Field: "sections." + string(section), Rule: TooLong, Limit: MaxSection}}
		if got := p.Check(); !slices.Equal(got, want) {
			t.Errorf("%s beyond its limit: %v", section, got)
		}
	}
}

// So many cities or texts, and not one more.
func TestLimitsOfLists(t *testing.T) {
	t.Parallel()
	p := validPractice()
	p.Place.Cities = slices.Repeat(p.Place.Cities, MaxCities)
	for _, language := range Languages() {
		if len(p.Texts) < MaxTexts && language != "el" && language != "en" {
			p.Texts = append(p.Texts, Text{Language: language, State: Human, TitleLanguage: language, Title: "T", Summary: "S"})
		}
	}
	if problems := p.Check(); problems != nil {
		t.Errorf("at the limits: %v", problems)
	}
	p.Texts = append(p.Texts, Text{Language: "zu", State: Human, TitleLanguage: "zu", Title: "T", Summary: "S"})
	if got := problemTexts(p.Check()); !slices.Equal(got, []string{"texts: too long, at most 40"}) {
		t.Errorf("a text too many: %v", got)
	}
}

// The globe's edges belong to it.
func TestCoordinatesAtTheEdge(t *testing.T) {
	t.Parallel()
	for _, at := range [][2]float64{{90, 180}, {-90, -180}, {0, 0}} {
		p := validPractice()
		p.Place.Cities[0].Latitude = at[0]
		p.Place.Cities[0].Longitude = at[1]
		if problems := p.Check(); problems != nil {
			t.Errorf("%v: %v", at, problems)
		}
	}
	p := validPractice()
	p.Place.Cities[0].Latitude = -90.001
	p.Place.Cities[0].Longitude = 180.001
	if got := problemTexts(p.Check()); !slices.Equal(got, []string{`latitude: malformed: "-90.001"`, `longitude: malformed: "180.001"`}) {
		t.Errorf("off the globe: %v", got)
	}
}

func TestAddressOfTheSource(t *testing.T) {
	t.Parallel()
	for address, allowed := range map[string]bool{
		"":                           true,
		"http://example.org":         true,
		"https://example.org:8443/x": true,
		"HTTPS://EXAMPLE.ORG/":       true,
		"https://παράδειγμα.gr/α?β=γ": true,
		"https://[2001:db8::1]/":      true,
		"example.org":                 false,
		"//example.org/x":             false,
		"ftp://example.org/x":         false,
		"data:text/html,x":            false,
		"mailto:ana@example.org":      false,
		" https://example.org":        false,
		"https://exa mple.org":        false,
		"https://example.org/\x00":    false,
		"https://example.org:port/":   false,
		"http://":                     false,
	} {
		p := Practice{Source: Source{URL: address}}
		found := slices.ContainsFunc(p.Check(), func(problem Problem) bool { return problem.Field == "source_url" })
		if found == allowed {
			t.Errorf("%q is taken: %v", address, !found)
		}
	}
}

// The first text is the original and no other is; translations may be in any of
// the other states.
func TestStatesOfTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first, second TextState
		want          []string
	}{
		{Original, Human, nil},
		{Original, Machine, nil},
		{Original, Outdated, nil},
		{Original, Original, []string{`texts.en.state: malformed: "original"`}},
		{Human, Human, []string{`state: malformed: "human"`}},
		{Outdated, Original, []string{`state: malformed: "outdated"`, `texts.en.state: malformed: "original"`}},
		{"", "ORIGINAL", []string{"state: unknown", `texts.en.state: unknown: "ORIGINAL"`}},
	} {
		p := validPractice()
		p.Texts[0].State = c.first
		p.Texts[1].State = c.second
		if got := problemTexts(p.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%q then %q: %v, want %v", c.first, c.second, got, c.want)
		}
	}
}

// Problems come in the order of the fields, so that a form or a file is mended
// from top to bottom.
func TestProblemsAreInTheOrderOfTheFields(t *testing.T) {
	t.Parallel()
	p := validPractice()
	p.Slug = ""
	p.Place.Countries[0] = "XX"
	p.Topics = nil
	p.Licence = "\xff"
	p.Source.URL = "nowhere"
	p.Texts[0].Title = ""
	p.Texts[0].Summary = ""
	p.Texts[1].Language = "xx"
	want := []string{"slug: missing", `country_code: unknown: "XX"`, "topics: missing", "licence: not text",
		`source_url: malformed: "nowhere"`, "title: missing", "summary: missing", `texts.xx.language: unknown: "xx"`}
	if got := problemTexts(p.Check()); !slices.Equal(got, want) {
		t.Errorf("problems: %q, want %q", got, want)
	}
}

func TestPeriodBackwards(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		start, end Date
		want       bool
	}{
		{Date{}, Date{}, false},
		{Date{Year: 2020}, Date{}, false},
		{Date{}, Date{Year: 2020}, false},
		{Date{Year: 2020}, Date{Year: 2019}, true},
		{Date{Year: 2020}, Date{Year: 2020}, false},
		{Date{2020, 5}, Date{2020, 5}, false},
		{Date{2020, 5}, Date{2020, 4}, true},
		{Date{2020, 12}, Date{Year: 2020}, false}, // the bare year reaches to its December
		{Date{Year: 2020}, Date{2020, 1}, false},  // and begins with its January
		{Date{2021, 1}, Date{Year: 2020}, true},
	} {
		if got := (Period{Start: c.start, End: c.end}).Backwards(); got != c.want {
			t.Errorf("%v to %v is backwards: %v", c.start, c.end, got)
		}
	}
}

// What the form offers is what the check takes.
func TestCodesThatAreOfferedAreKnown(t *testing.T) {
	t.Parallel()
	countries, languages := Countries(), Languages()
	if len(countries) != 250 || len(languages) != 183 {
		t.Errorf("%d countries and %d languages", len(countries), len(languages))
	}
	if !slices.IsSorted(countries) || !slices.IsSorted(languages) {
		t.Error("the codes are not in order")
	}
	for _, country := range countries {
		if !country.Known() {
			t.Errorf("country %q is offered and not known", country)
		}
	}
	for _, language := range languages {
		if !language.Known() {
			t.Errorf("language %q is offered and not known", language)
		}
	}
	for _, code := range []Country{"EU", "UK", "ZZ", "AX ", "E A", "DA"} {
		if code.Known() {
			t.Errorf("country %q is known", code)
		}
	}
	for _, year := range []int{MinYear - 1, MaxYear + 1, 0, -2020} {
		if PlausibleYear(year) {
			t.Errorf("the year %d is plausible", year)
		}
	}
	if !PlausibleYear(MinYear) || !PlausibleYear(MaxYear) {
		t.Error("the bounds are not plausible")
	}
}
