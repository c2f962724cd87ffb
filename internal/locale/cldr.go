package locale

import (
	"bytes"
	_ "embed" // for cldr.json
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// table is cldr.json. The codes are those of ISO 3166-1 alpha-2 (and XK) and of
// ISO 639-1.
type table struct {
	Own     map[string]string `json:"own"`
	Locales map[string]region `json:"locales"`
}

// region is what CLDR says about one locale.
type region struct {
	Countries      map[string]string   `json:"countries"`
	OtherCountries map[string][]string `json:"other_countries"`
	Languages      map[string]string   `json:"languages"`
	Months         [12]string          `json:"months"`
	MonthsAlone    [12]string          `json:"months_alone"`
	Date           string              `json:"date"`
	Or             listPattern         `json:"or"`
	And            listPattern         `json:"and"`
	Digits         string              `json:"digits"`
	Group          string              `json:"group"`
	Decimal        string              `json:"decimal"`
	Minus          string              `json:"minus"`
	MinGroup       int                 `json:"min_group"`
}

//go:generate go run ./cldrgen "$CLDR" cldr.json
//go:embed cldr.json
var cldrText []byte

var tables = readTables()

func readTables() table {
	var t table
	decoder := json.NewDecoder(bytes.NewReader(cldrText))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		panic(fmt.Errorf("reading the CLDR tables: %w", err))
	}
	return t
}

// Country returns the name of a country by its ISO 3166-1 alpha-2 code, or the code
// itself when it is none.
func (l *Locale) Country(code string) string {
	if name := l.cldr.Countries[code]; name != "" {
		return name
	}
	return code
}

// CountryNames returns all names of a country that a reader may search for: in every
// interface language, with the other names that CLDR keeps ("Turkey" beside
// "Türkiye"), each once. It is empty for an unknown code.
func CountryNames(code string) []string {
	var names []string
	for _, l := range all {
		for _, name := range append([]string{l.cldr.Countries[code]}, l.cldr.OtherCountries[code]...) {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// SearchNames returns the words by which readers look for a country or a topic, by
// its code or key: its names in every interface language.
func SearchNames(key string) []string {
	names := CountryNames(key)
	if len(names) > 0 {
		return names
	}
	for _, l := range all {
		if name := l.T("topic." + key); name != "topic."+key && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Language returns the name of a language by its code, as it is written within a
// sentence ("allemand"); for one without a name, its own name.
func (l *Locale) Language(code string) string {
	if name := l.cldr.Languages[base(code)]; name != "" {
		return name
	}
	return OwnName(code)
}

// OwnName returns a language's name in that language, as a list shows it ("Shqip",
// "日本語"); its English name when CLDR has not asked its speakers, and the code
// itself when it is unknown.
func OwnName(code string) string {
	if name := tables.Own[base(code)]; name != "" {
		return name
	}
	if name := tables.Locales["en"].Languages[base(code)]; name != "" {
		return name
	}
	return code
}

// base cuts script and region off: names are kept by language only.
func base(code string) string {
	language, _, _ := strings.Cut(code, "-")
	return language
}

// rightToLeft are the scripts in use today that are written from the right.
const rightToLeft = "Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi"

// Direction returns the writing direction, "ltr" or "rtl", of any language tag by
// its usual script; unknown ones are "ltr".
func Direction(code string) string {
	tag, _ := language.Parse(code)
	if script, _ := tag.Script(); strings.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}
