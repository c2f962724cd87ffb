package page

import (
	"slices"
	"strconv"
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/text"
	"exempla/web/component"
)

// CityRow is one line of the places: a country, and a city of it or none.
type CityRow struct{ Country, City string }

// Entered is what the form of a part holds: as it is stored, or as somebody
// typed it, right or wrong.
type Entered struct {
	Title, Organisation            string
	Rows                           []CityRow
	National                       bool
	StartMonth, StartYear          string
	EndMonth, EndYear              string
	Ongoing                        bool
	Topics                         []string
	Text                           string
	NamesPerson, Agrees, Completed bool
}

// EnteredOf is the form of a part as it is stored.
func EnteredOf(c submission.Content, p submission.Part) Entered {
	e := Entered{Title: c.Title, Organisation: c.Organisation, Rows: rowsOf(c), National: c.National, Ongoing: c.Period.Ongoing,
		Text: c.Text(p), NamesPerson: c.NamesPerson, Agrees: c.PersonAgrees, Completed: c.Is(p)}
	e.StartMonth, e.StartYear = dateTexts(c.Period.Start)
	e.EndMonth, e.EndYear = dateTexts(c.Period.End)
	for _, topic := range c.Topics {
		e.Topics = append(e.Topics, string(topic))
	}
	return e
}

// rowsOf lists the cities, then the countries without one.
func rowsOf(c submission.Content) []CityRow {
	var rows []CityRow
	for _, city := range c.Cities {
		rows = append(rows, CityRow{string(city.Country), city.Name})
	}
	for _, country := range c.Countries {
		if !slices.ContainsFunc(rows, func(r CityRow) bool { return r.Country == string(country) }) {
			rows = append(rows, CityRow{Country: string(country)})
		}
	}
	return rows
}

func dateTexts(d practice.Date) (month, year string) {
	if d.Month != 0 {
		month = strconv.Itoa(int(d.Month))
	}
	if d.Year != 0 {
		year = strconv.Itoa(d.Year)
	}
	return month, year
}

// Filling is somebody filling in one part.
type Filling struct {
	Work
	Part     submission.Part
	Entered  Entered
	Seen     string // digest of the part that the form was made of
	Found    []submission.Problem
	MoreRows int             // empty rows for cities wanted beside the first
	Checking bool            // saving leads back to checking the answers
	Conflict bool            // somebody else has saved another text meanwhile
	Cities   []practice.City // to suggest
	Original *component.Said // the text to be translated
	Files    Handed
}

// Part is the form of one part.
type Part struct {
	Filling
	Meta      component.Meta
	Problems  component.Problems
	Countries []Choice
}

// NewPart makes the page.
func NewPart(l *locale.Locale, f Filling) Part {
	p := Part{Filling: f, Meta: workMeta(l, f.Frame, component.PartName(l, f.Part)+" – "+f.Content.Title, link.Part(l.Tag(), f.ID, f.Part))}
	p.Meta.Scripts = []string{"draft.js"}
	p.Meta.Narrow = !f.Conflict && f.Original == nil
	p.Problems = component.SubmissionProblems(l, f.Found, nil)
	p.Meta.Problems = len(p.Problems) > 0
	if HasFiles(f.Part) {
		p.hand(l)
	}
	if f.Part == submission.TitleAndPlace {
		p.Countries = countryChoices(l)
		p.Entered.Rows = append(slices.Clone(f.Entered.Rows), make([]CityRow, f.MoreRows)...)
		if len(p.Entered.Rows) == 0 {
			p.Entered.Rows = make([]CityRow, 1)
		}
	}
	return p
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
	return "#" + rowID(submission.CountryField, len(rowsOf(c)))
}

// textRows is how high the box of a text is: high enough to see what fits.
func (p Part) textRows() string { return strconv.Itoa(min(18, max(4, p.Part.Words()/16))) }

// usedWords counts the words of the text as it is typed.
func (p Part) usedWords() int { return text.CountWords(p.Entered.Text) }

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
