package exchange

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"exempla/internal/practice"
)

// fields are the fields of one row as they stand in a JSON file.
type fields map[string]string

// least is a row with what every practice must have.
func least() fields {
	return fields{"slug": `"a"`, "title": `"A"`, "country_code": `"GR"`, "topics": `["roma"]`, "summary": `"S"`}
}

// with is a changed copy; an empty value takes the field away.
func (f fields) with(changes fields) fields {
	for field, value := range changes {
		if f[field] = value; value == "" {
			delete(f, field)
		}
	}
	return f
}

// object writes the row on one line.
func (f fields) object() string {
	var parts []string
	for field, value := range f {
		parts = append(parts, `"`+field+`": `+value)
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

func read(t *testing.T, name, content string) ([]practice.Practice, []string) {
	t.Helper()
	practices, faults, err := Read(strings.NewReader(content), name)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range faults {
		said = append(said, f.String())
	}
	return practices, said
}

// readOne reads a file of one sound row.
func readOne(t *testing.T, name, content string) practice.Practice {
	t.Helper()
	practices, faults := read(t, name, content)
	if len(practices) != 1 || faults != nil {
		t.Fatalf("%d practices, faults %q", len(practices), faults)
	}
	return practices[0]
}

func expect(t *testing.T, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The messages are what people mend their files by, so they are held word by word.
func TestFaultsOfFields(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change fields
		want   []string
	}{
		"nothing wrong":     {fields{}, nil},
		"null is nothing":   {fields{"city": "null", "texts": "null", "ongoing": "null", "latitude": "null"}, nil},
		"title a number":    {fields{"title": "7"}, []string{"line 2, title: must be text, not number"}},
		"year a text":       {fields{"start_year": `"soon"`}, []string{"line 2, start_year: must be a whole number, not string"}},
		"year a fraction":   {fields{"start_year": "2020.5"}, []string{"line 2, start_year: must be a whole number, not number 2020.5"}},
		"year too early":    {fields{"start_year": "1492"}, []string{"line 2, start_year: must be a year from 1800 to 2100"}},
		"year negative":     {fields{"end_year": "-2020", "start_year": "-2021"}, []string{"line 2, start_year: must be a year from 1800 to 2100", "line 2, end_year: must be a year from 1800 to 2100"}},
		"end before start":  {fields{"start_year": "2020", "end_year": "2019"}, []string{"line 2, end_year: is before start_year"}},
		"ongoing a text":    {fields{"ongoing": `"perhaps"`}, []string{"line 2, ongoing: must be true or false, not string"}},
		"keywords":          {fields{"keywords": `["school", "roma"]`}, nil},
		"unknown keyword":   {fields{"keywords": `["school", "schools"]`}, []string{`line 2, keywords: "schools" is no concept of the thesaurus; school?`}},
		"latitude a text":   {fields{"latitude": `"39,6 or so"`}, []string{"line 2, latitude: must be a number, not string"}},
		"latitude too far":  {fields{"city": `"X"`, "latitude": "390", "longitude": "20"}, []string{`line 2, latitude: malformed: "390"`}},
		"topics a text":     {fields{"topics": `"roma"`}, []string{"line 2, topics: must be a list, not string"}},
		"topic a number":    {fields{"topics": `[1]`}, []string{"line 2, topics: must be text, not number"}},
		"unknown topics":    {fields{"topics": `["x", "roma", "y"]`}, []string{`line 2, topics: unknown: "x"`, `line 2, topics: unknown: "y"`}},
		"unknown country":   {fields{"country_code": `"XX"`, "city": `"Y"`}, []string{`line 2, country_code: unknown: "XX"`}},
		"unknown language":  {fields{"language": `"xx"`, "title_language": `"en"`}, []string{`line 2, language: unknown: "xx"`}},
		"misspelt field":    {fields{"sumary": `"S"`}, []string{"line 2, sumary: no such field; summary?"}},
		"fields left aside": {fields{"country": `"Greece"`, "from_seed": "true", "period_note": "[]"}, nil},
		"nothing needed":    {fields{"title": "", "country_code": "", "topics": "", "summary": "", "slug": ""}, []string{"line 2, slug: missing", "line 2, country_code: missing", "line 2, topics: missing", "line 2, title: missing", "line 2, summary: missing"}},
		"sections a text":   {fields{"sections": `"x"`}, []string{"line 2, sections: must be an object, not string"}},
		"unknown section":   {fields{"sections": `{"aim": "x"}`}, []string{"line 2, sections.aim: no such field"}},
		"a zero":            {fields{"title": `"a\u0000"`}, []string{`line 2, title: the character zero (\u0000) cannot be kept; take it out`}},
		"cities a text":     {fields{"cities": `"X"`}, []string{"line 2, cities: must be a list, not string"}},
		"city's name":       {fields{"cities": `[{"name": 7}]`}, []string{"line 2, cities: must be text in name, not number"}},
		"city's field":      {fields{"cities": `[{"name": "X", "lat": 7}]`}, []string{"line 2, cities.lat: no such field"}},
		"text's field":      {fields{"texts": `{"el": {"titel": "x"}}`}, []string{"line 2, texts.el.title: missing", "line 2, texts.el.summary: missing", "line 2, texts.el.titel: no such field; texts.el.title?"}},
		"text's parts":      {fields{"texts": `{"el": {}}`}, []string{"line 2, texts.el.title: missing", "line 2, texts.el.summary: missing"}},
		"text's language":   {fields{"texts": `{"xx": {"title": "T", "summary": "S"}}`}, []string{`line 2, texts.xx.language: unknown: "xx"`}},
		"text's state":      {fields{"texts": `{"el": {"title": "T", "summary": "S", "state": "guess"}}`}, []string{`line 2, texts.el.state: unknown: "guess"`}},
		"second original":   {fields{"texts": `{"el": {"title": "T", "summary": "S", "state": "original"}}`}, []string{`line 2, texts.el.state: malformed: "original"`}},
		"language twice":    {fields{"texts": `{"en": {"title": "T", "summary": "S"}}`}, []string{`line 2, texts.en.language: repeated: "en"`}},
		"bad address":       {fields{"source_url": `"www.example.org"`}, []string{`line 2, source_url: malformed: "www.example.org"`}},
		"bad slug":          {fields{"slug": `"Ä"`}, []string{`line 2, slug: malformed: "Ä"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, "a.json", "[\n"+least().with(c.change).object()+"\n]")
			expect(t, faults, c.want)
		})
	}
}

// One row over several lines: a fault names the line of its field, not of the row.
func TestFaultsAreInTheOrderOfLines(t *testing.T) {
	t.Parallel()
	_, faults := read(t, "a.JSON", `[
{
 "slug": "a",
 "topics": ["roma"],
 "title": "",
 "summary": 8,
 "title": "again",
 "country_code": "GR"
},
{"slug": "a",
 "title": "B", "country_code": "GR", "topics": ["roma"], "summary": "S"},
{"slug": "a", "title": "C", "country_code": "GR", "topics": ["roma"], "summary": "S"}
]`)
	expect(t, faults, []string{
		"line 6, summary: must be text, not number",
		"line 7, title: stands twice in this row",
		`line 10, slug: "a" stands in line 2 already`,
		`line 12, slug: "a" stands in line 2 already`,
	})
}

// What comes before the broken place is still checked.
func TestFilesThatAreNotJSON(t *testing.T) {
	t.Parallel()
	good := least().object()
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"empty list":         {"[]", []string{"line 1: there are no practices in this file"}},
		"empty":              {"", []string{"line 1: the file is empty"}},
		"only space":         {"\n\n", []string{"line 1: the file is empty"}},
		"an object":          {"{}", []string{"line 1: expected a list of practices: [ { … }, … ]"}},
		"a list of texts":    {"[\n\"x\"]", []string{"line 2: expected an object: { … }"}},
		"ends in the middle": {"[\n" + good + ",\n{\"slug\":", []string{"line 3: the file ends in the middle"}},
		"ends before ]":      {"[\n" + good + "\n", []string{"line 3: the file ends in the middle"}},
		"broken in the middle": {"[\n" + good + ",\n\n{\"slug\": \"b\",\n\"title\": oops}\n]",
			[]string{"line 5: not JSON from here on: invalid character 'o' looking for beginning of value"}},
		"no comma between rows": {"[\n" + good + "\n" + good + "\n]",
			[]string{"line 3: not JSON from here on: invalid character '{' after array element"}},
		"a name without quotes": {"[\n{\nslug: 1}]",
			[]string{"line 3: not JSON from here on: invalid character 's' looking for beginning of object key string"}},
		"something behind": {"[\n" + good + "\n]\n[]", []string{"line 4: there is something after the end of the list"}},
		"garbage behind":   {"[\n" + good + "\n]\n\n}", []string{"line 5: there is something after the end of the list"}},
		"another encoding": {"[\n\n{\"title\": \"S\xe3o\"}\n]", []string{`line 3: not UTF-8 after "{\"title\": \"S"; save the file in this encoding`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, "a.json", c.content)
			expect(t, faults, c.want)
		})
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	if _, _, err := Read(strings.NewReader(""), "dir/practices.xml"); err == nil || strings.Contains(err.Error(), "dir") {
		t.Errorf("a name in .xml: %v", err)
	}
	broken := errors.New("disk")
	if _, _, err := Read(iotest.ErrReader(broken), "a.csv"); !errors.Is(err, broken) {
		t.Errorf("a broken disk: %v", err)
	}
}

// Whatever a file holds: no panic, faults within the file, and no practice without
// a fault that the store would refuse.
func FuzzRead(f *testing.F) {
	f.Add("[" + least().object() + "]")
	f.Add("slug,title,cities.name,texts.el.title,topics\na,A,\"B; C\",T,roma\n")
	f.Add("[{\"cities\": [{}], \"texts\": {\"\": {}}, \"sections\": {\"\": \"\"}}]")
	f.Add("sep=;\rslug;title;;country_code;topics;summary\ra;A;;EL;\"roma;\";S\r;;;;;\r")
	f.Add("\xff\xfes\x00l\x00u\x00g\x00\t\x00\x00\xd8")
	f.Fuzz(func(t *testing.T, content string) {
		for _, name := range []string{"a.json", "a.csv"} {
			practices, faults := read(t, name, content)
			if _, err := json.Marshal(practices); err != nil {
				t.Fatal(err)
			}
			last := strings.Count(content, "\n") + strings.Count(content, "\r") + 1
			_, all, _ := Read(strings.NewReader(content), name)
			for _, fault := range all {
				if fault.Line < 1 || fault.Line > last {
					t.Fatalf("%s names line %d of %d", name, fault.Line, last)
				}
			}
			if len(faults) == 0 {
				if len(practices) == 0 {
					t.Fatalf("%s has no practices, and no fault", name)
				}
				sound(t, practices)
			}
		}
	})
}

// sound fails where a file without a fault gave a practice with a problem.
func sound(t *testing.T, practices []practice.Practice) {
	t.Helper()
	for _, p := range practices {
		if problems := p.Check(); problems != nil {
			t.Fatalf("%q: %v", p.Slug, problems)
		}
	}
}
