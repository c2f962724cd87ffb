// Package exchange reads practices from JSON and CSV files. It finds every fault of
// every row, each with its line and field. It does not know where practices are
// stored.
package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/practice"
	"exempla/internal/thesaurus"
)

// Limits of a file. A million practices with summaries fit; reading larger files
// would only exhaust the machine.
const (
	MaxBytes = 2 << 30
	MaxRows  = 2_000_000
)

// Fault is something wrong in a file, with where to find it.
type Fault struct {
	Line    int    // from 1
	Field   string // a column or field name; empty for the whole row or file
	Message string
}

// String returns the fault as "line 12, topics: …".
func (f Fault) String() string {
	if f.Field == "" {
		return fmt.Sprintf("line %d: %s", f.Line, f.Message)
	}
	return fmt.Sprintf("line %d, %s: %s", f.Line, f.Field, f.Message)
}

// Read reads practices from a file whose name ends in .json or .csv, in upper or
// lower case. It returns all faults in the order of lines; the practices are complete
// and valid only if there are none. The error is about the file itself: its name, its
// size, or reading it.
func Read(r io.Reader, name string) ([]practice.Practice, []Fault, error) {
	scan := map[string]func([]byte, *reader){".json": scanJSON, ".csv": scanCSV}[strings.ToLower(filepath.Ext(name))]
	if scan == nil {
		return nil, nil, fmt.Errorf("read %s: the name must end in .json or .csv", filepath.Base(name))
	}
	content, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", filepath.Base(name), err)
	}
	if len(content) > MaxBytes {
		return nil, nil, fmt.Errorf("read %s: more than %d bytes", filepath.Base(name), MaxBytes)
	}
	found := reader{lines: map[string]int{}}
	if line := brokenLine(content); line > 0 {
		found.fault(line, "", "not UTF-8; save the file in this encoding")
		return nil, found.faults, nil
	}
	scan(content, &found)
	slices.SortStableFunc(found.faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return found.practices, found.faults, nil
}

// brokenLine returns the first line that is not UTF-8, or 0. Decoders would silently
// replace such letters.
func brokenLine(content []byte) int {
	if utf8.Valid(content) {
		return 0
	}
	line := 1
	for text := range bytes.Lines(content) {
		if !utf8.Valid(text) {
			break
		}
		line++
	}
	return line
}

// reader collects practices and faults while a file is scanned.
type reader struct {
	practices []practice.Practice
	faults    []Fault
	lines     map[string]int // of each slug's first row
}

func (r *reader) fault(line int, field, format string, args ...any) {
	r.faults = append(r.faults, Fault{line, field, fmt.Sprintf(format, args...)})
}

// keep adds a row that has been read, with its faults.
func (r *reader) keep(w *row) {
	p := w.practice()
	unread := w.faults
	for _, problem := range p.Check() {
		w.problem(problem, unread)
	}
	for _, keyword := range p.Keywords {
		if _, ok := thesaurus.Numbers()[keyword]; !ok {
			w.fault("keywords", "%q is no concept of the thesaurus", keyword)
		}
	}
	if first, ok := r.lines[p.Slug]; ok && p.Slug != "" {
		w.fault("slug", "%q stands in line %d already", p.Slug, first)
	} else {
		r.lines[p.Slug] = w.line
	}
	r.faults = append(r.faults, w.faults...)
	r.practices = append(r.practices, p)
}

// full reports whether the file has more rows than a file may have.
func (r *reader) full(line int) bool {
	if len(r.practices) < MaxRows {
		return false
	}
	r.fault(line, "", "more than %d rows; split the file", MaxRows)
	return true
}
