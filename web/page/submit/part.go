package submit

import (
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/text"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// PartInput is what the page of one part shows.
type PartInput struct {
	Work
	Part     submission.Part
	Form     submission.PartForm
	Seen     string // digest of the part that the form was made of
	Found    []submission.Problem
	MoreRows int             // empty rows for cities wanted beside the first
	Checking bool            // saving leads back to checking the answers
	Conflict bool            // another person has saved another text meanwhile
	Cities   []practice.City // to suggest
	Original *component.Said // the text to be translated
	Files    PartFiles
}

// Part is the form of one part.
type Part struct {
	PartInput
	Meta      frame.Meta
	Problems  component.Problems
	Countries []Choice
}

// NewPart makes the page.
func NewPart(l *locale.Locale, f PartInput) Part {
	p := Part{PartInput: f, Meta: workMeta(l, f.Frame, component.PartName(l, f.Part)+" – "+f.Content.Title, link.Part(l.Tag(), f.ID, f.Part))}
	p.Meta.Scripts = []string{"draft.js"}
	p.Meta.Narrow = !f.Conflict && f.Original == nil
	p.Problems = component.SubmissionProblems(l, f.Found, nil)
	p.Meta.Problems = len(p.Problems) > 0
	if f.Part.HasFiles() {
		p.hand(l)
	}
	if f.Part == submission.TitleAndPlace {
		p.Countries = countryChoices(l)
		p.Form.Rows = append(slices.Clone(f.Form.Rows), make([]submission.CityRow, f.MoreRows)...)
		if len(p.Form.Rows) == 0 {
			p.Form.Rows = make([]submission.CityRow, 1)
		}
	}
	return p
}

// partFields are the fields of the parts that are more than a long text.
var partFields = map[submission.Part][]func(Part) templ.Component{
	submission.TitleAndPlace:            {Part.place},
	submission.Period:                   {Part.period},
	submission.Topics:                   {Part.topics},
	submission.Pictures:                 {Part.pictures},
	submission.Part(practice.Documents): {Part.writing, Part.documents},
	submission.Part(practice.Contact):   {Part.writing, Part.contact},
}

func (p Part) fields() []func(Part) templ.Component {
	if fields := partFields[p.Part]; fields != nil {
		return fields
	}
	return []func(Part) templ.Component{Part.writing}
}

// rowID is the id of a field in a row of the places; the first one's is plain.
func rowID(field string, row int) string {
	if row == 0 {
		return field
	}
	return field + "-" + strconv.Itoa(row+1)
}

// FirstNewRow is the fragment at which the row for another city begins.
func FirstNewRow(c submission.Content) string {
	return "#" + rowID(submission.CountryField, len(submission.CityRows(c)))
}

// textRows is how high the box of a text is: high enough to see what fits.
func (p Part) textRows() string { return strconv.Itoa(min(18, max(4, p.Part.Words()/16))) }

// usedWords counts the words of the text as it is typed.
func (p Part) usedWords() int { return text.CountWords(p.Form.Text) }

// isOver reports whether the text is longer than it may be when submitted.
func (p Part) isOver() bool { return p.Part.Words() > 0 && p.usedWords() > p.Part.Words() }

// months are the choices of a month; the first means that it is not known.
func months(l *locale.Locale) []Choice {
	list := []Choice{{"", l.T("part.month.unknown")}}
	for m := 1; m <= 12; m++ {
		list = append(list, Choice{strconv.Itoa(m), l.MonthAlone(time.Month(m))})
	}
	return list
}

// topicChoices lists the topics in the reader's alphabet.
func topicChoices(l *locale.Locale) []Choice {
	var list []Choice
	for _, topic := range practice.Topics {
		list = append(list, Choice{string(topic), l.T("topic." + string(topic))})
	}
	return inAlphabet(l, list)
}

// limit is the most words of the text, for the script that counts along.
func (p Part) limit() string { return strconv.Itoa(p.Part.Words()) }
