package catalogue_test

import (
	"slices"
	"testing"

	"exempla/internal/catalogue"
)

// How words are read is tested in internal/query; a selection tells apart so
// many terms that somebody could try each without the others.
func TestTerms(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]string{
		"":                            nil,
		"urban":                       {"urban"},
		"a or b OR c":                 {"a", "b", "c"},
		`-"urban farming" «les mots»`: {`-"urban farming"`, "«les mots»"},
		"1 2 3 4 5 6 7 8 9 10":        {"1", "2", "3", "4", "5", "6", "7", "8"},
	} {
		var got []string
		for _, term := range worded(words).Terms() {
			got = append(got, term.Typed)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestWithoutTerm(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]string{
		"urban farming": {"farming", "urban"},
		`"a b" or c d`:  {"c d", `"a b" or d`, `"a b" or c`}, // c and d are one alternative
		"alone":         {""},
		"a - b":         {"- b", "a -"},
	} {
		s := worded(words)
		var got []string
		for i := range s.Terms() {
			got = append(got, s.WithoutTerm(i).Words)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
		if s.WithoutTerm(len(got)).Words != words || s.WithoutTerm(-1).Words != words {
			t.Errorf("%q: a term that is not there took something away", words)
		}
	}
	if s := worded("alone").WithoutTerm(0); s.Sort != catalogue.Newest {
		t.Errorf("sorted by %s without words", s.Sort)
	}
}

func worded(words string) catalogue.Selection {
	return catalogue.Parse(map[string][]string{"q": {words}})
}
