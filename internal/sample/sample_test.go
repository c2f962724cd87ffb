package sample_test

import (
	"reflect"
	"strings"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

func practices(t *testing.T) []practice.Practice {
	t.Helper()
	all, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A new installation is filled with these, so each must be one that the store
// accepts.
func TestSampleHasNoFault(t *testing.T) {
	t.Parallel()
	all := practices(t)
	if len(all) != 274 {
		t.Errorf("%d practices; the package's comment and the README say 274", len(all))
	}
	first := map[string]int{}
	for i, p := range all {
		if problems := p.Check(); len(problems) > 0 {
			t.Errorf("%s: %v", p.Slug, problems)
		}
		if at, twice := first[p.Slug]; twice {
			t.Errorf("practices %d and %d are both %s", at, i, p.Slug)
		}
		first[p.Slug] = i
		if p.Source.URL == "" || p.Source.Name == "" {
			t.Errorf("%s: real practices name where they were published", p.Slug)
		}
	}
}

// The README says how much there is to read.
func TestSampleIsAsLongAsTheReadmeSays(t *testing.T) {
	t.Parallel()
	longer, translated := 0, map[practice.Language]int{}
	for _, p := range practices(t) {
		if len(p.Texts[0].Sections) > 0 {
			longer++
		}
		for _, text := range p.Texts[1:] {
			if len(text.Sections) > 0 {
				translated[text.Language]++
			}
		}
	}
	if longer != 165 {
		t.Errorf("%d practices have sections", longer)
	}
	for _, l := range locale.All() {
		if n := translated[practice.Language(l.Tag())]; l.Tag() != "en" && n != 40 {
			t.Errorf("%d have sections in %s", n, l.Tag())
		}
	}
}

// The sample shows what the catalogue can do: every topic and every state of a
// text, both ways of writing, several cities and countries, all kinds of period.
func TestSampleShowsEverything(t *testing.T) {
	t.Parallel()
	missing := map[string]bool{"several countries": true, "several cities": true, "no city": true, "a located city": true,
		"running": true, "with an end": true, "without a start": true, "Arabic": true, "another original": true, "a translation": true}
	for _, topic := range practice.Topics {
		missing["topic "+string(topic)] = true
	}
	for _, p := range practices(t) {
		shown := map[string]bool{
			"several countries": len(p.Place.Countries) > 1, "several cities": len(p.Place.Cities) > 1, "no city": len(p.Place.Cities) == 0,
			"a located city": len(p.Place.Cities) > 0 && p.Place.Cities[0].Located,
			"running":        p.Period.Ongoing, "with an end": !p.Period.End.IsZero(), "without a start": p.Period.Start.IsZero(),
			"another original": p.Texts[0].TitleLanguage != practice.English, "a translation": len(p.Texts) > 1,
		}
		for _, text := range p.Texts {
			shown["Arabic"] = shown["Arabic"] || text.Language == "ar" || text.TitleLanguage == "ar"
		}
		for _, topic := range p.Topics {
			shown["topic "+string(topic)] = true
		}
		for what, is := range shown {
			if is {
				delete(missing, what)
			}
		}
	}
	for what := range missing {
		t.Errorf("no practice: %s", what)
	}
}

// Every practice is read in each language of the pages. A translation has no
// section that its original lacks, and as many entries in each list.
func TestSampleIsReadInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, p := range practices(t) {
		for _, l := range locale.All() {
			text, _ := p.Text(practice.Language(l.Tag()))
			if string(text.Language) != l.Tag() {
				t.Errorf("%s has no text in %s", p.Slug, l.Tag())
			}
		}
		original := p.Texts[0]
		for _, text := range p.Texts[1:] {
			if text.State != practice.Machine {
				t.Errorf("%s in %s is %s", p.Slug, text.Language, text.State)
			}
			for section, words := range text.Sections {
				if got, want := entries(words), entries(original.Sections[section]); got != want || original.Sections[section] == "" {
					t.Errorf("%s in %s, %s: %d entries of a list, the original has %d", p.Slug, text.Language, section, got, want)
				}
			}
		}
	}
}

// entries counts the entries of the lists in a text.
func entries(markdown string) int { return strings.Count("\n"+markdown, "\n- ") }

// Each caller gets practices of its own: tests and generators change them.
func TestSampleIsNotShared(t *testing.T) {
	t.Parallel()
	one, other := practices(t), practices(t)
	if !reflect.DeepEqual(one, other) {
		t.Fatal("reading the sample twice gives two catalogues")
	}
	slug, topic, title := one[0].Slug, one[0].Topics[0], one[0].Texts[0].Title
	one[0].Slug, one[0].Topics[0], one[0].Texts[0].Title = "x", "x", "x"
	if again := practices(t)[0]; other[0].Slug != slug || other[0].Topics[0] != topic || other[0].Texts[0].Title != title || again.Slug != slug {
		t.Error("a change of one caller's practices is seen by another")
	}
}
