package submission

import (
	"net/url"
	"slices"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// placePart is the title and the place; a translation has the title only.
var placePart = descriptor{
	part: TitleAndPlace,
	take: func(to *Content, from Content) {
		to.Title, to.Organisation = from.Title, from.Organisation
		to.Countries, to.Cities, to.National = from.Countries, from.Cities, from.National
	},
	filled:   func(c Content) bool { return c.Title != "" },
	sizes:    placeSizes,
	problems: Content.placeless,
	read:     readPlace,
	show: func(f *PartForm, c Content) {
		f.Title, f.Organisation, f.National, f.Rows = c.Title, c.Organisation, c.National, CityRows(c)
	},
	write: writePlace,
}

var periodPart = descriptor{
	part: Period, untold: true,
	take:     func(to *Content, from Content) { to.Period = from.Period },
	filled:   func(c Content) bool { return c.Period != practice.Period{} },
	problems: func(c Content, _ Kind, _ Limits) []Problem { return c.periodless() },
	read:     readPeriod,
	show:     showPeriod,
	write:    func(c *Content, f PartForm, _ Submission) []Problem { return writePeriod(c, f) },
}

// topicsPart is the topics, and the keywords, which say it more closely.
var topicsPart = descriptor{
	part: Topics, untold: true,
	take:     func(to *Content, from Content) { to.Topics, to.Keywords = from.Topics, from.Keywords },
	filled:   func(c Content) bool { return len(c.Topics)+len(c.Keywords) > 0 },
	sizes:    keywordSizes,
	problems: func(c Content, kind Kind, limits Limits) []Problem { return limits.topicProblems(c.Topics, kind) },
	read: func(f *PartForm, v url.Values) {
		f.Topics, f.Keywords, f.OtherKeywords = v[TopicsField], v[KeywordsField], OneLine(v.Get(OtherKeywordsField))
	},
	show: func(f *PartForm, c Content) {
		for _, topic := range c.Topics {
			f.Topics = append(f.Topics, string(topic))
		}
		f.Keywords = c.Keywords
	},
	write: func(c *Content, f PartForm, s Submission) []Problem {
		c.Topics = slices.DeleteFunc(slices.Clone(practice.Topics), func(t practice.Topic) bool { return !slices.Contains(f.Topics, string(t)) })
		return writeKeywords(c, f, s.Language)
	},
}

var documentsPart = descriptor{
	part: Part(practice.Documents), isText: true, optional: true, words: 300, most: practice.MaxSection,
	files:  func(c *Content) *[]practice.Attachment { return &c.Files },
	filled: func(c Content) bool { return len(c.Files) > 0 || c.Text(Part(practice.Documents)) != "" },
	sizes:  func(c Content) []Problem { return captions(Part(practice.Documents), c.Files, oversize, MaxKept) },
	problems: func(c Content, _ Kind, _ Limits) []Problem {
		return captions(Part(practice.Documents), c.Files, overlong, practice.MaxCaption)
	},
}

var picturesPart = descriptor{
	part: Pictures, optional: true,
	files:  func(c *Content) *[]practice.Attachment { return &c.Pictures },
	filled: func(c Content) bool { return len(c.Pictures) > 0 },
	sizes:  func(c Content) []Problem { return captions(Pictures, c.Pictures, oversize, MaxKept) },
	problems: func(c Content, _ Kind, _ Limits) []Problem {
		return append(c.altless(), captions(Pictures, c.Pictures, overlong, practice.MaxCaption)...)
	},
}

// contactPart is an address, which may be that of a person who has agreed.
var contactPart = descriptor{
	part: Part(practice.Contact), isText: true, words: 60, most: practice.MaxSection,
	take: func(to *Content, from Content) {
		to.NamesPerson, to.PersonAgrees = from.NamesPerson, from.PersonAgrees
	},
	problems: func(c Content, _ Kind, _ Limits) []Problem {
		if c.NamesPerson && !c.PersonAgrees {
			return []Problem{{Part: Part(practice.Contact), Field: AgreesField, Rule: NoConsent}}
		}
		return nil
	},
	read: func(f *PartForm, v url.Values) { f.NamesPerson, f.Agrees = v.Get("person") == "yes", v.Has("agrees") },
	show: func(f *PartForm, c Content) { f.NamesPerson, f.Agrees = c.NamesPerson, c.PersonAgrees },
	write: func(c *Content, f PartForm, _ Submission) []Problem {
		c.NamesPerson, c.PersonAgrees = f.NamesPerson, f.NamesPerson && f.Agrees
		return nil
	},
}

func placeSizes(c Content) []Problem {
	list := oversize(TitleAndPlace, TitleField, c.Title, practice.MaxTitle)
	list = append(list, oversize(TitleAndPlace, OrganisationField, c.Organisation, MaxKept)...)
	for _, city := range c.Cities {
		list = append(list, oversize(TitleAndPlace, CityField, city.Name, practice.MaxName)...)
	}
	if len(c.Cities) > practice.MaxCities {
		list = append(list, Problem{Part: TitleAndPlace, Field: CityField, Rule: TooLarge, Found: len(c.Cities), Limit: practice.MaxCities})
	}
	if text.Blank(c.Title) {
		list = append(list, Problem{Part: TitleAndPlace, Field: TitleField, Rule: Missing})
	}
	return list
}
