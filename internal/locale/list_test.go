package locale

import (
	"slices"
	"strings"
	"testing"
)

func TestLists(t *testing.T) {
	t.Parallel()
	en, fr, es, ar := named(t, "en"), named(t, "fr"), named(t, "es"), named(t, "ar")
	tests := []struct{ got, want string }{
		{en.Or(nil), ""},
		{en.Or([]string{"Greece"}), "Greece"},
		{en.Or([]string{"Greece", "Spain"}), "Greece or Spain"},
		{en.Or([]string{"Greece", "Italy", "Spain"}), "Greece, Italy or Spain"},
		{en.And([]string{"a", "b", "c", "d"}), "a, b, c and d"},
		{en.And([]string{"{1}", "{0}"}), "{1} and {0}"},
		{fr.And([]string{"a", "b", "c"}), "a, b et c"},
		{es.And([]string{"Grecia", "Italia"}), "Grecia e Italia"},
		{es.And([]string{"Grecia", "Portugal", "Irlanda"}), "Grecia, Portugal e Irlanda"},
		{es.And([]string{"agua", "hielo"}), "agua y hielo"},
		{es.And([]string{"uno", "hijo"}), "uno e hijo"},
		{es.Or([]string{"siete", "ocho"}), "siete u ocho"},
		{es.Or([]string{"casa", "hotel"}), "casa u hotel"},
		{es.Or([]string{"Suecia", "España"}), "Suecia o España"},
		{ar.And([]string{"اليونان", "إسبانيا", "إيطاليا"}), "اليونان وإسبانيا وإيطاليا"},
		{ar.And([]string{"Ana", "maria@example.org"}), "Ana و maria@example.org"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestAlphabets(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"en": "Athens, Évreux, Flint, Zadar",
		"de": "Aachen, Äpfel, Bonn, Öl, Zürich",
		"es": "nube, nunca, ñame, oro",
		"el": "Αίγιο, Άργος, Βόλος, Έδεσσα, Ζάκυνθος",
		"sq": "cirk, çaj, dado, dy, dhomë, e",
		"uk": "Вінниця, Гадяч, Ґрунь, Дніпро, Євпаторія, Їжакевичі, Київ",
		"ar": "أثينا, باريس, تونس, ياسمين",
	}
	for tag, want := range tests {
		l := named(t, tag)
		compared := strings.Split(want, ", ")
		slices.Reverse(compared)
		keyed := slices.Clone(compared)
		slices.SortFunc(compared, l.Compare)
		slices.SortFunc(keyed, func(a, b string) int { return slices.Compare(l.SortKey(a), l.SortKey(b)) })
		if got := strings.Join(compared, ", "); got != want {
			t.Errorf("%s sorts %s, want %s", tag, got, want)
		}
		if got := strings.Join(keyed, ", "); got != want {
			t.Errorf("%s sorts by key %s, want %s", tag, got, want)
		}
	}
}
