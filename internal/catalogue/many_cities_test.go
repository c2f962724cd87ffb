package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// mostOffered is how many cities a listing offers.
const mostOffered = 24

func numberedCity(i int) practice.City {
	return practice.City{Country: practice.Country([]string{"GR", "IT"}[i%2]), Name: fmt.Sprintf("Town %02d", i)}
}

// inCities is a practice in some cities.
func inCities(number int64, title string, cities ...practice.City) practice.Practice {
	p := practice.Practice{Number: number, Slug: fmt.Sprintf("p-%03d", number), Place: practice.Place{Cities: cities},
		Texts: []practice.Text{{Language: "en", Title: title, Summary: "S"}}}
	for _, city := range cities {
		if !slices.Contains(p.Place.Countries, city.Country) {
			p.Place.Countries = append(p.Place.Countries, city.Country)
		}
	}
	return p
}

// crowd has in Town n so many practices as n says, up to Town 39.
func crowd() []practice.Practice {
	var list []practice.Practice
	for i := range 40 {
		for range i {
			list = append(list, inCities(int64(len(list)+1), "T", numberedCity(i)))
		}
	}
	return list
}

func cityKey(i int) string { return catalogue.CityKey(numberedCity(i)) }

// value is what a listing says of a city; false if it does not list it.
func value(x *catalogue.Index, s catalogue.Selection, key string) (catalogue.Value, bool) {
	for _, v := range x.Find(s, catalogue.Hits{}, reader).Counts[catalogue.City] {
		if v.Key == key {
			return v, true
		}
	}
	return catalogue.Value{}, false
}

func TestCitiesWithMostPracticesAreOffered(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex(crowd(), 1, days[0])
	listed := x.Find(parse(""), catalogue.Hits{}, reader).Counts[catalogue.City]
	if len(listed) != mostOffered {
		t.Errorf("%d cities are offered", len(listed))
	}
	for i := range 40 {
		v, offered := value(x, parse(""), cityKey(i))
		if offered != (i >= 40-mostOffered) || offered && (v.All != i || v.Count != i || v.Chosen) {
			t.Errorf("Town %d is offered: %t, %+v", i, offered, v)
		}
	}
	for _, c := range []struct {
		query, key string
		want       catalogue.Value
	}{
		{"city=" + cityKey(3), cityKey(3), catalogue.Value{Key: cityKey(3), Count: 3, All: 3, Chosen: true}},
		{"city=" + cityKey(3), cityKey(39), catalogue.Value{Key: cityKey(39), Count: 39, All: 39}},
		{"country=IT&city=" + cityKey(3), cityKey(3), catalogue.Value{Key: cityKey(3), Count: 3, All: 3, Chosen: true}},
		{"country=GR&city=" + cityKey(3), cityKey(3), catalogue.Value{Key: cityKey(3), Count: 0, All: 3, Chosen: true}},
		{"country=GR&city=" + cityKey(3), cityKey(38), catalogue.Value{Key: cityKey(38), Count: 38, All: 38}},
		{"city=" + cityKey(0), cityKey(0), catalogue.Value{Key: cityKey(0), Chosen: true}}, // nobody is there
	} {
		if got, _ := value(x, parse(c.query), c.key); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.query, got, c.want)
		}
	}
	for query, want := range map[string]int{"city=" + cityKey(3): 3, "city=" + cityKey(3) + "&city=" + cityKey(39): 42, "city=" + cityKey(2) + "&city=" + cityKey(3): 5, "city=" + cityKey(3) + "&country=GR": 0} {
		if got := x.Count(parse(query), catalogue.Hits{}); got != want {
			t.Errorf("%q finds %d, want %d", query, got, want)
		}
	}
}

func TestCitiesByTheirKeys(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex(crowd(), 1, days[0])
	var fresh []practice.Practice
	for i := range 40 { // more than the overlay offers, too
		fresh = append(fresh, inCities(int64(1001+i), "T", numberedCity(i+50)))
	}
	x = x.With(fresh, []int64{1}, 2) // the only one of Town 1
	var keys []string
	for i := range 100 {
		keys = append(keys, cityKey(i))
	}
	cities := x.Cities(append(keys, "", "gr-town", "xx-town"))
	for i := range 100 {
		city, ok := x.City(cityKey(i))
		there := i > 1 && i < 40 || i >= 50 && i < 90
		if ok != there || there && city != numberedCity(i) || there && cities[cityKey(i)] != city {
			t.Errorf("Town %d is %+v, %t, %+v", i, city, ok, cities[cityKey(i)])
		}
	}
	if len(cities) != 78 {
		t.Errorf("%d cities", len(cities))
	}
}

// Counts of cities are what loops count, offered or chosen, however many changes
// wait in the overlay.
func TestCountsOfCitiesAreWhatLoopsCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := map[int64]practice.Practice{}
		var x *catalogue.Index
		drawn := func(first int64, sizes ...int64) (list []practice.Practice) {
			dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)) // drawing each city would take long
			end := first + rapid.SampledFrom(sizes).Draw(t, "practices")
			for number := first; number < end; number++ {
				p := inCities(number, "T", numberedCity(min(dice.IntN(45), dice.IntN(45))), numberedCity(dice.IntN(45)))
				all[number] = p
				list = append(list, p)
			}
			return list
		}
		x = catalogue.NewIndex(drawn(1, 0, 30, 200), 1, days[0])
		for change := range int64(3) {
			changed := drawn(rapid.Int64Range(1, 90).Draw(t, "first"), 0, 3, 80)
			var removed []int64
			for number := range all {
				if number%7 == change && !slices.ContainsFunc(changed, func(p practice.Practice) bool { return p.Number == number }) {
					removed = append(removed, number)
					delete(all, number)
				}
			}
			x = x.With(changed, removed, change+2)
			checkCities(t, x, all)
		}
		checkCities(t, x.Merged(), all)
	})
}

func checkCities(t *rapid.T, x *catalogue.Index, all map[int64]practice.Practice) {
	counts := map[string]map[practice.Country]int{}
	for _, p := range all {
		keys := []string{catalogue.CityKey(p.Place.Cities[0]), catalogue.CityKey(p.Place.Cities[1])}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			if counts[key] == nil {
				counts[key] = map[practice.Country]int{}
			}
			for _, country := range append(p.Place.Countries, "") {
				counts[key][country]++
			}
		}
	}
	count := func(key string, country practice.Country) int { return counts[key][country] }
	chosen := cityKey(rapid.IntRange(0, 46).Draw(t, "chosen"))
	for _, country := range []practice.Country{"", "GR"} {
		s := catalogue.Parse(nil).Only(catalogue.City, chosen)
		if country != "" {
			s = s.Only(catalogue.Country, string(country))
		}
		found := x.Find(s, catalogue.Hits{}, reader)
		listed := found.Counts[catalogue.City]
		if len(listed) > mostOffered+1 || found.Total != count(chosen, country) {
			t.Fatalf("%d cities are listed, %d practices found in %s", len(listed), found.Total, chosen)
		}
		for _, v := range listed {
			if want := (catalogue.Value{Key: v.Key, Count: count(v.Key, country), All: count(v.Key, ""), Chosen: v.Key == chosen}); v != want {
				t.Fatalf("%s: %+v, want %+v", s.Query(), v, want)
			}
		}
		if !slices.IsSortedFunc(listed, func(a, b catalogue.Value) int { return strings.Compare(a.Key, b.Key) }) {
			t.Fatalf("%v", listed)
		}
	}
	if _, ok := x.City(chosen); ok != (count(chosen, "") > 0) {
		t.Fatalf("%s is there: %t", chosen, ok)
	}
}
