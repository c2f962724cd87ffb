package exchange

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"exempla/internal/practice"
)

// countryNames are codes in wide use that no standard gives another country.
var countryNames = map[string]practice.Country{
	"EL": "GR", "UK": "GB", // the European Union's
	"XKX": "XK", "RKS": "XK", "KOS": "XK",
}

// longestCode is how long a tag of a language may be that is worth looking at, with
// script, country and variants.
const longestCode = 35

// country reads the code of a country as people write it: in small letters, with
// three letters, by the European Union's custom. What has no one meaning stays as it
// is written, and is no country that is known.
func country(written string) practice.Country {
	code := strings.ToUpper(strings.TrimSpace(written))
	if practice.Country(code).Known() {
		return practice.Country(code)
	}
	if named, ok := countryNames[code]; ok {
		return named
	}
	if region, err := language.ParseRegion(code); err == nil && practice.Country(region.String()).Known() {
		return practice.Country(region.String())
	}
	return practice.Country(strings.TrimSpace(written))
}

// languageOf reads the code of a language as people write it: "EN", "en-GB", "ell".
// The catalogue keeps no variants. What has no one meaning stays as it is written, and
// is no language that is known.
func languageOf(written string) practice.Language {
	code := strings.ToLower(strings.TrimSpace(written))
	if practice.Language(code).Known() {
		return practice.Language(code)
	}
	if base, _, cut := strings.Cut(strings.ReplaceAll(code, "_", "-"), "-"); cut && practice.Language(base).Known() {
		return practice.Language(base)
	}
	if len(code) > longestCode || code == "sh" || code == "hbs" { // these became several languages
		return practice.Language(code)
	}
	for _, reading := range []language.CanonType{language.Default, language.Macro} { // "iw" is he, "gre" is el; "arb" is ar
		tag, err := reading.Parse(code)
		if base, _ := tag.Base(); err == nil && tag != language.Und && practice.Language(base.String()).Known() {
			return practice.Language(base.String())
		}
	}
	return practice.Language(strings.TrimSpace(written))
}

// countryHint says how the code of a country is written.
func countryHint(written string) string {
	if len(written) == 2 {
		return ""
	}
	return "write its two letters of ISO 3166-1, such as GR"
}

// languageHint says how the code of a language is written. The code of a country in
// its place is a frequent slip, and most countries have one language that is meant.
func languageHint(written string) string {
	_, err := language.ParseBase(written)
	isLanguage := err == nil
	switch {
	case isLanguage && len(written) == 3:
		return "the catalogue knows languages by the two letters of ISO 639-1, and this one has none"
	case len(written) != 2:
		return "write its two letters of ISO 639-1, such as el"
	case isLanguage:
		return ""
	}
	region, err := language.ParseRegion(written)
	if base, sure := language.Make("und-" + region.Canonicalize().String()).Base(); err == nil && sure == language.High {
		return fmt.Sprintf("write %s", base)
	}
	return ""
}

// isLanguageField reports whether a field of a problem holds the code of a language.
func isLanguageField(field string) bool {
	return strings.HasSuffix(field, "language")
}
