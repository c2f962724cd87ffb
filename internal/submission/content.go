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

// Part is one page of the form and one entry of the task list. Comments are
// pinned to parts, differences are shown by part.
type Part string

// The parts that are no section of a practice. Documents are a section, with
// files beside it.
const (
	TitleAndPlace Part = "place"
	Period        Part = "period"
	Topics        Part = "topics"
	Summary       Part = "summary"
	Pictures      Part = "pictures"
)

// Parts lists the parts in the order of the task list.
var Parts = []Part{TitleAndPlace, Period, Topics, Summary, Part(practice.Purpose), Part(practice.Stimulus), Part(practice.Process),
	Part(practice.Impact), Part(practice.Lessons), Part(practice.Documents), Pictures, Part(practice.Contact)}

// Known reports whether the part is one of ours.
func (p Part) Known() bool { return slices.Contains(Parts, p) }

// IsText reports whether the part is one long text, in Markdown.
func (p Part) IsText() bool { return p == Summary || practice.Section(p).Known() }

// Optional reports whether a submission may leave the part out. What a reader
// needs to judge a practice is not optional; what only some have is.
func (p Part) Optional() bool {
	return slices.Contains([]Part{Part(practice.Stimulus), Part(practice.Lessons), Part(practice.Documents), Pictures}, p)
}

// Words is the most words that a part may have when it is submitted, 0 for no
// limit. The public texts of the sample stay below; a page of print has 400.
func (p Part) Words() int {
	switch practice.Section(p) {
	case practice.Purpose:
		return 150
	case practice.Stimulus, practice.Lessons, practice.Documents:
		return 300
	case practice.Process:
		return 600
	case practice.Impact:
		return 400
	case practice.Contact:
		return 60
	}
	if p == Summary {
		return 100
	}
	return 0
}

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

// With is the content with one part, and its completion, taken from another.
func (c Content) With(p Part, from Content) Content {
	switch p {
	case TitleAndPlace:
		c.Title, c.Countries, c.Cities, c.National, c.Organisation = from.Title, from.Countries, from.Cities, from.National, from.Organisation
	case Period:
		c.Period = from.Period
	case Topics:
		c.Topics = from.Topics
	case Pictures:
		c.Pictures = from.Pictures
	case Part(practice.Documents):
		c.Files = from.Files
	case Part(practice.Contact):
		c.NamesPerson, c.PersonAgrees = from.NamesPerson, from.PersonAgrees
	}
	if p.IsText() {
		c = c.WithText(p, from.Text(p))
	}
	return c.WithCompleted(p, from.Is(p))
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

// Filled reports whether a part has anything in it.
func (c Content) Filled(p Part) bool {
	switch p {
	case TitleAndPlace:
		return c.Title != ""
	case Period:
		return c.Period != practice.Period{}
	case Topics:
		return len(c.Topics) > 0
	case Pictures:
		return len(c.Pictures) > 0
	case Part(practice.Documents):
		return len(c.Files) > 0 || c.Text(p) != ""
	}
	return strings.TrimSpace(c.Text(p)) != ""
}

// Places are the cities of the content as accounts know them.
func (c Content) Places() []account.City {
	var cities []account.City
	for _, city := range c.Cities {
		cities = append(cities, account.NewCity(city.Country, city.Name))
	}
	return cities
}
