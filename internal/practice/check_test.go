package practice

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// validPractice is a practice without a problem.
func validPractice() Practice {
	return Practice{
		Slug:   "library-of-people",
		Place:  Place{Countries: []Country{"GR"}, Cities: []City{{Country: "GR", Name: "Ιωάννινα", Latitude: 39.66, Longitude: 20.85}}},
		Topics: []Topic{"education", "refugees"},
		Source: Source{URL: "https://example.org/a?b=c"},
		Texts: []Text{
			{Language: "el", State: Original, TitleLanguage: "el", Title: "Τίτλος", Summary: "Περίληψη",
				Sections: map[Section]string{Purpose: "Γιατί"}},
			{Language: "en", State: Machine, TitleLanguage: "en", Title: "Title", Summary: "Summary"},
		},
	}
}

// textOf is a text of as many characters, each of two bytes: limits count characters.
func textOf(n int) string { return strings.Repeat("ж", n) }

// numbered are as many keywords, no two alike.
func numbered(count int) []string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf("keyword-%d", i)
	}
	return list
}

// What stands exactly at a limit is still allowed.
func TestSoundPracticeHasNoProblem(t *testing.T) {
	t.Parallel()
	if problems := validPractice().Check(); problems != nil {
		t.Errorf("problems: %v", problems)
	}
	widest := validPractice()
	widest.Texts[0].Title, widest.Texts[0].Summary = textOf(MaxTitle), textOf(MaxSummary)
	widest.Texts[0].Sections[Impact] = textOf(MaxSection)
	widest.Keywords = append(numbered(MaxKeywords-1), strings.Repeat("a", MaxKeyword))
	widest.Organisation, widest.Slug = textOf(MaxName), strings.Repeat("a", MaxSlug)
	if problems := widest.Check(); problems != nil {
		t.Errorf("at the limits: %v", problems)
	}
}

// Every rule on facts, named by the field as it stands in a file.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(p *Practice)
		want  []string
	}{
		"empty": {func(p *Practice) { *p = Practice{} },
			[]string{"slug: missing", "country_code: missing", "topics: missing", "title: missing"}},
		"slug too long":        {func(p *Practice) { p.Slug = strings.Repeat("a", MaxSlug+1) }, []string{"slug: too long, at most 120"}},
		"slug with capitals":   {func(p *Practice) { p.Slug = "Library" }, []string{`slug: malformed: "Library"`}},
		"slug with edge":       {func(p *Practice) { p.Slug = "-library-" }, []string{`slug: malformed: "-library-"`}},
		"no country":           {func(p *Practice) { p.Place.Countries = nil }, []string{"country_code: missing"}},
		"unknown country":      {func(p *Practice) { p.Place.Countries[0] = "XX" }, []string{`country_code: unknown: "XX"`}},
		"country in lower":     {func(p *Practice) { p.Place.Countries[0] = "gr" }, []string{`country_code: unknown: "gr"`}},
		"country across codes": {func(p *Practice) { p.Place.Countries[0] = "D " }, []string{`country_code: unknown: "D "`}},
		"country twice":        {func(p *Practice) { p.Place.AddCountry("GR"); p.Place.Countries = append(p.Place.Countries, "GR") }, []string{`country_code: repeated: "GR"`}},
		"too many cities": {func(p *Practice) { p.Place.Cities = slices.Repeat(p.Place.Cities, MaxCities+1) },
			[]string{"cities: too long, at most 100"}},
		"city without name":    {func(p *Practice) { p.Place.Cities[0].Name = " " }, []string{"cities: missing"}},
		"city name too long":   {func(p *Practice) { p.Place.Cities[0].Name = textOf(MaxName + 1) }, []string{"cities: too long, at most 300"}},
		"city nowhere":         {func(p *Practice) { p.Place.Cities[0].Country = "" }, []string{"country_code: unknown"}},
		"beyond the pole":      {func(p *Practice) { p.Place.Cities[0].Latitude = 90.5 }, []string{`latitude: malformed: "90.5"`}},
		"around the world":     {func(p *Practice) { p.Place.Cities[0].Longitude = -181 }, []string{`longitude: malformed: "-181"`}},
		"no topic":             {func(p *Practice) { p.Topics = nil }, []string{"topics: missing"}},
		"unknown topics":       {func(p *Practice) { p.Topics = []Topic{"a", "b"} }, []string{`topics: unknown: "a"`, `topics: unknown: "b"`}},
		"topic twice":          {func(p *Practice) { p.Topics = []Topic{"roma", "roma"} }, []string{`topics: repeated: "roma"`}},
		"too many keywords":    {func(p *Practice) { p.Keywords = numbered(MaxKeywords + 1) }, []string{"keywords: too long, at most 30"}},
		"keyword too long":     {func(p *Practice) { p.Keywords = []string{strings.Repeat("a", MaxKeyword+1)} }, []string{"keywords: too long, at most 60"}},
		"keywords as words":    {func(p *Practice) { p.Keywords = []string{"Hate speech", ""} }, []string{`keywords: malformed: "Hate speech"`, "keywords: malformed"}},
		"keyword twice":        {func(p *Practice) { p.Keywords = []string{"school", "school"} }, []string{`keywords: repeated: "school"`}},
		"wording too long":     {func(p *Practice) { p.Period.Wording = textOf(MaxName + 1) }, []string{"period: too long, at most 300"}},
		"run by too long":      {func(p *Practice) { p.Organisation = textOf(MaxName + 1) }, []string{"run_by: too long, at most 300"}},
		"licence too long":     {func(p *Practice) { p.Licence = textOf(MaxName + 1) }, []string{"licence: too long, at most 300"}},
		"publisher too long":   {func(p *Practice) { p.Source.Name = textOf(MaxName + 1) }, []string{"organisation: too long, at most 300"}},
		"address too long":     {func(p *Practice) { p.Source.URL += textOf(MaxURL) }, []string{"source_url: too long, at most 2000"}},
		"address with script":  {func(p *Practice) { p.Source.URL = "javascript:alert(1)" }, []string{`source_url: malformed: "javascript:alert(1)"`}},
		"address without host": {func(p *Practice) { p.Source.URL = "https:///x" }, []string{`source_url: malformed: "https:///x"`}},
		"address to a file":    {func(p *Practice) { p.Source.URL = "file://host/x" }, []string{`source_url: malformed: "file://host/x"`}},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); checkProblems(t, c.spoil, c.want) })
	}
}

// Every rule on words. Fields of a second text bear its language.
func TestCheckTexts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(p *Practice)
		want  []string
	}{
		"none":              {func(p *Practice) { p.Texts = nil }, []string{"title: missing"}},
		"unknown language":  {func(p *Practice) { p.Texts[0].Language = "xx" }, []string{`language: unknown: "xx"`}},
		"unknown title's":   {func(p *Practice) { p.Texts[0].TitleLanguage = "" }, []string{"title_language: unknown"}},
		"no title":          {func(p *Practice) { p.Texts[0].Title = "\n" }, []string{"title: missing"}},
		"title too long":    {func(p *Practice) { p.Texts[0].Title = textOf(MaxTitle + 1) }, []string{"title: too long, at most 300"}},
		"English too long":  {func(p *Practice) { p.Texts[0].TitleEnglish = textOf(MaxTitle + 1) }, []string{"title_en: too long, at most 300"}},
		"no summary":        {func(p *Practice) { p.Texts[0].Summary = "" }, []string{"summary: missing"}},
		"summary too long":  {func(p *Practice) { p.Texts[0].Summary = textOf(MaxSummary + 1) }, []string{"summary: too long, at most 3000"}},
		"section too long":  {func(p *Practice) { p.Texts[0].Sections[Impact] = textOf(MaxSection + 1) }, []string{"sections.impact: too long, at most 30000"}},
		"unknown section":   {func(p *Practice) { p.Texts[0].Sections["aim"] = "x" }, []string{"sections.aim: unknown"}},
		"not UTF-8":         {func(p *Practice) { p.Texts[0].Title = "a\xff" }, []string{"title: not text"}},
		"a zero":            {func(p *Practice) { p.Texts[0].Summary = "a\x00" }, []string{"summary: not text"}},
		"second's title":    {func(p *Practice) { p.Texts[1].Title = "" }, []string{"texts.en.title: missing"}},
		"second's section":  {func(p *Practice) { p.Texts[1].Sections = map[Section]string{"aim": ""} }, []string{"texts.en.sections.aim: unknown"}},
		"language twice":    {func(p *Practice) { p.Texts[1].Language = "el" }, []string{`texts.el.language: repeated: "el"`}},
		"unknown state":     {func(p *Practice) { p.Texts[1].State = "guessed" }, []string{`texts.en.state: unknown: "guessed"`}},
		"no state":          {func(p *Practice) { p.Texts[1].State = "" }, []string{"texts.en.state: unknown"}},
		"two originals":     {func(p *Practice) { p.Texts[1].State = Original }, []string{`texts.en.state: malformed: "original"`}},
		"no original":       {func(p *Practice) { p.Texts[0].State = Human }, []string{`state: malformed: "human"`}},
		"outdated is sound": {func(p *Practice) { p.Texts[1].State = Outdated }, nil},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); checkProblems(t, c.spoil, c.want) })
	}
}

func TestCheckCountsTexts(t *testing.T) {
	t.Parallel()
	p := validPractice()
	for at := 0; len(p.Texts) <= MaxTexts; at += 3 {
		if language := Language(languageCodes[at : at+2]); language != "el" && language != "en" {
			more := p.Texts[1]
			more.Language = language
			p.Texts = append(p.Texts, more)
		}
	}
	if got := problemTexts(p.Check()); !slices.Equal(got, []string{"texts: too long, at most 40"}) {
		t.Errorf("problems: %q", got)
	}
}

func checkProblems(t *testing.T, spoil func(*Practice), want []string) {
	t.Helper()
	p := validPractice()
	spoil(&p)
	if got := problemTexts(p.Check()); !reflect.DeepEqual(got, want) {
		t.Errorf("problems: %q, want %q", got, want)
	}
}

func problemTexts(problems []Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, p.String())
	}
	return list
}

// Codes are looked up in one long string, where a wrong step would go unseen.
func TestTopicsAndCodesAreKnown(t *testing.T) {
	t.Parallel()
	if !slices.IsSorted(Topics) || len(slices.Compact(slices.Clone(Topics))) != len(Topics) {
		t.Error("the taxonomy is not sorted or says a topic twice")
	}
	for at := 0; at < len(countryCodes); at += 3 {
		if code := Country(countryCodes[at : at+2]); !code.Known() {
			t.Errorf("country %q is listed and not known", code)
		}
	}
	for at := 0; at < len(languageCodes); at += 3 {
		if code := Language(languageCodes[at : at+2]); !code.Known() {
			t.Errorf("language %q is listed and not known", code)
		}
	}
	for _, code := range []string{"", "x", "eng", "EN", "a ", " a"} {
		if Language(code).Known() {
			t.Errorf("language %q is known", code)
		}
	}
}
