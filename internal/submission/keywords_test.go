package submission_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/thesaurus"
)

func TestKeywordsAsTyped(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		language practice.Language
		chosen   []string
		typed    string
		want     []string
		unknown  string
	}{
		"chosen":                        {"en", []string{"school", "music"}, "", []string{"school", "music"}, ""},
		"chosen twice, or none of ours": {"en", []string{"school", "no-such", "school"}, "", []string{"school"}, ""},
		"typed":                         {"en", nil, "schools, board games", []string{"school", "board-game"}, ""},
		"typed and chosen":              {"en", []string{"school"}, "School", []string{"school"}, ""},
		"in another language":           {"en", nil, "Schach; σχολείο", []string{"chess", "school"}, ""},
		"in a language without words":   {"no", nil, "شطرنج، music", []string{"chess", "music"}, ""},
		"unknown":                       {"en", []string{"music"}, "school, quidditch , ,Qwertz", []string{"music", "school"}, "quidditch, Qwertz"},
		"more than a name":              {"en", nil, "school quidditch", nil, "school quidditch"},
		"no word at all":                {"en", nil, "!, school", []string{"school"}, "!"},
		"commas alone":                  {"en", nil, " , ;", nil, ""},
	} {
		s := submission.Submission{Language: c.language, Content: complete()}
		s.Content.Keywords = []string{"refugee"} // it is no longer chosen
		got, problems := s.Fill(submission.Topics, submission.ParsePartForm(url.Values{"keywords": c.chosen, "other_keywords": {c.typed}}))
		if !slices.Equal(got.Keywords, c.want) {
			t.Errorf("%s: %q", name, got.Keywords)
		}
		if left, ok := submission.Leftover(problems); left != c.unknown || ok != (c.unknown != "") || ok && problems[0].Field != submission.OtherKeywordsField {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}

// A word that languages take for different things is taken as in the language of the
// draft.
func TestKeywordsInTheLanguageOfTheDraft(t *testing.T) {
	t.Parallel()
	for language, want := range map[practice.Language]string{"de": "employer", "en": "chef"} {
		s := submission.Submission{Language: language, Content: complete()}
		got, _ := s.Fill(submission.Topics, submission.PartForm{OtherKeywords: "Chef"})
		if !slices.Equal(got.Keywords, []string{want}) {
			t.Errorf("in %s it is %q, want %s", language, got.Keywords, want)
		}
	}
}

func TestTooManyKeywords(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, c := range thesaurus.Load().Concepts()[:practice.MaxKeywords+1] {
		ids = append(ids, c.ID)
	}
	s := submission.Submission{Language: "en", Content: complete()}
	_, problems := s.Fill(submission.Topics, submission.PartForm{Keywords: ids, OtherKeywords: "quidditch"})
	if _, ok := submission.Leftover(problems); ok || len(problems) != 2 || problems[1].Field != submission.KeywordsField || problems[1].Rule != submission.TooLarge {
		t.Errorf("%+v", problems)
	}
	got, problems := s.Fill(submission.Topics, submission.PartForm{Keywords: ids[1:]})
	if len(got.Keywords) != practice.MaxKeywords || len(problems) > 0 {
		t.Errorf("%d keywords, %+v", len(got.Keywords), problems)
	}
	long := strings.Repeat("a,", submission.MaxOtherKeywords)
	if _, problems := s.Fill(submission.Topics, submission.PartForm{OtherKeywords: long}); len(problems) != 1 || problems[0].Rule != submission.TooLarge {
		t.Errorf("a long list: %+v", problems)
	}
}

func TestSuggestedKeywords(t *testing.T) {
	t.Parallel()
	s := submission.Submission{Language: "en"}
	s.Content.Title = "Chess for refugees"
	s.Content.Summary = "Every week, refugees and pupils of the school play chess and football."
	s.Content = s.Content.WithText(submission.Part(practice.Process), "Residents do not pay. Others find out. Music is played.").
		WithText(submission.Part(practice.Contact), "Library")
	got := s.SuggestedKeywords()
	if len(got) < 4 || !slices.Contains(got[:2], "chess") || !slices.Contains(got[:2], "refugee") {
		t.Errorf("what the title says is not first: %q", got)
	}
	for _, want := range []string{"school", "football", "music"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not suggested: %q", want, got)
		}
	}
	for _, odd := range []string{"library", "poverty", "coming-out", "residence-permit"} { // of the contact, what "not" is in German, "outed", "residency"
		if slices.Contains(got, odd) {
			t.Errorf("%s is suggested", odd)
		}
	}
	s.Content.Keywords = []string{"chess"}
	if got := s.SuggestedKeywords(); slices.Contains(got, "chess") || !slices.Contains(got, "refugee") {
		t.Errorf("with a keyword: %q", got)
	}
	s.Language = "de"
	s.Content = submission.Content{Title: "Schach für Geflüchtete"}
	if got := s.SuggestedKeywords(); len(got) != 2 {
		t.Errorf("in German: %q", got)
	}
	s.Language, s.Content = "ar", submission.Content{Title: "العيش المشترك"}
	if got := s.SuggestedKeywords(); !slices.Contains(got, "cohesion") {
		t.Errorf("in Arabic, with articles: %q", got)
	}
	s.Language = "de"
	var names []string
	for _, c := range thesaurus.Load().Concepts() {
		names = append(names, c.Name("de"))
	}
	s.Content.Summary = strings.Join(names, ". ")
	if got := s.SuggestedKeywords(); len(got) != 12 {
		t.Errorf("%d suggestions", len(got))
	}
}

// What was stored before there were keywords is read, and written as it was.
func TestContentWithoutKeywords(t *testing.T) {
	t.Parallel()
	const stored = `{"title":"A help desk","period":{"start":{"year":2017},"end":{},"ongoing":true},"topics":["refugees"],"summary":"Two desks"}`
	var c submission.Content
	if err := json.Unmarshal([]byte(stored), &c); err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(c)
	if err != nil || string(written) != stored {
		t.Errorf("%s, %v", written, err)
	}
}
