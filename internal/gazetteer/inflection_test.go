package gazetteer_test

import (
	"strings"
	"testing"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
)

func TestInflectedNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language practice.Language
		typed    string
		want     string // city and how many words it is
	}{
		{"uk", "Варшаві", "Warsaw 1"}, {"uk", "Варшавою", "Warsaw 1"}, {"uk", "КИЄВА", "Kyiv 1"}, {"uk", "Празі", "Prague 1"}, {"uk", "Римі", "Rome 1"},
		{"uk", "Нью-Йорку", "New York City 1"}, {"uk", "Львовом", "Lviv 1"}, {"uk", "Софії восени", "Sofia 1"}, {"uk", "Лондона", "London 1"},
		{"el", "Βερολίνου", "Berlin 1"}, {"el", "Ρώμης", "Rome 1"}, {"el", "Νέας Υόρκης σήμερα", "New York City 2"}, {"el", "Βουδαπεστης", "Budapest 1"},
		{"sq", "Parisit", "Paris 1"}, {"sq", "Varshavës", "Warsaw 1"}, {"de", "Roms", "Rome 1"}, {"de", "Warschaus", "Warsaw 1"},
		{"fr", "Roms", " 0"}, {"uk", "Roms", " 0"}, {"uk", "школі", " 0"}, {"el", "σχολείου", " 0"}, {"sq", "shkollës", " 0"}, {"de", "Kinos", " 0"},
		{"uk", "часу", " 0"}, {"uk", "тему", " 0"}, // cases of the names of smaller cities
		{"uk", "і", " 0"}, {"uk", "", " 0"}, {"de", "s", " 0"},
	} {
		city, length := gazetteer.Inflected(c.language, strings.Fields(c.typed))
		if got := city.Name + " " + string(rune('0'+length)); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.language, c.typed, got, c.want)
		}
	}
	if city, _ := gazetteer.Inflected("uk", []string{"Варшаві"}); city.Match != "Варшава" || city.Country != "PL" {
		t.Errorf("%+v", city)
	}
	if city, length := gazetteer.Inflected("el", nil); length != 0 {
		t.Errorf("no words are %+v", city)
	}
}
