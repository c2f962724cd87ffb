package practice

import "slices"

// Text is the wording of a practice in one language.
type Text struct {
	Language      Language           `json:"language"`
	State         TextState          `json:"state"`
	Title         string             `json:"title"`
	TitleLanguage Language           `json:"title_language"`          // may differ from Language: titles are often left untranslated
	TitleEnglish  string             `json:"title_english,omitempty"` // shown under a title in another language; may be empty
	Summary       string             `json:"summary"`
	Sections      map[Section]string `json:"sections,omitempty"` // Markdown; empty sections are left out
	Attachments   []Attachment       `json:"attachments,omitempty"`
}

// TextState says how a text came about.
type TextState string

// The states of a text.
const (
	Original TextState = "original"
	Human    TextState = "human"    // translated by a person
	Machine  TextState = "machine"  // translated by a program
	Outdated TextState = "outdated" // a translation whose original has changed since
)

// Known reports whether the state is one of the four.
func (s TextState) Known() bool {
	return slices.Contains([]TextState{Original, Human, Machine, Outdated}, s)
}

// Section is one part of a practice's template.
type Section string

// The sections of the template, named as in files.
const (
	Purpose   Section = "purpose"
	Stimulus  Section = "stimulus"
	Process   Section = "process"
	Impact    Section = "impact"
	Lessons   Section = "lessons"
	Documents Section = "key_reference_documents"
	Contact   Section = "contact"
)

// Sections lists the sections in the order in which every page shows them.
var Sections = []Section{Purpose, Stimulus, Process, Impact, Lessons, Documents, Contact}

// SectionText is a section and its Markdown.
type SectionText struct {
	Section Section
	Text    string
}

// Ordered returns the non-empty sections in the order of the template.
func (t Text) Ordered() []SectionText {
	var list []SectionText
	for _, section := range Sections {
		if text := t.Sections[section]; text != "" {
			list = append(list, SectionText{section, text})
		}
	}
	return list
}

// Known reports whether the section is in the template.
func (s Section) Known() bool { return slices.Contains(Sections, s) }
