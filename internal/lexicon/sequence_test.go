package lexicon_test

import (
	"fmt"
	"strings"
	"testing"

	"exempla/internal/lexicon"
	"exempla/internal/text"
)

func TestWordsNearOneAnother(t *testing.T) {
	t.Parallel()
	x := index(
		piece{1, "en", lexicon.Title, "Courses in the local language"},
		piece{2, "en", lexicon.Rest, "Language for beginners: a course"},
		piece{3, "en", lexicon.Rest, "course one two three four language"},
		piece{4, "en", lexicon.Title, "course"}, piece{4, "en", lexicon.Lead, "language"},
		piece{5, "en", lexicon.Lead, "course one two three four language"}, piece{5, "en", lexicon.Rest, "languages, course one two language"},
		piece{6, "en", lexicon.Rest, "course"}, piece{6, "en", lexicon.Rest, "language"},
		piece{7, "en", lexicon.Title, "course 1 2 3 4 5 language"}, piece{7, "en", lexicon.Lead, "a language course"}, piece{7, "en", lexicon.Rest, "language course"},
		piece{8, "fr", lexicon.Title, "course language"},
		piece{9, "en", lexicon.Rest, "course course course 4 5 6 language 8 course"},
		piece{10, "en", lexicon.Rest, "language-course evening"},
		piece{11, "en", lexicon.Rest, "language 1 evening 2 3 courses"}, piece{11, "en", lexicon.Rest, "evening"},
		piece{12, "en", lexicon.Rest, "language 1 2 evening 3 4 courses"},
	)
	for _, c := range []struct{ language, words, want string }{
		{"en", "language course", "1|7|2 5 9 10"},
		{"en", "courses languages", "1|7|2 5 9 10"},  // whatever the order and the form
		{"en", "course evening language", "||10 11"}, // three others at most among all
		{"en", "language", "1 7|4 5|2 3 6 9 10 11 12"},
		{"en", "language school", "||"},
		{"en", "school language", "||"},
		{"fr", "language course", "8||"},
		{"de", "language course", "||"},
		{"en", "", "||"},
	} {
		if got := told(x.Near(c.language, forms(c.language, strings.Fields(c.words)...))); got != c.want {
			t.Errorf("%s: %q near one another in %s, want %s", c.language, c.words, got, c.want)
		}
	}
}

func TestCompoundsAreNear(t *testing.T) {
	t.Parallel()
	x := index(texts("de", lexicon.Lead, "Schule", "Garten", "Ein Gartenschule genannter Ort", "Gärten, eine Schule")...)
	if got := told(x.Near("de", forms("de", "Schule", "Garten"))); got != "|3 4|" {
		t.Errorf("near one another in %s", got)
	}
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	x := index(
		piece{1, "en", lexicon.Title, "Schools of Peace"}, piece{1, "en", lexicon.Lead, "peace of schools"},
		piece{2, "en", lexicon.Rest, "the school of peace and of peace"},
		piece{3, "en", lexicon.Title, "of"}, piece{3, "en", lexicon.Title, "peace"}, piece{3, "fr", lexicon.Rest, "of peace"},
		piece{4, "en", lexicon.Lead, "école of, of: “Peace”!"}, piece{4, "en", lexicon.Rest, "of peace"},
		piece{5, "ja", lexicon.Title, "東京都の多文化共生"}, piece{5, "ja", lexicon.Rest, "多文化 school 共"},
		piece{6, "zh", lexicon.Lead, "文化"}, piece{6, "zh", lexicon.Rest, "共生文化多 多文"},
		piece{7, "en", lexicon.Lead, "anti-rumour agents network"},
	)
	for phrase, want := range map[string]string{
		"of peace": "1|4|2 3", "peace of schools": "|1|", "schools of peace": "1||", "school of peace": "||2", "of of peace": "|4|", "ecole of": "|4|", "peace": "1 3|4|2", "of war": "||", "war": "||", "": "||",
		"多文化": "5||", "文化": "5|6|", "多文": "5||6", "化": "5|6|", "化共": "5||", "文化多": "||6", "多文化 school": "||5", "school 共": "||5", "京都の多": "5||", "多共": "||",
		"anti rumour": "|7|", "rumour agents": "|7|", "agents network": "|7|", "antirumour": "|7|", "anti agents": "||",
	} {
		if got := told(x.Phrase(strings.Fields(phrase))); got != want {
			t.Errorf("%q stands in %s, want %s", phrase, got, want)
		}
	}
}

// What only stretches or marks words stands between none.
func TestSignsAreNoWords(t *testing.T) {
	t.Parallel()
	for _, sign := range []string{"ـ", "ـــ", "ʼ", "\u0301", "\u200d", "_", "…"} {
		x := index(texts("en", lexicon.Title, "urban "+sign+" gardens")...)
		if got := told(x.Phrase([]string{"urban", "gardens"})); got != "1||" || x.Has("en", "") {
			t.Errorf("with %q between them they stand side by side in %s; it is a word: %t", sign, got, x.Has("en", ""))
		}
	}
}

func TestRuns(t *testing.T) {
	t.Parallel()
	x := index(piece{1, "ja", lexicon.Title, "多文化共生の町"}, piece{2, "zh", lexicon.Lead, "文化"}, piece{2, "zh", lexicon.Rest, "多文 … 化共"}, piece{3, "ko", lexicon.Rest, "다문화가족"})
	for run, want := range map[string]string{"多文化": "1||2", "文化共": "1||2", "文化": "1|2|", "町": "1||", "共生文": "||", "문화": "||3", "school": "||", "": "||"} {
		if got := told(x.Run(run)); got != want {
			t.Errorf("%q runs in %s, want %s", run, got, want)
		}
	}
}

// However common the words of a phrase are, the time that it takes is bounded; one
// word needs no reading.
func TestPhrasesOfCommonWords(t *testing.T) {
	t.Parallel()
	const most, all = 20_000, 20_100
	var b lexicon.Builder
	for n := range uint32(all) {
		b.Add(n, "en", lexicon.Rest, "urban gardens")
	}
	x := b.Index()
	for name, c := range map[string]struct {
		h    lexicon.Hits
		want int
	}{
		"phrase": {x.Phrase([]string{"urban", "gardens"}), most},
		"near":   {x.Near("en", forms("en", "garden", "urban")), most},
		"words":  {x.Forms("en", text.FormOf("en", "urban")).And(x.Exact("gardens")), all},
		"word":   {x.Phrase([]string{"gardens"}), all},
	} {
		if got := c.h.Any(); int(got.GetCardinality()) != c.want || got.Maximum() != uint32(c.want-1) {
			t.Errorf("%s: %s", name, fmt.Sprint(got.GetCardinality(), " up to ", got.Maximum()))
		}
	}
}
