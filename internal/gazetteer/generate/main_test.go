package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"exempla/internal/practice"
)

// line is a line of GeoNames' files, from its name, other names, latitude, longitude,
// kind, country, region and population.
func line(facts string) string {
	f := strings.Split(facts, "|")
	return strings.Join([]string{"1", f[0], f[0], f[1], f[2], f[3], "P", f[4], f[5], "", f[6], "", "", "", f[7], "", "1", "Europe/Athens", "2020-01-01"}, "\t")
}

// read reads a made-up file.
func read(t *testing.T, lines ...string) ([]city, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "cities500.txt")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return readRows(name)
}

func TestRowsOfGeoNames(t *testing.T) {
	t.Parallel()
	rows, err := read(t,
		line("Cologne|CGN,Koln,Köln,kolnn,Colonia [a. 50],Κολωνία,koln|50.93|-6.95|PPLA|DE|07|963395"),
		line("Springfield||37.2|-93.3|PPL|US|MO|170000"),
		line("Ghost Town||1|2|PPLQ|US|MO|20000"),
		line("Nowhere||1|2|PPL|XX||20000"))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%+v, %v", rows, err)
	}
	cologne, springfield := rows[0], rows[1]
	if !slices.Equal(cologne.Names, []string{"Cologne", "Köln", "Κολωνία"}) || cologne.Region != "" || cologne.Latitude != 50.93 || cologne.Longitude != -6.95 || cologne.Population != 963395 {
		t.Errorf("%+v", cologne)
	}
	if springfield.Region != "MO" || springfield.Country != "US" {
		t.Errorf("%+v", springfield)
	}
	for name, wrong := range map[string]string{
		"too few columns": "1\tCologne",
		"no number":       line("Cologne||50|6|PPL|DE||many"),
		"no latitude":     line("Cologne||north|6|PPL|DE||1"),
		"no longitude":    line("Cologne||50||PPL|DE||1"),
	} {
		if _, err := read(t, wrong); err == nil || !strings.Contains(err.Error(), "cities500.txt") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readRows("no such file"); err == nil {
		t.Error("a file that is not there was read")
	}
}

// Large cities are taken, smaller ones if the catalogue has them, and they are called
// as they are there.
func TestChosenCities(t *testing.T) {
	t.Parallel()
	rows := func() []city {
		return []city{
			{[]string{"Small"}, "DE", "", 1, 1, 900}, {[]string{"Salt"}, "ES", "", 41, 2, 900}, {[]string{"Salt"}, "ES", "", 10, 10, 800},
			{[]string{"Large", "Gross"}, "DE", "", 2, 2, 20_000}, {[]string{"Luxembourg"}, "LU", "", 49.6, 6.1, 70_000},
		}
	}
	catalogue := []practice.City{
		{Country: "ES", Name: "Salt", Latitude: 10.01, Longitude: 10.01}, {Country: "DE", Name: "Groß", Latitude: 2, Longitude: 2},
		{Country: "LU", Name: "Luxembourg City", Latitude: 49.6, Longitude: 6.1}, {Country: "SE", Name: "Botkyrka", Latitude: 59.2, Longitude: 17.8},
	}
	extra := []addition{{Name: "Luxembourg City", Country: "LU", Row: "Luxembourg"}, {Name: "Botkyrka", Country: "SE", Names: []string{"Botkyrka kommun"}, Population: 90_000}}
	list, err := choose(rows(), catalogue, extra)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range list {
		got = append(got, strings.Join(c.Names, "/"))
	}
	if want := []string{"Botkyrka/Botkyrka kommun", "Luxembourg City/Luxembourg", "Groß/Large", "Salt"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if salt := list[3]; salt.Latitude != 10 {
		t.Errorf("of two of a name, the other was taken: %+v", salt)
	}
	for name, c := range map[string]practice.City{
		"has this name":  {Country: "DE", Name: "Atlantis"},
		"lies elsewhere": {Country: "DE", Name: "Large", Latitude: 50, Longitude: 2},
	} {
		if _, err := choose(rows(), []practice.City{c}, nil); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "added.json") {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

// The same cities give the same bytes, in the layout that package gazetteer reads.
func TestPackedCities(t *testing.T) {
	t.Parallel()
	list := []city{{[]string{"Zürich", "Zurich City"}, "CH", "ZH", 47.36667, -8.55, 341730}, {[]string{"Åby"}, "SE", "", -1, 2, 15000}}
	packed, err := pack(list)
	again, _ := pack(list)
	if err != nil || !slices.Equal(packed, again) {
		t.Fatalf("%v, or not the same twice", err)
	}
	reader, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	plain, err := reader.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	number := func(at int) int { return int(int32(binary.LittleEndian.Uint32(plain[at:]))) }
	const names = "Zürich\nZurich City\n\nÅby\n\n"
	if number(0) != 2 || number(4) != 3 || number(8) != len(names) {
		t.Errorf("head: %d", plain[:12])
	}
	if facts := plain[12:]; string(facts[:5]) != "CHZH " || number(17) != 341730 || number(21) != 4736667 || number(25) != -855000 || string(facts[17:22]) != "SE   " {
		t.Errorf("facts: %q", facts[:34])
	}
	if text := string(plain[46 : 46+len(names)]); text != names {
		t.Errorf("names: %q", text)
	}
	order := []int{number(46 + len(names)), number(50 + len(names)), number(54 + len(names))}
	if !slices.Equal(order, []int{strings.Index(names, "Åby"), 0, strings.Index(names, "Zurich City")}) {
		t.Errorf("order: %d", order)
	}
}

func TestFolderWithoutThePackage(t *testing.T) {
	t.Parallel()
	output := filepath.Join(t.TempDir(), "cities.zst")
	if err := generate(t.TempDir(), output); err == nil || !strings.Contains(err.Error(), "reading GeoNames") {
		t.Errorf("error: %v", err)
	}
	if _, err := os.Stat(output); err == nil {
		t.Error("a file was written")
	}
}
