package lists

import (
	"strconv"
	"strings"
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// Bounds of a comparison: with one there is nothing to compare, and five columns are
// too narrow to read.
const (
	FewestCompared = 2
	MostCompared   = 4
)

// CompareInput is what to compare.
type CompareInput struct {
	Chosen    practice.ReadingList // as in the address
	List      practice.ReadingList // from which they were chosen; empty if that is not known
	Practices []practice.Practice  // whole, at most MostCompared
	Left      []practice.Practice  // those beyond
	Missing   practice.ReadingList // those that the catalogue does not have
	Today     time.Time
}

// Compare is the page of practices side by side.
type Compare struct {
	CompareInput
	Meta    frame.Meta
	Columns []browse.Practice
	Rows    []practice.Section // the sections that any of them has
}

// NewCompare makes the page in a reader's language.
func NewCompare(l *locale.Locale, f frame.Frame, in CompareInput) Compare {
	p := Compare{CompareInput: in, Meta: listMeta(l, f, "compare.title")}
	p.Meta.Path, p.Meta.Query = link.Page(l.Tag(), link.ComparePage), queryOf(link.Compare(l.Tag(), in.Chosen, in.List))
	for _, one := range in.Practices {
		p.Columns = append(p.Columns, browse.NewPractice(l, f, browse.PracticeInput{Practice: one, Today: in.Today}))
	}
	for _, name := range practice.Sections {
		for _, column := range p.Columns {
			if section(column, name) != nil {
				p.Rows = append(p.Rows, name)
				break
			}
		}
	}
	return p
}

// queryOf is the query of an address.
func queryOf(address string) string {
	_, query, _ := strings.Cut(address, "?")
	return query
}

// section is a section of a practice; nil if it has none.
func section(p browse.Practice, name practice.Section) *browse.Section {
	for _, s := range p.Sections() {
		if s.Section == name {
			return &s
		}
	}
	return nil
}

// width is the class by which so many columns stand side by side.
func (p Compare) width() string { return "columns c" + strconv.Itoa(len(p.Columns)) }

// back is the list from which the practices were chosen.
func (p Compare) back(l *locale.Locale) string {
	if len(p.List) > 0 {
		return link.ReadingList(l.Tag(), p.List)
	}
	return link.ReadingList(l.Tag(), p.Chosen)
}

// path leads to a practice, with the list.
func (p Compare) path(l *locale.Locale, column browse.Practice) string {
	list := p.List
	if len(list) == 0 {
		list = p.Chosen
	}
	return link.Keeping(link.Practice(l.Tag(), column.Practice.Slug), list)
}

// facts are the rows of few words, each with one value or more for each practice.
func (p Compare) facts(l *locale.Locale) []fact {
	facts := []fact{{Name: "place", Label: l.T("practice.place")}, {Name: "period", Label: l.T("practice.period")},
		{Name: "topics", Label: l.T("facet.topic")}, {Name: "organisation", Label: l.T("practice.organisation")}}
	for _, c := range p.Columns {
		var places, topics []string
		for _, spot := range component.Spots(l, c.Practice.Place) {
			place := spot.Country
			if spot.Cities != "" {
				place = spot.Cities + l.T("place.comma") + place
			}
			places = append(places, place)
		}
		for _, topic := range c.Practice.Topics {
			topics = append(topics, l.T("topic."+string(topic)))
		}
		var organisation []string
		if c.Practice.Organisation != "" {
			organisation = append(organisation, c.Practice.Organisation)
		}
		for i, values := range [][]string{places, {component.Period(l, c.Practice.Period, p.Today)}, topics, organisation} {
			facts[i].Values = append(facts[i].Values, values)
		}
	}
	return facts
}

// fact is a row of few words.
type fact struct {
	Name, Label string
	Values      [][]string // for each practice
}

// titled is a practice that is named, with its text in the reader's language if it has
// one.
func titled(l *locale.Locale, p practice.Practice) practice.Text {
	text, _ := p.Text(practice.Language(l.Tag()))
	return text
}
