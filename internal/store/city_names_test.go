package store_test

import (
	"errors"
	"fmt"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// bergen is a practice in Bergen.
func bergen(slug string) practice.Practice {
	p := made(slug)
	p.Place = practice.Place{Countries: []practice.Country{"NO"}, Cities: []practice.City{{Country: "NO", Name: "Bergen"}}}
	return p
}

// Every running program learns of new names, an import overwrites none, and they make
// no practice differ from its file.
func TestNamesOfACityReachEveryCatalogue(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, bergen("a"), bergen("b"), made("elsewhere"))
	archive(t, s, "b", "")
	here, there := follow(t, s, onMonday), follow(t, s, onMonday)
	kim := person(t, s, "editor", "kim@example.org")
	names := practice.NewCityNames(map[practice.Language]string{"el": "Μπέργκεν"}, []string{"Bjørgvin"})
	naming := store.Naming{City: practice.City{Country: "NO", Name: "BERGEN"}, Names: names, By: kim, At: tuesday}
	for range 2 { // the form may be sent twice
		if err := s.Practices.NameCity(t.Context(), naming); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		await(t, "the names", func() bool {
			city, _ := here.Index().City("no-bergen")
			other, _ := there.Index().City("no-bergen")
			return city.Names == names && other.Names == names
		})
		if result := importInto(t, s, bergen("a"), bergen("b"), made("elsewhere")); result.Unchanged != 3 {
			t.Errorf("%+v", result)
		}
		changed := bergen("a")
		changed.Organisation = "Somebody"
		importInto(t, s, changed)
		importInto(t, s, bergen("a"))
	}
	if p := load(t, s, "a"); p.Place.Cities[0].Names != names {
		t.Errorf("the practice is in %+v", p.Place.Cities)
	}
	if got := events(t, s, store.EventFilter{Subject: store.OfCity}); len(got) != 1 || got[0].Action != store.NameCity || got[0].Account != kim || got[0].Number == 0 {
		t.Errorf("events: %+v", got)
	}
	naming.Names = ""
	if err := s.Practices.NameCity(t.Context(), naming); !errors.Is(err, submission.ErrConflict) {
		t.Errorf("an old version: %v", err)
	}
	naming.Version = 1
	if err := s.Practices.NameCity(t.Context(), naming); err != nil {
		t.Fatal(err)
	}
	await(t, "no names", func() bool { city, ok := here.Index().City("no-bergen"); return ok && city.Names == "" })
	naming.City.Name = "Atlantis"
	if err := s.Practices.NameCity(t.Context(), naming); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown city: %v", err)
	}
}

func TestPagesOfCities(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	all := []practice.Practice{bergen("a"), bergen("b")}
	for i := range store.CitiesPerPage {
		p := made(fmt.Sprint("town-", i))
		p.Place.Cities = []practice.City{{Country: "GR", Name: fmt.Sprintf("town %02d", i)}}
		all = append(all, p)
	}
	importInto(t, s, all...)
	archive(t, s, "b", "")
	page := func(f store.CityFilter, number int) store.CityPage {
		p, err := s.Practices.CityPage(t.Context(), f, number)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first, last := page(store.CityFilter{}, -1), page(store.CityFilter{}, 99)
	if first.Total != store.CitiesPerPage+1 || first.Pages != 2 || first.Page != 1 || len(first.List) != store.CitiesPerPage || first.List[0].Name != "Bergen" ||
		first.List[0].Practices != 1 || last.Page != 2 || len(last.List) != 1 || last.List[0].Name != "town 49" {
		t.Errorf("%+v, %+v", first.List[0], last)
	}
	err := s.Practices.NameCity(t.Context(), store.Naming{City: practice.City{Country: "NO", Name: "Bergen"}, At: tuesday,
		Names: practice.NewCityNames(map[practice.Language]string{"uk": "Берген"}, []string{"Bjørgvin"})})
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]int{"ERG": 1, "town 0": 10, "бЕРГ": 1, "BJØRG": 1, "uk": 0, "%": 0} {
		if got := page(store.CityFilter{Words: words}, 1); got.Total != want {
			t.Errorf("%q: %d cities", words, got.Total)
		}
	}
	if got := page(store.CityFilter{Words: "Μπέργκεν", Called: []practice.City{{Country: "NO", Name: "Bergen"}, {Country: "SE", Name: "town 01"}}}, 1); got.Total != 1 {
		t.Errorf("called so elsewhere: %d", got.Total)
	}
}
