package submission

import (
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// Rule is what a part of a submission breaks.
type Rule string

// The rules. All keep a text from being submitted; too large keeps it from being saved,
// too, beyond MaxKept. What is unknown is left out when the rest of
// a form is saved.
const (
	Missing      Rule = "missing"
	TooManyWords Rule = "too_many_words"
	TooLarge     Rule = "too_large"
	NotText      Rule = "not_text"
	NoPlace      Rule = "no_place"
	NoEnd        Rule = "no_end" // neither an end nor "still running"
	Backwards    Rule = "backwards"
	NoConsent    Rule = "no_consent" // of the person whom the contact names
	NoAlt        Rule = "no_alt"
	Impossible   Rule = "impossible" // a year or month that no practice can have
	Unknown      Rule = "unknown"    // words that name no keyword
	Behind       Rule = "behind"     // of a translation: the original has changed there since
)

// Problem ties a broken rule to a field of a part, so that its author can
// mend it. Its words are the message "problem_in.<field>.<rule>", else
// "problem_in.<rule>".
type Problem struct {
	Part  Part
	Field string // id of the form's field
	Rule  Rule
	Found int // words or characters, where the rule has a limit
	Limit int
	Value string // what breaks the rule, where that helps
}

// Fields of the form that are no text of a part.
const (
	TitleField         = "title"
	OrganisationField  = "organisation"
	CountryField       = "country"
	CityField          = "city"
	PointField         = "point"
	NationalField      = "national"
	StartField         = "start_year"
	EndField           = "end_year"
	TopicsField        = "topics"
	KeywordsField      = "keywords"
	OtherKeywordsField = "other_keywords"
	AgreesField        = "person_agrees"
	CompletedField     = "completed"
)

// TextField is the field of a part that is one long text.
func TextField(p Part) string { return string(p) }

// MaxKept is how many characters of a text are kept while it is a draft: far more than
// can be submitted, so that what is too long can be shortened at leisure. A form with as
// many still fits into a request, in the script that takes most bytes.
const MaxKept = 100_000

// Sizes returns what is too large to be kept or no text at all, and a missing title.
// Nothing else keeps a draft from being saved: over-long text is kept, not cut. Titles
// and cities are short even so, since lists, mails and addresses have them.
func (c Content) Sizes() []Problem {
	var list []Problem
	for _, p := range Parts {
		list = append(list, c.sizes(p)...)
	}
	return list
}

func (c Content) sizes(p Part) []Problem {
	d := p.describe()
	var list []Problem
	if d.sizes != nil {
		list = d.sizes(c)
	}
	if d.isText {
		list = append(list, oversize(p, TextField(p), c.Text(p), MaxKept)...)
	}
	return list
}

// oversize checks one field; limit is in characters.
func oversize(p Part, field, text string, limit int) []Problem {
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return []Problem{{Part: p, Field: field, Rule: NotText}}
	case n > limit:
		return []Problem{{Part: p, Field: field, Rule: TooLarge, Found: n, Limit: limit}}
	}
	return nil
}

// Problems returns everything that keeps the submission from being submitted,
// in the order of the task list; none when it is complete.
func (s Submission) Problems() []Problem {
	list := s.Content.Sizes()
	for _, p := range s.Parts() {
		list = append(list, unready(s, p)...)
	}
	slices.SortStableFunc(list, func(a, b Problem) int {
		return slices.Index(Parts, a.Part) - slices.Index(Parts, b.Part)
	})
	return list
}

func (c Content) incomplete(p Part, kind Kind, limits Limits) []Problem {
	d := p.describe()
	if d.isText {
		if problems := c.textProblems(d, limits.words(p, kind)); len(problems) > 0 {
			return problems
		}
	}
	if d.problems == nil {
		return nil
	}
	return d.problems(c, kind, limits)
}

func (c Content) placeless(kind Kind, _ Limits) []Problem {
	if long := overlong(TitleAndPlace, OrganisationField, c.Organisation, practice.MaxName); len(long) > 0 {
		return long
	}
	switch {
	case kind == Translation:
		return nil
	case len(c.Countries) == 0:
		return []Problem{{Part: TitleAndPlace, Field: CountryField, Rule: Missing}}
	case len(c.Cities) == 0 && !c.National:
		return []Problem{{Part: TitleAndPlace, Field: CityField, Rule: NoPlace}}
	}
	return nil
}

func (c Content) periodless() []Problem {
	start, end := c.Period.Start, c.Period.End
	switch {
	case start.IsZero():
		return []Problem{{Part: Period, Field: StartField, Rule: Missing}}
	case !practice.PlausibleYear(start.Year):
		return []Problem{{Part: Period, Field: StartField, Rule: Impossible}}
	case end.IsZero() && !c.Period.Ongoing:
		return []Problem{{Part: Period, Field: EndField, Rule: NoEnd}}
	case !end.IsZero() && !practice.PlausibleYear(end.Year):
		return []Problem{{Part: Period, Field: EndField, Rule: Impossible}}
	case c.Period.Backwards():
		return []Problem{{Part: Period, Field: EndField, Rule: Backwards}}
	}
	return nil
}

func (c Content) altless() []Problem {
	for _, picture := range c.Pictures {
		if text.Blank(picture.Alt) {
			return []Problem{{Part: Pictures, Field: AltField(picture.Hash), Rule: NoAlt}}
		}
	}
	return nil
}

// AltField is the field of a picture's alternative text.
func AltField(hash string) string { return fileField("alt", hash) }

// CreditField is the field for who made a picture.
func CreditField(hash string) string { return fileField("credit", hash) }

// NameField is the field for what a document is called.
func NameField(hash string) string { return fileField("name", hash) }

func fileField(name, hash string) string { return name + "-" + hash[:min(len(hash), digestLength)] }

func (c Content) textProblems(d descriptor, most int) []Problem {
	switch words := text.CountWords(c.Text(d.part)); {
	case !d.optional && (words == 0 || text.Blank(c.Text(d.part))): // the filler of Hangul is a letter
		return []Problem{{Part: d.part, Field: TextField(d.part), Rule: Missing}}
	case words > most:
		return []Problem{{Part: d.part, Field: TextField(d.part), Rule: TooManyWords, Found: words, Limit: most}}
	}
	return overlong(d.part, TextField(d.part), c.Text(d.part), d.most)
}

// overlong checks what a field may have when it is submitted. What cannot even be kept
// is told once, by Sizes.
func overlong(p Part, field, text string, limit int) []Problem {
	if len(oversize(p, field, text, MaxKept)) > 0 {
		return nil
	}
	return oversize(p, field, text, limit)
}

// captions checks the texts of files by a limit of characters.
func captions(p Part, files []practice.Attachment, check func(Part, string, string, int) []Problem, limit int) []Problem {
	var list []Problem
	for _, a := range files {
		if p == Pictures {
			list = append(list, check(p, AltField(a.Hash), a.Alt, limit)...)
			list = append(list, check(p, CreditField(a.Hash), a.Credit, limit)...)
		} else {
			list = append(list, check(p, NameField(a.Hash), a.Name, limit)...)
		}
	}
	return list
}
