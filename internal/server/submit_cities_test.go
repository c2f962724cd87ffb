package server_test

import (
	"net/url"
	"strings"
	"testing"

	"exempla/internal/practice"
)

// cities asks for cities and lists them as they are read.
func (c *client) cities(tag, typed string) (page, []string) {
	c.Helper()
	p := c.visit("/" + tag + "/cities?q=" + url.QueryEscape(typed))
	var list []string
	for _, option := range all(p.doc, "[role=option]") {
		list = append(list, strings.Join(strings.Fields(text(option)), " "))
	}
	return p, list
}

func TestCitiesAreSuggestedInEveryScript(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	for _, c := range []struct{ tag, typed, first, fill, country string }{
		{"en", "lisb", "Lisbon Portugal, 517,802 inhabitants", "Lisbon", "PT"},
		{"el", "λισ", "Λισαβόνα Πορτογαλία, 517.802 κάτοικοι", "Λισαβόνα", "PT"},
		{"de", "Λισ", "Lissabon Λισαβόνα, Portugal, Bevölkerung: 517.802", "Lissabon", "PT"},
		{"en", "koln", "Köln Germany, 963,395 inhabitants", "Köln", "DE"},
		{"en", "newport n", "Newport News VA, United States, 182,385 inhabitants", "Newport News", "US"},
		{"fr", "東京", "Tokyo 東京, Japon, 8\u202f336\u202f599 habitants", "Tokyo", "JP"},
	} {
		p, list := b.ana.cities(c.tag, c.typed)
		if len(list) == 0 || list[0] != strings.Join(strings.Fields(c.first), " ") {
			t.Errorf("%s, %q: %q, want %q first", c.tag, c.typed, list, c.first)
			continue
		}
		option := all(p.doc, "[role=option]")[0]
		if attr(option, "data-fill") != c.fill || attr(option, "data-country") != c.country || !strings.Contains(attr(option, "data-point"), ",") {
			t.Errorf("%s, %q fills in %q, %q, %q", c.tag, c.typed, attr(option, "data-fill"), attr(option, "data-country"), attr(option, "data-point"))
		}
	}
	_, list := b.ana.cities("en", "springfield")
	seen := map[string]bool{}
	for _, words := range list {
		if seen[words] {
			t.Errorf("%q is there twice", words)
		}
		seen[words] = true
	}
	if len(list) < 5 {
		t.Errorf("Springfields: %q", list)
	}
	for _, nothing := range []string{"", "qqqqq"} {
		if _, list := b.ana.cities("en", nothing); len(list) > 0 {
			t.Errorf("%q: %q", nothing, list)
		}
	}
}

// Wherever an officer is and whatever the city is called there, it is the city of the
// catalogue; readers see it under their name for it.
func TestACityIsTheSameInEveryLanguage(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	if c := b.stored(at).Content.Cities[0]; c.Name != "Ioannina" || !c.Located {
		t.Errorf("a submission begins in %+v", c)
	}
	greek := "/el" + strings.TrimPrefix(at, "/en")
	shown := b.ana.visit(greek + "/place")
	if city, point := attr(shown.one("#city"), "value"), attr(shown.one("[name=point]"), "value"); city != "Ιωάννινα" || !strings.HasPrefix(point, "39.") {
		t.Errorf("the Greek form has %q, at %q", city, point)
	}
	b.ana.writes(greek+"/place", fields{"title": "A desk", "country": "GR|PT", "city": "Ιωάννινα|Λισαβόνα"})
	c := b.stored(at).Content
	if len(c.Cities) != 2 || c.Cities[0].Name != "Ioannina" || c.Cities[1].Name != "Lisbon" || !c.Cities[1].Located {
		t.Errorf("kept as %+v", c.Cities)
	}
	b.ana.visit(at).says("main", "Ioannina, Greece", "Lisbon, Portugal")
	b.ana.visit("/de"+strings.TrimPrefix(at, "/en")).says("main", "Lissabon, Portugal")
	b.visit("/el/practices/"+ioannina).says("main", "Ιωάννινα")
	b.visit("/uk/practices?country=PT").says("main", "Лісабон")
}

// Of two cities with the same name, the one that was chosen is kept.
func TestChosenCityIsKept(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	p, list := b.ana.cities("en", "springfield")
	at := b.ana.begins("A desk for newcomers")
	for i, option := range all(p.doc, "[role=option]")[:3] {
		point := attr(option, "data-point")
		b.ana.writes(at+"/place", fields{"title": "A desk", "country": attr(option, "data-country"), "city": attr(option, "data-fill"), "point": point})
		shown := b.ana.visit(at + "/place")
		if got := attr(shown.one("[name=point]"), "value"); got != point {
			t.Errorf("%s is kept at %s, chosen was %s", list[i], got, point)
		}
	}
	if c := b.stored(at).Content.Cities; len(c) != 1 || c[0].Country != practice.Country("US") {
		t.Errorf("kept as %+v", c)
	}
}
