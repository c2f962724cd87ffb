package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/lexicon"
	"exempla/internal/text"
)

func TestPartsFindCompounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language string
		contents []string
		word     string
		want     string
	}{
		{"de", []string{"Sprachenschule", "Schule", "Sprache", "Sprach"}, "Schule", "1 2||"},
		{"de", []string{"Arbeitsmarkt", "Arbeit", "Markt"}, "Markt", "1 3||"},
		{"de", []string{"Arbeitsmarkt", "Arbeit", "Markt"}, "Arbeit", "1 2||"},
		{"de", []string{"Arbeitsmarkt", "Arbeit"}, "Arbeit", "2||"}, // no text has the other part
		{"de", []string{"Märkten Arbeitsmarkt", "Arbeit", "Markt"}, "Arbeit", "1 2||"},
		{"de", []string{"Frauenhaus", "Frau", "Haus"}, "Frau", "1 2||"},
		{"nl", []string{"taalschool", "taal", "school"}, "school", "1 3||"},
		{"sv", []string{"arbetsmarknad", "arbet", "marknad"}, "marknad", "1 3||"},
		{"en", []string{"schoolyard", "school", "yard"}, "yard", "3||"}, // English writes them apart
		{"de", []string{"Rathaus", "Rat", "Haus"}, "Haus", "3||"},       // what is shorter stands in words by chance
		{"da", []string{"størelse", "stø", "relse"}, "relse", "3||"},
		{"de", []string{"кодекодо", "кодеко", "до"}, "до", "3||"}, // letters count, not bytes
		{"de", []string{strings.Repeat("Arbeit", 6) + "Markt", strings.Repeat("Arbeit", 6), "Markt"}, "Markt", "3||"},
	} {
		x := index(texts(c.language, lexicon.Title, c.contents...)...)
		if got := told(x.Forms(c.language, text.FormOf(c.language, c.word))); got != c.want {
			t.Errorf("%s: %q in %q: %s, want %s", c.language, c.word, c.contents, got, c.want)
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	x := index(
		piece{1, "de", lexicon.Title, "Frau Haus Arbeit Markt Rat Hausarbeit Arbeitsmarkt"},
		piece{2, "en", lexicon.Title, "frau enhaus school yard garden gardens how"}, piece{2, "en", lexicon.Rest, "schoolyardgarden yardgarden schoolyard"},
		piece{3, "uk", lexicon.Lead, "школа місто парки сад"},
		piece{4, "el", lexicon.Lead, "θέατρο"},
	)
	for word, want := range map[string]string{
		"frauenhaus":        "frau haus", // languages with compounds first
		"arbeitsmarkt":      "arbeit markt",
		"hausarbeitsmarkt":  "hausarbeit markt", // the first as long as may be
		"schoolgarden":      "school garden",
		"schoolgardens":     "school gardens",
		"schoolyardgarden":  "schoolyard garden",
		"школамісто":        "школа місто",
		"містосад":          "", // three letters are too few
		"schoolhow":         "",
		"школагаrden":       "",
		"schoolθεατρο":      "", // of one language both
		"gardenszzzz":       "",
		"garden":            "",
		"schoolgardenyards": "",
		"":                  "",
	} {
		if got := x.Split(word); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%q is made of %q, want %q", word, got, want)
		}
	}
}
