package text_test

import (
	"strings"
	"testing"

	"exempla/internal/text"
)

func TestEntitiesAreReadOnce(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"Arts &amp; crafts": "Arts & crafts", "The city&#39;s": "The city's", "&#x201C;One&#X201d;": "“One”", "2010&ndash;2015": "2010–2015", "10&nbsp;%": "10\u00a0%",
		"&amp;lt;": "&lt;", "&amp;amp;": "&amp;", "AT&T": "AT&T", "AT&T;": "AT&T;", "R&D; more": "R&D; more", "a & b; c": "a & b; c", "&nonsense;": "&nonsense;",
		"&notable;": "&notable;", "?a=1&copy=2": "?a=1&copy=2", "a&semi;": "a;", "": "",
	} {
		if got := text.Unescape(written, strings.Clone); got != want {
			t.Errorf("%q is read as %q, want %q", written, got, want)
		}
	}
	if got := text.Unescape("a&#10;b", func(string) string { return " " }); got != "a b" {
		t.Errorf("cleaned to %q", got)
	}
}
