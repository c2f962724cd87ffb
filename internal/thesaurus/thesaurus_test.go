package thesaurus_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
	"exempla/locales"
)

// leastConcepts is how many concepts the thesaurus was promised to have.
const leastConcepts = 700

func TestConcepts(t *testing.T) {
	t.Parallel()
	concepts := thesaurus.Load().Concepts()
	if len(concepts) < leastConcepts {
		t.Errorf("%d concepts, want %d", len(concepts), leastConcepts)
	}
	seen := map[string]bool{}
	for _, c := range concepts {
		if seen[c.ID] || c.ID != practice.Slugify(c.ID) {
			t.Errorf("%q stands twice, or is no slug", c.ID)
		}
		seen[c.ID] = true
		if slices.Contains(c.Narrower, c) {
			t.Errorf("%s is wider than itself: its broader concepts go in a circle", c.ID)
		}
		for _, topic := range c.Topics {
			if !practice.Topic(topic).Known() {
				t.Errorf("%s: there is no topic %q", c.ID, topic)
			}
		}
	}
}

// Every concept has words in every language of the interface; no word, in
// whatever spelling, stands in two concepts of a language.
func TestWords(t *testing.T) {
	t.Parallel()
	files, err := locales.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		language := strings.TrimSuffix(file.Name(), ".json")
		owner := map[string]string{}
		for _, c := range thesaurus.Load().Concepts() {
			count := 0
			for _, w := range c.Wordings {
				if w.Language != language {
					continue
				}
				count++
				key := strings.ReplaceAll(text.Fold(w.Text), " ", "")
				if other, taken := owner[key]; taken && other != c.ID || key == "" || w.Text != strings.TrimSpace(w.Text) {
					t.Errorf("%s: %q is a word of %s and of %s, or written wrongly", language, w.Text, c.ID, other)
				}
				owner[key] = c.ID
			}
			if count == 0 {
				t.Errorf("%s: %s has no words", language, c.ID)
			}
		}
	}
}

// What one concept is called is no word of another, or whoever looks for the one is
// told of the other.
func TestNamesStandWithTheirConcepts(t *testing.T) {
	t.Parallel()
	called := map[string]bool{}
	for _, c := range thesaurus.Load().Concepts() {
		called[c.ID] = true
	}
	for _, c := range thesaurus.Load().Concepts() {
		for _, w := range c.Wordings {
			if id := practice.Slugify(w.Text); w.Language == "en" && called[id] && id != c.ID {
				t.Errorf("%q stands under %s, and there is a concept %s", w.Text, c.ID, id)
			}
		}
	}
}

// Words that mean one thing stand in one concept, and what only lies near in two.
func TestTwins(t *testing.T) {
	t.Parallel()
	of := func(language, words string) *thesaurus.Concept {
		found, _ := thesaurus.Load().Find(text.NewWording(text.Words(words)), 0, []string{language})
		if len(found) != 1 {
			t.Fatalf("%s: %q names %d concepts", language, words, len(found))
		}
		return found[0]
	}
	for _, c := range [][3]string{
		{"en", "death threat", "attacks on mayors"}, {"sq", "kanosje", "sulme ndaj këshilltarëve"}, {"de", "Burnout", "Selbstfürsorge"}, {"uk", "вигорання", "супервізія"},
		{"en", "fraud", "identity theft"}, {"el", "απάτη", "απατεώνας"}, {"fr", "orthophonie", "orthophoniste"}, {"ar", "التأتأة", "علاج النطق"}, {"de", "Stammtischparolen", "Parolen kontern"},
		{"es", "taller de argumentación", "charla de bar"}, {"en", "failure", "lessons learnt"}, {"uk", "провал", "перешкоди"}, {"en", "teenage pregnancy", "teen mothers"}, {"de", "Arbeitssicherheit", "Berufsunfall"},
	} {
		if a, b := of(c[0], c[1]), of(c[0], c[2]); a != b {
			t.Errorf("%s: %q is of %s and %q of %s", c[0], c[1], a.ID, c[2], b.ID)
		}
	}
	for _, c := range [][3]string{
		{"en", "waiting time", "waiting list"}, {"de", "Nachsitzen", "Schulverweis"}, {"en", "overcrowding", "mould"}, {"fr", "mal du pays", "nostalgie"}, {"es", "corrupción", "fraude"}, {"de", "Umzug", "Möbel"},
	} {
		if a, b := of(c[0], c[1]), of(c[0], c[2]); a == b || !slices.Contains(a.Near, b) && !slices.Contains(b.Near, a) {
			t.Errorf("%s: %q is of %s and %q of %s", c[0], c[1], a.ID, c[2], b.ID)
		}
	}
}

// The files are kept as a program writes them: one concept a line, in the order of
// concepts.json, so that changes can be read.
func TestFilesAreInOrder(t *testing.T) {
	t.Parallel()
	var relations strings.Builder
	relations.WriteString("[\n")
	concepts := thesaurus.Load().Concepts()
	for i, c := range concepts {
		fmt.Fprintf(&relations, `{"id": %s, "broader": %s, "related": %s, "topics": %s}%s`+"\n", quoted(c.ID), quoted(c.Broader), quoted(c.Related), quoted(c.Topics), comma(i, len(concepts)))
	}
	relations.WriteString("]\n")
	if file, err := os.ReadFile("concepts.json"); err != nil || string(file) != relations.String() {
		t.Errorf("concepts.json is not one concept a line: %v", err)
	}
	files, err := locales.Concepts.ReadDir("concepts")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := locales.Concepts.ReadFile("concepts/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		var words map[string][]string
		if err := json.Unmarshal(content, &words); err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		want.WriteString("{\n")
		for i, c := range concepts {
			fmt.Fprintf(&want, "%s: %s%s\n", quoted(c.ID), quoted(words[c.ID]), comma(i, len(concepts)))
		}
		want.WriteString("}\n")
		if string(content) != want.String() {
			t.Errorf("locales/concepts/%s is not one concept a line, in the order of concepts.json", file.Name())
		}
	}
}

func comma(i, size int) string {
	if i == size-1 {
		return ""
	}
	return ","
}

// quoted writes a value as JSON, with a space between entries.
func quoted(value any) string {
	if list, ok := value.([]string); ok {
		parts := make([]string, len(list))
		for i, s := range list {
			parts[i] = quoted(s)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

func TestFind(t *testing.T) {
	t.Parallel()
	find := func(language, words string) string {
		found, _ := thesaurus.Load().Find(text.NewWording(strings.Fields(words)), 0, []string{language, "en"})
		var ids []string
		for _, c := range found {
			ids = append(ids, c.ID)
		}
		return strings.Join(ids, " ")
	}
	for _, c := range [][3]string{{"en", "Kids", "child"}, {"en", "asylum seekers", "asylum-seeker"}, {"en", "xyzzy", ""}} {
		if got := find(c[0], c[1]); got != c[2] {
			t.Errorf("%s %q names %q, want %q", c[0], c[1], got, c[2])
		}
	}
	school, _ := thesaurus.Load().Find(text.NewWording([]string{"school"}), 0, []string{"en"})
	if len(school) != 1 || school[0].Name("en") != "school" || len(school[0].Narrower) == 0 {
		t.Errorf("school is %+v", school)
	}
}
