package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"exempla/internal/text"
)

// What is added comes back as the words of the name that matter.
func TestFormsOfNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, name, want string }{
		{"en", "Equality of chances", "equality chances"},
		{"en", "after school", "after school"}, // one word alone would say something else
		{"en", "how to", "how to"},
		{"en", "School", "school"},
		{"", "San Sebastián", "san sebastian"},
		{"en", "", ""}, {"en", " – ", ""},
		{"en", "one two three four five six", "one two three four five six"},
		{"en", "one two three four five six seven", "one two three four five six seven"},
		{"ja", "多文化共生", "多文化共生"},
	} {
		var got []string
		for _, form := range text.FormsOf(c.language, c.name) {
			got = append(got, form.Word)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q has %q, want %q", c.language, c.name, got, c.want)
		}
	}
}

func TestNamesInAPhrasebook(t *testing.T) {
	t.Parallel()
	var b text.Phrasebook[string]
	for _, name := range [][3]string{
		{"en", "museum", "town"}, {"en", "Museum", "town"}, {"fr", "museum", "town"}, {"en", "museum", "finance"}, {"en", "museum garden", "garden"}, {"en", "museum garden of the river", "prize"},
		{"de", "Stadt", "town"}, {"de", "Gärten", "garden"}, {"fr", "jardin", "garden"}, {"en", "one two three four five six seven", "long"}, {"en", "alpha beta gamma delta epsilon zeta", "letters"},
		{"", "Berne", "bern"}, {"fr", "berne", "flag"}, {"en", "", "nothing"}, {"ja", "多文化共生", "together"}, {"en", "sea–side", "beach"},
	} {
		b.Add(name[0], name[1], name[2])
	}
	for _, c := range []struct {
		words     string
		from      int
		languages string
		want      string
		length    int
	}{
		{"museum", 0, "en fr", "town finance", 1}, // each once
		{"museum", 0, "fr en", "town", 1},
		{"museum", 0, "", "town finance", 1},
		{"museums", 0, "en", "town finance", 1},
		{"museums", 0, "", "", 0}, // of no language, no forms
		{"the museum garden", 1, "en", "garden", 2},
		{"the museum garden", 2, "en", "", 0},
		{"the museum garden", 3, "en", "", 0},
		{"museum gardens of the river", 0, "en", "prize", 5},
		{"museum gardens river", 0, "en", "prize", 3},
		{"museum gardens of the", 0, "en", "garden", 2}, // little words at the end are not part of it
		{"of museum garden", 0, "en", "", 0},
		{"jardins", 0, "en fr de", "garden", 1},
		{"garten", 0, "en de", "garden", 1},
		{"one two three four five six seven", 0, "en", "", 0},
		{"alpha beta gamma delta epsilon zeta eta", 0, "en", "letters", 6},
		{"BERNE", 0, "en", "bern flag", 1},
		{"berne", 0, "fr en", "flag", 1},
		{"多文化共生", 0, "en", "together", 1},
		{"sea side", 0, "en", "beach", 2},
		{"seaside", 0, "en", "beach", 1},
		{"", 0, "en", "", 0},
	} {
		got, length := b.Find(text.NewWording(strings.Fields(c.words)), c.from, strings.Fields(c.languages))
		if !slices.Equal(got, strings.Fields(c.want)) || length != c.length {
			t.Errorf("%q from %d in %q: %q of %d words, want %q of %d", c.words, c.from, c.languages, got, length, c.want, c.length)
		}
	}
}

// A wording may be asked for in one book after another, in any order of places and
// languages.
func TestWordingIsAskedOften(t *testing.T) {
	t.Parallel()
	var one, other text.Phrasebook[string]
	one.Add("en", "urban garden", "garden")
	one.Add("de", "Garten", "Garten")
	other.Add("de", "Urbane Gärten", "urban")
	w := text.NewWording([]string{"urban", "gardens"})
	german := text.NewWording([]string{"urbaner", "Garten"})
	for range 2 {
		var got []string
		for _, ask := range []struct {
			book      *text.Phrasebook[string]
			w         *text.Wording
			from      int
			languages []string
		}{{&one, w, 1, []string{"en"}}, {&one, w, 0, []string{"de", "en"}}, {&other, w, 0, []string{"en", "de"}}, {&other, german, 0, []string{"en", "de"}}, {&one, german, 1, []string{"en", "de"}}} {
			things, length := ask.book.Find(ask.w, ask.from, ask.languages)
			got = append(got, fmt.Sprint(things, length))
		}
		if want := "[] 0|[garden] 2|[] 0|[urban] 2|[Garten] 1"; strings.Join(got, "|") != want {
			t.Errorf("%q, want %s", got, want)
		}
	}
}
