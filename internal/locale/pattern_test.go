package locale

import (
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// A few numbers stand for all the others; go-i18n itself is asked about every
// one of them here.
func TestEveryNumberHasItsForm(t *testing.T) {
	t.Parallel()
	numbers := []int{-1, -11, 9_999, 10_000, 100_000, 999_999, 1_000_000, 1_000_001, 1_000_011, 2_000_000, 3_456_789, 10_000_000}
	for n := range 1_300 {
		numbers = append(numbers, n)
	}
	for _, l := range All() {
		for _, n := range numbers {
			want := l.pluralProbe.MustLocalize(&i18n.LocalizeConfig{DefaultMessage: formNames, PluralCount: n})
			if got := l.form(n); got != want {
				t.Fatalf("%s, %d: form %q, want %q", l.tag, n, got, want)
			}
		}
	}
}
