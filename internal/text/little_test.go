package text_test

import (
	"testing"

	"exempla/internal/text"
)

func TestLittleWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, word string
		itself, form   bool
	}{
		{"en", "the", true, true}, {"en", "examples", true, true}, {"en", "refugees", false, false}, {"en", "", false, false},
		{"en", "encouraged", false, true}, // a form of "encourage"
		{"en", "news", false, false},      // forms of short ones, such as "new", are other words
		{"en", "kindness", false, false},
		{"de", "the", false, false}, {"de", "fur", true, true}, {"de", "für", false, false}, // words come folded
		{"fr", "des", true, true}, {"es", "para", true, true}, {"el", "και", true, true}, {"uk", "та", true, true}, {"sq", "dhe", true, true}, {"ar", text.FoldWord("في"), true, true},
		{"eu", "the", false, false}, {"eu", "examples", false, false}, {"", "the", false, false}, // no list is known
	} {
		if got := text.IsLittle(c.language, c.word); got != c.itself {
			t.Errorf("%s: %q is a little word itself: %t", c.language, c.word, got)
		}
		if got := text.Little(c.language, c.word); got != c.form {
			t.Errorf("%s: %q is little: %t", c.language, c.word, got)
		}
	}
}
