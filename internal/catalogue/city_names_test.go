package catalogue_test

import (
	"fmt"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// called is a practice in Sparta, by whatever names editors have given it.
func called(number int64, names practice.CityNames) practice.Practice {
	city := towns["Sparta"]
	city.Names = names
	return inCities(number, "Brufnexo", city)
}

// Names that editors give a city and take back hold at once, whichever segment its
// practices are in.
func TestNamesGivenToACity(t *testing.T) {
	t.Parallel()
	names := practice.NewCityNames(map[practice.Language]string{"el": "Ζορκαλδίμ"}, []string{"Vedzuhko upon Quwhitoj"})
	given, without := []practice.Practice{called(1, names), called(2, names)}, []practice.Practice{called(1, ""), called(2, "")}
	other := about(3, "IT", "Brufnexo")
	g := suggester()
	check := func(what string, x *catalogue.Index, named bool) {
		t.Helper()
		city, ok := x.City("gr-sparta")
		if !ok || city.Names.In("el") != "Ζορκαλδίμ" && named || city.Names.Size() > 0 && !named {
			t.Errorf("%s: the city is %+v", what, city)
		}
		for _, c := range []struct{ reader, typed string }{{"en", "vedzuhko upon quwhitoj"}, {"el", "Ζορκαλδίμ"}, {"en", "ΖΟΡΚΑΛΔΙΜ"}} {
			hits, err := searcher.Search(t.Context(), x, c.typed, practice.Language(c.reader))
			found := x.Find(catalogue.Parse(nil).WithWords(c.typed), hits, catalogue.Reader{})
			if err != nil || (found.Total == 2) != named || (found.Total == 0) == named {
				t.Errorf("%s: %q finds %d, %v", what, c.typed, found.Total, err)
			}
		}
		for _, typed := range []string{"vedz", "quwhi", "ζορκ"} {
			want := "[]"
			if named {
				want = "[GR Sparta]"
			}
			if got := fmt.Sprint(found(g.Suggest(x, typed, "en", topicsIn("en")))); got != want {
				t.Errorf("%s: %q suggests %s", what, typed, got)
			}
		}
	}
	x := catalogue.NewIndex(append(without, other), 1, days[0])
	check("at first", x, false)
	x = x.With(given, nil, 2)
	check("given", x, true)
	check("taken back", x.With(without, nil, 3), false)
	x = x.Merged()
	check("given, in the base", x, true)
	check("taken back from the base", x.With(without, nil, 3), false)
}
