package submit

import (
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/text"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Reader is somebody else who has the part open.
type Reader struct {
	Account account.ID
	At      time.Time // when they last opened or saved it
}

// PartInput is one part of a submission and the state of its form.
type PartInput struct {
	SubmissionInput
	Part      submission.Part
	Form      submission.PartForm
	Offered   bool   // the form has what the officer's account says, and the submission nothing yet
	Base      string // digest of the part when the form was made
	Invalid   []submission.Problem
	ExtraRows int              // empty rows for cities, besides those that are filled in
	Checking  bool             // saving leads back to checking the answers
	Closed    bool             // the text cannot be changed any more
	Conflict  bool             // another person has saved a different text since
	Topics    []practice.Topic // that the site offers
	Suggested []string         // keywords that its text names
	Files     PartFiles
	Readers   []Reader
	Saver     Reader // who has saved the other text of a conflict; the zero value for unknown
}

// Part is the form of one part.
type Part struct {
	PartInput
	Meta      frame.Meta
	Problems  component.Problems
	Countries []Choice
}

// NewPart makes the page.
func NewPart(l *locale.Locale, f frame.Frame, in PartInput) Part {
	p := Part{PartInput: in, Meta: formMeta(l, f, component.PartName(l, in.Part)+" – "+in.Content.Title, link.Part(l.Tag(), in.ID, in.Part))}
	p.Meta.Scripts = []string{"draft.js"}
	if in.Part.IsText() {
		p.Meta.Scripts = append(p.Meta.Scripts, "prose.js")
	}
	p.Meta.Narrow = !p.isPair()
	p.Problems = component.SubmissionProblems(l, in.Invalid, nil)
	if in.Part.HasFiles() {
		p.addFiles(l)
	}
	if in.Closed {
		p.Problems.Add(l, "", "part.too_late", "State", component.State(l, in.State))
	}
	p.Meta.Problems = len(p.Problems) > 0
	if in.Part == submission.TitleAndPlace {
		p.Countries = countryChoices(l)
		p.Meta.Scripts = append(p.Meta.Scripts, "suggest.js")
		p.Form.Rows = append(slices.Clone(in.Form.Rows), make([]submission.CityRow, in.ExtraRows)...)
		for i, row := range p.Form.Rows {
			p.Form.Rows[i].City = component.CityName(l, practice.City{Country: practice.Country(row.Country), Name: row.City})
		}
		if len(p.Form.Rows) == 0 {
			p.Form.Rows = make([]submission.CityRow, 1)
		}
	}
	return p
}

// saved lets the script save while the author writes. What an editor corrects is a
// revision each time, so that only the button saves it.
func (p Part) saved(l *locale.Locale) templ.Attributes {
	if p.Closed || p.isCorrected() {
		return nil
	}
	return component.Autosaved(l)
}

// asksForCompletion reports whether the author says when the part is complete.
func (p Part) asksForCompletion() bool {
	return submission.AsksWord(p.Submission, p.Part) && !p.isCorrected()
}

// conflictTitle says who has saved the other text, and when.
func (p Part) conflictTitle(l *locale.Locale) string {
	when := []any{"Date", l.Date(p.Saver.At), "Time", p.Saver.At.UTC().Format("15:04")}
	switch p.Saver.Account {
	case 0:
		return l.T("conflict.title")
	case p.Meta.Viewer.ID:
		return l.T("conflict.own", when...)
	}
	return l.T("conflict.by", append(when, "Name", p.name(l, p.Saver.Account))...)
}

// isPair reports whether another text stands beside the form.
func (p Part) isPair() bool { return p.Conflict || p.Original != nil }

// original is the part of the text that is translated.
func (p Part) original() component.OriginalPart {
	return component.OriginalPart{Original: *p.Original, Part: p.PartInput.Part, Translation: p.Content, Today: p.Now}
}

// completedLabel is what an author says of a part with a tick.
func (p Part) completedLabel(l *locale.Locale) string {
	if p.Original != nil && p.Original.Again {
		return l.T("part.renewed")
	}
	return l.T("part.completed")
}

// partFields lists the fields of the parts that are more than a long text.
var partFields = map[submission.Part][]func(Part) templ.Component{
	submission.TitleAndPlace:            {Part.place},
	submission.Period:                   {Part.period},
	submission.Topics:                   {Part.topics, Part.keywords},
	submission.Pictures:                 {Part.pictures},
	submission.Part(practice.Documents): {Part.textField, Part.documents},
	submission.Part(practice.Contact):   {Part.textField, Part.contact},
}

func (p Part) fields() []func(Part) templ.Component {
	if fields := partFields[p.Part]; fields != nil {
		return fields
	}
	return []func(Part) templ.Component{Part.textField}
}

// rowID is the id of a field in a row of the places. The first row has the plain
// name, to which problems of the whole part link.
func rowID(field string, row int) string {
	if row == 0 {
		return field
	}
	return field + "-" + strconv.Itoa(row+1)
}

// FirstNewRow is the fragment of the row for another city.
func FirstNewRow(c submission.Content) string {
	return "#" + rowID(submission.CountryField, len(submission.CityRows(c)))
}

// textRows is the height of the text box, in lines: enough for the longest text,
// within reason.
func (p Part) textRows() string { return strconv.Itoa(min(18, max(4, p.mostWords()/16))) }

// usedWords counts the words of the text as it is typed.
func (p Part) usedWords() int { return text.CountWords(p.Form.Text) }

// isTooLong reports whether the text must be shortened before submitting. A problem at the
// field says so already.
func (p Part) isTooLong() bool {
	return p.Problems.At(submission.TextField(p.Part)) == "" && p.mostWords() > 0 && p.usedWords() > p.mostWords()
}

// wordLimit is the limit for the script that counts while the author types.
func (p Part) wordLimit() string { return strconv.Itoa(p.mostWords()) }

// mostWords is the most words that the text may have; 0 for no limit.
func (p Part) mostWords() int { return p.MostWords(p.Part) }
