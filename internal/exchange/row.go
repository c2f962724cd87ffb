package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// row is a practice as written in a file.
type row struct {
	line, last int            // where it begins and ends; last is 0 where no other row can share the line
	lines      map[string]int // of each field present
	lacking    []string       // fields that no row of the file has, which has been told
	faults     []Fault
	unknown    []Fault // fields that are none, at most one of each name

	Slug, Title, TitleLanguage, TitleEnglish, Language, Summary string
	CountryCode, City, Period, Organisation, RunBy, Licence     string
	SourceURL                                                   string
	Latitude, Longitude                                         *float64
	StartYear, StartMonth, EndYear, EndMonth                    int
	Ongoing, SourceListing                                      bool
	Cities, AlsoIn                                              []city
	Topics                                                      []practice.Topic
	Keywords                                                    []string
	Sections                                                    map[practice.Section]string
	Texts                                                       map[practice.Language]translation
}

type city struct {
	Name        string   `json:"name,omitempty"`
	CountryCode string   `json:"country_code,omitempty"`
	Latitude    *float64 `json:"latitude,omitempty"`
	Longitude   *float64 `json:"longitude,omitempty"`
}

// translation is the practice's text in another language.
type translation struct {
	Title    string                      `json:"title"`
	Summary  string                      `json:"summary"`
	Sections map[practice.Section]string `json:"sections,omitempty"`
	State    practice.TextState          `json:"state"` // human by default
}

// rowFields are those of a practice: their names, and where their values are stored.
var rowFields = []struct {
	name  string
	value func(*row) any
}{
	{"slug", func(w *row) any { return &w.Slug }},
	{"title", func(w *row) any { return &w.Title }},
	{"title_language", func(w *row) any { return &w.TitleLanguage }},
	{"title_en", func(w *row) any { return &w.TitleEnglish }},
	{"language", func(w *row) any { return &w.Language }},
	{"summary", func(w *row) any { return &w.Summary }},
	{"country_code", func(w *row) any { return &w.CountryCode }},
	{"city", func(w *row) any { return &w.City }},
	{"cities", func(w *row) any { return &w.Cities }},
	{"also_in", func(w *row) any { return &w.AlsoIn }},
	{"latitude", func(w *row) any { return &w.Latitude }},
	{"longitude", func(w *row) any { return &w.Longitude }},
	{"period", func(w *row) any { return &w.Period }},
	{"start_year", func(w *row) any { return &w.StartYear }},
	{"start_month", func(w *row) any { return &w.StartMonth }},
	{"end_year", func(w *row) any { return &w.EndYear }},
	{"end_month", func(w *row) any { return &w.EndMonth }},
	{"ongoing", func(w *row) any { return &w.Ongoing }},
	{"topics", func(w *row) any { return &w.Topics }},
	{"keywords", func(w *row) any { return &w.Keywords }},
	{"organisation", func(w *row) any { return &w.Organisation }},
	{"run_by", func(w *row) any { return &w.RunBy }},
	{"licence", func(w *row) any { return &w.Licence }},
	{"source_url", func(w *row) any { return &w.SourceURL }},
	{"source_listing", func(w *row) any { return &w.SourceListing }},
	{"sections", func(w *row) any { return &w.Sections }},
	{"texts", func(w *row) any { return &w.Texts }},
}

// target returns where to store a field's value; nil for an unknown field.
func (w *row) target(name string) any {
	for _, f := range rowFields {
		if f.name == name {
			return f.value(w)
		}
	}
	return nil
}

// set reads the JSON value of one field.
func (w *row) set(written string, line int, value json.RawMessage) {
	field := fieldName(written)
	if _, twice := w.lines[field]; twice {
		w.faults = append(w.faults, Fault{Line: line, Field: field, Message: "stands twice in this row"})
		return
	}
	target := w.target(field)
	if target == nil {
		if !slices.Contains(ignored, field) {
			w.missField(written, line)
		}
		return
	}
	w.lines[field] = line
	if what, lines := unstorable(value); what != "" {
		w.faults = append(w.faults, Fault{Line: line + lines, Field: field, Message: what + " cannot be kept; take it out"})
		return
	}
	for _, name := range unknownParts(field, value) {
		w.missField(name, line)
	}
	value = plainValue(field, value)
	if field == "period" && value[0] >= '0' && value[0] <= '9' {
		value = encode(string(value)) // a single year, which other programs write as a number
	}
	if err := json.Unmarshal(value, target); err != nil {
		w.fault(field, "%s", plainly(err))
	}
}

// missField records a field that is none.
func (w *row) missField(name string, line int) {
	if slices.ContainsFunc(w.unknown, func(f Fault) bool { return f.Field == name }) {
		return
	}
	nearest, _ := known(name)
	w.unknown = append(w.unknown, Fault{Line: line, Field: name, Message: "no such field" + question(nearest)})
}

// plainly says in plain words which type a JSON value should have.
func plainly(err error) string {
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	wanted := map[string]string{"string": "text", "int": "a whole number", "float64": "a number", "bool": "true or false",
		"slice": "a list", "map": "an object", "struct": "an object"}[kind.Type.Kind().String()]
	where := ""
	if kind.Field != "" {
		where = " in " + kind.Field
	}
	return fmt.Sprintf("must be %s%s, not %s", wanted, where, kind.Value)
}

// fault records something wrong with a field of this row.
func (w *row) fault(field, format string, args ...any) {
	w.faults = append(w.faults, Fault{Line: w.lineOf(field), Field: field, Message: fmt.Sprintf(format, args...)})
}

// lineOf returns the line of a field or of the field containing it, else the row's.
func (w *row) lineOf(field string) int {
	whole, _, _ := strings.Cut(field, ".")
	for _, name := range []string{field, whole} {
		if line, ok := w.lines[name]; ok {
			return line
		}
	}
	return w.line
}

// problem records a broken rule once, unless the field or the one containing it could
// not be read anyway. hint says what else could be meant by an unknown value.
func (w *row) problem(p practice.Problem, unread []Fault, hint func(practice.Problem) string) {
	fault := Fault{Line: w.lineOf(p.Field), Field: p.Field, Message: strings.TrimPrefix(p.String(), p.Field+": ")}
	if p.Rule == practice.NotKnown {
		if meant := hint(p); meant != "" {
			fault.Message += "; " + meant
		}
	}
	holds := func(f Fault) bool { return strings.HasPrefix(p.Field+".", f.Field+".") }
	told := p.Rule == practice.Missing && slices.Contains(w.lacking, p.Field)
	if !told && !slices.ContainsFunc(unread, holds) && !slices.Contains(w.faults, fault) {
		w.faults = append(w.faults, fault)
	}
}
