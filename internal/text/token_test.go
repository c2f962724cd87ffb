package text_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

func TestTokensStandWhereTheyAreSaid(t *testing.T) {
	t.Parallel()
	const s = "L’École, の東京 et\u0301e\u0301!"
	want := []text.Token{
		{Text: "l", From: 0, To: 1},
		{Text: "ecole", From: 4, To: 10},
		{Text: "の東京", From: 12, To: 21, Run: true},
		{Text: "ete", From: 22, To: 29},
	}
	if got := text.Tokens(s); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// The article is no part of an Arabic word, unless too little would be left.
func TestArabicArticle(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"المدينة": "مدينه", "والمدينة": "مدينه", "بالمدينة": "مدينه", "للمدينة": "مدينه", "مدينة": "مدينه",
		"الم": "الم", "ال": "ال", "algorithm": "algorithm",
	} {
		if got := bracketed(word); got != want {
			t.Errorf("%s becomes %s, want %s", word, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                             "",
		"-“Urban” farming, São/João 2": "Urban|farming|São|João|2",
		"東京tokyo":                      "東京|tokyo",
		"re\u00adsume का":              "re\u00adsume|का",
	} {
		if got := strings.Join(text.Words(s), "|"); got != want {
			t.Errorf("%q has the words %q, want %q", s, got, want)
		}
	}
}

func TestReplaceWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ s, word, by, want string }{
		{"bergn music", "bergn", "Bergen", "Bergen music"},
		{`-"bergn" or bergns, bergn!`, "bergn", "Bergen", `-"Bergen" or bergns, Bergen!`},
		{"Bergn bergn", "bergn", "Bergen", "Bergn Bergen"},
		{"sao são", "sao", "são", "são são"},
		{"東京tokio", "tokio", "tokyo", "東京tokyo"},
		{"nothing here", "there", "x", "nothing here"},
		{"", "a", "b", ""},
		{"a a", "a", "", " "},
	} {
		if got := text.ReplaceWord(c.s, c.word, c.by); got != c.want {
			t.Errorf("%q with %q for %q: %q, want %q", c.s, c.by, c.word, got, c.want)
		}
	}
}

// Tokens follow one another inside the text, and none ends between a letter and
// the marks that belong to it.
func FuzzTokens(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.Text)
	}
	f.Add("a\u0301\u0301 \u0301b \xff\u200d")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, token := range text.Tokens(s) {
			if token.From < end || token.To <= token.From || token.To > len(s) || token.Text == "" {
				t.Fatalf("%q: %+v behind %d", s, token, end)
			}
			end = token.To
			if after, _ := utf8.DecodeRuneInString(s[end:]); unicode.IsMark(after) && !text.Undivided(after) {
				t.Errorf("%q: %q ends before a mark", s, s[token.From:token.To])
			}
		}
		if got := text.ReplaceWord(s, "\x00", "x"); got != s {
			t.Errorf("%q without any word replaced is %q", s, got)
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	for name, s := range map[string]string{
		"ASCII":  strings.Repeat("The city surveys residents on discrimination and turns the answers into measures. ", 3),
		"others": strings.Repeat("Συντονισμένη δράση στους δήμους της Ελλάδας για τη συμμετοχή – São João da Madeira 日本の多文化 ", 3),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Tokens(s)
			}
		})
	}
}
