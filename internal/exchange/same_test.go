package exchange

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A row's fault is the same whichever kind of file it stands in, but for its line.
func TestBothKindsOfFileHaveTheSameFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change fields // JSON; its columns are those of the table
		cells  string
		want   []string
	}{
		"sound":            {fields{"start_year": "2017", "ongoing": "true"}, "start_year=2017,ongoing=true", nil},
		"no slug":          {fields{"slug": `""`}, "slug=", []string{"slug: missing"}},
		"bad slug":         {fields{"slug": `"Ä"`}, "slug=Ä", []string{`slug: malformed: "Ä"`}},
		"unknown country":  {fields{"country_code": `"XX"`}, "country_code=XX", []string{`country_code: unknown: "XX"`}},
		"unknown topic":    {fields{"topics": `["roma", "x"]`}, "topics=roma; x", []string{`topics: unknown: "x"`}},
		"topic twice":      {fields{"topics": `["roma", "roma"]`}, "topics=roma;roma", []string{`topics: repeated: "roma"`}},
		"year in words":    {fields{"start_year": `"soon"`}, "start_year=soon", []string{"start_year: must be a whole number, not string"}},
		"year too early":   {fields{"end_year": "1066"}, "end_year=1066", []string{"end_year: must be a year from 1800 to 2100"}},
		"end before start": {fields{"start_year": "2020", "end_year": "2019"}, "start_year=2020,end_year=2019", []string{"end_year: is before start_year"}},
		"odd flag":         {fields{"ongoing": `"perhaps"`}, "ongoing=perhaps", []string{"ongoing: must be true or false, not string"}},
		"flag in words":    {fields{"ongoing": `"Ja"`, "source_listing": "1"}, "ongoing=Ja,source_listing=1", nil},
		"numbers in words": {fields{"start_year": `"2 019"`, "end_year": "2019.0"}, "start_year=2 019,end_year=2019.0", nil},
		"other codes":      {fields{"country_code": `"el"`, "language": `"pt-BR"`}, "country_code=el,language=pt-BR", nil},
		"slips in codes":   {fields{"language": `"gr"`, "title_language": `"el"`}, "language=gr,title_language=el", []string{`language: unknown: "gr"; write el`}},
		"second language":  {fields{"texts": `{"xx": {"title": "T", "summary": "S"}}`}, "texts.xx.title=T,texts.xx.summary=S", []string{`texts.xx.language: unknown: "xx"`}},
		"odd address":      {fields{"source_url": `"example.org"`}, "source_url=example.org", []string{`source_url: malformed: "example.org"`}},
		"several": {fields{"title": `""`, "country_code": `"XX"`, "start_year": `"soon"`}, "title=,country_code=XX,start_year=soon",
			[]string{"start_year: must be a whole number, not string", `country_code: unknown: "XX"`, "title: missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			listed, objects := read(t, "a.json", "[\n"+least().with(c.change).object()+"\n]")
			tabled, cells := read(t, "a.csv", tableOf(t, c.cells))
			for kind, faults := range map[string][]string{"JSON": objects, "CSV": cells} {
				if got, want := sorted(faults), sorted(onLine2(c.want)); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %q\nwant %q", kind, got, want)
				}
			}
			if c.want == nil && !reflect.DeepEqual(listed, tabled) {
				t.Errorf("%+v from a list\n%+v from a table", listed, tabled)
			}
		})
	}
}

// tableOf is a table of one row with what every practice must have, changed by
// "column=cell,…".
func tableOf(t *testing.T, changes string) string {
	t.Helper()
	columns := strings.Split(leastColumns, ",")
	cells := map[string]string{"slug": "a", "title": "A", "country_code": "GR", "topics": "roma", "summary": "S"}
	for change := range strings.SplitSeq(changes, ",") {
		column, cell, _ := strings.Cut(change, "=")
		if _, ok := cells[column]; !ok {
			columns = append(columns, column)
		}
		cells[column] = cell
	}
	line := make([]string, len(columns))
	for i, column := range columns {
		line[i] = cells[column]
	}
	return strings.Join(columns, ",") + "\n" + strings.Join(line, ",") + "\n"
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func onLine2(faults []string) []string {
	var list []string
	for _, f := range faults {
		list = append(list, "line 2, "+f)
	}
	return list
}

// Every row is read to its end, however many before it were wrong.
func TestEveryFaultOfEveryRow(t *testing.T) {
	t.Parallel()
	const rows = 300
	var list, table strings.Builder
	list.WriteString("[\n")
	table.WriteString(leastColumns + ",ongoing\n")
	var want []string
	for n := range rows {
		slug := fmt.Sprint("p-", n)
		comma := ","
		if n == rows-1 {
			comma = ""
		}
		switch {
		case n%3 == 0:
			fmt.Fprintf(&list, "%s%s\n", least().with(fields{"slug": `"` + slug + `"`}).object(), comma)
			fmt.Fprintf(&table, "%s,A,GR,roma,S,\n", slug)
		default:
			fmt.Fprintf(&list, "%s%s\n", least().with(fields{"slug": `"` + slug + `"`, "country_code": `"XX"`, "ongoing": `"perhaps"`}).object(), comma)
			fmt.Fprintf(&table, "%s,A,XX,roma,S,perhaps\n", slug)
			want = append(want, fmt.Sprintf("line %d, country_code: unknown: \"XX\"", n+2), fmt.Sprintf("line %d, ongoing: must be true or false, not string", n+2))
		}
	}
	list.WriteString("]\n")
	for name, content := range map[string]string{"a.json": list.String(), "a.csv": table.String()} {
		if _, faults := read(t, name, content); !reflect.DeepEqual(sorted(faults), sorted(want)) {
			t.Errorf("%s: %d faults, want %d", name, len(faults), len(want))
		}
	}
}

// The sample is whole as a list, and cutting it anywhere is noticed.
func TestACutFileIsNoCatalogue(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("../sample/practices.json")
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(content)-3; at += len(content) / 23 {
		if _, faults, err := Read(strings.NewReader(string(content[:at])), "practices.json"); err == nil && len(faults) == 0 {
			t.Errorf("cut after %d bytes, it has no fault", at)
		}
	}
}
