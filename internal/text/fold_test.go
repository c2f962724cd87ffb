package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

func TestFoldWithKeepsSigns(t *testing.T) {
	t.Parallel()
	sign := func(r rune) rune {
		switch {
		case r == '–':
			return '-'
		case r == '*':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}
	for wording, want := range map[string]string{
		"":                   "",
		" Été 2019–٢٠٢١ ":    "ete 2019-2021",
		"Σεπτέμβριος,  2019": "σεπτεμβριοσ, 2019",
		"2*0*19 (ca.)":       "2019 (ca.)",
		"（２０１９）":             "(2019)",
	} {
		if got := text.FoldWith(wording, sign); got != want {
			t.Errorf("%q becomes %q, want %q", wording, got, want)
		}
	}
}

// Written again, both forms stay as they are.
func FuzzForms(f *testing.F) {
	f.Add("São\x00 João\xff 言葉 한국어")
	f.Add("الـمَدينة ﷺ Ґанок здоровʼя か\u3099 1\ufe0f\u20e3")
	for _, e := range examples(f) {
		f.Add(e.Text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			text.Fold(s)
			text.Plain(s)
			return
		}
		folded, plain := text.Fold(s), text.Plain(s)
		if again := text.Fold(folded); again != folded {
			t.Errorf("%q becomes %q and then %q", s, folded, again)
		}
		if again := text.Plain(plain); again != plain {
			t.Errorf("%q has the plain words %q, and these %q", s, plain, again)
		}
		for _, form := range []string{folded, plain} {
			if strings.Join(strings.Fields(form), " ") != form {
				t.Errorf("%q has spaces to spare: %q", s, form)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{
		"ASCII":  "The city surveys residents on discrimination and turns the answers into measures",
		"others": "Συντονισμένη δράση στους δήμους της Ελλάδας για τη συμμετοχή – São João da Madeira",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Fold(s)
			}
		})
	}
}
