// Package exchange reads practices from JSON and CSV files, as people and their
// spreadsheets write them. It finds every fault of every row, each with its place. It
// does not know where practices are stored.
package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// Limits of a file. A million practices with summaries fit; reading larger files
// would only exhaust the machine.
const (
	MaxBytes = 2 << 30
	MaxRows  = 2_000_000
)

// Fault is something wrong in a file, with where to find it.
type Fault struct {
	Line     int    // from 1
	Practice string // its place in the list from 1, and its slug, where a line holds several; else empty
	Field    string // a column or field name; empty for the whole row or file
	Message  string
}

// String returns the fault as "line 12, topics: …", or "line 1, practice 3 (slug),
// topics: …".
func (f Fault) String() string {
	place := fmt.Sprintf("line %d", f.Line)
	if f.Practice != "" {
		place += ", practice " + f.Practice
	}
	if f.Field != "" {
		place += ", " + f.Field
	}
	return place + ": " + f.Message
}

// scanners read the kinds of files, by how their names end. Spreadsheets also call
// their tables .txt and .tsv.
var scanners = map[string]func([]byte, *reader){".json": scanJSON, ".jsonl": scanLines, ".csv": scanCSV, ".tsv": scanCSV, ".txt": scanCSV}

// Read reads practices from a file whose name ends in .json, .jsonl, .csv, .tsv or .txt, in
// upper or lower case. It returns all faults in the order of lines; the practices are complete
// and valid only if there are none, and there is at least one. The error is about the
// file itself: its name, its size, or reading it.
func Read(r io.Reader, name string) ([]practice.Practice, []Fault, error) {
	scan := scanners[strings.ToLower(filepath.Ext(name))]
	if scan == nil {
		return nil, nil, fmt.Errorf("read %s: the name must end in .json, .jsonl, .csv, .tsv or .txt", filepath.Base(name))
	}
	content, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", filepath.Base(name), err)
	}
	if len(content) > MaxBytes {
		return nil, nil, fmt.Errorf("read %s: more than %d bytes", filepath.Base(name), MaxBytes)
	}
	content, fault := decode(content)
	if fault != nil {
		return nil, []Fault{*fault}, nil
	}
	found := newReader()
	if len(bytes.TrimSpace(content)) == 0 {
		found.fault(1, "", "the file is empty")
		return nil, found.faults, nil
	}
	scan(content, found)
	if len(found.practices) == 0 && len(found.faults) == 0 {
		found.fault(1, "", "there are no practices in this file")
	}
	found.finish()
	slices.SortStableFunc(found.faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return found.practices, found.faults, nil
}
