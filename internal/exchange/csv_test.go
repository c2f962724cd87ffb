package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"exempla/internal/practice"
)

const leastColumns = "slug,title,country_code,topics,summary"

// A table names the same faults as a list of objects does.
func TestFaultsOfTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"only a header":      {leastColumns + "\n", []string{"line 1: there are no practices in this file"}},
		"empty":              {"", []string{"line 1: the file is empty"}},
		"a row":              {leastColumns + "\na,A,GR,roma,S\n", nil},
		"a column twice":     {"slug, slug\na,b\n", []string{"line 1, slug: two columns have this name"}},
		"a misspelt column":  {leastColumns + ",sumary\na,A,GR,roma,S,x\n", []string{"line 1, sumary: no such column; summary?"}},
		"no such part":       {leastColumns + ",sections.aim\na,A,GR,roma,S,x\n", []string{"line 1, sections.aim: no such column"}},
		"missing cells":      {leastColumns + "\na,A,GR\n", []string{"line 2: 3 cells, but 5 columns are named in the first line", "line 2, topics: missing", "line 2, summary: missing"}},
		"a cell too many":    {leastColumns + "\na,A,GR,roma,S,x\n", []string{"line 2: 6 cells, but 5 columns are named in the first line; a cell with a comma in it must stand in quotes"}},
		"empty cells":        {leastColumns + "\na,,,,\n", []string{"line 2, country_code: missing", "line 2, topics: missing", "line 2, title: missing", "line 2, summary: missing"}},
		"unknown topics":     {leastColumns + "\na,A,GR,x; roma; y,S\n", []string{`line 2, topics: unknown: "x"`, `line 2, topics: unknown: "y"`}},
		"year in words":      {leastColumns + ",start_year\na,A,GR,roma,S,soon\n", []string{"line 2, start_year: must be a whole number, not string"}},
		"yes in words":       {leastColumns + ",ongoing\na,A,GR,roma,S,perhaps\n", []string{"line 2, ongoing: must be true or false, not string"}},
		"decimal comma":      {leastColumns + ",cities,cities.latitude\na,A,GR,roma,S,X,\"39,6 or so\"\n", []string{"line 2, cities: must be a number in latitude, not string"}},
		"place without name": {leastColumns + ",cities,cities.latitude\na,A,GR,roma,S,X,39; 40\n", []string{"line 2, cities: missing"}},
		"text without title": {leastColumns + ",texts.el.title,texts.el.summary\na,A,GR,roma,S,,Π\n", []string{"line 2, texts.el.title: missing"}},
		"text's state":       {leastColumns + ",texts.el.title,texts.el.summary,texts.el.state\na,A,GR,roma,S,Τ,Π,guess\n", []string{`line 2, texts.el.state: unknown: "guess"`}},
		"slug twice":         {leastColumns + "\na,A,GR,roma,S\nb,B,GR,roma,S\na,A,GR,roma,S\n", []string{`line 4, slug: "a" stands in line 2 already`}},
		"lines within cells": {leastColumns + "\na,\"A\n\nB\",GR,roma,S\nb,B,XX,roma,S\n", []string{`line 5, country_code: unknown: "XX"`}},
		"a line of the cell": {leastColumns + "\na,\"A\nB\",XX,roma,S\n", []string{`line 3, country_code: unknown: "XX"`}},
		"broken quotes":      {leastColumns + "\na,A,GR,roma,S\nb,\"B\"x,GR,roma,S\nc,C,XX,roma,S\n", []string{"line 3: not CSV from here on: extraneous or missing \" in quoted-field"}},
		"quotes without end": {leastColumns + "\na,A,GR,roma,S\nb,\"B,GR,roma,S\n", []string{"line 3: not CSV from here on: extraneous or missing \" in quoted-field"}},
		"another encoding":   {leastColumns + "\na,S\xe3o,GR,roma,S\n", []string{`line 2: not UTF-8 after "a,S"; save the file in this encoding`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, "a.csv", c.content)
			expect(t, faults, c.want)
		})
	}
}

// Spreadsheets write a mark before the first column and two letters at each end
// of a line, leave spaces about, and shout TRUE.
func TestTableOfASpreadsheet(t *testing.T) {
	t.Parallel()
	p := readOne(t, "a.csv", "\ufeffslug, title ,country_code,topics,summary,ongoing,start_year,sections.purpose,texts.el.title,texts.el.summary,texts.fr.title\r\n"+
		"a, A ,GR, roma ; refugees;,S,TRUE, 2020 ,\" Why\r\n\r\nand how \",Τ,Π,\r\n")
	want := practice.Practice{
		Slug: "a", Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"roma", "refugees"},
		Period: practice.Period{Start: practice.Date{Year: 2020}, Ongoing: true},
		Texts: []practice.Text{
			{Language: "en", State: practice.Original, TitleLanguage: "en", Title: "A", Summary: "S",
				Sections: map[practice.Section]string{practice.Purpose: "Why\n\nand how"}},
			{Language: "el", State: practice.Human, TitleLanguage: "el", Title: "Τ", Summary: "Π"},
		},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("%+v\nwant %+v", p, want)
	}
}

// An empty entry keeps its place: Rome lies where the third numbers say.
func TestPlacesOfATable(t *testing.T) {
	t.Parallel()
	p := readOne(t, "a.csv", leastColumns+",cities,cities.latitude,cities.longitude,also_in.name,also_in.country_code\n"+
		"a,A,IT,roma,S,Turin; Milan; Rome,45.07; ; 41.9,7.69;;12.5,Graz;,AT; CH\n")
	want := practice.Place{
		Countries: []practice.Country{"IT", "AT", "CH"},
		Cities: []practice.City{
			{Country: "IT", Name: "Turin", Latitude: 45.07, Longitude: 7.69, Located: true},
			{Country: "IT", Name: "Milan"},
			{Country: "IT", Name: "Rome", Latitude: 41.9, Longitude: 12.5, Located: true},
			{Country: "AT", Name: "Graz"},
		},
	}
	if !reflect.DeepEqual(p.Place, want) {
		t.Errorf("%+v\nwant %+v", p.Place, want)
	}
}

// The same catalogue as a table gives the same practices.
func TestSampleAsATable(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("../sample/practices.json")
	if err != nil {
		t.Fatal(err)
	}
	want, faults := read(t, "practices.json", string(content))
	expect(t, faults, nil)
	got, faults := read(t, "practices.csv", table(t, content))
	expect(t, faults, nil)
	if len(got) != len(want) || len(want) < 200 {
		t.Fatalf("%d practices, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("row %d:\n%+v\nwant\n%+v", i, got[i], want[i])
		}
	}
}

// table writes a list of JSON objects as CSV.
func table(t *testing.T, content []byte) string {
	t.Helper()
	var objects []map[string]any
	if err := json.Unmarshal(content, &objects); err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(objects))
	columns := map[string]bool{}
	for i, object := range objects {
		rows[i] = map[string]string{}
		spread(rows[i], "", object)
		for column := range rows[i] {
			columns[column] = true
		}
	}
	header := slices.Sorted(maps.Keys(columns))
	lines := [][]string{header}
	for _, row := range rows {
		line := make([]string, len(header))
		for at, column := range header {
			line[at] = row[column]
		}
		lines = append(lines, line)
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// spread writes a JSON value into the cells of a row: objects as columns with a
// dot, lists with semicolons.
func spread(row map[string]string, column string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, part := range value {
			spread(row, strings.TrimPrefix(column+"."+name, "."), part)
		}
	case []any:
		for i, entry := range value {
			cells := map[string]string{}
			spread(cells, column, entry)
			for name, text := range cells {
				if i > 0 {
					text = row[name] + "; " + text
				}
				row[name] = text
			}
		}
	case string:
		row[column] = value
	case nil:
		row[column] = ""
	default:
		encoded, _ := json.Marshal(value)
		row[column] = string(encoded)
	}
}
