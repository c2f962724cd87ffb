package exchange

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"exempla/internal/text"
)

// Columns whose cells are not text. Semicolons separate the entries of lists.
var (
	yearColumns   = []string{"start_year", "end_year"}
	numberColumns = []string{"latitude", "longitude", "start_year", "start_month", "end_year", "end_month"}
	flagColumns   = []string{"ongoing", "source_listing"}
	listColumns   = []string{"topics", "keywords"}
	placeColumns  = []string{"cities", "also_in"}
)

// neededColumns are those without which no row can be whole.
var neededColumns = []string{"slug", "title", "country_code", "topics", "summary"}

// columns are what the first line of a table names.
type columns struct {
	line    int
	names   []string // empty where a column is passed over
	unnamed []bool   // columns whose name is empty in the file
	lacking []string // needed columns that there are none of
}

// scanCSV reads a table whose first line names the columns like the fields of JSON
// files; parts of a field are named "sections.purpose", "texts.el.title",
// "cities.name". What separates the cells is found out.
func scanCSV(content []byte, r *reader) {
	separator, content, isDeclared := declared(content)
	if isDeclared && !strings.ContainsRune(separators, separator) {
		r.fault(1, "", "what separates the cells must be a comma, a semicolon or a tab: write sep=; or save the file so")
		return
	}
	if !isDeclared {
		var unclear string
		if separator, unclear = separatorOf(content); unclear != "" {
			r.fault(firstLineOf(content), "", "%s", unclear)
			return
		}
	}
	table := newTable(content, separator)
	header, err := table.Read()
	if err != nil {
		r.fault(1, "", "expected a first line with the names of the columns")
		return
	}
	line, _ := table.FieldPos(0)
	named, ok := r.columns(header, line)
	if !ok {
		return
	}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			brokenTable(r, err)
			return
		}
		if isBlank(cells) {
			continue
		}
		line, _ := table.FieldPos(0)
		if other := otherSeparator(cells, separator, len(header)); other != 0 {
			r.fault(line, "", "the cells are separated by %ss from here on, those of the first line by %ss", separatorNames[other], separatorNames[separator])
			return
		}
		for i := range cells {
			cells[i] = unguard(cells[i])
		}
		w := &row{line: line, lines: map[string]int{}, lacking: named.lacking}
		w.setCells(named, cells, separator, func(i int) int { line, _ := table.FieldPos(i); return line })
		r.checkUnnamed(named, cells, line)
		r.keep(w)
		if r.full(line) {
			return
		}
	}
}

// firstLineOf is the number of the first line that is not empty.
func firstLineOf(content []byte) int {
	text := string(content[:min(len(content), 1<<20)])
	return 1 + strings.Count(text[:len(text)-len(strings.TrimLeft(text, " \t\n"))], "\n")
}

// isBlank reports whether a row has nothing in it, as spreadsheets leave them below
// their last one.
func isBlank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// columns reads the first line. It tells once what is wrong with a name; ok is false if
// two columns have the same, for then no row can be read.
func (r *reader) columns(header []string, line int) (read columns, ok bool) {
	read = columns{line: line, unnamed: make([]bool, len(header))}
	seen, meant := map[string]bool{}, map[string]bool{}
	for i, written := range header {
		name := columnName(written)
		nearest, isKnown := known(name)
		switch {
		case name == "":
			read.unnamed[i] = true
		case seen[name]:
			r.fault(line, name, "two columns have this name")
			return read, false
		case !isKnown:
			r.fault(line, strings.TrimSpace(written), "no such column%s", question(nearest))
			meant[nearest] = true
			seen[name] = true
			name = ""
		case isWhole(name):
			r.fault(line, name, "a column holds one part of it: name it %s", exampleOf(name))
			name = ""
		}
		seen[name] = true
		read.names = append(read.names, name)
	}
	for _, name := range neededColumns {
		if seen[name] || name == "country_code" && (seen["cities.country_code"] || seen["also_in.country_code"]) {
			continue
		}
		read.lacking = append(read.lacking, name)
		if !meant[name] {
			r.fault(line, name, "there is no such column, and every practice needs it")
		}
	}
	return read, true
}

// question asks for the name that was probably meant.
func question(nearest string) string {
	if nearest == "" {
		return ""
	}
	return "; " + nearest + "?"
}

// isWhole reports whether a field is an object, which no cell can hold.
func isWhole(name string) bool {
	return name == "texts" || strings.HasSuffix("."+name, ".sections") || strings.HasPrefix(name, "texts.") && strings.Count(name, ".") == 1
}

func exampleOf(name string) string {
	switch {
	case name == "texts":
		return "texts.el.title"
	case strings.HasSuffix(name, "sections"):
		return name + ".purpose"
	}
	return name + ".title"
}

// checkUnnamed tells once of each column without a name that has something in it.
func (r *reader) checkUnnamed(named columns, cells []string, line int) {
	for i, unnamed := range named.unnamed {
		if unnamed && i < len(cells) && strings.TrimSpace(cells[i]) != "" {
			named.unnamed[i] = false
			r.fault(named.line, "", "column %d has no name, but there is something in it, first in line %d", i+1, line)
		}
	}
}

func brokenTable(r *reader, err error) {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		r.fault(bad.Line, "", "not CSV from here on: %s", bad.Err)
		return
	}
	r.fault(1, "", "%s", err)
}

// setCells sets the field of every cell. Cells that are parts of one field are
// merged first.
func (w *row) setCells(named columns, cells []string, separator rune, lineOf func(int) int) {
	if len(cells) > len(named.names) && isBlank(cells[len(named.names):]) {
		cells = cells[:len(named.names)]
	}
	if found, wanted := len(cells), len(named.names); found != wanted {
		hint := ""
		if found > wanted {
			hint = fmt.Sprintf("; a cell with a %s in it must stand in quotes", separatorNames[separator])
		}
		w.fault("", "%d cells, but %d columns are named in the first line%s", found, wanted, hint)
	}
	var parts []part
	for i, column := range named.names[:min(len(named.names), len(cells))] {
		field, rest, nested := strings.Cut(column, ".")
		switch {
		case column == "":
		case nested || slices.Contains(placeColumns, column):
			parts = append(parts, part{field, rest, cells[i], lineOf(i)})
		default:
			w.set(column, lineOf(i), cell(column, cells[i]))
		}
	}
	w.setParts(parts)
}

// cell converts a cell to the JSON value of its column. Numbers, and what is true or
// false, are told when the field is read.
func cell(column, written string) json.RawMessage {
	written = strings.TrimSpace(written)
	if slices.Contains(listColumns, column) {
		return encode(splitList(written))
	}
	return encode(written)
}

func encode[T any](value T) json.RawMessage {
	encoded, err := json.Marshal(value)
	if err != nil { // only text and lists of text come here, and those always encode
		return json.RawMessage("null")
	}
	return encoded
}

// splitList splits "a; b" into its entries and drops empty ones.
func splitList(cell string) []string {
	return slices.DeleteFunc(entries(cell), func(entry string) bool { return entry == "" })
}

// entries splits "a; ; b" into its entries. The semicolon of an entity, as in "Arts &amp;
// crafts", does not part them.
func entries(cell string) []string {
	var list []string
	from := 0
	for at := range len(cell) {
		if cell[at] != ';' {
			continue
		}
		last := max(from, strings.LastIndexAny(cell[:at], "&;"))
		if text.Unescape(cell[last:at+1], strings.Clone) == cell[last:at+1] {
			list = append(list, strings.TrimSpace(cell[from:at]))
			from = at + 1
		}
	}
	return append(list, strings.TrimSpace(cell[from:]))
}
