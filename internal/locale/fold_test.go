package locale

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                        "",
		"  São João da Madeira! ": "sao joao da madeira",
		"Łódź, Straße – Ærø":      "lodz strasse aero",
		"l’eau d'Istanbul":        "l eau d istanbul",
		"İstanbul ISPARTA ılık":   "istanbul isparta ilik",
		"Συντονισμένη ΔΡΆΣΗ στους": "συντονισμενη δραση στουσ",
		"Їжак і ёлка":              "іжак і елка",
		"أُمَّهاتُ الـمَدينة إلى":  "امهات المدينه الي",
		"abc ـ":                         "abc",
		"言葉のいらない音楽づくり":                  "言葉のいらない音楽づくり",
		"ｶﾀｶﾅ ガ":                        "カタカナ ガ",
		"한국어 도시":                        "한국어 도시",
		"Action 2019-2023":              "action 2019 2023",
		"﷽ \u202eabc\u202c \x00def 🎉 🎉": Fold("﷽ abc def"),
	}
	for text, want := range tests {
		if got := Fold(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("São\x00 João\xff 言葉 한국어")
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if !utf8.ValidString(text) {
			return
		}
		if again := Fold(folded); again != folded {
			t.Errorf("%q becomes %q and then %q", text, folded, again)
		}
		if strings.Join(strings.Fields(folded), " ") != folded {
			t.Errorf("%q has spaces to spare: %q", text, folded)
		}
	})
}
