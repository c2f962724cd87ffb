package text_test

import (
	"testing"

	"exempla/internal/text"
)

func TestBlank(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"": true, " \t\n": true, "\u00a0\u202f": true, "\u200b\u2060\ufeff": true, "\u00ad": true, "\u200e\u200f\u061c": true, "\u3164\u115f": true,
		"\u2800": true, "\ufe0f": true, "\x00": true, "a": false, "\u200ba": false, ".": false, "ا": false, "́": false, "\xff": false, "👍\ufe0f": false,
	} {
		if got := text.Blank(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
