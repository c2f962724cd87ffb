package submission

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// Content is the text of a submission, and the facts about the practice where
// it is not a translation. As JSON it is what drafts and revisions keep, so
// field names there are for ever.
type Content struct {
	Title        string                      `json:"title"`
	Countries    []practice.Country          `json:"countries,omitempty"` // the leading one first
	Cities       []practice.City             `json:"cities,omitempty"`    // likewise
	National     bool                        `json:"national,omitempty"`  // of a whole country, without a city
	Organisation string                      `json:"organisation,omitempty"`
	Period       practice.Period             `json:"period"`
	Topics       []practice.Topic            `json:"topics,omitempty"`
	Keywords     []string                    `json:"keywords,omitempty"` // concepts of the thesaurus by their id
	Summary      string                      `json:"summary,omitempty"`
	Sections     map[practice.Section]string `json:"sections,omitempty"` // Markdown
	Files        []practice.Attachment       `json:"files,omitempty"`
	Pictures     []practice.Attachment       `json:"pictures,omitempty"`
	NamesPerson  bool                        `json:"names_person,omitempty"` // the contact is a person, not an office
	PersonAgrees bool                        `json:"person_agrees,omitempty"`
	Completed    []Part                      `json:"completed,omitempty"` // "I have completed this section"
}

// Text is the text of a part that is one long text.
func (c Content) Text(p Part) string {
	if p == Summary {
		return c.Summary
	}
	return c.Sections[practice.Section(p)]
}

// WithText is the content with another text in such a part. The receiver stays
// as it is.
func (c Content) WithText(p Part, text string) Content {
	if p == Summary {
		c.Summary = text
		return c
	}
	sections := make(map[practice.Section]string, len(c.Sections)+1)
	for section, old := range c.Sections {
		sections[section] = old
	}
	sections[practice.Section(p)] = text
	if text == "" {
		delete(sections, practice.Section(p))
	}
	c.Sections = sections
	return c
}

// OfferContact is the submission with an author as the contact, from what their account
// says, where it has none yet: for a form that they read before it is stored. Whether
// they agree to be named is left for them to say. A translation and an editor's
// correction are of texts by others, so that they are offered nobody.
func OfferContact(s Submission, a account.Account) (offer Submission, offered bool) {
	if s.Kind == Translation || s.Correction != nil || s.Content.Filled(Part(practice.Contact)) {
		return s, false
	}
	var cities []string
	for _, city := range a.Cities {
		cities = append(cities, city.Name)
	}
	lines := slices.DeleteFunc([]string{a.Name, strings.Join(cities, ", "), a.Mail}, func(line string) bool { return line == "" })
	s.Content = s.Content.WithText(Part(practice.Contact), strings.Join(lines, "\n"))
	s.Content.NamesPerson, s.Content.PersonAgrees = true, false
	return s, true
}

// Is reports whether the author has completed a part.
func (c Content) Is(completed Part) bool { return slices.Contains(c.Completed, completed) }

// WithCompleted is the content with a part marked as completed, or not.
func (c Content) WithCompleted(p Part, completed bool) Content {
	rest := slices.DeleteFunc(slices.Clone(c.Completed), func(other Part) bool { return other == p })
	if completed {
		rest = append(rest, p)
	}
	c.Completed = rest
	return c
}

// digestLength is how many hexadecimal digits tell one text of a part from
// another: 64 bits, for the few texts that a part ever has.
const digestLength = 16

// Digest tells whether a part has changed since a form was made of it.
func (c Content) Digest(p Part) string {
	text, err := json.Marshal(Content{}.With(p, c))
	if err != nil {
		return "" // only values that cannot be marshalled fail, and there are none
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])[:digestLength]
}

// Places are the cities of the content as accounts know them.
func (c Content) Places() []account.City {
	var cities []account.City
	for _, city := range c.Cities {
		cities = append(cities, account.NewCity(city.Country, city.Name))
	}
	return cities
}
