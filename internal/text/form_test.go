package text_test

import (
	"testing"

	"exempla/internal/text"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"school", "school", true},
		{"school", "schools", true},
		{"city", "cities", true},
		{"house", "housing", true},
		{"communities", "community", true},
		{"communities", "communists", false}, // four letters at the end are too many
		{"σχολειο", "σχολειων", true},
		{"мигранты", "мигрантами", true},
		{"parties", "partners", false}, // they share less than they differ in
		{"city", "citizens", false},
		{"school", "preschool", false},
		{"art", "arts", false}, // three letters begin too much
		{"port", "party", false},
		{"2019", "20190", false}, // numbers have no forms
		{"a", "", false},
		{"", "", true},
	} {
		if got := text.Alike(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: alike %t", c.a, c.b, got)
		}
		if text.Alike(c.a, c.b) != text.Alike(c.b, c.a) {
			t.Errorf("%q and %q: alike one way only", c.a, c.b)
		}
	}
}
