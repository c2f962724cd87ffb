package theme_test

import (
	"reflect"
	"strings"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/theme"
)

// What is written is read again, and gives the same mark.
func TestThemeIsReadAsWritten(t *testing.T) {
	t.Parallel()
	var made theme.Theme
	made.Words.Set("en", "site.name", locale.Forms{"other": "Intercity"})
	made.Words.Set("ar", "people.count", locale.Forms{"zero": "0", "one": "1", "two": "2", "few": "{{.Count}}", "many": "{{.Count}}", "other": "{{.Count}}"})
	made.TopicsOff, made.FacetsOff = []practice.Topic{"roma"}, []string{"year", "city"}
	made.SetAbout("el", "Μία γραμμή\n\n## και άλλη")
	made.Limits = submission.Limits{Words: map[submission.Part]int{submission.Summary: 80}, Topics: 2, Files: 5}
	read, err := theme.Read(made.Write())
	if err != nil || !reflect.DeepEqual(read, made) || read.Mark() != made.Mark() {
		t.Errorf("%+v, %v", read, err)
	}
	if faults := made.Check(); len(faults) > 0 {
		t.Errorf("%+v", faults)
	}
	made.Words.Set("ar", "people.count", nil)
	if made.Mark() == read.Mark() || len(made.Words) != 1 {
		t.Errorf("%+v", made)
	}
}

func TestFaultsOfThemes(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		`{"words": {"xx": {"site.name": "A"}}}`:                                      "words.xx no_language xx",
		`{"words": {"en": {"no.such": "A"}}}`:                                        "words.en.no.such no_message ",
		`{"words": {"en": {"site.name": ""}}}`:                                       "words.en.site.name form_missing other",
		`{"words": {"en": {"site.name": {"one": "A", "other": "B"}}}}`:               "words.en.site.name form_unknown one",
		`{"words": {"en": {"site.name": "{{.SiteName}}"}}}`:                          "words.en.site.name value_unknown {{.SiteName}}",
		`{"words": {"en": {"site.name": "A\nB"}}}`:                                   "words.en.site.name not_one_line ",
		`{"words": {"en": {"layout.tagline": "Of {{.SiteName}}"}}}`:                  "",
		`{"words": {"en": {"people.count": {"one": "One", "other": "{{.Count}}"}}}}`: "",
		`{"words": {"en": {"people.count": {"one": "One", "other": "Some"}}}}`:       "words.en.people.count value_missing {{.Count}}",
		`{"topics_off": ["roma", "space"]}`:                                          "topics_off no_topic space",
		`{"facets_off": ["topic", "country", "city", "year", "language", "status"]}`: "",
		`{"facets_off": ["colour"]}`:                                                 "facets_off no_facet colour",
		`{"about": {"en": "## We", "xx": "A"}}`:                                      "about.xx no_language xx",
		`{"about": {"ar": "` + strings.Repeat("و", theme.MaxAbout+1) + `"}}`:         "about.ar too_long ",
		`{"limits": {"words": {"summary": 20, "impact": 3000}, "topics": 10}}`:       "",
		`{"limits": {"words": {"summary": 19, "impact": 3001}, "topics": 11}}`:       "limits.words.impact bounds 3001; limits.words.summary bounds 19; limits.topics bounds 11",
		`{"limits": {"words": {"place": 20, "budget": 20}, "files": 13}}`:            "limits.words no_part budget; limits.words no_part place; limits.files bounds 13",
	} {
		read, err := theme.Read([]byte(content))
		if err != nil {
			t.Errorf("%s: %v", content, err)
		}
		var got []string
		for _, f := range read.Check() {
			got = append(got, f.Path+" "+f.Why+" "+f.What)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %q", content, got, want)
		}
	}
	for _, content := range []string{``, `{"word": {}}`, `{"words": 1}`, strings.Repeat(" ", 2*theme.MaxSize+1)} {
		if _, err := theme.Read([]byte(content)); err == nil {
			t.Errorf("%.20s is read", content)
		}
	}
}

// The nearest colour passes by WCAG's formula, and black on white has 21.
func TestNearestColours(t *testing.T) {
	t.Parallel()
	for _, accent := range []string{"#00aaff", "#ffffff", "#ff0000", "#7f7f7f"} {
		for _, pair := range []theme.Pair{{Light: accent}, {Dark: accent}, {Light: accent, Dark: accent}} {
			made := theme.Theme{Colours: theme.Colours{Accent: pair}}
			for _, f := range made.Check() {
				if f.Path == "colours.accent.light" {
					made.Colours.Accent.Light = f.What
				} else {
					made.Colours.Accent.Dark = f.What
				}
			}
			if faults := made.Check(); len(faults) > 0 {
				t.Errorf("%v: the nearest, %v, is refused: %v", pair, made.Colours.Accent, faults)
			}
		}
	}
	made := theme.Theme{Colours: theme.Colours{Header: theme.Pair{Light: "#808080"}}}
	faults := made.Check()
	if len(faults) != 1 || faults[0].Path != "colours.header.light" {
		t.Fatalf("a grey header: %+v", faults)
	}
	if (theme.Colours{}).Style() != "" || !strings.Contains(made.Colours.Style(), ".mast,.menu>div{background:light-dark(#808080,#18212a)}") {
		t.Errorf("%s", made.Colours.Style())
	}
	for typed, want := range map[string]string{"#0B5": "#00bb55", "0b5c55": "#0b5c55", " #0B5C55 ": "#0b5c55", "red": "red", "": ""} {
		if got := theme.ParseColour(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

// Texts about the site in all languages, each as long as it may be, fit into a theme.
func TestTextsInAllLanguagesFit(t *testing.T) {
	t.Parallel()
	var made theme.Theme
	for _, l := range locale.All() {
		made.SetAbout(l.Tag(), strings.Repeat("жж\n", theme.MaxAbout/3))
	}
	if faults := made.Check(); len(faults) > 0 {
		t.Errorf("%+v", faults)
	}
	made.TopicsOff = practice.Topics
	if faults := made.Check(); len(faults) != 1 || faults[0].Why != "no_topic_left" {
		t.Errorf("without any topic: %+v", faults)
	}
}
