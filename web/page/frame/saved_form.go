package frame

import (
	"strings"
	"unicode/utf8"
)

// SavedForm is a form that was sent and could not be stored: the session had ended, or
// the database does not answer. Its fields stand on the next page, so that no text is
// lost.
type SavedForm struct {
	Action      string // address of the form; empty for none
	Fields      []SavedField
	FilesLost   bool // whether there were files, which have to be chosen again
	SecretsLost bool // whether there were passwords or codes, which have to be typed again
}

// SavedField is one field of such a form.
type SavedField struct{ Name, Value string }

// minProse is how many characters a field has at least that counts as prose, and
// not as a choice or a number.
const minProse = 20

// prose returns the fields that hold written text.
func (s SavedForm) prose() []SavedField {
	var list []SavedField
	for _, f := range s.Fields {
		if utf8.RuneCountInString(f.Value) >= minProse && strings.ContainsAny(strings.TrimSpace(f.Value), " \n\t") {
			list = append(list, f)
		}
	}
	return list
}

// Encoding is the enctype of a form that holds the saved one. URL encoding would
// triple the size of texts in other scripts, so that they no longer fit.
func (s SavedForm) Encoding() string {
	if s.Action == "" {
		return "application/x-www-form-urlencoded"
	}
	return "multipart/form-data"
}
