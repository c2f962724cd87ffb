package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
)

// What stands in quotation marks, and what a dash excludes, stays whole.
func TestTerms(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"":                            "",
		"urban":                       "urban",
		"urban farming":               "urban|farming",
		`"urban farming" -school`:     `"urban farming"|-school`,
		`-"urban farming" «les mots»`: `-"urban farming"|«les mots»`,
		`„städtische Gärten“ Berlin`:  `„städtische Gärten“|Berlin`,
		"a or b OR c":                 "a|b|c",
		"Cyprus - Malta & 🌍":          "Cyprus|Malta",
		`"never closed`:               `"never closed`,
		"1 2 3 4 5 6 7 8 9 10":        "1|2|3|4|5|6|7|8",
	} {
		if got := strings.Join(worded(words).Terms(), "|"); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestWithoutTerm(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]string{
		"urban farming": {"farming", "urban"},
		`"a b" or c d`:  {"c d", `"a b" d`, `"a b" or c`},
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
