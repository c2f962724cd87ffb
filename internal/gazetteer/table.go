package gazetteer

import (
	"cmp"
	_ "embed" // for cities.zst
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"exempla/internal/practice"
)

//go:generate go run ./generate "$GEONAMES" cities.zst
//go:embed cities.zst
var file []byte

// Layout of the file, once unpacked. A head with the number of cities, of names and
// of bytes of text, is followed by facts of each city, the largest city first; the
// names of each city, its own first, each ended by a line and the city by an empty
// one; and the place in the text of each name, by the keys of the names. Numbers
// are written with the low byte first. So all of it stays one piece of memory.
const (
	headSize     = 12
	codesSize    = 5                  // country, and region filled up with spaces
	factsSize    = codesSize + 3*4    // codes, population, latitude and longitude
	placeSize    = 4                  // of a name
	degree       = 100_000            // parts of a degree that coordinates are kept in
	mostCities   = math.MaxUint16 + 1 // that can be numbered here
	cityEnd      = "\n\n"
	countryBytes = 2
)

// table holds the cities. They are numbered by size, 0 for the largest, so that
// the smaller of two numbers is the larger city.
type table struct {
	facts  string
	text   string   // names
	order  string   // places of the names in text, by their keys
	starts []uint32 // where the names of each city begin in text
	of     []uint16 // the city of each name of order

	local      []cityName       // names in locales/places, by their keys
	catalogued map[place]uint16 // the cities that those files name
}

// cityName is a name of a city, as it is compared.
type cityName struct {
	key  string
	city uint16
}

// cities are read on first use, which takes about a tenth of a second.
var cities = sync.OnceValue(func() *table {
	t, err := unpack(file)
	if err != nil {
		panic(err) // embedded, and read by a test
	}
	t.addPlaces()
	return t
})

func unpack(packed []byte) (*table, error) {
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	plain, err := reader.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack the cities: %w", err)
	}
	if len(plain) < headSize {
		return nil, fmt.Errorf("the file of cities has no head")
	}
	count, names, size := uint32At(plain, 0), uint32At(plain, 1), uint32At(plain, 2)
	textAt := headSize + int(count)*factsSize
	orderAt := textAt + int(size)
	if count > mostCities || len(plain) != orderAt+int(names)*placeSize {
		return nil, fmt.Errorf("the file of cities has %d bytes for %d cities", len(plain), count)
	}
	all := string(plain)
	t := &table{facts: all[headSize:textAt], text: all[textAt:orderAt], order: all[orderAt:]}
	t.starts = make([]uint32, 0, count)
	for at := 0; at < len(t.text); {
		t.starts = append(t.starts, uint32(at))
		at += strings.Index(t.text[at:], cityEnd) + len(cityEnd)
	}
	t.of = make([]uint16, names)
	for i := range t.of {
		t.of[i] = t.cityAt(t.place(i))
	}
	return t, nil
}

// uint32At reads the number that comes behind so many others.
func uint32At[T string | []byte](from T, index int) uint32 {
	return binary.LittleEndian.Uint32([]byte(from[4*index : 4*index+4]))
}

// place is where the name at a rank of the order stands in the text.
func (t *table) place(rank int) uint32 { return uint32At(t.order, rank) }

// cityAt is the number of the city whose names have a place in the text.
func (t *table) cityAt(place uint32) uint16 {
	after := sort.Search(len(t.starts), func(i int) bool { return t.starts[i] > place })
	return uint16(after - 1)
}

// name is the name at a rank of the order.
func (t *table) name(rank int) string {
	rest := t.text[t.place(rank):]
	return rest[:strings.IndexByte(rest, '\n')]
}

// names are all names of a city in the file, its own first.
func (t *table) names(number uint16) []string {
	rest := t.text[t.starts[number]:]
	return strings.Split(rest[:strings.Index(rest, cityEnd)], "\n")
}

func (t *table) country(number uint16) practice.Country {
	at := int(number) * factsSize
	return practice.Country(t.facts[at : at+countryBytes])
}

func (t *table) city(number uint16) City {
	facts := t.facts[int(number)*factsSize:][:factsSize]
	numbers := facts[codesSize:]
	own, _, _ := strings.Cut(t.text[t.starts[number]:], "\n")
	return City{
		Name:       own,
		Country:    practice.Country(facts[:countryBytes]),
		Region:     strings.TrimRight(facts[countryBytes:codesSize], " "),
		Population: int(uint32At(numbers, 0)),
		Latitude:   float64(int32(uint32At(numbers, 1))) / degree,
		Longitude:  float64(int32(uint32At(numbers, 2))) / degree,
	}
}

// addPlaces adds the names that readers use. A city that is not in the file is left
// out; a test sees that there is none.
func (t *table) addPlaces() {
	t.catalogued = map[place]uint16{}
	for at := range places() {
		for _, number := range t.keyed(at.country, Key(at.name)) {
			if _, found := t.catalogued[at]; !found && t.city(number).Name == at.name {
				t.catalogued[at] = number
			}
		}
		number, found := t.catalogued[at]
		for _, s := range places().spellings(at) {
			if found {
				t.local = append(t.local, cityName{Key(s.Name), number})
			}
		}
	}
	slices.SortFunc(t.local, func(a, b cityName) int { return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.city, b.city)) })
}

// begins finds the ranks of the names that begin with a key: from the first one,
// over those that are the key, up to the end.
func (t *table) begins(key string) (from, exact, to int) {
	after := func(least int, beyond func(key string) bool) int {
		return least + sort.Search(len(t.of)-least, func(i int) bool { return beyond(Key(t.name(least + i))) })
	}
	from = after(0, func(k string) bool { return k >= key })
	exact = after(from, func(k string) bool { return k > key })
	return from, exact, after(exact, func(k string) bool { return k > key && !strings.HasPrefix(k, key) })
}

// isOwn reports whether the name at a rank is what its city is called in the first
// place.
func (t *table) isOwn(rank int) bool { return t.place(rank) == t.starts[t.of[rank]] }

// smallest returns the smallest numbers of cities, at most limit, that have a name
// of some ranks that is wanted.
func (t *table) smallest(from, to, limit int, wanted func(rank int) bool) []uint16 {
	best := make([]uint16, 0, limit+1)
	for rank := from; rank < to; rank++ {
		city := t.of[rank]
		if len(best) == limit && city >= best[limit-1] || !wanted(rank) {
			continue
		}
		if at, found := slices.BinarySearch(best, city); !found {
			best = slices.Insert(best, at, city)
			best = best[:min(len(best), limit)]
		}
	}
	return best
}

// spellings are all names of a city, those that readers use first.
func (t *table) spellings(number uint16) []Spelling {
	names := t.names(number)
	list := places().spellings(place{t.country(number), names[0]})
	for _, name := range names {
		list = append(list, Spelling{Name: name})
	}
	return list
}

// match is the name of a city that begins with a key, its own if that does.
func (t *table) match(number uint16, key string) string {
	own := t.names(number)[0]
	for _, s := range append([]Spelling{{Name: own}}, t.spellings(number)...) {
		if strings.HasPrefix(Key(s.Name), key) {
			return s.Name
		}
	}
	return own
}

// localNames returns the names in locales/places that begin with a key.
func (t *table) localNames(key string) []cityName {
	from := sort.Search(len(t.local), func(i int) bool { return t.local[i].key >= key })
	to := from
	for to < len(t.local) && strings.HasPrefix(t.local[to].key, key) {
		to++
	}
	return t.local[from:to]
}

// keyed returns the cities of a country with a key in the file, the largest first.
func (t *table) keyed(country practice.Country, key string) []uint16 {
	var list []uint16
	from, exact, _ := t.begins(key)
	for _, city := range t.of[from:exact] {
		if t.country(city) == country {
			list = append(list, city)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// named returns the cities of a country with a name: the one that the catalogue
// calls so first, then the largest.
func (t *table) named(country practice.Country, name string) []uint16 {
	key := Key(name)
	if key == "" {
		return nil
	}
	list := t.keyed(country, key)
	for _, local := range t.localNames(key) {
		if local.key == key && t.country(local.city) == country && !slices.Contains(list, local.city) {
			list = append(list, local.city)
		}
	}
	if first, ok := t.catalogued[place{country, Catalogued(country, name)}]; ok {
		list = slices.DeleteFunc(list, func(city uint16) bool { return city == first })
		list = slices.Insert(list, 0, first)
	}
	return list
}
