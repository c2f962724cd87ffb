// Command cldrgen writes cldr.json with the parts of the Unicode CLDR that the
// interface needs: names of countries and languages, months, the long date, lists
// and numbers. It fails if package locale could not format something correctly.
//
// It reads the npm packages of CLDR 48.2.0 from one folder:
//
//	npm install cldr-core@48.2.0 cldr-dates-full@48.2.0 \
//	    cldr-localenames-full@48.2.0 cldr-misc-full@48.2.0 cldr-numbers-full@48.2.0
//	CLDR=/that/folder/node_modules go generate ./internal/locale
//
// The tables are under the Unicode License V3.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// localeTags are the languages of the interface.
const localeTags = "en fr de es el sq uk ar"

// british is the English of a European site: "5 March 2024", "Greece, Italy or
// Spain". CLDR's plain English is American.
const british = "en-GB"

// kosovo has no code in ISO 3166-1. This one is in wide use, and cities there share
// practices.
const kosovo = "XK"

// table and region mirror the types in package locale, which fails on unknown
// fields.
type table struct {
	Own     map[string]string `json:"own"`
	Locales map[string]region `json:"locales"`
}

type region struct {
	Countries      map[string]string   `json:"countries"`
	OtherCountries map[string][]string `json:"other_countries"`
	Languages      map[string]string   `json:"languages"`
	Months         []string            `json:"months"`
	MonthsAlone    []string            `json:"months_alone"`
	Date           string              `json:"date"`
	Or             listPattern         `json:"or"`
	And            listPattern         `json:"and"`
	Digits         string              `json:"digits"`
	Group          string              `json:"group"`
	Decimal        string              `json:"decimal"`
	Minus          string              `json:"minus"`
	MinGroup       int                 `json:"min_group"`
}

type listPattern struct {
	Pair   string `json:"2"`
	Start  string `json:"start"`
	Middle string `json:"middle"`
	End    string `json:"end"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 || os.Args[1] == "" {
		log.Fatal("usage: cldrgen FOLDER-OF-THE-NPM-PACKAGES OUTPUT")
	}
	if err := write(source(os.Args[1]), os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func write(from source, output string) error {
	t, err := from.table()
	if err != nil {
		return err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("encoding the tables: %w", err)
	}
	if err := os.WriteFile(output, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing the tables: %w", err)
	}
	return nil
}

// source is the folder with the npm packages.
type source string

// read decodes one file of a package.
func (s source) read(into any, path ...string) error {
	name := filepath.Join(append([]string{string(s)}, path...)...)
	text, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading CLDR: %w", err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

func (s source) table() (table, error) {
	t := table{Locales: make(map[string]region)}
	codes, err := s.countryCodes()
	if err != nil {
		return t, err
	}
	if t.Own, err = s.ownNames(); err != nil {
		return t, err
	}
	for _, tag := range strings.Fields(localeTags) {
		from := tag
		if tag == "en" {
			from = british
		}
		if t.Locales[tag], err = s.region(from, codes); err != nil {
			return t, fmt.Errorf("locale %s: %w", tag, err)
		}
	}
	return t, nil
}

func (s source) region(tag string, codes []string) (r region, err error) {
	if err = s.countries(tag, codes, &r); err != nil {
		return r, err
	}
	if r.Languages, err = s.languages(tag); err != nil {
		return r, err
	}
	if err = s.dates(tag, &r); err != nil {
		return r, err
	}
	if err = s.lists(tag, &r); err != nil {
		return r, err
	}
	return r, s.numbers(tag, &r)
}
