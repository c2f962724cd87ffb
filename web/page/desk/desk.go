// Package desk has the pages on which editors read and decide: the list of what
// waits, the review, corrections, history and statistics.
package desk

import (
	"cmp"
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Queue is what the list of the desk is made of.
type Queue struct {
	frame.Frame
	Filter     submission.DeskFilter
	List       []submission.Submission
	States     map[submission.State]int // of all there are
	Languages  []practice.Language      // to choose from
	Cities     []string                 // slugs, likewise
	Names      component.Names
	Now        time.Time
	ReviewDays int // within which editors mean to decide
}

// Desk is the list of what waits for editors.
type Desk struct {
	Queue
	Meta frame.Meta
}

// NewDesk makes the page.
func NewDesk(l *locale.Locale, q Queue) Desk {
	meta := frame.Meta{Frame: q.Frame, Title: l.T("desk.title"), Path: link.Desk(l.Tag()), Query: q.Filter.Query().Encode(), Unlisted: true,
		Skip: frame.Skip{Target: "count", Key: "layout.skip.results"}, Current: link.DeskPage, Working: true}
	return Desk{Queue: q, Meta: meta}
}

// Days is how many whole days something has lasted.
func Days(since, now time.Time) int { return max(0, int(now.Sub(since).Hours()/24)) }

// daysWords writes a number of whole days.
func daysWords(l *locale.Locale, days int) string {
	if days == 0 {
		return l.T("desk.today")
	}
	return l.N("desk.days", days)
}

// days is how long a submission has been in its state.
func (q Queue) days(s submission.Submission) int { return Days(s.Since, q.Now) }

func (q Queue) overdue(s submission.Submission) bool {
	return s.Overdue(time.Duration(q.ReviewDays)*24*time.Hour, q.Now)
}

// late is how many of the list are overdue.
func (q Queue) late() int {
	n := 0
	for _, s := range q.List {
		if q.overdue(s) {
			n++
		}
	}
	return n
}

// heading says how many there are.
func (d Desk) heading(l *locale.Locale) string {
	if d.Filter.State == "" {
		return l.N("desk.waiting", len(d.List))
	}
	return l.N("desk.found", len(d.List))
}

// Option is a value that a form offers.
type Option struct {
	Value, Label string
	Chosen       bool
}

func (d Desk) stateOptions(l *locale.Locale) []Option {
	list := []Option{}
	total := 0
	for _, state := range submission.DeskStates() {
		total += d.States[state]
		value, label := string(state), component.State(l, state)
		if state == submission.Submitted {
			value, label = "", l.T("desk.state.waiting")
		}
		list = append(list, Option{value, l.T("desk.option", "Label", label, "Count", d.States[state]), d.Filter.State == value})
	}
	return append(list, Option{submission.AnyState, l.T("desk.option", "Label", l.T("desk.state.all"), "Count", total), d.Filter.State == submission.AnyState})
}

func (d Desk) languageOptions(l *locale.Locale) []Option {
	list := []Option{}
	for _, language := range d.Languages {
		list = append(list, Option{string(language), l.Language(string(language)), d.Filter.Language == language})
	}
	slices.SortFunc(list, func(a, b Option) int { return l.Compare(a.Label, b.Label) })
	return slices.Insert(list, 0, Option{"", l.T("desk.any"), d.Filter.Language == ""})
}

func (d Desk) cityOptions(l *locale.Locale) []Option {
	list := []Option{{"", l.T("desk.any"), d.Filter.City == ""}}
	for _, city := range d.Cities {
		list = append(list, Option{city, city, d.Filter.City == city})
	}
	return list
}

func (d Desk) assigneeOptions(l *locale.Locale) []Option {
	chosen := d.Filter.Assignee
	return []Option{{"", l.T("desk.anybody"), chosen == ""}, {submission.Mine, l.T("desk.me"), chosen == submission.Mine}, {submission.Unassigned, l.T("desk.nobody"), chosen == submission.Unassigned}}
}

// nameOf is the name of a person; an erased account has none.
func nameOf(l *locale.Locale, names component.Names, id account.ID) string {
	return cmp.Or(names[id], l.T("submission.somebody"))
}
