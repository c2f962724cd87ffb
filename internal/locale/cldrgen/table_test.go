package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// made generates the tables of a made-up CLDR and reads the file back.
func made(t *testing.T, f files) table {
	t.Helper()
	output := filepath.Join(t.TempDir(), "cldr.json")
	if err := write(f.folder(t), output); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(string(text), "}\n") {
		t.Error("the file does not end with a line")
	}
	var read table
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

// All of one locale, from the files of that locale alone.
func TestTableOfALocale(t *testing.T) {
	t.Parallel()
	tables := made(t, smallCLDR())
	got := tables.Locales["fr"]
	want := region{
		Countries:      map[string]string{"GR": "Greece fr", "TR": "Türkiye fr", "XK": "Kosovo fr"},
		OtherCountries: map[string][]string{"TR": {"Ankara fr", "Turkey fr"}},
		Languages:      map[string]string{"el": "greek fr", "fr": "french fr", "en": "english fr"},
		Date:           "{d} de {MMMM} {y}",
		Or:             listPattern{"{0} or fr {1}", "{0}, {1}", "{0}; {1}", "{0}, or {1}"},
		And:            listPattern{"{0} and {1}", "{0}, {1}", "{0}; {1}", "{0}, and {1}"},
		Digits:         "0123456789", Group: "glatn", Decimal: "dlatn", Minus: "mlatn", MinGroup: 2,
		Months:      got.Months,
		MonthsAlone: got.MonthsAlone,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("French is\n%+v\nwant\n%+v", got, want)
	}
	for _, months := range []struct {
		names             []string
		first, tenth, end string
	}{
		{got.Months, "of month 1 fr", "of month 10 fr", "of month 12 fr"},
		{got.MonthsAlone, "Month 1 fr", "Month 10 fr", "Month 12 fr"},
	} {
		if n := months.names; len(n) != 12 || n[0] != months.first || n[9] != months.tenth || n[11] != months.end {
			t.Errorf("months: %q", n)
		}
	}
}

// Every language of the interface has its table, English that of Europe.
func TestTableOfEveryLanguage(t *testing.T) {
	t.Parallel()
	tables := made(t, smallCLDR())
	if len(tables.Locales) != len(strings.Fields(localeTags)) {
		t.Errorf("%d locales", len(tables.Locales))
	}
	for tag, r := range tables.Locales {
		from := tag
		if tag == "en" {
			from = "en-GB"
		}
		if r.Countries["GR"] != "Greece "+from || r.Months[4] != "of month 5 "+from || r.Or.Pair != "{0} or "+from+" {1}" {
			t.Errorf("%s is made from other files than those of %s: %+v", tag, from, r)
		}
	}
	if ar := tables.Locales["ar"]; ar.Digits != "٠١٢٣٤٥٦٧٨٩" || ar.Group != "garab" || ar.Decimal != "darab" || ar.Minus != "marab" {
		t.Errorf("Arabic has the digits %q and the signs %q, %q, %q", ar.Digits, ar.Group, ar.Decimal, ar.Minus)
	}
}

// Own names are those that a language gives itself, in every language that CLDR
// has, whether the interface speaks it or not.
func TestOwnNames(t *testing.T) {
	t.Parallel()
	f := smallCLDR()
	f.put("cldr-localenames-full", "ka", "languages.json", `"localeDisplayNames": {"languages": {"ka": "ქართული"}}`)
	f.put("cldr-localenames-full", "zu", "languages.json", `"localeDisplayNames": {"languages": {"zu": "isiZulu"}}`)
	f.put("cldr-localenames-full", "haw", "languages.json", `"localeDisplayNames": {"languages": {"haw": "Hawaiian"}}`)
	f.put("cldr-localenames-full", "vo", "territories.json", `"localeDisplayNames": {"territories": {}}`) // has no names of languages
	own := made(t, f).Own
	for code, want := range map[string]string{"fr": "French fr", "el": "Greek el", "en": "English en", "ka": "ქართული", "zu": "isiZulu"} {
		if own[code] != want {
			t.Errorf("%s calls itself %q, want %q", code, own[code], want)
		}
	}
	for _, code := range []string{"haw", "vo", "en-GB"} {
		if name, found := own[code]; found {
			t.Errorf("%s is listed, as %q", code, name)
		}
	}
}

// Members of ISO 3166-1 have two codes more, and a name; Kosovo is added.
func TestCountryCodes(t *testing.T) {
	t.Parallel()
	codes, err := smallCLDR().folder(t).countryCodes()
	if err != nil || !slices.Equal(codes, []string{"GR", "TR", "XK"}) {
		t.Errorf("codes: %q, %v", codes, err)
	}
}

// A table that comes out wrong is worse than none: what cannot be printed stops
// the generator, which says where.
func TestWhatCannotBePrintedIsRefused(t *testing.T) {
	t.Parallel()
	const numbers, dates = "cldr-numbers-full/main/uk/numbers.json", "cldr-dates-full/main/uk/ca-gregorian.json"
	for name, c := range map[string]struct{ file, from, to, want string }{
		"groups of other sizes": {numbers, "#,##0.###", "#,##,##0.###", `locale uk: numbers are written "#,##,##0.###"`},
		"no number of digits":   {numbers, `"minimumGroupingDigits": "2"`, `"minimumGroupingDigits": "two"`, "locale uk: minimum grouping digits"},
		"a weekday in the date": {dates, "d 'de' MMMM y", "EEEE, d MMMM", `locale uk: the long date "EEEE, d MMMM" is not made of`},
		"a month without name":  {dates, "of month 7 uk", "", "locale uk: month 7 has no name"},
		"and one alone":         {dates, `"Month 12 uk"`, `""`, "locale uk: month 12 has no name"},
		"what is no JSON":       {"cldr-misc-full/main/uk/listPatterns.json", "{", "", "listPatterns.json"},
		"codes of another kind": {"cldr-core/supplemental/codeMappings.json", `"300"`, "300", "codeMappings.json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := smallCLDR()
			if !strings.Contains(f[c.file], c.from) {
				t.Fatalf("%s does not hold %q", c.file, c.from)
			}
			f[c.file] = strings.Replace(f[c.file], c.from, c.to, 1)
			output := filepath.Join(t.TempDir(), "cldr.json")
			err := write(f.folder(t), output)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: %v, want %q", err, c.want)
			}
			if _, missing := os.Stat(output); missing == nil {
				t.Error("a table was written")
			}
		})
	}
}

func TestEveryFileIsNeeded(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"cldr-core/supplemental/codeMappings.json", "cldr-core/supplemental/numberingSystems.json",
		"cldr-localenames-full/main/en/territories.json", "cldr-localenames-full/main/el/languages.json", "cldr-dates-full/main/el/ca-gregorian.json",
		"cldr-misc-full/main/el/listPatterns.json", "cldr-numbers-full/main/el/numbers.json", "cldr-localenames-full/main/en-GB/territories.json"} {
		f := smallCLDR()
		delete(f, name)
		if _, err := f.folder(t).table(); err == nil || !strings.Contains(err.Error(), filepath.FromSlash(name)) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	err := write(smallCLDR().folder(t), filepath.Join(t.TempDir(), "no such folder", "cldr.json"))
	if err == nil || !strings.Contains(err.Error(), "writing the tables") {
		t.Errorf("error: %v", err)
	}
}

// The same input gives the same bytes, so that a new CLDR shows as what changed.
func TestOutputIsStable(t *testing.T) {
	t.Parallel()
	from := smallCLDR().folder(t)
	var texts []string
	for range 5 {
		output := filepath.Join(t.TempDir(), "cldr.json")
		if err := write(from, output); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(output)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("%d different files of one input", len(slices.Compact(texts)))
	}
}

// The table that is embedded has the shape that this generator writes: without
// CLDR at hand, at least no field of one is missing in the other.
func TestEmbeddedTableHasThisShape(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../cldr.json")
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	var read table
	if err := decoder.Decode(&read); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(read)
	if err != nil || string(again)+"\n" != string(text) {
		t.Errorf("written again, the table differs: %d and %d bytes, %v", len(again)+1, len(text), err)
	}
	if from := os.Getenv("CLDR"); from != "" {
		output := filepath.Join(t.TempDir(), "cldr.json")
		if err := write(source(from), output); err != nil {
			t.Fatal(err)
		}
		if made, err := os.ReadFile(output); err != nil || string(made) != string(text) {
			t.Errorf("cldr.json is not what CLDR gives (%v): run go generate", err)
		}
	}
}
