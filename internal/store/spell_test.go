package store_test

import (
	"strings"
	"testing"

	"exempla/internal/testdb"
)

// One letter wrong, missing, too many or swapped still says which word of the
// catalogue is meant, in any script with letters. Words that are there, in
// whatever form, need no other.
func TestSpelling(t *testing.T) {
	t.Parallel()
	s := testdb.OpenSample(t)
	for typed, want := range map[string]string{
		"Ioanina":                  "Ioannina",
		"IOANINNA":                 "Ioannina",
		"interculutral":            "intercultural",
		"integartion":              "integration",
		"Barselona":                "Barcelona",
		"biblioteques":             "bibliothèques",
		"Reykjavk":                 "Reykjavík",
		"Λεμσός":                   "Λεμεσός",
		"λεμεσοσ":                  "",
		"Вінніця":                  "Вінниці",
		"Deutschlnad":              "Deutschland",
		"Ioannina":                 "",
		"refugee":                  "",
		"mediating":                "",
		"qqqqqqqq":                 "",
		"浜松市役":                     "",
		"x":                        "",
		"2019":                     "",
		"":                         "",
		`"%_'\`:                    "",
		strings.Repeat("long", 50): "",
	} {
		found, err := s.Practices.Spelling(t.Context(), []string{typed})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(found) > 0 {
			got = found[0].Instead
		}
		if got != want || len(found) > 0 && found[0].Word != typed {
			t.Errorf("%q: %+v, want %q", typed, found, want)
		}
	}
}
