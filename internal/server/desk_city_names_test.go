package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// namesOf is the address of the form with the names of the city Ioannina.
const namesOf = "/en/desk/cities/gr-ioannina"

// renames saves names of a city by the form, and shows what follows.
func (c *client) renames(names fields) page {
	c.Helper()
	return c.follow(c.posts(namesOf, c.visit(namesOf).filled(names)))
}

// finds lists what words find.
func (s *site) finds(tag, words string) []string {
	s.Helper()
	list := s.visit("/" + tag + "/practices?q=" + url.QueryEscape(words)).slugs()
	slices.Sort(list)
	return list
}

// A city is shown by the names that editors give it, and found by them, at once; and
// no longer when they are taken back.
func TestNamesThatEditorsGiveACity(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	there := b.finds("en", "city ioannina")
	if len(there) == 0 || len(b.finds("en", "Glumbinovo")) > 0 {
		t.Fatalf("there: %v", there)
	}
	chosen := "/practices?city=gr-ioannina"
	there = b.visit("/en" + chosen).slugs()
	slices.Sort(there)
	before := b.visit("/uk/practices/" + ioannina)
	before.says("main", "Яніна")

	saved := b.kim.renames(fields{"name-uk": "  Глумбиново ", "others": "Glumbinovo\r\n\r\nNova Glumba\nGlumbinovo"})
	saved.says("#notice", "shown and found by these names")
	form := saved.filled(nil)
	if form["name-uk"] != "Глумбиново" || form["others"] != "Glumbinovo Nova Glumba" {
		t.Errorf("the form has %q", form)
	}
	b.visit("/uk/practices/"+ioannina).says("main", "Глумбиново")
	listing := b.visit("/uk" + chosen)
	if values := texts(all(listing.doc, ".facet label")); !slices.ContainsFunc(values, func(v string) bool { return strings.HasPrefix(v, "Глумбиново") }) {
		t.Errorf("the facets have %q", values)
	}
	listing.says("ul.chips", "Глумбиново")
	listing.says("#results", "Глумбиново")
	if body := b.visit("/el" + chosen).body; strings.Contains(body, "Глумбиново") || !strings.Contains(body, "Ιωάννινα") {
		t.Error("a name of one language is shown in another")
	}
	for _, c := range []struct{ tag, words string }{{"en", "Glumbinovo"}, {"el", "glumbinovo"}, {"de", "Nova Glumba"}, {"uk", "Глумбиново"}, {"uk", "у Глумбинові"}, {"en", "глумбиново"}} {
		if got := b.finds(c.tag, c.words); !slices.Equal(got, there) {
			t.Errorf("%s, %q finds %v, want %v", c.tag, c.words, got, there)
		}
	}
	for _, typed := range []string{"глумб", "Glumb", "glumba"} {
		if _, list := b.suggests("uk", typed); len(list) == 0 || list[0] != "Глумбиново Греція" {
			t.Errorf("%q suggests %q", typed, list)
		}
	}

	b.kim.renames(fields{"name-uk": "", "others": ""})
	if after := b.visit("/uk/practices/" + ioannina); text(after.one("main")) != text(before.one("main")) {
		t.Error("the page is not what it was before")
	}
	for _, words := range []string{"Glumbinovo", "Glumba", "Глумбиново"} {
		if got := b.finds("uk", words); len(got) > 0 {
			t.Errorf("%q still finds %v", words, got)
		}
		if _, list := b.suggests("uk", words); len(list) > 0 {
			t.Errorf("%q still suggests %v", words, list)
		}
	}
	root := b.root()
	root.visit("/en/events?action=name_city").says(".rows", "names of a city changed", "Sample editor")
	if n := len(all(root.visit("/en/events?subject=city").doc, ".rows li")); n != 2 {
		t.Errorf("%d events", n)
	}
}

// The list finds a city by any of its names, whoever knows it.
func TestListOfCitiesToName(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.kim.one(b.kim.visit("/en/desk"), "/en/desk/cities").says("h1", "Cities")
	b.kim.one(b.kim.visit("/en/practices/"+ioannina), namesOf).says("h1", "Names of Ioannina")
	b.root().one(b.root().visit("/en/people"), "/en/desk/cities").says("h1", "Cities")
	same(t, "tabs of administrators", texts(all(b.root().visit("/en/desk/cities").doc, ".tabs [aria-current=page]")), []string{"Cities"})
	b.kim.visit("/en/desk/cities").lacks(".tabs")
	first := b.kim.visit("/el/desk/cities")
	if n := len(all(first.doc, ".rows li")); n != 50 {
		t.Errorf("%d cities on a page", n)
	}
	second := b.kim.visit(attr(first.one("a[rel=next]"), "href"))
	second.one("a[rel=prev]")
	second.lacks("a[rel=next]")
	b.kim.renames(fields{"others": "Glumbinovo"})
	for _, words := range []string{"Ioann", "IOANNINA", "ιωάνν", "Яніна", "glumbi"} {
		p := b.kim.visit("/en/desk/cities?q=" + url.QueryEscape(words))
		if names := texts(all(p.doc, ".rows h2")); !slices.Contains(names, "Ioannina") || len(names) > 3 {
			t.Errorf("%q lists %q", words, names)
		}
	}
	b.kim.visit("/en/desk/cities?q=glumbi").says(".rows", "Greece", "practices", "1 name added")
	b.kim.visit("/en/desk/cities?q=nowhere-at-all").says(".empty", "There is no city by that name")
	b.kim.visit("/en/desk/cities?q=%00%FF&page=-1").says("h1", "Cities")
	b.kim.visit("/ar/desk/cities?page=999").in("ar")
}

// one opens the link of a page with some address.
func (c *client) one(p page, path string) page {
	c.Helper()
	if !slices.Contains(attrs(all(p.doc, "main a"), "href"), path) {
		c.Fatalf("%s does not lead to %s", p.path, path)
	}
	return c.visit(path)
}

// What is typed stays in the form when something is wrong with it.
func TestNamesOfACityAreBounded(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	many := ""
	for i := range practice.MaxOtherNames + 1 {
		many += fmt.Sprintln("Town", i)
	}
	for _, c := range []struct{ field, typed, says string }{
		{"name-el", strings.Repeat("ä", practice.MaxName+1), "cannot be a name"},
		{"name-ar", "–", "cannot be a name"},
		{"name-de", "eins zwei drei vier fünf sechs sieben", "at most 6 words"},
		{"others", "Glumbinovo\n!", "“!” cannot be a name"},
		{"others", "a\xff", "cannot be a name"},
		{"others", many, "too many names"},
	} {
		typed := b.kim.visit(namesOf).filled(fields{"name-fr": "Ville", c.field: c.typed})
		p := b.kim.posts(namesOf, typed)
		p.is(http.StatusUnprocessableEntity)
		p.says("#problems", c.says)
		p.says("#"+c.field+"-problem", c.says)
		if got := p.filled(nil); got["name-fr"] != "Ville" || c.field != "others" && got[c.field] != c.typed {
			t.Errorf("%s: the form has %q", c.typed, got)
		}
	}
	if p := b.kim.posts(namesOf, b.kim.visit(namesOf).filled(fields{"name-el": attack, "others": attack})); strings.Contains(p.body, "<script>alert") {
		t.Error("markup is not text")
	}
	if form := b.kim.visit(namesOf).filled(nil); form["name-fr"]+form["others"] != "" {
		t.Errorf("something was kept: %q", form)
	}
}

// Two editors do not undo each other's names without knowing.
func TestNamesOfACityMeetAConflict(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	early := b.kim.visit(namesOf)
	mia := b.as(account.Administrator)
	mia.renames(fields{"name-en": "Janina", "others": "Glumbinovo"})
	b.kim.posts(namesOf, early.filled(fields{"name-en": "Janina", "others": "Glumbinovo"})).leads(http.StatusSeeOther, namesOf) // the same
	late := b.kim.posts(namesOf, early.filled(fields{"name-fr": "Janina"}))
	late.is(http.StatusConflict)
	late.says("#problems", "Somebody else has saved other names")
	late.says("#name-en-hint", "Saved in the meantime: Janina")
	late.says("#name-fr-hint", "Saved in the meantime: nothing")
	late.says("#others-hint", "Saved in the meantime: Glumbinovo")
	b.kim.posts(namesOf, fields{"name-fr": "Janina"}).is(http.StatusConflict) // without a version
	b.kim.posts(namesOf, late.filled(nil)).leads(http.StatusSeeOther, namesOf)
	if form := b.kim.visit(namesOf).filled(nil); form["name-en"] != "" || form["name-fr"] != "Janina" || form["others"] != "" {
		t.Errorf("the form has %q", form)
	}
}

func TestOnlyEditorsNameCities(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	sent := fields{"name-en": "Janina", "version": "0"}
	b.ana.get("/en/desk/cities").is(http.StatusForbidden)
	b.ana.get(namesOf).is(http.StatusForbidden)
	b.ana.posts(namesOf, sent).is(http.StatusForbidden)
	b.stranger().posts(namesOf, sent).is(http.StatusUnauthorized)
	b.kim.posts(namesOf, sent, "Sec-Fetch-Site", "cross-site").is(http.StatusForbidden)
	if form := b.kim.visit(namesOf).filled(nil); form["name-en"] != "" {
		t.Errorf("the city is called %q", form["name-en"])
	}
	for _, unknown := range []string{"gr-atlantis", "xx-ioannina", "GR-ioannina", "gr-Ioannina", "gr-", "ioannina", "gr-%00"} {
		b.kim.get("/en/desk/cities/" + unknown).is(http.StatusNotFound)
		b.kim.posts("/en/desk/cities/"+unknown, sent).is(http.StatusNotFound)
	}
}
