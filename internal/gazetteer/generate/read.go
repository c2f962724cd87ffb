package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
)

// Columns of GeoNames' files.
const (
	nameColumn       = 1
	namesColumn      = 3
	latitudeColumn   = 4
	longitudeColumn  = 5
	kindColumn       = 7
	countryColumn    = 8
	regionColumn     = 10
	populationColumn = 14
	columns          = 19
)

// gone are kinds of places where nobody lives any more: abandoned, historical,
// destroyed.
var gone = []string{"PPLQ", "PPLH", "PPLW"}

// code is how airports and stations call a city; spelt are names that a machine has
// spelt out of another script, in small letters; odd are names with notes, such as the
// year they are from.
var (
	code   = regexp.MustCompile(`^[A-Z]{2,5}$`)
	spelt  = regexp.MustCompile(`^[ -@[-~]*$`)
	odd    = regexp.MustCompile(`[][:_<>=|"]`)
	region = regexp.MustCompile(`^[A-Z]{2,3}$`)
)

// readRows reads all cities of countries that practices may have.
func readRows(name string) ([]city, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading GeoNames: %w", err)
	}
	defer file.Close()
	var rows []city
	for lines := bufio.NewScanner(file); ; {
		if !lines.Scan() {
			return rows, lines.Err()
		}
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != columns {
			return nil, fmt.Errorf("%s: a line has %d columns: %.80s", name, len(fields), lines.Text())
		}
		row, err := readRow(fields)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if row.Country.Known() && !slices.Contains(gone, fields[kindColumn]) {
			rows = append(rows, row)
		}
	}
}

func readRow(fields []string) (row city, err error) {
	row.Country = practice.Country(fields[countryColumn])
	row.Names = tidy(append([]string{fields[nameColumn]}, strings.Split(fields[namesColumn], ",")...))
	if region.MatchString(fields[regionColumn]) {
		row.Region = fields[regionColumn]
	}
	if row.Latitude, err = strconv.ParseFloat(fields[latitudeColumn], 64); err != nil {
		return row, err
	}
	if row.Longitude, err = strconv.ParseFloat(fields[longitudeColumn], 64); err != nil {
		return row, err
	}
	row.Population, err = strconv.Atoi(fields[populationColumn])
	return row, err
}

// tidy keeps, of names with the same key, the first one with most letters beyond
// ASCII, which is how it is spelt in full. The first of all stays first.
func tidy(names []string) []string {
	var list []string
	at := map[string]int{}
	for i, name := range names {
		k := gazetteer.Key(name)
		if k == "" || i > 0 && isNoise(name) {
			continue
		}
		before, found := at[k]
		switch {
		case !found:
			at[k] = len(list)
			list = append(list, name)
		case before > 0 && beyondASCII(name) > beyondASCII(list[before]):
			list[before] = name
		}
	}
	return list
}

func isNoise(name string) bool {
	return code.MatchString(name) || spelt.MatchString(name) || odd.MatchString(name)
}

func beyondASCII(name string) (letters int) {
	for _, r := range name {
		if r > 127 {
			letters++
		}
	}
	return letters
}

// key is a name as names are compared, in a country.
type key struct {
	country practice.Country
	name    string
}

func keyOf(country practice.Country, name string) key { return key{country, gazetteer.Key(name)} }
