package text_test

import (
	"strings"
	"testing"

	"exempla/internal/text"
)

func TestSpellable(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"": false, "abc": false, "abcd": true, "вода": true, "ιωαννινα": true, "café": true,
		"covid19": false, "two words": false, "多文化共生": false, "다문화가족": false, "ภาษาไทย": false,
		strings.Repeat("é", 40): true, strings.Repeat("é", 41): false,
	} {
		if got := text.Spellable(word); got != want {
			t.Errorf("%q: %t, want %t", word, got, want)
		}
	}
}

func TestMisspelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, word string
		letters     int
		ok          bool
	}{
		{"urban", "urban", 0, true},
		{"urbn", "urban", 1, true},
		{"urrban", "urban", 1, true},
		{"urbon", "urban", 1, true},
		{"ubran", "urban", 1, true}, // swapped
		{"ubrna", "urban", 2, false},
		{"ιοαννινα", "ιωαννινα", 1, true},
		{"intercutlural", "intercultural", 1, true},
		{"intrecutlural", "intercultural", 2, true}, // a long word
		{"itnrecutlural", "intercultural", 3, false},
		{"barclna", "barcelona", 2, true}, // seven letters typed are long
		{"barcln", "barcelona", 3, false},
		{"", "ab", 2, false},
		{"abc", "", 3, false},
	} {
		if letters, ok := text.Misspelling(c.typed, c.word); letters != c.letters || ok != c.ok {
			t.Errorf("%q for %q: %d letters, %t; want %d, %t", c.typed, c.word, letters, ok, c.letters, c.ok)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"title", "summary", "start_year", "sections", "cities", "city"}
	for typed, want := range map[string]string{
		"summery": "summary", "SUMMARY": "summary", "titel": "title", "Títle": "title", "start-year": "start_year", "strat_yaer": "start_year",
		"citi": "city", "aim": "", "": "", "title of the practice": "",
	} {
		if got := text.Nearest(typed, known); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
