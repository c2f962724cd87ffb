package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// Names of the fields of a practice, of a place and of a translation. Every other name
// is a fault, since it is most often misspelt.
var (
	fieldNames = func() (names []string) {
		for _, f := range rowFields {
			names = append(names, f.name)
		}
		return names
	}()
	placeNames = []string{"name", "country_code", "latitude", "longitude"}
	textNames  = []string{"title", "summary", "sections", "state"}
)

// ignored are fields about how the files of the sample catalogue were compiled.
var ignored = []string{"country", "detail_level", "from_seed", "period_is_derived", "period_note", "period_variant",
	"sections_seen", "source_kind", "title_is_descriptive", "topics_source"}

// sectionNames are those of the template.
func sectionNames() []string {
	var names []string
	for _, section := range practice.Sections {
		names = append(names, string(section))
	}
	return names
}

// fieldName writes the name of a field as fieldNames do: "Country code" is country_code.
func fieldName(written string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(written)))
}

// columnName writes the name of a column: the field, and the path to a part of it.
func columnName(written string) string {
	parts := strings.Split(written, ".")
	for i, part := range parts {
		parts[i] = fieldName(part)
	}
	if parts[0] == "texts" && len(parts) > 1 {
		parts[1] = string(languageOf(strings.ReplaceAll(parts[1], "_", "-")))
	}
	return strings.Join(parts, ".")
}

// known reports whether there is a field, or a part of a field, with a name such as
// "texts.el.sections.purpose". If not, nearest is the name that was probably meant,
// or empty.
func known(name string) (nearest string, ok bool) {
	parts := strings.Split(name, ".")
	if slices.Contains(ignored, parts[0]) {
		return "", true
	}
	near, ok := slices.Clone(parts), true
	for i, part := range parts {
		names := namesAt(near[:i])
		if i == 1 && near[0] == "texts" {
			continue // a language, which is checked with the text
		}
		if slices.Contains(names, part) {
			continue
		}
		ok = false
		if near[i] = text.Nearest(part, names); near[i] == "" {
			return "", false
		}
	}
	if ok {
		return "", true
	}
	return strings.Join(near, "."), false
}

// namesAt are the names of the parts of a field, after the path to it.
func namesAt(path []string) []string {
	switch {
	case len(path) == 0:
		return fieldNames
	case slices.Contains(placeColumns, path[0]) && len(path) == 1:
		return placeNames
	case path[0] == "texts" && len(path) == 2:
		return textNames
	case path[len(path)-1] == "sections" && (len(path) == 1 || path[0] == "texts" && len(path) == 3):
		return sectionNames()
	}
	return nil
}

// unknownParts returns the names in the value of a field that are none, such as
// "sections.aim".
func unknownParts(field string, value json.RawMessage) []string {
	var names []string
	find := func(path string, value json.RawMessage) {
		var parts map[string]json.RawMessage
		if json.Unmarshal(value, &parts) != nil {
			return // its fault is reported when the field is read
		}
		for part := range parts {
			name := path + "." + part
			if !strings.HasSuffix(path, "sections") {
				name = path + "." + strings.ToLower(part) // decoders do not tell them apart
			}
			if _, ok := known(name); !ok {
				names = append(names, path+"."+part)
			}
		}
	}
	switch field {
	case "sections":
		find(field, value)
	case "cities", "also_in":
		var list []json.RawMessage
		_ = json.Unmarshal(value, &list) // see above
		for _, entry := range list {
			find(field, entry)
		}
	case "texts":
		var texts map[string]json.RawMessage
		_ = json.Unmarshal(value, &texts) // see above
		for language, text := range texts {
			find(field+"."+language, text)
			var inner struct{ Sections json.RawMessage }
			if json.Unmarshal(text, &inner) == nil && inner.Sections != nil {
				find(field+"."+language+".sections", inner.Sections)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
