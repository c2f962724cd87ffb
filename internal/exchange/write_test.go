package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"exempla/internal/practice"
)

// odd are practices with everything that the files could lose.
func odd() []practice.Practice {
	texts := []string{"=1+1", "+49 30", "-5", "@city", "'=x", "''=y", "'tis", "Arts &amp; crafts", "R&D; labs", "&lt;b&gt; &#59;", "a,b;c\td",
		`say "no"`, "two\nlines\n\nand = more", "sep=;", "ελληνικά", "عربي", "日本語 🏙", "- a\n- b", "\u00adsoft\u200b", "true", "007", "null", "[", "{}", "\\u0000 \\n"}
	var list []practice.Practice
	for i, text := range texts {
		line := strings.ReplaceAll(text, "\n", " ")
		list = append(list, practice.Practice{
			Slug: "odd-" + string(rune('a'+i)),
			Place: practice.Place{Countries: []practice.Country{"GR", "DE", "CY"}, Cities: []practice.City{
				{Country: "GR", Name: line, Latitude: -39.5, Longitude: 0, Located: true},
				{Country: "CY", Name: "A; B", Latitude: 1e-7, Longitude: -20, Located: true}, {Country: "GR", Name: "C &amp; D"}}},
			Topics: practice.Topics[:2], Period: practice.Period{Start: practice.Date{Year: 2017, Month: 5}, End: practice.Date{Year: 2019}, Wording: practice.ParsePeriod(line).Wording},
			Organisation: line, Licence: line, Source: practice.Source{Name: line, URL: "https://example.org/?a=1&amp;b=2", Listing: i%2 == 0},
			Texts: []practice.Text{
				{Language: "el", State: practice.Original, Title: line, TitleLanguage: "sr", TitleEnglish: line, Summary: text,
					Sections: map[practice.Section]string{practice.Purpose: text, practice.Contact: text}},
				{Language: "ar", State: practice.Outdated, Title: line, TitleLanguage: "ar", Summary: text},
				{Language: "de", State: practice.Human, Title: line, TitleLanguage: "de", Summary: text, Sections: map[practice.Section]string{practice.Impact: text}},
			},
		})
	}
	list = append(list, practice.Practice{Slug: "national", Place: practice.Place{Countries: []practice.Country{"FR"}}, Topics: practice.Topics[:1],
		Keywords: keywordsOf(2), Period: practice.Period{Ongoing: true, Wording: "May 2001 - June 2003"},
		Texts: []practice.Text{{Language: "fr", State: practice.Original, Title: "T", TitleLanguage: "fr", Summary: "S"}}})
	for i := range list {
		for j := range list[i].Place.Cities { // as the reader cleans names
			list[i].Place.Cities[j].Name = plain(literal(list[i].Place.Cities[j].Name))
		}
	}
	return list
}

func keywordsOf(n int) []string { return wordsOf()["keywords"][:n] }

func written(t *testing.T, f Format, list []practice.Practice) string {
	t.Helper()
	languages := map[practice.Language]bool{}
	for _, p := range list {
		for _, text := range p.Texts[1:] {
			languages[text.Language] = true
		}
	}
	var out bytes.Buffer
	w, err := NewWriter(&out, f, slices.Sorted(maps.Keys(languages)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if err := w.Write(&list[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What is written is read as it was, whatever is in it, and written again as the same
// bytes.
func TestWrittenIsReadAsItWas(t *testing.T) {
	t.Parallel()
	for _, f := range []Format{JSON, CSV} {
		content := written(t, f, odd())
		back, faults, err := Read(strings.NewReader(content), "a."+string(f))
		if err != nil || len(faults) > 0 {
			t.Fatalf("%s: %v, %v\n%s", f, err, faults, content)
		}
		for i, want := range odd() {
			if len(back[i].Keywords) == 0 {
				back[i].Keywords = nil // an empty cell is an empty list
			}
			if !reflect.DeepEqual(back[i], want) {
				t.Fatalf("%s: %+v\nwant %+v", f, back[i], want)
			}
		}
		if again := written(t, f, back); again != content {
			t.Errorf("%s: written again it differs", f)
		}
	}
}

// Line ends of other systems, which no table keeps, are written as every file is read.
func TestLineEndsAreWrittenAsTheyAreRead(t *testing.T) {
	t.Parallel()
	p := odd()[0]
	p.Texts[0].Summary = "a\r\nb\rc"
	for _, f := range []Format{JSON, CSV} {
		back, _, _ := Read(strings.NewReader(written(t, f, []practice.Practice{p})), "a."+string(f))
		if len(back) != 1 || back[0].Texts[0].Summary != "a\nb\nc" {
			t.Errorf("%s: %+v", f, back)
		}
	}
}

// The list has the fields that reading knows and no others, so that one schema is for
// both ways.
func TestOneSchemaForBothWays(t *testing.T) {
	t.Parallel()
	var list []map[string]any
	if err := json.Unmarshal([]byte(written(t, JSON, odd())), &list); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{"city": true, "latitude": true, "longitude": true} // said by cities
	for _, object := range list {
		for field := range object {
			seen[field] = true
		}
	}
	if got, want := slices.Sorted(maps.Keys(seen)), slices.Sorted(slices.Values(fieldNames)); !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(written(t, CSV, odd()), mark8))).ReadAll()
	if err != nil || len(rows) != len(odd())+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, name := range rows[0] {
		if _, ok := known(name); !ok {
			t.Errorf("there is no column %s", name)
		}
	}
}

// No cell is a formula to a spreadsheet, but numbers stay numbers.
func TestCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(written(t, CSV, odd()), mark8))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			_, notNumber := strconv.ParseFloat(cell, 64)
			if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) && notNumber != nil {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
}

// A language that came after the first line was written has no column, which must not
// be lost in silence.
func TestTableSaysThatALanguageHasNoColumn(t *testing.T) {
	t.Parallel()
	w, err := NewWriter(&bytes.Buffer{}, CSV, []practice.Language{"ar"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(&odd()[0]); err == nil {
		t.Error("a German text has gone")
	}
}

// The sheet has the table's cells as they are, without apostrophes.
func TestSheetHasTheTable(t *testing.T) {
	t.Parallel()
	file, err := excelize.OpenReader(strings.NewReader(written(t, XLSX, odd())))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := file.GetRows("Sheet1")
	if err != nil || len(rows) != len(odd())+1 || !slices.Equal(rows[0], header([]practice.Language{"ar", "de"})) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, p := range odd() {
		if row := rows[i+1]; row[0] != p.Slug || row[1] != literal(p.Texts[0].Title) || row[5] != p.Texts[0].Summary {
			t.Errorf("%q", row)
		}
	}
}

// Texts that spreadsheets would read as something else, or refuse, are what they were.
func TestSheetKeepsOddTexts(t *testing.T) {
	t.Parallel()
	p := odd()[0]
	long := strings.Repeat("𐍈", practice.MaxSection)
	for text, want := range map[string]string{"=1+1": "=1+1", "_x000D_ <&>": "_x000D_ <&>", " a\nb ": " a\nb ", "a\x01b": "a\ufffdb",
		"'x": "'x", "عربي\tسطر": "عربي\tسطر", long: long[:len("𐍈")*(maxSheetCell/2)]} {
		p.Texts[0].Summary = text
		file, err := excelize.OpenReader(strings.NewReader(written(t, XLSX, []practice.Practice{p})))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := file.GetCellValue("Sheet1", "F2"); err != nil || got != want {
			t.Errorf("%.40q is %.40q, %v", text, got, err)
		}
		file.Close()
	}
}

// Columns are named as spreadsheets name them.
func TestColumnLetters(t *testing.T) {
	t.Parallel()
	for _, i := range []int{0, 25, 26, 27, 51, 52, 701, 702, 16383} {
		if want, err := excelize.ColumnNumberToName(i + 1); err != nil || columnLetters(i) != want {
			t.Errorf("%d is %s, not %s", i, columnLetters(i), want)
		}
	}
}
