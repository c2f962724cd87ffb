package submission

import (
	"maps"
	"slices"

	"exempla/internal/practice"
)

// Licence is what authors agree to when they submit; the message of that agreement,
// submission.consent.text, names it in full.
const Licence = "CC BY 4.0"

// Published is the practice as it is once the submission is approved. Before is
// the practice as it is now, the zero value for a new one. A changed original
// makes the texts in other languages outdated, a corrected one only if its words are
// others; a translation is outdated from the first if its original has changed since it
// was submitted. A correction leaves the licence as it is, and the state of a translation,
// unless its editor says that the texts are in step.
func (s Submission) Published(before practice.Practice) practice.Practice {
	p := before
	p.Texts = slices.Clone(before.Texts)
	c := s.Content
	original := len(p.Texts) == 0 || p.Texts[0].Language == s.Language
	if original {
		p.Place = practice.Place{Countries: c.Countries, Cities: c.Cities}
		p.Topics, p.Keywords = c.Topics, c.Keywords
		p.Period, p.Organisation = c.Period, c.Organisation
	}
	text := s.text()
	if original && s.Correction == nil {
		p.Licence = Licence
	}
	if original && (s.Correction == nil || differs(p.Texts[0], text) && !s.Correction.InStep) {
		for i := range p.Texts {
			p.Texts[i].State = practice.Outdated
		}
	}
	if original {
		text.State = practice.Original
	} else if s.Original != nil && s.Original.Moved && s.Correction == nil {
		text.State = practice.Outdated // its officers have not seen the original as it is now
	}
	at := slices.IndexFunc(p.Texts, func(t practice.Text) bool { return t.Language == s.Language })
	if at < 0 {
		p.Texts = append(p.Texts, text)
		return p
	}
	if p.Texts[at].Title == text.Title {
		text.TitleLanguage, text.TitleEnglish = p.Texts[at].TitleLanguage, p.Texts[at].TitleEnglish
	}
	if s.Correction != nil && !original && !s.Correction.InStep {
		text.State = p.Texts[at].State
	}
	p.Texts[at] = text
	return p
}

// text is the submission as the text of a practice, translated by a person
// unless it is the original.
func (s Submission) text() practice.Text {
	sections := maps.Clone(s.Content.Sections)
	maps.DeleteFunc(sections, func(_ practice.Section, text string) bool { return text == "" })
	return practice.Text{Language: s.Language, State: practice.Human, Title: s.Content.Title, TitleLanguage: s.Language,
		Summary: s.Content.Summary, Sections: sections, Attachments: slices.Concat(s.Content.Pictures, s.Content.Files)}
}

// Proposed is the text of a practice as a draft to be changed. In a language
// that the practice lacks, the facts are there and the words are to be written.
func Proposed(p practice.Practice, language practice.Language) Content {
	c := Content{Countries: p.Place.Countries, Cities: plain(p.Place.Cities), National: len(p.Place.Cities) == 0,
		Organisation: p.Organisation, Period: p.Period, Topics: p.Topics, Keywords: p.Keywords}
	for _, text := range p.Texts {
		if text.Language != language {
			continue
		}
		c.Title, c.Summary, c.Sections = text.Title, text.Summary, maps.Clone(text.Sections)
		for _, file := range text.Attachments {
			if file.IsPicture() {
				c.Pictures = append(c.Pictures, file)
			} else {
				c.Files = append(c.Files, file)
			}
		}
		c.Completed = slices.DeleteFunc(slices.Clone(Parts), func(p Part) bool { return !c.Filled(p) })
	}
	return c
}

// plain are cities without the names that editors have given them, as texts in the
// making have them, so that a comparison shows no difference where there is none.
func plain(cities []practice.City) []practice.City {
	cities = slices.Clone(cities)
	for i := range cities {
		cities[i].Names = ""
	}
	return cities
}
