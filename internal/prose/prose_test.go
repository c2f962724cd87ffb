package prose_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"exempla/internal/prose"
)

func TestTidy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                    "",
		"plain ":                              "plain",
		"one\r\n\r\ntwo\r\n":                  "one\n\ntwo",
		"• one\n• two":                        "- one\n- two",
		"\uf0b7\tένα\r\n\uf0b7\tδύο":          "- ένα\n- δύο",
		"·\u00a0\u00a0\u00a0 eins\n·\tzwei":   "- eins\n- zwei",
		"•\ta\no\tx\n§\tdeep\no\ty\n•\tb":     "- a\n  - x\n    - deep\n  - y\n- b",
		"1.\ta\n•\tx\n2.\tb":                  "1.\ta\n  - x\n2.\tb",
		"•\ta\vb\no\tc\vd\n•\te":              "- a\n    b\n  - c\n    d\n- e",
		"one\vtwo":                            "one\ntwo",
		"– un\n– deux":                        "– un\n– deux", // a dash is understood as it is
		"— Так, — сказав він.":                "— Так, — сказав він.",
		"- a\n  - b":                          "- a\n  - b",
		"soft\u00adhyphen\u200b one\u2028two": "softhyphen one\ntwo",
		"Arts &amp; **crafts**":               "Arts &amp; **crafts**",
		"a\x00b\xff\n":                        "ab",
		"2019. godine":                        "2019. godine",
		"  indented":                          "  indented",
	} {
		if got := prose.Tidy(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain":                                   "plain",
		"Arts &amp; crafts":                       "Arts & crafts",
		"one\n\ntwo\nthree":                       "one two three",
		"We did:\n• this\n• that":                 "We did: • this • that",
		"1. a\n2. b":                              "1. a 2. b",
		"**b** [words](https://a.example) <b> x":  "b words x",
		"2019. godine 3*4*5":                      "2019. godine 3*4*5",
		"> said\n\n| a | b |\n|---|---|\n| c | d": "said a b c d",
		"one\u2028two\u00ad":                      "one two",
	} {
		if got := prose.Plain(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// made puts a text together from what begins lines and ends words.
func made(random *rand.Rand) string {
	parts := strings.Split("word|слово|كلمة|都市|2019. |-word|●都|2.word|1. |2. |3) |- |* |+ |– |— |• |▪|· |o\t|§\t|\uf0b7|# |> |**|*|_|https://a.example|\\|:|\u00ad|\v|\n|\n|\n|\n\n| |  |    |\t|\u00a0", "|")
	var b strings.Builder
	for range random.IntN(30) {
		b.WriteString(parts[random.IntN(len(parts))])
	}
	return b.String()
}

// TestTidyingChangesNothing: a text reads the same before and after, and is tidied once.
func TestTidyingChangesNothing(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		text := made(random)
		tidy := prose.Tidy(text)
		if again := prose.Tidy(tidy); again != tidy {
			t.Fatalf("%q becomes %q, then %q", text, tidy, again)
		}
		if before, after := prose.Parse(text), prose.Parse(tidy); !reflect.DeepEqual(before, after) {
			t.Fatalf("%q reads as\n%+v, but as %q\n%+v", text, before, tidy, after)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"•\ta\no\tb", "| a |\n|--|", "[", "> - 1. # *x*", "\\", "&#0;", "\xff- \xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		prose.Parse(prose.Tidy(text))
		prose.Plain(text)
	})
}
