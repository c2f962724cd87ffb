package catalogue_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// related lists the numbers of what is related to the first practice.
func related(all ...practice.Practice) []int64 {
	var list []int64
	for _, r := range plainSuggester().Related(catalogue.NewIndex(all, 1, days[0]), all[0]) {
		list = append(list, r.Practice.Number)
	}
	return list
}

// apart are cities far from one another, each in a country of its own.
func apart(i int) practice.City {
	country := practice.Countries()[i]
	return practice.City{Country: country, Name: fmt.Sprint("City ", i), Located: true, Latitude: float64(i%17)*10 - 80, Longitude: float64(i%36)*10 - 180}
}

func TestRareTopicsCountMore(t *testing.T) {
	t.Parallel()
	all := []practice.Practice{kin(1, "a", apart(0), "roma", "education"), kin(2, "b", apart(1), "education"), kin(3, "c", apart(2), "roma")}
	for i := range 30 { // education is everywhere
		all = append(all, kin(int64(i+10), "x", apart(i+3), "education"))
	}
	if got := related(all...); len(got) != 4 || got[0] != 3 {
		t.Errorf("%v, want the other one about Roma first", got)
	}
}

func TestEqualKinshipIsNewestFirst(t *testing.T) {
	t.Parallel()
	dated := func(number int64, year int) practice.Practice {
		p := kin(number, "x", apart(int(number)), "roma")
		p.Period.Start.Year = year
		return p
	}
	if got := related(dated(1, 2000), dated(2, 2010), dated(3, 2012), dated(4, 0), dated(5, 2011), dated(6, 2012)); !slices.Equal(got, []int64{3, 6, 5, 2}) {
		t.Error(got)
	}
}

func TestWordsOfTheTitle(t *testing.T) {
	t.Parallel()
	here := practice.City{Country: "GR", Name: "Lamia"}
	own := "Rumours of kaleidoscopes in Lamia"
	for title, want := range map[string]bool{
		"Kaleidoscope against rumour":       true,  // two words, without their endings
		"A KALEIDOSCOPE FOR RUMOURING":      true,  // rumour… begins so
		"Kaleidoscope":                      false, // one word could be chance
		"of in a":                           false, // short words
		"Lamia kaleidoscope":                false, // the place counts by itself
		"Rum kaleido":                       false,
		"Something else":                    false,
		"Of kaleidoscopes, of kaleidoscope": false, // the same word twice
	} {
		got := related(kin(1, own, here, "roma"), kin(2, title, apart(1), "education"))
		if (len(got) == 1) != want {
			t.Errorf("%q is related: %t", title, len(got) == 1)
		}
	}
}

// A word that many titles have says nothing.
func TestCommonWordsOfTitlesDoNotCount(t *testing.T) {
	t.Parallel()
	all := []practice.Practice{kin(1, "common theme kaleidoscope", apart(0), "roma")}
	for i := range 40 {
		all = append(all, kin(int64(i+2), "common theme", apart(i+1), "education"))
	}
	if got := related(all...); len(got) > 0 {
		t.Errorf("%v share common words only", got)
	}
	two := append(all, kin(90, "kaleidoscope theme", apart(50), "education"))
	if got := related(two...); len(got) > 0 {
		t.Errorf("%v shares one rare word only", got)
	}
}

func TestNearnessOfPlaces(t *testing.T) {
	t.Parallel()
	at := func(country practice.Country, name string, latitude float64) practice.City {
		return practice.City{Country: country, Name: name, Latitude: latitude, Longitude: 20, Located: latitude != 0}
	}
	own := at("GR", "Here", 40)
	for _, c := range []struct {
		city practice.City
		want catalogue.Nearness
	}{
		{at("GR", "Here", 0), catalogue.SameCity},
		{at("IT", "Here", 0), catalogue.Elsewhere}, // another city of that name
		{at("IT", "There", 40.89), catalogue.CloseBy},
		{at("IT", "There", 40.91), catalogue.Elsewhere}, // 101 km
		{at("GR", "There", 0), catalogue.SameCountry},
		{at("GR", "There", 40.5), catalogue.CloseBy},
	} {
		own, other := kin(1, "a", own, "roma"), kin(2, "b", c.city, "roma")
		found := plainSuggester().Related(catalogue.NewIndex([]practice.Practice{own, other}, 1, days[0]), own)
		if len(found) != 1 || found[0].Place != c.want || found[0].Topics != 1 {
			t.Errorf("%+v: %+v, want %d", c.city, found, c.want)
		}
	}
}

// More in common never puts a practice behind one with less.
func TestMoreInCommonComesFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		topics := []practice.Topic{"roma", "education", "refugees"}
		own := kin(1, "a", apart(0), topics...)
		all := []practice.Practice{own}
		for i := range rapid.IntRange(1, 20).Draw(t, "others") {
			city := apart(0)
			if rapid.Bool().Draw(t, "elsewhere") {
				city = apart(i + 1)
			}
			all = append(all, kin(int64(i+2), "b", city, topics[:rapid.IntRange(0, 3).Draw(t, "topics")]...))
		}
		found := plainSuggester().Related(catalogue.NewIndex(all, 1, days[0]), own)
		for i, later := range found {
			for _, earlier := range found[:i] {
				if later.Topics >= earlier.Topics && later.Place >= earlier.Place && later.Shared != earlier.Shared {
					t.Fatalf("%+v comes after %+v", later.Shared, earlier.Shared)
				}
			}
		}
		if full := slices.IndexFunc(all[1:], func(p practice.Practice) bool {
			return len(p.Topics) == 3 && p.Place.Cities[0].Name == own.Place.Cities[0].Name
		}); full >= 0 && (len(found) == 0 || found[0].Topics != 3 || found[0].Place != catalogue.SameCity) {
			t.Fatalf("%+v has everything in common and is not first", all[full+1])
		}
	})
}

// TestNearIsWhatLoopsFind: the nearest five cities of what a selection finds.
func TestNearIsWhatLoopsFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []practice.Practice
		names := []string{"Athens", "Patras", "Ioannina", "Sparta", "Suva", "Alofi", "Reggio Emilia", "Reggio"}
		for i := range rapid.IntRange(0, 30).Draw(t, "practices") {
			city := towns[rapid.SampledFrom(names).Draw(t, "city")]
			all = append(all, kin(int64(i+1), "a", city, rapid.SampledFrom(topics).Draw(t, "topic")))
		}
		from := towns[rapid.SampledFrom(names).Draw(t, "from")]
		s := catalogue.Parse(nil).Only(catalogue.Topic, string(topics[0]), string(topics[1]))
		if rapid.Bool().Draw(t, "in Greece") {
			s = s.Only(catalogue.Country, "GR")
		}
		got := catalogue.NewIndex(all, 1, days[0]).Near(s, catalogue.Hits{}, from)
		want := map[string]int{}
		for _, p := range (naive{all: all, today: days[0]}).found(s) {
			if city := p.Place.Cities[0].Name; city != from.Name {
				want[city]++
			}
		}
		if len(got) != min(5, len(want)) {
			t.Fatalf("%d cities, want %d", len(got), len(want))
		}
		for i, n := range got {
			if n.Practices != want[n.City.Name] || n.Kilometres != kilometres(from, n.City) {
				t.Fatalf("%s: %d practices in %d km, want %d in %d", n.City.Name, n.Practices, n.Kilometres, want[n.City.Name], kilometres(from, n.City))
			}
			if i > 0 && uint(got[i-1].Kilometres) > uint(n.Kilometres) {
				t.Fatalf("%s comes before %s", got[i-1].City.Name, n.City.Name)
			}
			delete(want, n.City.Name)
		}
		for name := range want {
			if last := got[len(got)-1]; uint(kilometres(from, towns[name])) < uint(last.Kilometres) {
				t.Fatalf("%s is nearer than %s", name, last.City.Name)
			}
		}
	})
}

// kilometres measures by the angle between two points as seen from the centre
// of the earth, -1 for unknown ones.
func kilometres(a, b practice.City) int {
	if !a.Located || !b.Located {
		return -1
	}
	point := func(c practice.City) (x, y, z float64) {
		latitude, longitude := c.Latitude*math.Pi/180, c.Longitude*math.Pi/180
		return math.Cos(latitude) * math.Cos(longitude), math.Cos(latitude) * math.Sin(longitude), math.Sin(latitude)
	}
	ax, ay, az := point(a)
	bx, by, bz := point(b)
	return int(math.Round(6371 * math.Acos(min(1, ax*bx+ay*by+az*bz))))
}

// TestCityIsTakenOutOfTheWords: what is left does not name it any more, and the
// other words stay in their order.
func TestCityIsTakenOutOfTheWords(t *testing.T) {
	t.Parallel()
	x := inTowns("Reggio Emilia", "Athens", "Sparta")
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"Reggio Emilia", "Athens", "Sparta"}).Draw(t, "city")
		others := rapid.SliceOfN(rapid.SampledFrom([]string{"school", "radio", "-garden"}), 0, 4).Draw(t, "others")
		words := slices.Clone(others)
		written := strings.Fields(rapid.SampledFrom([]string{name, strings.ToUpper(name), strings.ToLower(name)}).Draw(t, "written"))
		words = slices.Insert(words, rapid.IntRange(0, len(words)).Draw(t, "at"), written...)
		s := asked(strings.Join(words, " ")).Only(catalogue.Topic, "roma")
		left := s.WithoutCities(search(t, x, s.Words))
		if want := strings.Join(others, " "); left.Words != want || !left.Has(catalogue.Topic, "roma") {
			t.Fatalf("%q without %s: %q, want %q", s.Words, name, left.Words, want)
		}
	})
}
