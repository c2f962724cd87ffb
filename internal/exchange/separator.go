package exchange

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// separators are what may stand between the cells of a table, the usual one first.
const separators = ",;\t"

// separatorNames are their names in messages.
var separatorNames = map[rune]string{',': "comma", ';': "semicolon", '\t': "tab"}

// declared reads a first line such as "sep=;", by which spreadsheets say what
// separates the cells. rest is the table, with an empty line in place of this one so
// that lines keep their numbers.
func declared(content []byte) (separator rune, rest []byte, ok bool) {
	line, _, _ := bytes.Cut(content, []byte{'\n'})
	if len(line) > len(`"sep=;"`)+1 {
		return 0, content, false
	}
	sign, ok := strings.CutPrefix(strings.ToLower(strings.Trim(string(line), `" `)), "sep=")
	if !ok {
		return 0, content, false
	}
	separator = []rune(sign + "\x00")[0]
	return separator, content[len(line):], true
}

// separatorOf finds what separates the cells of a table: what makes the most known
// names of its first line, else the only one that is there. If that is unclear it
// says why.
func separatorOf(content []byte) (separator rune, unclear string) {
	best, bestKnown, most := rune(0), 0, 0
	var present []rune
	for _, candidate := range separators {
		names := firstLine(content, candidate)
		count := 0
		for _, name := range names {
			if _, ok := known(columnName(name)); ok {
				count++
			}
		}
		if len(names) > 1 {
			present = append(present, candidate)
		}
		if count > bestKnown || count == bestKnown && count > 0 && len(names) > most {
			best, bestKnown, most = candidate, count, len(names)
		}
	}
	switch {
	case best != 0:
		return best, ""
	case len(present) == 1:
		return present[0], ""
	case len(present) == 0:
		return 0, "expected the names of the columns here, separated by commas, semicolons or tabs"
	}
	return 0, "unclear what separates the columns; write it into a line before this one, such as sep=;"
}

// firstLine reads the names of the columns; nil if they cannot be read this way.
func firstLine(content []byte, separator rune) []string {
	names, err := newTable(content, separator).Read()
	if err != nil {
		return nil
	}
	return names
}

// newTable reads the rows of a table, which may have any number of cells.
func newTable(content []byte, separator rune) *csv.Reader {
	table := csv.NewReader(bytes.NewReader(content))
	table.Comma, table.FieldsPerRecord = separator, -1
	return table
}

// otherSeparator returns what separates a row in which the separator of the first
// line does not occur, though there is more than one column; 0 if nothing else does.
func otherSeparator(cells []string, separator rune, columns int) rune {
	if len(cells) != 1 || columns < 2 {
		return 0
	}
	for _, other := range separators {
		if other != separator && strings.Count(cells[0], string(other)) >= columns-1 {
			return other
		}
	}
	return 0
}
