package text_test

import (
	"slices"
	"testing"

	"exempla/internal/text"
)

func TestPhrasebook(t *testing.T) {
	t.Parallel()
	var b text.Phrasebook[string]
	for _, name := range [][3]string{
		{"en", "school", "school"}, {"en", "after school", "afternoon"}, {"de", "Schule", "school"}, {"en", "anti-rumour", "rumour"}, {"en", "rumour", "rumour"}, {"en", "equal opportunities", "chances"}, {"fr", "égalité des chances", "chances"},
		{"fr", "égalité", "equality"}, {"el", "πρόσφυγας", "refugee"}, {"uk", "школа", "school"}, {"", "San Sebastián", "donostia"}, {"de", "Gift", "poison"}, {"en", "gift", "present"}, {"de", "Inder", "indian"}, {"en", "how to", "guide"},
	} {
		b.Add(name[0], name[1], name[2])
	}
	for _, c := range []struct {
		words     []string
		languages []string
		want      []string
		length    int
	}{
		{[]string{"after", "school"}, []string{"en"}, []string{"afternoon"}, 2},
		{[]string{"equality", "of", "work"}, []string{"en", "fr"}, nil, 0},
		{[]string{"Schools"}, []string{"en", "de"}, []string{"school"}, 1},
		{[]string{"Schulen"}, []string{"en", "de"}, []string{"school"}, 1},
		{[]string{"Schulen"}, []string{"en"}, nil, 0},
		{[]string{"antirumour"}, []string{"en"}, []string{"rumour"}, 1},
		{[]string{"anti", "rumour"}, []string{"en"}, []string{"rumour"}, 2},
		{[]string{"equal", "opportunity", "work"}, []string{"en"}, []string{"chances"}, 2},
		{[]string{"egalite", "chances"}, []string{"fr"}, []string{"chances"}, 2},
		{[]string{"égalité", "femmes"}, []string{"fr"}, []string{"equality"}, 1},
		{[]string{"προσφύγων"}, []string{"el"}, []string{"refugee"}, 1},
		{[]string{"школи"}, []string{"uk"}, []string{"school"}, 1},
		{[]string{"SAN", "sebastian", "refugees"}, []string{"en"}, []string{"donostia"}, 2},
		{[]string{"gift"}, []string{"en", "de"}, []string{"present"}, 1},
		{[]string{"gift"}, []string{"de", "en"}, []string{"poison"}, 1},
		{[]string{"gift"}, []string{"fr"}, []string{"poison", "present"}, 1},
		{[]string{"in", "der", "Schule"}, []string{"de"}, nil, 0},
		{[]string{"how", "to"}, []string{"en"}, []string{"guide"}, 2},
		{nil, nil, nil, 0},
	} {
		got, length := b.Find(text.NewWording(c.words), 0, c.languages)
		if !slices.Equal(got, c.want) || length != c.length {
			t.Errorf("%q in %q: %q of %d words, want %q of %d", c.words, c.languages, got, length, c.want, c.length)
		}
	}
	var none text.Phrasebook[int]
	if got, _ := none.Find(text.NewWording([]string{"school"}), 0, []string{"en"}); got != nil {
		t.Errorf("an empty book has %v", got)
	}
}
