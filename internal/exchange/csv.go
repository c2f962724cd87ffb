package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// Columns whose cells are not text. Semicolons separate the entries of lists.
var (
	numberColumns = []string{"latitude", "longitude", "start_year", "end_year"}
	flagColumns   = []string{"ongoing", "source_listing"}
	listColumns   = []string{"topics", "keywords"}
	placeColumns  = []string{"cities", "also_in"}
)

// scanCSV reads a table whose first line names the columns like the fields of JSON
// files; parts of a field are named "sections.purpose", "texts.el.title",
// "cities.name".
func scanCSV(content []byte, r *reader) {
	table := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	table.FieldsPerRecord = -1
	header, err := table.Read()
	if err != nil {
		r.fault(1, "", "expected a first line with the names of the columns")
		return
	}
	if column, twice := repeated(header); twice {
		r.fault(1, column, "two columns have this name")
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
		line, _ := table.FieldPos(0)
		w := &row{line: line, lines: map[string]int{}}
		if len(cells) != len(header) {
			w.fault("", "%d cells, but %d columns are named in the first line", len(cells), len(header))
		}
		w.setCells(header, cells, func(i int) int { line, _ := table.FieldPos(i); return line })
		r.keep(w)
		if r.full(line) {
			return
		}
	}
}

// repeated returns the first column that is named twice; it trims the names.
func repeated(header []string) (column string, twice bool) {
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
		if slices.Contains(header[:i], header[i]) {
			return header[i], true
		}
	}
	return "", false
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
func (w *row) setCells(header, cells []string, lineOf func(int) int) {
	var parts []part
	for i, column := range header[:min(len(header), len(cells))] {
		field, rest, nested := strings.Cut(column, ".")
		switch {
		case nested || slices.Contains(placeColumns, column):
			parts = append(parts, part{field, rest, cells[i], lineOf(i)})
		default:
			w.set(column, lineOf(i), cell(column, cells[i]))
		}
	}
	w.setParts(parts)
}

// cell converts a cell to the JSON type of its column. If that is impossible it stays
// text, so that the fault is reported as in JSON files.
func cell(column, text string) json.RawMessage {
	text = strings.TrimSpace(text)
	bare := slices.Contains(numberColumns, column) || slices.Contains(flagColumns, column)
	switch {
	case slices.Contains(listColumns, column):
		return encode(splitList(text))
	case text == "" && bare:
		return json.RawMessage("null")
	case bare && json.Valid([]byte(strings.ToLower(text))):
		return json.RawMessage(strings.ToLower(text))
	}
	return encode(text)
}

func encode[T any](value T) json.RawMessage {
	encoded, err := json.Marshal(value)
	if err != nil { // only text and lists of text come here, and those always encode
		return json.RawMessage("null")
	}
	return encoded
}

// splitList splits "a; b" into its entries and drops empty ones.
func splitList(text string) []string {
	list := []string{}
	for entry := range strings.SplitSeq(text, ";") {
		if entry = strings.TrimSpace(entry); entry != "" {
			list = append(list, entry)
		}
	}
	return list
}
