package practice

import (
	"slices"
	"testing"
)

// A reader always gets a text, if need be in the original language.
func TestTextForReader(t *testing.T) {
	t.Parallel()
	p := Practice{Texts: []Text{{Language: "el"}, {Language: "en"}, {Language: "fr"}}}
	for _, c := range []struct {
		wanted []Language
		want   Language
	}{
		{nil, "el"},
		{[]Language{"fr"}, "fr"},
		{[]Language{"de", "en", "fr"}, "en"},
		{[]Language{"fr", "en"}, "fr"},
		{[]Language{"de"}, "el"},
	} {
		if text, ok := p.Text(c.wanted...); !ok || text.Language != c.want {
			t.Errorf("wanted %v: %q, %v; want %q", c.wanted, text.Language, ok, c.want)
		}
	}
	if text, ok := (Practice{}).Text("en"); ok || text.Title != "" {
		t.Errorf("a practice without texts gave %v", text)
	}
}

func TestSectionsInOrder(t *testing.T) {
	t.Parallel()
	text := Text{Sections: map[Section]string{Contact: "c", Purpose: "p", Impact: "i", Lessons: "", "other": "x"}}
	want := []SectionText{{Purpose, "p"}, {Impact, "i"}, {Contact, "c"}}
	if got := text.Ordered(); !slices.Equal(got, want) {
		t.Errorf("Ordered() = %v, want %v", got, want)
	}
	if got := (Text{}).Ordered(); got != nil {
		t.Errorf("no sections gave %v", got)
	}
}

func TestCountriesOfAPlaceDoNotRepeat(t *testing.T) {
	t.Parallel()
	var place Place
	for _, country := range []Country{"GR", "CY", "GR"} {
		place.AddCountry(country)
	}
	if !slices.Equal(place.Countries, []Country{"GR", "CY"}) {
		t.Errorf("countries: %v", place.Countries)
	}
}
