package text_test

import (
	"testing"

	"exempla/internal/text"
)

func TestScriptsWithoutSpaces(t *testing.T) {
	t.Parallel()
	for _, r := range "語々〇ひカーไทຍខ្မမြ" {
		if !text.Unspaced(r) || !text.Undivided(r) {
			t.Errorf("%q: unspaced %t, undivided %t", r, text.Unspaced(r), text.Undivided(r))
		}
	}
	for _, r := range "한ㅎ" {
		if text.Unspaced(r) || !text.Undivided(r) {
			t.Errorf("%q is Korean: unspaced %t, undivided %t", r, text.Unspaced(r), text.Undivided(r))
		}
	}
	for _, r := range "aéßΩжअ’、。「 1１🌍\u3000\u0301\u3099\ufffd" {
		if text.Unspaced(r) || text.Undivided(r) {
			t.Errorf("%q: unspaced %t, undivided %t", r, text.Unspaced(r), text.Undivided(r))
		}
	}
}

// Beside the examples: what is space between words, and what is none.
func TestCountWords(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"": 0, " \n\t": 0, "one": 1, " two  words\n": 2, "l'école, c'est": 2, "a–b": 1,
		"Ένα δύο τρία": 3, "予算 budget": 3, "東京は": 2, "予算a": 3, "كلمة أخرى": 2, "- item\n- item": 4} {
		if got := text.CountWords(s); got != want {
			t.Errorf("%q has %d words, counted %d", s, want, got)
		}
	}
}
