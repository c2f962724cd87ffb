package submission

import (
	"slices"
	"testing"

	"exempla/internal/practice"
)

// original is a practice in English, with a translation.
func original(sections map[practice.Section]string, translation map[practice.Section]string) practice.Practice {
	return practice.Practice{Texts: []practice.Text{
		{Language: "en", State: practice.Original, Title: "Two desks", Summary: "Two desks.", Sections: sections},
		{Language: "fr", State: practice.Human, Title: "Deux bureaux", Summary: "Deux bureaux.", Sections: translation},
	}}
}

// rulesOf names the parts of what keeps a submission from being submitted, with the rules.
func rulesOf(s Submission) []string {
	var list []string
	for _, p := range s.Problems() {
		list = append(list, string(p.Part)+" "+string(p.Rule))
	}
	return list
}

// A new translation has to have what the original has, and nothing else.
func TestTranslationIsAskedForWhatTheOriginalHas(t *testing.T) {
	t.Parallel()
	p := original(map[practice.Section]string{practice.Purpose: "For all.", practice.Lessons: "Ask first."}, nil)
	o := OriginalIn("de", Sources{Now: p, Followed: p})
	s := Submission{Kind: Translation, Language: "de", Content: Proposed(p, "de"), Original: &o}
	s.Content.Title = "Two desks"
	if got, want := rulesOf(s), []string{"summary missing", "purpose missing"}; !slices.Equal(got, want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
	s.Content = s.Content.WithText(Summary, "Zwei Tische.").WithText(Part(practice.Purpose), "Für alle.")
	if got := rulesOf(s); len(got) > 0 {
		t.Errorf("asked for %v as well", got)
	}
}

// A translation that there was is asked for what is new in the original, and for nothing
// that it lacked before.
func TestTranslationAgainIsAskedForWhatIsNew(t *testing.T) {
	t.Parallel()
	before := original(map[practice.Section]string{practice.Purpose: "For all.", practice.Process: "We met."}, map[practice.Section]string{practice.Purpose: "Pour tous."})
	now := original(map[practice.Section]string{practice.Purpose: "For all, twice.", practice.Process: "We met.", practice.Impact: "Many came."},
		map[practice.Section]string{practice.Purpose: "Pour tous."})
	o := OriginalIn("fr", Sources{Now: now, Followed: before, Again: true})
	s := Submission{Kind: Translation, Language: "fr", Content: Proposed(now, "fr"), Original: &o}
	s.Content.Completed = nil
	if got, want := rulesOf(s), []string{"purpose behind", "impact missing"}; !slices.Equal(got, want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
	if AsksWord(s, Part(practice.Process)) || !AsksWord(s, Part(practice.Purpose)) {
		t.Error("a word is asked for other parts than those that have changed")
	}
	if s.Completed(Part(practice.Purpose)) || !s.Completed(Summary) {
		t.Error("a part that is behind counts as completed, or one that is not does not")
	}
	s.Content = s.Content.WithText(Part(practice.Purpose), "Pour tous, deux fois.").WithText(Part(practice.Impact), "Beaucoup.")
	s.Content = s.Content.WithCompleted(Part(practice.Purpose), true).WithCompleted(Part(practice.Impact), true)
	if got := rulesOf(s); len(got) > 0 {
		t.Errorf("asked for %v as well", got)
	}
	s.Content = s.Content.WithText(Summary, "")
	if got := rulesOf(s); !slices.Equal(got, []string{"summary missing"}) {
		t.Errorf("without a summary that is public, asked for %v", got)
	}
}
