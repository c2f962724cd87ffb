package text_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"exempla/internal/text"
)

// example is a text and everything that this package makes of it. The scripts
// of the pages are held to the same file, in cmd/exempla.
type example struct {
	Text, Fold, Plain string
	Tokens            string // with bars between them, runs in brackets
	Words             int
}

func examples(t testing.TB) []example {
	t.Helper()
	data, err := os.ReadFile("testdata/examples.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestExamples(t *testing.T) {
	t.Parallel()
	for _, e := range examples(t) {
		if got := text.Fold(e.Text); got != e.Fold {
			t.Errorf("%q is folded to %q, want %q", e.Text, got, e.Fold)
		}
		if got := text.Plain(e.Text); got != e.Plain {
			t.Errorf("%q has the plain words %q, want %q", e.Text, got, e.Plain)
		}
		if got := bracketed(e.Text); got != e.Tokens {
			t.Errorf("%q has the tokens %q, want %q", e.Text, got, e.Tokens)
		}
		if got := text.CountWords(e.Text); got != e.Words {
			t.Errorf("%q has %d words, want %d", e.Text, got, e.Words)
		}
	}
}

// bracketed writes the tokens of a text as the examples do.
func bracketed(s string) string {
	var list []string
	for _, token := range text.Tokens(s) {
		if token.Run {
			token.Text = "[" + token.Text + "]"
		}
		list = append(list, token.Text)
	}
	return strings.Join(list, "|")
}
