package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// towns are cities by name; Sparta is not located.
var towns = map[string]practice.City{
	"Ioannina":      {Country: "GR", Name: "Ioannina", Latitude: 39.66, Longitude: 20.85, Located: true},
	"Patras":        {Country: "GR", Name: "Patras", Latitude: 38.25, Longitude: 21.73, Located: true},
	"Athens":        {Country: "GR", Name: "Athens", Latitude: 37.98, Longitude: 23.73, Located: true},
	"Sparta":        {Country: "GR", Name: "Sparta"},
	"Suva":          {Country: "FJ", Name: "Suva", Latitude: -18.14, Longitude: 178.44, Located: true},
	"Alofi":         {Country: "NU", Name: "Alofi", Latitude: -19.06, Longitude: -169.92, Located: true},
	"Reggio Emilia": {Country: "IT", Name: "Reggio Emilia", Latitude: 44.7, Longitude: 10.63, Located: true},
	"Reggio":        {Country: "IT", Name: "Reggio", Latitude: 38.11, Longitude: 15.65, Located: true},
}

// inTowns is a catalogue with a practice for each name.
func inTowns(names ...string) *catalogue.Index {
	var list []practice.Practice
	for i, name := range names {
		city := towns[name]
		list = append(list, practice.Practice{Number: int64(i + 1), Slug: fmt.Sprint("p-", i), Topics: []practice.Topic{"roma"},
			Place: practice.Place{Countries: []practice.Country{city.Country}, Cities: []practice.City{city}},
			Texts: []practice.Text{{Language: "en", TitleLanguage: "en", Title: "T", Summary: "S"}}})
	}
	return catalogue.NewIndex(list, 1, days[0])
}

func asked(words string) catalogue.Selection {
	return catalogue.Parse(url.Values{"q": {words}})
}

func TestNearestPlacesComeFirst(t *testing.T) {
	t.Parallel()
	x := inTowns("Athens", "Sparta", "Patras", "Ioannina", "Athens", "Suva", "Sparta", "Sparta")
	greece := catalogue.Parse(nil).Only(catalogue.Country, "GR")
	for _, c := range []struct {
		s    catalogue.Selection
		from string
		want string
	}{
		{greece, "Ioannina", "Patras 1 174, Athens 2 312, Sparta 3 -1"},
		{greece, "", "Sparta 3 -1, Athens 2 -1, Ioannina 1 -1, Patras 1 -1"},
		{greece, "Sparta", "Athens 2 -1, Ioannina 1 -1, Patras 1 -1"},
		{catalogue.Parse(nil).Only(catalogue.Country, "FJ"), "Alofi", "Suva 1 1231"},
		{catalogue.Parse(nil).Only(catalogue.Country, "IT"), "Ioannina", ""},
	} {
		var got []string
		for _, n := range x.Near(c.s, catalogue.Hits{}, towns[c.from]) {
			got = append(got, fmt.Sprint(n.City.Name, " ", n.Practices, " ", n.Kilometres))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("near %q: %v, want %s", c.from, got, c.want)
		}
	}
	found := x.Near(greece.WithWords("x"), x.HitsOf([][]int64{{1, 6}}, nil), practice.City{})
	if len(found) != 1 || found[0].City.Name != "Athens" {
		t.Errorf("of what words found: %v", found)
	}
}

// TestNearIsBounded: however large the catalogue is, a few places are told.
func TestNearIsBounded(t *testing.T) {
	t.Parallel()
	var list []practice.Practice
	for i := range 5_000 {
		city := practice.City{Country: "GR", Name: fmt.Sprint("City ", rand.IntN(300)), Latitude: rand.Float64()*180 - 90, Longitude: rand.Float64()*360 - 180, Located: true}
		list = append(list, practice.Practice{Number: int64(i + 1), Slug: fmt.Sprint("p-", i), Place: practice.Place{Countries: []practice.Country{"GR"}, Cities: []practice.City{city}},
			Texts: []practice.Text{{Language: "en", Title: "T", Summary: "S"}}})
	}
	found := catalogue.NewIndex(list, 1, days[0]).Near(catalogue.Parse(nil), catalogue.Hits{}, towns["Athens"])
	if len(found) != 5 || !slices.IsSortedFunc(found, func(a, b catalogue.Nearby) int { return a.Kilometres - b.Kilometres }) {
		t.Errorf("%v", found)
	}
}

func TestWordsNameACity(t *testing.T) {
	t.Parallel()
	x := inTowns("Ioannina", "Reggio Emilia", "Reggio", "Sparta")
	for words, want := range map[string]string{"Ioannina": "Ioannina", "ΙΩΆΝΝΙΝΑ school": "Ioannina", "Γιάννενα": "Ioannina", `school reggio emilia`: "Reggio Emilia", "emilia": "",
		"-Ioannina": "", "school": "", "🏙": "", "": "", "sparta -Ioannina": "Sparta"} {
		hits := search(t, x, words)
		if city, ok := x.NamedCity(hits); city.Name != want || ok != (want != "") {
			t.Errorf("%q names %q", words, city.Name)
		}
	}
	if _, ok := x.With(nil, []int64{1}, 2).NamedCity(search(t, x, "Ioannina")); ok {
		t.Error("a city is named that has no practices any more")
	}
}

func TestCityByItsKey(t *testing.T) {
	t.Parallel()
	x := inTowns("Ioannina", "Reggio Emilia", "Ioannina")
	later := x.With([]practice.Practice{kin(9, "T", towns["Patras"])}, []int64{2}, 2)
	for _, c := range []struct {
		x         *catalogue.Index
		key, want string
	}{
		{x, "gr-ioannina", "Ioannina"}, {x, "it-reggio-emilia", "Reggio Emilia"}, {x, "gr-patras", ""}, {x, "it-ioannina", ""}, {x, "", ""},
		{later, "gr-ioannina", "Ioannina"}, {later, "it-reggio-emilia", ""}, {later, "gr-patras", "Patras"},
	} {
		if city, ok := c.x.City(c.key); city.Name != c.want || ok != (c.want != "") {
			t.Errorf("%q is %q", c.key, city.Name)
		}
	}
}

func TestWithoutCities(t *testing.T) {
	t.Parallel()
	x := inTowns("Reggio Emilia", "Sparta")
	for words, want := range map[string]string{"Reggio Emilia": "", "school Reggio emilia roma": "school roma", "Reggio Emilia or school": "school",
		"reggio emilia -emilia": "-emilia", "school": "school", "": ""} {
		if got := asked(words).WithoutCities(search(t, x, words)); got.Words != want || got.Page != 1 {
			t.Errorf("%q: %q", words, got.Words)
		}
	}
}

func TestOtherWordsKeepTheRest(t *testing.T) {
	t.Parallel()
	s := catalogue.Parse(url.Values{"q": {"a"}, "country": {"GR"}, "size": {"50"}, "page": {"3"}, "sort": {"title"}})
	for words, want := range map[string]string{" b  c\x00": "q=b+c&country=GR&sort=title&size=50", "": "country=GR&sort=title&size=50"} {
		if got := s.WithWords(words).Query(); got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
	for query, want := range map[string]string{"": "q=b", "sort=oldest": "q=b&sort=oldest", "q=a": "q=b", "q=a&sort=newest": "q=b&sort=newest"} {
		values, _ := url.ParseQuery(query)
		if got := catalogue.Parse(values).WithWords("b").Query(); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}
