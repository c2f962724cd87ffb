package text_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/text"
)

// units writes what a text may be found by: runs in brackets, with a sign before
// what is joined.
func units(s string) string {
	var list []string
	text.EachUnit(s, func(u text.Unit) {
		written := u.Text
		if u.Run {
			written = "[" + written + "]"
		}
		if u.Joined {
			written = "+" + written
		}
		list = append(list, written)
	})
	return strings.Join(list, " ")
}

func TestUnits(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                        "",
		" – ":                     "",
		"Urban gardens":           "Urban gardens",
		"anti-rumour":             "anti rumour +antirumour",
		"the anti-rumour agents":  "the anti rumour agents +antirumour",
		"L’École, l’eau":          "L École l +LÉcole eau +leau",
		"sink-or-swim":            "sink or swim +sinkor +orswim +sinkorswim",
		"a-b’c:d":                 "a b c d +ab +bc +cd +abcd",
		"www-a-b-c-d":             "www a b c d", // an address is no word
		"a - b, c--d, e/f, g.h":   "a b c d e f g h",
		"a-b c-d":                 "a b c +ab d +cd",
		"Schüler:innen Bürger*in": "Schüler innen Bürger +Schülerinnen in +Bürgerin",
		"多文化・共生":                  "[多文化] [共生] +[多文化共生]",
		"東京-tokyo-city":           "[東京] tokyo city +tokyocity",
		"東京tokyo":                 "[東京] tokyo",
		"e\u0301te\u0301-2019":    "e\u0301te\u0301 2019 +e\u0301te\u03012019",
		"end-":                    "end",
	} {
		if got := units(s); got != want {
			t.Errorf("%q has %q, want %q", s, got, want)
		}
	}
}

// Without what is joined, units are the words and runs of a text in their order;
// what is joined is made of some that stand side by side.
func TestUnitsAreWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("ab Éя東京-’・._\u0301")), 0, 30, -1).Draw(t, "text")
		var words []string
		text.EachUnit(s, func(u text.Unit) {
			if !u.Joined {
				words = append(words, u.Text)
			}
		})
		if got, want := strings.Join(words, "|"), strings.Join(text.Words(s), "|"); got != want {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
		all := strings.Join(words, "")
		text.EachUnit(s, func(u text.Unit) {
			if u.Joined && !strings.Contains(all, u.Text) {
				t.Fatalf("%q: %q is joined", s, u.Text)
			}
		})
	})
}
