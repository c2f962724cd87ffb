package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// notCountries have alpha-3 and numeric codes like countries but are not in
// ISO 3166-1.
const notCountries = "EU QO XA XB ZZ"

// countryCodes returns the ISO 3166-1 alpha-2 codes and kosovo. CLDR gives members
// the other two codes of the standard; reserved and private codes lack at least one.
func (s source) countryCodes() ([]string, error) {
	var file struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Alpha3  string `json:"_alpha3"`
				Numeric string `json:"_numeric"`
			}
		}
	}
	if err := s.read(&file, "cldr-core", "supplemental", "codeMappings.json"); err != nil {
		return nil, err
	}
	named, err := s.territories("en")
	if err != nil {
		return nil, err
	}
	codes := []string{kosovo}
	for code, other := range file.Supplemental.CodeMappings {
		standard := other.Alpha3 != "" && other.Numeric != "" && !strings.Contains(notCountries, code)
		if len(code) == 2 && standard && named[code] != "" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes), nil
}

func (s source) countries(tag string, codes []string, r *region) error {
	names, err := s.territories(tag)
	if err != nil {
		return err
	}
	r.Countries = make(map[string]string)
	r.OtherCountries = make(map[string][]string)
	for _, code := range codes {
		r.Countries[code] = names[code]
	}
	for key, name := range names {
		// "TR-alt-variant" is how CLDR keeps "Turkey" beside "Türkiye".
		code, _, other := strings.Cut(key, "-alt-")
		if other && r.Countries[code] != "" {
			r.OtherCountries[code] = append(r.OtherCountries[code], name)
		}
	}
	for _, others := range r.OtherCountries {
		slices.Sort(others)
	}
	return nil
}

func (s source) territories(tag string) (map[string]string, error) {
	var file struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Territories map[string]string
			}
		}
	}
	err := s.read(&file, "cldr-localenames-full", "main", tag, "territories.json")
	return file.Main[tag].LocaleDisplayNames.Territories, err
}

// languages returns the names of the languages of ISO 639-1, which are CLDR's
// two-letter codes. A name that only repeats the code does not count.
func (s source) languages(tag string) (map[string]string, error) {
	var file struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Languages map[string]string
			}
		}
	}
	err := s.read(&file, "cldr-localenames-full", "main", tag, "languages.json")
	names := file.Main[tag].LocaleDisplayNames.Languages
	for code, name := range names {
		if len(code) != 2 || name == code {
			delete(names, code)
		}
	}
	return names, err
}

// ownNames returns what each language calls itself according to its CLDR locale.
// Languages whose locale has no names at all are left out.
func (s source) ownNames() (map[string]string, error) {
	folders, err := filepath.Glob(filepath.Join(string(s), "cldr-localenames-full", "main", "??"))
	own := make(map[string]string)
	for _, folder := range folders {
		if _, missing := os.Stat(filepath.Join(folder, "languages.json")); missing != nil {
			continue
		}
		code := filepath.Base(folder)
		names, err := s.languages(code)
		if err != nil {
			return nil, err
		}
		own[code] = capitalised(names[code])
	}
	return own, err
}

// capitalised capitalises a name for use in a list: "Shqip". A name that already has a
// capital, like "isiZulu", is correct as it is. Title case, because Georgian upper
// case is for headlines only.
func capitalised(name string) string {
	if strings.ContainsFunc(name, unicode.IsUpper) {
		return name
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[size:]
}
