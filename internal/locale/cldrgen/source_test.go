package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// files is a made-up CLDR: contents by path. Tests change a copy of it.
type files map[string]string

// smallCLDR has all that the generator reads and little more.
func smallCLDR() files {
	made := files{
		"cldr-core/supplemental/codeMappings.json": `{"supplemental": {"codeMappings": {
			"GR": {"_alpha3": "GRC", "_numeric": "300"},
			"TR": {"_alpha3": "TUR", "_numeric": "792"},
			"EU": {"_alpha3": "QUU", "_numeric": "967"},
			"AC": {"_alpha3": "ASC"},
			"NN": {"_alpha3": "NNN", "_numeric": "999"},
			"GRC": {"_alpha3": "GRC", "_numeric": "300"},
			"XK": {"_alpha3": "XKK", "_numeric": "983"}}}}`,
		"cldr-core/supplemental/numberingSystems.json": `{"supplemental": {"numberingSystems": {
			"latn": {"_digits": "0123456789"}, "arab": {"_digits": "٠١٢٣٤٥٦٧٨٩"}}}}`,
	}
	for tag := range strings.FieldsSeq("en en-GB fr de es el sq uk ar") {
		made.language(tag)
	}
	return made
}

// language adds the five files of a locale. Its names all end in its tag.
func (f files) language(tag string) {
	f.put("cldr-localenames-full", tag, "territories.json", fmt.Sprintf(`"localeDisplayNames": {"territories": {
		"GR": "Greece %[1]s", "TR": "Türkiye %[1]s", "TR-alt-variant": "Turkey %[1]s", "TR-alt-short": "Ankara %[1]s", "XK": "Kosovo %[1]s",
		"EU": "Union %[1]s", "AC": "Ascension %[1]s", "GRC": "no code", "001": "World", "001-alt-variant": "Earth"}}`, tag))
	f.put("cldr-localenames-full", tag, "languages.json", fmt.Sprintf(`"localeDisplayNames": {"languages": {
		"el": "greek %[1]s", "fr": "french %[1]s", "en": "english %[1]s", "vo": "vo", "grc": "Ancient Greek", "en-GB": "British"}}`, tag))
	names := make(map[string]string)
	alone := make(map[string]string)
	for month := 1; month <= 12; month++ {
		names[fmt.Sprint(month)] = fmt.Sprintf("of month %d %s", month, tag)
		alone[fmt.Sprint(month)] = fmt.Sprintf("Month %d %s", month, tag)
	}
	f.put("cldr-dates-full", tag, "ca-gregorian.json", fmt.Sprintf(`"dates": {"calendars": {"gregorian": {
		"months": {"format": {"wide": %s, "narrow": {"1": "J"}}, "stand-alone": {"wide": %s}},
		"dateFormats": {"long": "d 'de' MMMM y", "full": "EEEE, d MMMM y"}}}}`, encoded(names), encoded(alone)))
	f.put("cldr-misc-full", tag, "listPatterns.json", fmt.Sprintf(`"listPatterns": {
		"listPattern-type-or": {"2": "{0} or %[1]s {1}", "start": "{0}, {1}", "middle": "{0}; {1}", "end": "{0}, or {1}"},
		"listPattern-type-standard": {"2": "{0} and {1}", "start": "{0}, {1}", "middle": "{0}; {1}", "end": "{0}, and {1}"},
		"listPattern-type-unit": {"2": "{0} {1}"}}`, tag))
	system, other := "latn", "arab"
	if tag == "ar" {
		system, other = other, system
	}
	f.put("cldr-numbers-full", tag, "numbers.json", fmt.Sprintf(`"numbers": {
		"defaultNumberingSystem": %q, "otherNumberingSystems": {"native": "arab"}, "minimumGroupingDigits": "2",
		"symbols-numberSystem-%[1]s": {"decimal": "d%[1]s", "group": "g%[1]s", "minusSign": "m%[1]s"},
		"symbols-numberSystem-%[2]s": {"decimal": "wrong", "group": "wrong", "minusSign": "wrong"},
		"decimalFormats-numberSystem-%[1]s": {"standard": "#,##0.###", "long": {"decimalFormat": {}}},
		"decimalFormats-numberSystem-%[2]s": {"standard": "wrong"}}`, system, other))
}

// put adds a file of a locale, with what all such files begin with.
func (f files) put(parcel, tag, name, content string) {
	f[parcel+"/main/"+tag+"/"+name] = fmt.Sprintf(`{"main": {%q: {"identity": {"language": %[1]q}, %s}}}`, tag, content)
}

func encoded(names map[string]string) string {
	text, err := json.Marshal(names)
	if err != nil {
		panic(err) // a map of texts can always be written
	}
	return string(text)
}

// folder writes the files and gives where they are.
func (f files) folder(t *testing.T) source {
	t.Helper()
	root := t.TempDir()
	for name, content := range f {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return source(root)
}
