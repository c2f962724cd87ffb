package locale

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Forms is a message as somebody writes it: the text of each plural form, by its CLDR
// name; of a message without plurals only "other". In JSON the latter is a string, as in
// the message files.
type Forms map[string]string

// FormNames are the names that forms have, in the order of CLDR.
var FormNames = []string{"zero", "one", "two", "few", "many", other}

// MarshalJSON writes a message as it stands in message files.
func (f Forms) MarshalJSON() ([]byte, error) {
	if text, ok := f[other]; ok && len(f) == 1 {
		return json.Marshal(text)
	}
	return json.Marshal(map[string]string(f))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (f *Forms) UnmarshalJSON(content []byte) error {
	var text string
	if json.Unmarshal(content, &text) == nil {
		*f = Forms{other: text}
		return nil
	}
	return json.Unmarshal(content, (*map[string]string)(f))
}

func (f Forms) message() message {
	return newMessage(&i18n.Message{Zero: f["zero"], One: f["one"], Two: f["two"], Few: f["few"], Many: f["many"], Other: f[other]})
}

// Misfit is why words cannot stand for a message.
type Misfit struct {
	Why  Why
	What string // a plural form, or a placeholder as it is written; empty if there is no such message
}

// Why is what does not fit.
type Why string

// What may not fit.
const (
	NoMessage     Why = "no_message"
	FormMissing   Why = "form_missing"
	FormUnknown   Why = "form_unknown"
	ValueMissing  Why = "value_missing"
	ValueUnknown  Why = "value_unknown"
	NotOnePattern Why = "not_one_pattern" // other template syntax than placeholders
)

// saysNumber are the forms in which a word may stand for the number: "a practice".
var saysNumber = []string{"zero", "one", "two"}

// Check lists why words cannot stand in the place of the program's message of a key: they
// need its plural forms, and in each its placeholders, so that nothing that pages say is
// lost.
func (l *Locale) Check(key string, words Forms) (list []Misfit) {
	standard, ok := l.messages[key]
	if !ok {
		return []Misfit{{Why: NoMessage}}
	}
	var known []string // placeholders of any form
	for _, f := range standard {
		known = append(known, f.names...)
		if strings.TrimSpace(words[f.name]) == "" {
			list = append(list, Misfit{FormMissing, f.name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(words)) {
		at := slices.IndexFunc(standard, func(f form) bool { return f.name == name })
		if at < 0 {
			list = append(list, Misfit{FormUnknown, name})
			continue
		}
		p := newPattern(words[name])
		if strings.Contains(strings.Join(p.texts, ""), "{{") {
			list = append(list, Misfit{NotOnePattern, name})
			continue
		}
		for _, value := range standard[at].names {
			if !slices.Contains(p.names, value) && value != nameValue && !(value == "Count" && slices.Contains(saysNumber, name)) {
				list = append(list, Misfit{ValueMissing, "{{." + value + "}}"})
			}
		}
		for _, value := range p.names {
			if !slices.Contains(known, value) && (value != nameValue || key == SiteName) {
				list = append(list, Misfit{ValueUnknown, "{{." + value + "}}"})
			}
		}
	}
	return list
}

// Standard returns the program's own message of a key. ok is false if there is none.
func (l *Locale) Standard(key string) (forms Forms, ok bool) {
	m, ok := l.messages[key]
	if !ok {
		return nil, false
	}
	forms = Forms{}
	for _, f := range m {
		var text strings.Builder
		for i, name := range f.names {
			text.WriteString(f.texts[i] + "{{." + name + "}}")
		}
		forms[f.name] = text.String() + f.texts[len(f.names)]
	}
	return forms, true
}

// Keys lists the keys of all messages, sorted.
func (l *Locale) Keys() []string { return slices.Sorted(maps.Keys(l.messages)) }
