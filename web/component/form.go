package component

import (
	"slices"

	"github.com/a-h/templ"

	"exempla/internal/locale"
)

// Problem is a reason for which a form is not accepted.
type Problem struct {
	Field string // id of the field; empty for the form as a whole
	Text  string // says how to correct it; the same at the top and at the field
	Path  string // of the page with the field; empty for the same page
}

// Autosaved are the attributes of a form that a script saves while somebody writes: how
// it says what became of that.
func Autosaved(l *locale.Locale) templ.Attributes {
	return templ.Attributes{"data-draft": true, "data-saved": l.T("draft.saved", "Time", "%time%"), "data-conflict": l.T("draft.conflict"),
		"data-away": l.T("draft.away"), "data-signin": l.T("draft.sign_in"), "data-refused": l.T("draft.refused")}
}

// Problems are the problems of one form.
type Problems []Problem

// At returns the text of the first problem of a field; empty if there is none.
func (p Problems) At(field string) string {
	at := slices.IndexFunc(p, func(p Problem) bool { return p.Field == field })
	if at < 0 {
		return ""
	}
	return p[at].Text
}

// Add appends a problem whose text is a message, given by its key and arguments.
func (p *Problems) Add(l *locale.Locale, field, key string, args ...any) {
	*p = append(*p, Problem{Field: field, Text: l.T(key, args...)})
}

// path is the address of the problem's field.
func (p Problem) path() string { return p.Path + "#" + p.Field }

// Field is one field of a form.
type Field struct {
	ID       string // also its name
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

// describedBy is the attribute aria-describedby: the ids of hint and problem.
func (f Field) describedBy() string {
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

// direction is the attribute dir of an input by its type: addresses, passwords and
// numbers run from left to right in every language.
func direction(kind string) string {
	switch kind {
	case "email", "password", "url", "number":
		return "ltr"
	}
	return "auto"
}
