package exchange

import (
	"encoding/binary"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"exempla/internal/practice"
)

const leastRow = "a,A,GR,roma,S"

// However a program separates cells and ends lines, the same table is read.
func TestTablesOfOtherPrograms(t *testing.T) {
	t.Parallel()
	plain := "slug,title,country_code,topics,summary,period\na,A,GR,roma; refugees,\"S\nT\",2015-\nb,B,GR,roma,S,2016\n"
	want, faults := read(t, "a.csv", plain)
	expect(t, faults, nil)
	semicolons := "slug;title;country_code;topics;summary;period\na;A;GR;\"roma; refugees\";\"S\nT\";2015-\nb;B;GR;roma;S;2016\n"
	tabs := strings.ReplaceAll(plain, ",", "\t")
	for name, content := range map[string]string{
		"CR":                  strings.ReplaceAll(plain, "\n", "\r"),
		"CR and LF":           strings.ReplaceAll(plain, "\n", "\r\n"),
		"mixed":               strings.Replace(strings.Replace(plain, "\n", "\r", 1), "\nb", "\r\nb", 1),
		"semicolons":          semicolons,
		"declared":            "sep=;\n" + semicolons,
		"declared, quoted":    "\"sep=;\"\r\n" + semicolons,
		"declared tabs":       "SEP=\t\n" + tabs,
		"declared comma":      "sep=,\n" + plain,
		"tabs":                tabs,
		"mark":                "\ufeff" + plain,
		"two marks":           "\ufeff\ufeff" + semicolons,
		"Unicode text":        encode16("\ufeff"+tabs, binary.LittleEndian),
		"big endian":          encode16("\ufeff"+tabs, binary.BigEndian),
		"without mark":        encode16(plain, binary.LittleEndian),
		"empty rows":          plain + ",,,,,\n , ,,,,\n\n",
		"empty rows before":   "\n\n" + plain,
		"empty columns":       strings.NewReplacer("period\n", "period,, \n", "2015-\n", "2015-,,\n", "2016\n", "2016, ,\n").Replace(plain),
		"cells behind":        strings.NewReplacer("2015-\n", "2015-,,,\n").Replace(plain),
		"names as people say": strings.Replace(plain, "slug,title,country_code", "Slug, Title ,Country code", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, faults := read(t, "a.TXT", content)
			expect(t, faults, nil)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%+v\nwant %+v", got, want)
			}
		})
	}
}

func encode16(text string, order binary.ByteOrder) string {
	var made []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		made = order.(binary.AppendByteOrder).AppendUint16(made, unit)
	}
	return string(made)
}

func TestFaultsOfWholeTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"empty rows alone":   {leastColumns + "\n,,,,\n , ,,,\n", []string{"line 1: there are no practices in this file"}},
		"a CR alone":         {leastColumns + "\r", []string{"line 1: there are no practices in this file"}},
		"only space":         {" \r\n\t", []string{"line 1: the file is empty"}},
		"a mark alone":       {"\ufeff", []string{"line 1: the file is empty"}},
		"lines of CR":        {leastColumns + "\r" + leastRow + "\rb,B,XX,roma,S\r", []string{`line 3, country_code: unknown: "XX"`}},
		"mixed lines":        {leastColumns + "\r\na,\"A\rB\",GR,roma,S\rb,B,XX,roma,S\n", []string{`line 4, country_code: unknown: "XX"`}},
		"declared":           {"sep=;\nslug;title;country_code;topics;summary\na;A;XX;roma;S\n", []string{`line 3, country_code: unknown: "XX"`}},
		"declared otherwise": {"sep=|\nslug|title\na|A\n", []string{"line 1: what separates the cells must be a comma, a semicolon or a tab: write sep=; or save the file so"}},
		"bars":               {"slug|title|country_code|topics|summary\na|A|GR|roma|S\n", []string{"line 1: expected the names of the columns here, separated by commas, semicolons or tabs"}},
		"unclear":            {"\nname;place,date\nx;y,z\nu;v,w\n", []string{"line 2: unclear what separates the columns; write it into a line before this one, such as sep=;"}},
		"two separators":     {leastColumns + "\n" + leastRow + "\nb;B;GR;roma;S\nc;C;GR;roma;S\n", []string{"line 3: the cells are separated by semicolons from here on, those of the first line by commas"}},
		"list without quotes": {"slug;title;country_code;topics;summary\na;A;GR;roma;refugees;S\n",
			[]string{"line 2: 6 cells, but 5 columns are named in the first line; a cell with a semicolon in it must stand in quotes"}},
		"column without name":  {leastColumns + ",,\n" + leastRow + ",,\nb,B,GR,roma,S,,x\nc,C,GR,roma,S,,y\n", []string{"line 1: column 7 has no name, but there is something in it, first in line 3"}},
		"misspelt columns":     {"slug,titel,country_code,topics,summery,colour\na,A,GR,roma,S,\nb,B,GR,roma,S,red\n", []string{"line 1, titel: no such column; title?", "line 1, summery: no such column; summary?", "line 1, colour: no such column"}},
		"misspelt parts":       {leastColumns + ",sections.proces,texts.el.sumary,cities.latitud\n" + leastRow + ",x,y,1\nb,B,GR,roma,S,x,y,1\n", []string{"line 1, sections.proces: no such column; sections.process?", "line 1, texts.el.sumary: no such column; texts.el.summary?", "line 1, cities.latitud: no such column; cities.latitude?"}},
		"columns that lack":    {"slug,title\na,A\nb,B\n", []string{"line 1, country_code: there is no such column, and every practice needs it", "line 1, topics: there is no such column, and every practice needs it", "line 1, summary: there is no such column, and every practice needs it"}},
		"columns of no text":   {leastColumns + ",sections,texts.el\n" + leastRow + ",x,y\n", []string{"line 1, sections: a column holds one part of it: name it sections.purpose", "line 1, texts.el: a column holds one part of it: name it texts.el.title"}},
		"the same name twice":  {leastColumns + ",Title\n" + leastRow + ",B\n", []string{"line 1, title: two columns have this name"}},
		"one language twice":   {leastColumns + ",texts.pt.title,texts.pt-BR.title\n" + leastRow + ",T,T\n", []string{"line 1, texts.pt.title: two columns have this name"}},
		"topics":               {leastColumns + "\na,A,GR,Romma; Anti-Rumour; anti-rumor; x,S\n", []string{`line 2, topics: unknown: "Romma"; roma?`, `line 2, topics: unknown: "anti-rumor"; anti-rumour?`, `line 2, topics: unknown: "x"`}},
		"keywords":             {leastColumns + ",keywords\n" + leastRow + ",School; asylum-seker\n", []string{`line 2, keywords: "asylum-seker" is no concept of the thesaurus; asylum-seeker?`}},
		"zero":                 {leastColumns + "\na,A,GR,roma,\"S\nT\x00\"\n", []string{`line 2, summary: the character zero (\u0000) cannot be kept; take it out`}},
		"several broken lines": {leastColumns + "\na,S\xe3o,GR,roma,S\nb,B,GR,roma,\xe9\nc,\xe9,GR,roma,S\n", []string{`line 2: not UTF-8 after "a,S", nor in 2 more lines; save the file in this encoding`}},
		"a workbook":           {"PK\x03\x04\x14\x00\x06\x00", []string{"line 1: this is the file of a spreadsheet; save it there as CSV, in UTF-8"}},
		"UTF-32":               {"\xff\xfe\x00\x00s\x00\x00\x00", []string{"line 1: this is UTF-32; save the file as UTF-8"}},
		"half of UTF-16":       {encode16("\ufeffslug\r\na", binary.LittleEndian) + "x", []string{`line 2: the file ends within a character after "a"; save the file as UTF-8`}},
		"half a pair":          {encode16("slug\r\nab", binary.BigEndian) + "\xd8\x00\x00\x0a", []string{`line 2: half a character after "ab"; save the file as UTF-8`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, "a.csv", c.content)
			expect(t, faults, c.want)
		})
	}
}

// Where several practices share a line, its number says nothing.
func TestFaultsOfFilesWithoutLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"slugs and none": {`[{"slug":"a","title":"A","topics":["roma"],"summary":"S"},{"slug":"b","title":"B","country_code":"GR","topics":["roma"],"summary":"S"},{"title":"C","country_code":"GR","topics":["x"],"summary":"S"},{"slug":"Ä","title":"D","country_code":"GR","topics":["roma"],"summary":"S"}]`,
			[]string{"line 1, practice 1 (a), country_code: missing", "line 1, practice 3, slug: missing", `line 1, practice 3, topics: unknown: "x"`, `line 1, practice 4, slug: malformed: "Ä"`}},
		"a slug twice": {"[" + least().object() + "," + least().object() + "]", []string{`line 1, practice 2 (a), slug: "a" is the slug of practice 1 already`}},
		"one practice": {`[{"slug":"a"}]`, []string{"line 1, country_code: missing", "line 1, topics: missing", "line 1, title: missing", "line 1, summary: missing"}},
		"some lines":   {"[{\"slug\": \"a\",\n\"title\": \"A\", \"topics\": [\"roma\"], \"country_code\": \"GR\"\n}, {\"slug\": \"b\", \"country_code\": \"GR\", \"topics\": [\"roma\"],\n\"title\": \"B\", \"summary\": \"S\"}]", []string{"line 1, practice 1 (a), summary: missing"}},
		"broken":       {"[" + least().object() + `,{"slug":oops}]`, []string{"line 1, practice 2: not JSON from here on: invalid character 'o' looking for beginning of value"}},
		"no object":    {"[" + least().object() + `,7]`, []string{"line 1, practice 2: expected an object: { … }"}},
		"CR":           {"[\r" + least().object() + ",\r" + least().with(fields{"slug": `"b"`, "country_code": `"XX"`}).object() + "]", []string{`line 3, country_code: unknown: "XX"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, "a.json", c.content)
			expect(t, faults, c.want)
		})
	}
}

// A field that is none is told once, however many practices have it.
func TestUnknownFieldsAreToldOnce(t *testing.T) {
	t.Parallel()
	row := func(slug string) string {
		return least().with(fields{"slug": `"` + slug + `"`, "sumary": "1", "texts": `{"el": {"title": "T", "summary": "S", "titel": "x", "sections": {"aim": "x"}}}`,
			"cities": `[{"name": "X", "lat": 1}, {"name": "Y", "lat": 1}]`}).object()
	}
	_, faults := read(t, "a.json", "[\n"+row("a")+",\n"+row("b")+",\n"+least().with(fields{"slug": `"c"`, "colour": "1"}).object()+"\n]")
	expect(t, faults, []string{
		"line 2, cities.lat: no such field (in 2 practices)",
		"line 2, sumary: no such field; summary? (in 2 practices)",
		"line 2, texts.el.sections.aim: no such field (in 2 practices)",
		"line 2, texts.el.titel: no such field; texts.el.title? (in 2 practices)",
		"line 4, colour: no such field",
	})
}

// A decoder would replace half of a pair without a word, and Postgres refuse a zero.
func TestCharactersThatCannotBeKept(t *testing.T) {
	t.Parallel()
	half := func(what string) []string {
		return []string{"line 2, title: half a character (" + what + ") cannot be kept; take it out"}
	}
	for value, want := range map[string][]string{
		`"a\ud800"`:             half(`\ud800`),
		`"\udc00\ud800"`:        half(`\udc00`),
		`"\ud83d\ud83d"`:        half(`\ud83d`),
		`"\ud83dx"`:             half(`\ud83d`),
		`"\ud83d\n"`:            half(`\ud83d`),
		`"\ud83d\ude00"`:        nil,
		`"\\ud800"`:             nil,
		`"\\\ud800"`:            half(`\ud800`),
		`"\u0041\u00e9 \" \\ "`: nil,
		`"\u0000"`:              {`line 2, title: the character zero (\u0000) cannot be kept; take it out`},
	} {
		_, faults := read(t, "a.json", "[\n"+least().with(fields{"title": value}).object()+"\n]")
		expect(t, faults, want)
	}
	_, faults := read(t, "a.json", "[\n"+least().with(fields{"texts": "{\"el\":\n{\"title\": \"T\",\n\"summary\": \"\\ud800\"}}", "period": `"\ud800"`, "slug": `"\u0000"`}).object()+"\n]")
	expect(t, faults, []string{
		`line 2, period: half a character (\ud800) cannot be kept; take it out`,
		`line 2, slug: the character zero (\u0000) cannot be kept; take it out`,
		`line 4, texts: half a character (\ud800) cannot be kept; take it out`,
	})
}

func TestNumbersAndFlagsOfSpreadsheets(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]int{"2019": 2019, "2019.0": 2019, "2019,00": 2019, "2 019": 2019, "2\u00a0019": 2019, "2\u202f019": 2019,
		"2.019": 2019, "2,019": 2019, "2’019": 2019, "٢٠١٩": 2019, "2.019E+03": 2019, " 2019 ": 2019} {
		p := readOne(t, "a.csv", leastColumns+",start_year\n"+leastRow+",\""+written+"\"\n")
		if p.Period.Start.Year != want {
			t.Errorf("%q is the year %d", written, p.Period.Start.Year)
		}
	}
	for _, written := range []string{"2 0 1 9", "20 19", "2019-05", "2019?", "1e999", "2.0.1.9"} {
		_, faults := read(t, "a.csv", leastColumns+",start_year\n"+leastRow+",\""+written+"\"\n")
		expect(t, faults, []string{"line 2, start_year: must be a whole number, not string"})
	}
	for written, want := range map[string]float64{"39,66": 39.66, "39.66": 39.66, "-0,5": -0.5, "−0.5": -0.5, "39,66°": 39.66, "٣٩٫٦٦": 39.66, "039.66": 39.66, "+39.6": 39.6} {
		one := readOne(t, "a.csv", leastColumns+",city,latitude,longitude\n"+leastRow+",X,\""+written+"\",20\n")
		several := readOne(t, "a.csv", leastColumns+",cities,cities.latitude,cities.longitude\n"+leastRow+",X; Y,\""+written+"; 1\",\"20; 2,5\"\n")
		if one.Place.Cities[0].Latitude != want || several.Place.Cities[0].Latitude != want || several.Place.Cities[1].Longitude != 2.5 {
			t.Errorf("%q is %v and %v", written, one.Place.Cities, several.Place.Cities)
		}
	}
	for want, words := range map[bool]string{true: "yes Yes YES ja Oui sí SÍ ναι ΝΑΙ po так نعم x X 1 true WAHR vrai verdadero ✓ ✔\ufe0f",
		false: "no nein non όχι ΟΧΙ jo ні لا 0 false FALSCH faux ☐"} {
		for word := range strings.FieldsSeq(words) {
			if p := readOne(t, "a.csv", leastColumns+",ongoing\n"+leastRow+","+word+"\n"); p.Period.Ongoing != want {
				t.Errorf("%q is read as %v", word, p.Period.Ongoing)
			}
		}
	}
	if p := readOne(t, "a.json", "["+least().with(fields{"period": "2018"}).object()+"]"); p.Period.Start.Year != 2018 || p.Period.Wording != "2018" {
		t.Errorf("a period that is a number: %+v", p.Period)
	}
}

func TestCodesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]practice.Country{"GR": "GR", "gr": "GR", "EL": "GR", "el": "GR", "UK": "GB", "GBR": "GB", "grc": "GR", "XK": "XK", "XKX": "XK", "UKR": "UA", " de ": "DE"} {
		if p := readOne(t, "a.csv", leastColumns+",cities.name,cities.country_code\na,A,"+written+",roma,S,X,"+written+"\n"); p.Place.Countries[0] != want || p.Place.Cities[0].Country != want || len(p.Place.Countries) != 1 {
			t.Errorf("country %q is %v", written, p.Place)
		}
	}
	for written, want := range map[string]practice.Language{"el": "el", "EN": "en", "en-GB": "en", "pt_BR": "pt", "ell": "el", "gre": "el", "deu": "de", "sq-XK": "sq",
		"zh-Hans": "zh", "iw": "he", "alb": "sq", "arb": "ar"} {
		p := readOne(t, "a.csv", leastColumns+",language,title_language,texts.fr-CA.title,texts.fr-CA.summary\n"+leastRow+","+written+","+written+",T,S\n")
		if p.Texts[0].Language != want || p.Texts[0].TitleLanguage != want || p.Texts[1].Language != "fr" {
			t.Errorf("language %q is %+v", written, p.Texts)
		}
	}
	for column, cases := range map[string]map[string]string{
		"country_code": {"EN": "", "EU": "", "Greece": "; write its two letters of ISO 3166-1, such as GR", "ENG": "; write its two letters of ISO 3166-1, such as GR"},
		"language": {"xx": "", "sh": "", "gr": "; write el", "ua": "; write uk", "CZ": "; write cs", "english": "; write its two letters of ISO 639-1, such as el",
			"rom": "; the catalogue knows languages by the two letters of ISO 639-1, and this one has none",
			"cnr": "; the catalogue knows languages by the two letters of ISO 639-1, and this one has none"},
	} {
		for written, hint := range cases {
			object := least().with(fields{column: `"` + written + `"`}).object()
			_, faults := read(t, "a.json", "[\n"+object+"\n]")
			expect(t, faults, []string{"line 2, " + column + `: unknown: "` + written + `"` + hint})
		}
	}
	_, faults := read(t, "a.json", "[\n"+least().with(fields{"texts": `{"pt": {"title": "T", "summary": "S"}, "pt-BR": {"title": "T", "summary": "S"}}`}).object()+"\n]")
	expect(t, faults, []string{`line 2, texts.pt.language: repeated: "pt"`})
}
