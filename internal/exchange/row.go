package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// row is a practice as written in a file.
type row struct {
	line   int
	lines  map[string]int // of each field present
	faults []Fault

	Slug, Title, TitleLanguage, TitleEnglish, Language, Summary string
	CountryCode, City, Period, Organisation, RunBy, Licence     string
	SourceURL                                                   string
	Latitude, Longitude                                         *float64
	StartYear, EndYear                                          int
	Ongoing, SourceListing                                      bool
	Cities, AlsoIn                                              []city
	Topics                                                      []practice.Topic
	Keywords                                                    []string
	Sections                                                    map[practice.Section]string
	Texts                                                       map[practice.Language]text
}

type city struct {
	Name        string   `json:"name"`
	CountryCode string   `json:"country_code"`
	Latitude    *float64 `json:"latitude"`
	Longitude   *float64 `json:"longitude"`
}

// text is a translation of the practice.
type text struct {
	Title    string                      `json:"title"`
	Summary  string                      `json:"summary"`
	Sections map[practice.Section]string `json:"sections"`
	State    practice.TextState          `json:"state"` // human by default
}

// ignored are fields about how these files were compiled. Any other unknown field is
// a fault, since it is most often misspelt.
var ignored = []string{"country", "detail_level", "from_seed", "period_is_derived", "period_note", "period_variant",
	"sections_seen", "source_kind", "title_is_descriptive", "topics_source"}

// target returns where to store a field's value; nil for an unknown field.
func (w *row) target(field string) any {
	switch field {
	case "slug":
		return &w.Slug
	case "title":
		return &w.Title
	case "title_language":
		return &w.TitleLanguage
	case "title_en":
		return &w.TitleEnglish
	case "language":
		return &w.Language
	case "summary":
		return &w.Summary
	case "country_code":
		return &w.CountryCode
	case "city":
		return &w.City
	case "cities":
		return &w.Cities
	case "also_in":
		return &w.AlsoIn
	case "latitude":
		return &w.Latitude
	case "longitude":
		return &w.Longitude
	}
	return w.moreTargets(field)
}

func (w *row) moreTargets(field string) any {
	switch field {
	case "period":
		return &w.Period
	case "start_year":
		return &w.StartYear
	case "end_year":
		return &w.EndYear
	case "ongoing":
		return &w.Ongoing
	case "topics":
		return &w.Topics
	case "keywords":
		return &w.Keywords
	case "organisation":
		return &w.Organisation
	case "run_by":
		return &w.RunBy
	case "licence":
		return &w.Licence
	case "source_url":
		return &w.SourceURL
	case "source_listing":
		return &w.SourceListing
	case "sections":
		return &w.Sections
	case "texts":
		return &w.Texts
	}
	return nil
}

// set reads the JSON value of one field.
func (w *row) set(field string, line int, value json.RawMessage) {
	if _, twice := w.lines[field]; twice {
		w.faults = append(w.faults, Fault{line, field, "stands twice in this row"})
		return
	}
	w.lines[field] = line
	target := w.target(field)
	if target == nil {
		if !slices.Contains(ignored, field) {
			w.fault(field, "no such field")
		}
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(target); err != nil {
		w.fault(field, "%s", plainly(err))
	}
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
	w.faults = append(w.faults, Fault{w.lineOf(field), field, fmt.Sprintf(format, args...)})
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
// not be read anyway.
func (w *row) problem(p practice.Problem, unread []Fault) {
	fault := Fault{w.lineOf(p.Field), p.Field, strings.TrimPrefix(p.String(), p.Field+": ")}
	holds := func(f Fault) bool { return strings.HasPrefix(p.Field+".", f.Field+".") }
	if !slices.ContainsFunc(unread, holds) && !slices.Contains(w.faults, fault) {
		w.faults = append(w.faults, fault)
	}
}
