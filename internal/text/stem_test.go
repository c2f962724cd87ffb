package text_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/text"
)

// Each line has words that are forms of one, and behind a bar some that are not.
var families = map[string][]string{
	"en": {"school schools schooling | scholar", "city cities", "rumour rumours | rum", "refugees refugee"},
	"de": {"Schule Schulen | schulden", "Flüchtling Flüchtlinge Flüchtlingen Fluchtling", "Gerücht Gerüchte", "Mutter Mütter"},
	"fr": {"réfugiés refugies réfugiée refugié", "école écoles ecole", "égalité egalite"},
	"es": {"mujeres mujer", "niños niño ninos", "rumores rumor"},
	"pt": {"bairros bairro", "tradições tradicoes tradição"},
	"el": {"πρόσφυγας πρόσφυγες προσφύγων ΠΡΌΣΦΥΓΑ", "σχολείο σχολεία σχολείων σχολείου σχολειων | σχολή", "γυναίκα γυναίκες γυναικών",
		"εκπαίδευση εκπαίδευσης εκπαιδεύσεις εκπαιδεύσεων", "μάθημα μαθήματα μαθημάτων | μαθητής", "παιδί παιδιά παιδιών", "πόλη πόλεις πόλεων"},
	"uk": {"біженці біженців біженцям біженець", "жінка жінки жінок жінкам", "рівність рівності рівністю", "мова мови мов", "діти дітей дітям", "навчання навчань навчанням",
		"інтеграція інтеграції інтеграцію"},
	"sq": {"shkollë shkolla shkollat shkollave shkollës shkollën shkolle", "refugjat refugjatë refugjatët refugjatëve", "gjuhë gjuha gjuhët gjuhën", "libër libri libra librash", "fëmijë fëmijëve fëmijësh", "Zvicër Zvicra"},
	"ar": {"مدرسة المدرسة مدرسه للمدرسة", "لاجئين اللاجئون لاجئ اللاجئين", "مسؤولية مسئولية", "شائعة شائعات الشائعات"},
	"ru": {"школа школы школой", "беженцы беженцев"},
	"nb": {"skole skoler skolen"},
}

func TestStems(t *testing.T) {
	t.Parallel()
	share := func(language, a, b string) bool {
		return slices.ContainsFunc(text.Stems(language, a), func(stem string) bool { return slices.Contains(text.Stems(language, b), stem) })
	}
	for language, lines := range families {
		for _, line := range lines {
			same, other, _ := strings.Cut(line, " | ")
			forms := strings.Fields(same)
			for _, form := range forms[1:] {
				if !share(language, forms[0], form) {
					t.Errorf("%s: %q and %q have the stems %q and %q", language, forms[0], form, text.Stems(language, forms[0]), text.Stems(language, form))
				}
			}
			for _, form := range strings.Fields(other) {
				if share(language, forms[0], form) {
					t.Errorf("%s: %q and %q share one of %q", language, forms[0], form, text.Stems(language, form))
				}
			}
		}
	}
	for _, none := range []string{text.Fold(strings.Repeat("a", 81)), ""} {
		if got := text.Stems("en", none); got != nil {
			t.Errorf("%q has the stems %q", none, got)
		}
	}
	if got := text.Stems("eu", "eskolak"); got != nil {
		t.Errorf("Basque has no rules, and the stems %q", got)
	}
}

// However odd a word, its stems are folded, and none is empty.
func FuzzStems(f *testing.F) {
	for _, language := range []string{"ar", "de", "el", "en", "fr", "sq", "tr", "uk"} {
		f.Add(language, "Schüler:innen")
		f.Add(language, "ال")
	}
	f.Fuzz(func(t *testing.T, language, word string) {
		for _, stem := range text.Stems(language, word) {
			if stem == "" || len(stem) > 400 {
				t.Errorf("%s: %q has the stem %q", language, word, stem)
			}
		}
	})
}
