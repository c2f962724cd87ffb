package gazetteer_test

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

// sampleCities are the cities of the sample catalogue.
func sampleCities(t *testing.T) (list []practice.City) {
	t.Helper()
	practices, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range practices {
		for _, c := range p.Place.Cities {
			if !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// Every city of the sample catalogue is in the gazetteer, called as it is there, and
// lies where it lies there.
func TestCitiesOfTheSample(t *testing.T) {
	t.Parallel()
	cities := sampleCities(t)
	if len(cities) < 80 {
		t.Fatalf("only %d cities", len(cities))
	}
	for _, c := range cities {
		found := gazetteer.Find(c.Country, c.Name)
		if len(found) == 0 {
			t.Errorf("%s, %s is not known", c.Name, c.Country)
			continue
		}
		g := found[0]
		if g.Name != c.Name || g.Country != c.Country || g.Population < 1_000 || math.Hypot(g.Latitude-c.Latitude, g.Longitude-c.Longitude) > 0.1 {
			t.Errorf("%s, %s is %+v", c.Name, c.Country, g)
		}
	}
}

func TestNamesOfACity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country practice.Country
		typed   string
		want    []string
	}{
		{"PT", "Lisbon", []string{"Lisbon", "Lisboa", "Λισαβόνα", "Λισσαβώνα", "Лісабон", "لشبونة", "リスボン", "리스본"}},
		{"PT", "LISBÔA", []string{"Lisbon", "里斯本"}},
		{"GR", "ιωαννινα", []string{"Ioannina", "Yannina"}},
		{"DE", "Koeln", []string{"Köln", "Cologne", "Κολωνία", "Кельн", "ケルン"}},
		{"DE", "Neukölln", []string{"Berlin-Neukölln"}},
		{"GB", "Λονδίνο", []string{"London", "Londres"}},
		{"GB", "Camden", []string{"London-Camden"}},
		{"LU", "Luxembourg", []string{"Luxembourg City", "Lëtzebuerg"}},
		{"ES", "donostia san sebastian", []string{"Donostia-San Sebastián"}},
		{"UA", "Kyiv", []string{"Київ", "Kiew", "Kiyev"}},
	} {
		got := gazetteer.Names(c.country, c.typed)
		for _, name := range c.want {
			if !slices.Contains(got, name) {
				t.Errorf("%s, %s has no name %s: %q", c.typed, c.country, name, got)
			}
		}
		for i, name := range got {
			if name == "" || slices.Contains(got[:i], name) {
				t.Errorf("%s, %s has the name %q twice, or an empty one", c.typed, c.country, name)
			}
		}
	}
	for _, unknown := range []string{"", "-", "Atlantis", "Paris"} {
		if names := gazetteer.Names("NO", unknown); names != nil {
			t.Errorf("%q in Norway has the names %q", unknown, names)
		}
	}
}

// Of those with a name the largest is the first, and each is there once.
func TestCitiesOfTheSameName(t *testing.T) {
	t.Parallel()
	found := gazetteer.Find("US", "springfield")
	if len(found) < 5 {
		t.Fatalf("only %d Springfields", len(found))
	}
	for i, c := range found[1:] {
		if c.Population > found[i].Population || c.Point() == found[i].Point() || c.Region == "" {
			t.Errorf("%+v follows %+v", c, found[i])
		}
	}
	if first := found[0]; first.Name != "Springfield" || first.Region != "MO" || first.Population < 100_000 {
		t.Errorf("the largest Springfield is %+v", first)
	}
	if point := found[0].Point(); point != gazetteer.Point(found[0].Latitude, found[0].Longitude) || !strings.HasPrefix(point, "37.2") {
		t.Errorf("it lies at %s", point)
	}
}

func TestSpellingsHaveLanguages(t *testing.T) {
	t.Parallel()
	list := gazetteer.Spellings("PT", "Lisbonne")
	for _, want := range []gazetteer.Spelling{{"en", "Lisbon"}, {"fr", "Lisbonne"}, {"de", "Lissabon"}, {"el", "Λισαβόνα"}, {"", "Lisbon"}, {"", "Lizbona"}} {
		if !slices.Contains(list, want) {
			t.Errorf("no %+v in %+v", want, list)
		}
	}
	if unknown := gazetteer.Spellings("PT", "Atlantis"); unknown != nil {
		t.Errorf("Atlantis is spelt %+v", unknown)
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, want string }{
		{"lisb", "Lisbon PT Lisbon"},
		{"Λισ", "Lisbon PT Λισαβόνα"},
		{"Αμαντ", "Amadora PT Αμαντόρα"}, // a name that only locales/places has
		{"münch", "Munich DE München"},
		{"tel-aviv", "Tel Aviv-Jaffa IL Tel Aviv-Jaffa"},
		{"newyork", "New York City US New York City"},
		{"東京", "Tokyo JP 東京"},
		{"salt", "Salt ES Salt"}, // exactly so, and not Saltillo, which is larger
		{"Botk", "Botkyrka SE Botkyrka"},
	} {
		list := gazetteer.Suggest(c.typed, 8)
		if len(list) == 0 {
			t.Errorf("%s: nothing", c.typed)
			continue
		}
		if got := list[0].Name + " " + string(list[0].Country) + " " + list[0].Match; got != c.want {
			t.Errorf("%s: %s, want %s", c.typed, got, c.want)
		}
	}
	list := gazetteer.Suggest("san", 8)
	for i, s := range list[2:] { // behind San in Mali
		if s.Population > list[i+1].Population {
			t.Errorf("%s follows the smaller %s", s.Name, list[i+1].Name)
		}
	}
	if len(list) != 8 {
		t.Errorf("%d suggestions", len(list))
	}
	for _, nothing := range []string{"", " -", "qqqqq", strings.Repeat("a", 10_000), "\xff"} {
		if list := gazetteer.Suggest(nothing, 8); list != nil {
			t.Errorf("%.20q: %+v", nothing, list)
		}
	}
}

// It runs before all tests that ask for a city, since those are parallel or stand
// below it.
func TestMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	gazetteer.Find("PT", "Lisbon")
	runtime.GC()
	runtime.ReadMemStats(&after)
	const most = 15 << 20
	used := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%.1f MB", float64(used)/(1<<20))
	if used < 1<<20 || used > most {
		t.Errorf("the gazetteer takes %d bytes of memory", used)
	}
}

// What is asked for at every letter is answered before anybody notices. The
// shortest beginnings have most names.
func TestSuggestIsFast(t *testing.T) {
	gazetteer.Suggest("a", 8)
	for _, typed := range []string{"a", "s", "san", "λ", "М", "東"} {
		quickest := time.Hour
		for range 5 { // others may use the processor meanwhile
			start := time.Now()
			gazetteer.Suggest(typed, 8)
			quickest = min(quickest, time.Since(start))
		}
		if quickest > 2*time.Millisecond {
			t.Errorf("%s took %v", typed, quickest)
		}
	}
}
