package locale

import (
	"bytes"
	_ "embed" // for cldr.json
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// table is cldr.json. The codes are those of ISO 3166-1 alpha-2 (and XK) and of
// ISO 639-1.
type table struct {
	Own     map[string]string `json:"own"`
	Locales map[string]region `json:"locales"`
}

// region is the CLDR data of one locale.
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
// itself if it is unknown.
func (l *Locale) Country(code string) string {
	if name := l.cldr.Countries[code]; name != "" {
		return name
	}
	return code
}

// CountryNames returns all names of a country that readers of the language may
// search for, with CLDR's variants ("Turkey" for "Türkiye"). It is nil for an
// unknown code.
func (l *Locale) CountryNames(code string) []string {
	if l.cldr.Countries[code] == "" {
		return nil
	}
	return append([]string{l.cldr.Countries[code]}, l.cldr.OtherCountries[code]...)
}

// Language returns the name of a language by its code as used within a sentence
// ("allemand"), or OwnName if the locale has no name for it.
func (l *Locale) Language(code string) string {
	if name := l.cldr.Languages[base(code)]; name != "" {
		return name
	}
	return OwnName(code)
}

// OwnName returns a language's name in that language as used in a list ("Shqip",
// "日本語"), its English name if CLDR has no such name, or the code itself if it is
// unknown.
func OwnName(code string) string {
	if name := tables.Own[base(code)]; name != "" {
		return name
	}
	if name := tables.Locales["en"].Languages[base(code)]; name != "" {
		return name
	}
	return code
}

// base removes script and region, since names are by language only.
func base(code string) string {
	language, _, _ := strings.Cut(code, "-")
	return language
}

// rightToLeft are the scripts in use today that are written from right to left.
const rightToLeft = "Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi"

// Direction returns the writing direction, "ltr" or "rtl", of a language tag
// according to its usual script; "ltr" if it is unknown.
func Direction(code string) string {
	tag, _ := language.Parse(code)
	if script, _ := tag.Script(); strings.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}
