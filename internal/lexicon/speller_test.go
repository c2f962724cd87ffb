package lexicon_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/lexicon"
	"exempla/internal/text"
)

func TestNearestWord(t *testing.T) {
	t.Parallel()
	var s lexicon.Speller
	long := strings.Repeat("ab", 20)
	for word, texts := range map[string]int{"urban": 5, "turban": 9, "market": 2, "marker": 3, "marked": 3, "intercultural": 1, "refugees": 4, "ιωαννινα": 1, "школа": 1, "art": 100, "covid19": 9, "多文化共生": 9, long: 1, long + "a": 1, "unknown": 0} {
		s.Add(word, word, texts)
	}
	for _, c := range []struct {
		typed, word string
		edits       int
	}{
		{"urban", "urban", 0}, // it is its own nearest, however common others are
		{"urbn", "urban", 1}, {"urrban", "urban", 1}, {"ubran", "urban", 1},
		{"tuban", "turban", 1},  // both are one letter away: the more common
		{"markes", "marked", 1}, // see below
		{"intrecutlural", "intercultural", 2}, {"refuges", "refugees", 1},
		{"ιοαννινα", "ιωαννινα", 1}, {"шкла", "школа", 1}, {"unknwn", "unknown", 1},
		{"itnrecutlural", "", 0}, {"ubrna", "", 0}, {"zzzz", "", 0}, {"", "", 0}, {"art", "", 0}, {"arts", "", 0}, {"covid19", "", 0}, {"covid18", "", 0}, {"多文化共", "", 0},
		{long, long, 0}, {long + "a", "", 0}, {long[1:], long, 1}, {long[:38], long, 2}, {long[:37], "", 0},
	} {
		word, edits := s.Nearest(c.typed)
		if c.typed == "markes" && word == "marker" {
			word = "marked" // both as common
		}
		if word != c.word || edits != c.edits {
			t.Errorf("%q: %q with %d edits, want %q with %d", c.typed, word, edits, c.word, c.edits)
		}
	}
	var none lexicon.Speller
	if word, edits := none.Nearest("urban"); word != "" || edits != 0 {
		t.Errorf("who knows no words knows %q", word)
	}
}

// The nearest word is what a look at every word gives: nothing is passed over that
// could have been meant.
func TestNearestIsWhatLoopsFind(t *testing.T) {
	t.Parallel()
	word := rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune("abcdαш")), 0, 9, -1), text.FoldWord)
	rapid.Check(t, func(t *rapid.T) {
		var s lexicon.Speller
		known := rapid.MapOfN(word, rapid.IntRange(0, 3), 0, 30).Draw(t, "known")
		for w, texts := range known {
			s.Add(text.FoldWord(w), w, texts)
		}
		typed := word.Draw(t, "typed")
		least, most := -1, -1
		for w, texts := range known {
			edits, ok := text.Misspelling(typed, text.FoldWord(w))
			if ok && text.Spellable(text.FoldWord(w)) && text.Spellable(typed) && (least < 0 || edits < least || edits == least && texts > most) {
				least, most = edits, texts
			}
		}
		got, edits := s.Nearest(typed)
		if least < 0 {
			if got != "" || edits != 0 {
				t.Errorf("%q: %q, want none", typed, got)
			}
			return
		}
		if n, _ := text.Misspelling(typed, text.FoldWord(got)); got == "" || edits != least || n != least || known[got] != most {
			t.Errorf("%q: %q with %d edits, in %d texts; want %d edits, %d texts", typed, got, edits, known[got], least, most)
		}
	})
}

// Each language has a speller that knows how common its words are.
func TestSpellersByLanguage(t *testing.T) {
	t.Parallel()
	x := index(piece{1, "en", lexicon.Title, "marked"}, piece{2, "en", lexicon.Lead, "Market"}, piece{3, "en", lexicon.Rest, "market"}, piece{4, "de", lexicon.Title, "Märkte"}, piece{4, "de", lexicon.Lead, "Fahr-Rad"})
	spellers := x.Spellers()
	for _, c := range []struct{ language, typed, want string }{{"en", "markee", "market"}, {"de", "markee", "Märkte"}, {"de", "fahrad", "fahrrad"}, {"en", "fahrad", ""}} {
		if word, _ := spellers[c.language].Nearest(c.typed); word != c.want {
			t.Errorf("%s: %q is nearest to %q, want %q", c.language, word, c.typed, c.want)
		}
	}
	if len(spellers) != 2 {
		t.Errorf("%d languages", len(spellers))
	}
}
