package text_test

import (
	"testing"

	"exempla/internal/text"
)

func TestMixedScripts(t *testing.T) {
	t.Parallel()
	for typed, meant := range map[string]string{
		"бiженцi":   "біженці", // Latin i
		"шкoла":     "школа",   // Latin o
		"σχολείo":   "σχολειο", // Latin o
		"сommunity": "community",
		"covid19":   "covid19",
		"дqsж":      "дqsж", // no letter looks like q
	} {
		if got := text.Tokens(typed); len(got) != 1 || got[0].Text != meant {
			t.Errorf("%q is read as %v, want %q", typed, got, meant)
		}
	}
}

func TestGreekInLatinLetters(t *testing.T) {
	t.Parallel()
	for greek, forms := range map[string][]string{
		"προσφυγεσ":   {"prosfyges", "prosfuges", "prosphyges", "prosfiges"},
		"σχολειο":     {"sxoleio", "scholeio", "sholio"},
		"εκπαιδευση":  {"ekpaidefsi", "ekpaidevsi"},
		"γυναικεσ":    {"gynaikes", "ginekes"},
		"θεσσαλονικη": {"thessaloniki", "8essaloniki"},
		"μουσικη":     {"mousiki", "musiki"},
	} {
		for _, form := range forms {
			if got, want := text.Greeklish(form), text.Greeklish(greek); got != want {
				t.Errorf("%q is %q, %q is %q", form, got, greek, want)
			}
		}
	}
}

func TestOtherKeyboards(t *testing.T) {
	t.Parallel()
	if got := text.SerbianLatin(text.Fold("Избеглице Нови Пазар")); got != text.Fold("Izbeglice Novi Pazar") {
		t.Errorf("Serbian becomes %q", got)
	}
	if got := text.WithoutUmlauts("fluechtlinge"); got != text.Fold("Flüchtlinge") {
		t.Errorf("German becomes %q", got)
	}
}
