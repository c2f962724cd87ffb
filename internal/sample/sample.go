// Package sample holds the sample catalogue: 274 real practices with texts
// written for it, in English and, translated by a program, in other languages.
// It is what a new installation shows, and what tests use.
package sample

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"exempla/internal/exchange"
	"exempla/internal/practice"
)

// The practices with their original texts, the collections, and one file for each language into
// which they are translated.
//
//go:embed practices.json collections.json texts/*.json
var files embed.FS

// Practices returns the sample catalogue, translations after the originals in the
// order of their languages. A fault in it is an error: the files are part of the
// program.
func Practices() ([]practice.Practice, error) {
	practices, err := originals()
	if err != nil {
		return nil, fmt.Errorf("sample catalogue: %w", err)
	}
	names, err := fs.Glob(files, "texts/*.json") // sorted
	if err != nil {
		return nil, fmt.Errorf("sample catalogue: %w", err)
	}
	for _, name := range names {
		if err := translate(practices, name); err != nil {
			return nil, fmt.Errorf("sample catalogue: %s: %w", name, err)
		}
	}
	return practices, nil
}

func originals() ([]practice.Practice, error) {
	content, err := files.ReadFile("practices.json")
	if err != nil {
		return nil, err
	}
	practices, faults, err := exchange.Read(bytes.NewReader(content), "practices.json")
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("%d faults, the first: %s", len(faults), faults[0])
	}
	return practices, err
}

// translation is a text in a file of one language.
type translation struct {
	Title    string                      `json:"title"`
	Summary  string                      `json:"summary"`
	Sections map[practice.Section]string `json:"sections"`
}

// translate adds the texts of a file, which is named after its language, to
// their practices.
func translate(practices []practice.Practice, name string) error {
	content, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	var texts map[string]translation
	if err := decoder.Decode(&texts); err != nil {
		return err
	}
	language := practice.Language(strings.TrimSuffix(path.Base(name), ".json"))
	for i := range practices {
		p := &practices[i]
		if t, ok := texts[p.Slug]; ok {
			p.Texts = append(p.Texts, practice.Text{Language: language, State: practice.Machine, Title: t.Title,
				TitleLanguage: language, Summary: t.Summary, Sections: t.Sections})
			delete(texts, p.Slug)
		}
	}
	for slug := range texts {
		return fmt.Errorf("there is no practice %s", slug)
	}
	return nil
}

// collection is a collection in the file.
type collection struct {
	Slug      string                                        `json:"slug"`
	Practices []string                                      `json:"practices"`
	Selection string                                        `json:"selection"`
	Texts     map[practice.Language]practice.CollectionText `json:"texts"`
}

// Collections returns the collections of the sample catalogue. A fault in them is an
// error.
func Collections() ([]practice.NamedCollection, error) {
	content, err := files.ReadFile("collections.json")
	if err != nil {
		return nil, fmt.Errorf("sample collections: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	var read []collection
	if err := decoder.Decode(&read); err != nil {
		return nil, fmt.Errorf("sample collections: %w", err)
	}
	var list []practice.NamedCollection
	for _, c := range read {
		for language, text := range c.Texts {
			if fault := text.Fault(); fault != "" {
				return nil, fmt.Errorf("sample collections: %s in %s: %s", c.Slug, language, fault)
			}
		}
		list = append(list, practice.NamedCollection{Slugs: c.Practices,
			Collection: practice.Collection{Slug: c.Slug, Selection: c.Selection, Texts: c.Texts}})
	}
	return list, nil
}
