package submission_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// What is special about each part, written by hand: t for a long text, f for
// files, o for optional, c for what editors may correct, w for what
// translations have.
func TestEveryPart(t *testing.T) {
	t.Parallel()
	want := map[submission.Part]struct {
		traits string
		words  int
	}{
		"place": {"w", 0}, "period": {"", 0}, "topics": {"", 0}, "summary": {"tw", 100}, "purpose": {"tw", 150}, "stimulus": {"tow", 300},
		"process": {"tw", 600}, "impact": {"tw", 400}, "lessons": {"tow", 300}, "key_reference_documents": {"tfow", 300}, "pictures": {"fow", 0},
		"contact": {"tw", 60},
	}
	if len(submission.Parts) != len(want) {
		t.Errorf("%d parts, want %d", len(submission.Parts), len(want))
	}
	translated := submission.Submission{Kind: submission.Translation}.Parts()
	for _, p := range submission.Parts {
		traits := ""
		for _, trait := range []struct {
			sign string
			has  bool
		}{{"t", p.IsText()}, {"f", p.HasFiles()}, {"o", p.Optional()}, {"w", slices.Contains(translated, p)}} {
			if trait.has {
				traits += trait.sign
			}
		}
		if traits != want[p].traits || p.Words() != want[p].words || !p.Known() {
			t.Errorf("%s: %q with %d words, want %+v", p, traits, p.Words(), want[p])
		}
	}
	if p := submission.Part("budget"); p.Known() || p.IsText() || p.HasFiles() || p.Words() != 0 {
		t.Error("an unknown part has traits")
	}
	if !submission.NotesPart.IsNote() || submission.Summary.IsNote() || submission.NotesPart.Known() {
		t.Error("notes are no part")
	}
}

func TestFilesOfParts(t *testing.T) {
	t.Parallel()
	files := []practice.Attachment{{Hash: "aa"}}
	for _, p := range submission.Parts {
		c := submission.Content{}.WithFiles(p, files)
		if got := len(c.FilesOf(p)) == 1; got != p.HasFiles() {
			t.Errorf("%s keeps files: %t", p, got)
		}
		if c.Filled(p) != p.HasFiles() {
			t.Errorf("%s is filled by files: %t", p, c.Filled(p))
		}
	}
}

// A draft has a title from its first moment.
func TestStarted(t *testing.T) {
	t.Parallel()
	draft := submission.Content{Title: "A"}
	for _, p := range submission.Parts {
		if draft.Started(p) {
			t.Errorf("%s of a new draft has been started", p)
		}
	}
	draft.Countries = []practice.Country{"GR"}
	if !draft.Started(submission.TitleAndPlace) || !draft.WithText(submission.Summary, "x").Started(submission.Summary) {
		t.Error("what was filled in has not been started")
	}
}

// Each field has its own bound for saving, and every one is reached.
func TestSizesOfEveryField(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", submission.MaxKept+1)
	var c submission.Content
	c.Title, c.Organisation = long, long
	c.Cities = make([]practice.City, practice.MaxCities+1)
	c.Cities[0].Name = long
	c.Pictures = []practice.Attachment{{Hash: "aa", Alt: long, Credit: "\x00"}}
	c.Files = []practice.Attachment{{Hash: "bb", Name: long}}
	for _, p := range submission.Parts {
		if p.IsText() {
			c = c.WithText(p, long)
		}
	}
	got := map[string]submission.Rule{}
	for _, problem := range c.Sizes() {
		if problem.Rule == submission.TooLarge && problem.Found <= problem.Limit {
			t.Errorf("%+v", problem)
		}
		got[problem.Field] = problem.Rule
	}
	want := []string{"title", "organisation", "city", "alt-aa", "name-bb", "summary", "purpose", "stimulus", "process", "impact", "lessons",
		"key_reference_documents", "contact"}
	for _, field := range want {
		if got[field] != submission.TooLarge {
			t.Errorf("%s: %q", field, got[field])
		}
	}
	if got["credit-aa"] != submission.NotText || len(got) != len(want)+1 {
		t.Errorf("%v", got)
	}
	if list := complete().Sizes(); len(list) != 0 {
		t.Errorf("%v", list)
	}
}
