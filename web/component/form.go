package component

import (
	"slices"

	"exempla/internal/locale"
)

// Problem is what keeps a form from being accepted, tied to its field.
type Problem struct {
	Field string // id of the field; empty for the form as a whole
	Text  string // says how to mend it; the same at the top and at the field
	Path  string // of the page with the field, where it is not this one
}

// Problems are those of one form.
type Problems []Problem

// At is the text of the problem of a field, empty when there is none.
func (p Problems) At(field string) string {
	at := slices.IndexFunc(p, func(one Problem) bool { return one.Field == field })
	if at < 0 {
		return ""
	}
	return p[at].Text
}

// Add appends a problem, whose words are a message with its arguments.
func (p *Problems) Add(l *locale.Locale, field, key string, args ...any) {
	*p = append(*p, Problem{Field: field, Text: l.T(key, args...)})
}

// path leads to the field of a problem.
func (p Problem) path() string { return p.Path + "#" + p.Field }

// Field is one field of a form: what it is called and what helps to fill it in.
type Field struct {
	ID       string // also its name in the form
	Label    string
	Hint     string // one short sentence; empty for none
	Optional bool
	Value    string
	Type     string // of an input; empty for text
	Complete string // value of autocomplete; empty for off
	Problem  string // empty for none
	List     string // id of a datalist; empty for none
	Size     int    // of an input, in characters; 0 for the whole width
	Limit    int    // characters that the field takes at most; 0 for no limit
}

// described lists the ids of what describes the field.
func (f Field) described() string {
	ids := ""
	if f.Hint != "" {
		ids = f.ID + "-hint"
	}
	if f.Problem != "" {
		if ids != "" {
			ids += " "
		}
		ids += f.ID + "-problem"
	}
	return ids
}

// direction is that of what people type: addresses and passwords run from left
// to right everywhere, words as they are written.
func direction(kind string) string {
	switch kind {
	case "email", "password", "url", "number":
		return "ltr"
	}
	return "auto"
}
