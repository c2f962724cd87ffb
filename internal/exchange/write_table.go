package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/practice"
)

// ErrNoColumn is the error for a text in a language that a table has no columns for.
var ErrNoColumn = errors.New("no column for this language")

// placeParts are the parts of a place, in the order of their columns.
var placeParts = []struct {
	name string
	cell func(city) string
}{
	{"name", func(c city) string { return inList.Replace(plain(c.Name)) }},
	{"country_code", func(c city) string { return c.CountryCode }},
	{"latitude", func(c city) string { return degrees(c.Latitude) }},
	{"longitude", func(c city) string { return degrees(c.Longitude) }},
}

// inList keeps a name whole among others that semicolons part.
var inList = strings.NewReplacer("&", "&amp;", ";", "&#59;")

func degrees(d *float64) string {
	if d == nil {
		return ""
	}
	return strconv.FormatFloat(*d, 'f', -1, 64)
}

// header names the columns of a table that has translations in these languages. It
// has the fields in their order, without those that say the same as others.
func header(languages []practice.Language) []string {
	var names []string
	for _, field := range fieldNames {
		switch {
		case field == "city" || field == "latitude" || field == "longitude":
		case slices.Contains(placeColumns, field):
			for _, part := range placeParts {
				names = append(names, field+"."+part.name)
			}
		case field == "sections":
			names = append(names, sectionColumns(field)...)
		case field == "texts":
			for _, language := range languages {
				at := field + "." + string(language)
				names = append(names, at+".title", at+".summary", at+".state")
				names = append(names, sectionColumns(at+".sections")...)
			}
		default:
			names = append(names, field)
		}
	}
	return names
}

func sectionColumns(field string) []string {
	var names []string
	for _, section := range sectionNames() {
		names = append(names, field+"."+section)
	}
	return names
}

// tableRows makes the rows of a table.
type tableRows struct {
	languages []practice.Language
	cells     []string // of the row before, to be written over
}

// row returns the cells of a practice, in the order of header. Errors: ErrNoColumn.
func (t *tableRows) row(p *practice.Practice) ([]string, error) {
	e := NewPractice(p)
	for language := range e.Texts {
		if !slices.Contains(t.languages, language) {
			return nil, fmt.Errorf("write %s in %s: %w", p.Slug, language, ErrNoColumn)
		}
	}
	cells := append(t.cells[:0], e.Slug, e.Title, string(e.TitleLanguage), e.TitleEnglish, string(e.Language), e.Summary, string(e.CountryCode))
	for _, places := range [][]city{e.Cities, e.AlsoIn} {
		for _, part := range placeParts {
			cells = append(cells, listed(places, part.cell))
		}
	}
	cells = append(cells, e.Period, number(e.StartYear), number(e.StartMonth), number(e.EndYear), number(e.EndMonth), flag(e.Ongoing),
		listed(e.Topics, func(t practice.Topic) string { return string(t) }), strings.Join(e.Keywords, "; "),
		e.Organisation, e.RunBy, e.Licence, e.SourceURL, flag(e.SourceListing))
	cells = appendSections(cells, e.Sections)
	for _, language := range t.languages {
		text := e.Texts[language]
		cells = appendSections(append(cells, text.Title, text.Summary, string(text.State)), text.Sections)
	}
	t.cells = cells
	return cells, nil
}

// listed joins cells of a list; it is empty if all of them are.
func listed[T any](list []T, cell func(T) string) string {
	var b strings.Builder
	said := false
	for i, one := range list {
		if i > 0 {
			b.WriteString("; ")
		}
		text := cell(one)
		said = said || text != ""
		b.WriteString(text)
	}
	if !said {
		return ""
	}
	return b.String()
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func flag(yes bool) string { return strconv.FormatBool(yes) }

func appendSections(cells []string, sections map[practice.Section]string) []string {
	for _, section := range practice.Sections {
		cells = append(cells, sections[section])
	}
	return cells
}

// tableWriter writes CSV.
type tableWriter struct {
	tableRows
	out *csv.Writer
}

func newTableWriter(out io.Writer, languages []practice.Language) (*tableWriter, error) {
	w := &tableWriter{tableRows{languages: languages}, csv.NewWriter(out)}
	if _, err := io.WriteString(out, mark8); err != nil { // without it, Excel takes UTF-8 for an encoding of old
		return w, err
	}
	return w, w.out.Write(header(languages))
}

func (w *tableWriter) write(p *practice.Practice) error {
	cells, err := w.row(p)
	if err != nil {
		return err
	}
	for i := range cells {
		cells[i] = Guard(cells[i])
	}
	return w.out.Write(cells)
}

func (w *tableWriter) close() error {
	w.out.Flush()
	return w.out.Error()
}

// formula is how a cell begins that a spreadsheet takes for a formula, with the
// apostrophes that keep it from that.
var formula = regexp.MustCompile(`^'*[-=+@\t\r\n]`)

// Guard keeps spreadsheets from reading a text as a formula, by an apostrophe before
// it. A number is none.
func Guard(cell string) string {
	if cell == "" || cell[0] > '@' || !formula.MatchString(cell) || decimal.MatchString(cell) {
		return cell
	}
	return "'" + cell
}

// unguard is the way back.
func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && formula.MatchString(cell) {
		return cell[1:]
	}
	return cell
}
