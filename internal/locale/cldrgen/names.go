package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// notCountries have codes of three letters and numbers like countries, but are
// not in ISO 3166-1.
const notCountries = "EU QO XA XB ZZ"

// countryCodes lists ISO 3166-1 alpha-2. CLDR marks its members with the other
// two codes of the standard; reserved and private ones lack one of them.
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

// languages names the languages of ISO 639-1, which are CLDR's codes of two
// letters; a name that only repeats the code is none.
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

// ownNames asks every locale of CLDR what it calls itself. Some locales give no
// names at all; those languages keep their English name.
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
		own[code] = listed(names[code])
	}
	return own, err
}

// listed writes a name as the start of a line in a list: "Shqip". A name with a
// capital of its own, like "isiZulu", is right as it is. Title case, since the
// upper case of Georgian is for headlines.
func listed(name string) string {
	if strings.ContainsFunc(name, unicode.IsUpper) {
		return name
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[size:]
}
