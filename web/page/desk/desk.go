// Package desk has the pages on which editors read and decide: the list of
// submissions, the review, corrections, history and statistics.
package desk

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// DeskInput is the list of submissions for editors, and what it can be filtered
// by.
type DeskInput struct {
	Enquiries   int // open ones
	Filter      submission.DeskFilter
	List        []submission.Submission // one page of it
	Total       int                     // on all pages
	Late        int                     // likewise
	Pages       int
	States      map[submission.State]int // how many there are of each, unfiltered
	Languages   []practice.Language      // to choose from
	Cities      []practice.City          // to choose from
	Editors     []account.Account        // to whom they can be assigned
	Marks       map[submission.ID]Marks
	Corrections []submission.Submission // that the viewer has begun and not published
	Names       component.Names
	Now         time.Time
	ReviewDays  int // after which a submission is overdue
	Settings    submission.Settings
}

// Desk is the list of submissions for editors.
type Desk struct {
	DeskInput
	Meta frame.Meta
}

// NewDesk makes the page.
func NewDesk(l *locale.Locale, f frame.Frame, in DeskInput) Desk {
	meta := deskMeta(f, l.T("desk.title"), link.Desk(l.Tag()))
	meta.Query = in.Filter.Query().Encode()
	meta.Skip = frame.Skip{Target: "count", Key: "layout.skip.results"}
	meta.Scripts = []string{shortcutScript}
	return Desk{DeskInput: in, Meta: meta}
}

// wholeDays is how many whole days have passed.
func wholeDays(since, now time.Time) int { return max(0, int(now.Sub(since).Hours()/24)) }

func daysLabel(l *locale.Locale, days int) string {
	if days == 0 {
		return l.T("desk.today")
	}
	return l.N("desk.days", days)
}

func (d Desk) isOverdue(s submission.Submission) bool {
	return s.Overdue(time.Duration(d.ReviewDays)*24*time.Hour, d.Now)
}

// heading says how many submissions are listed.
func (d Desk) heading(l *locale.Locale) string {
	if d.Filter.State == "" {
		return l.N("desk.waiting", d.Total)
	}
	return l.N("desk.found", d.Total)
}

// strayLabels are the labels of the parameters of the form.
var strayLabels = map[string]string{"state": "desk.by_state", "assignee": "desk.by_assignee", "language": "desk.by_language", "city": "desk.by_city", "sort": "desk.sort"}

// strays say which values of the address are none.
func (d Desk) strays(l *locale.Locale) []string {
	var list []string
	for _, s := range d.Filter.Strays() {
		list = append(list, l.T("reading.stray", "Values", l.T("browse.words", "Words", s.Value), "Facet", l.T(strayLabels[s.Parameter])))
	}
	return list
}

// Option is a value to choose in a form.
type Option struct {
	Value, Label string
	Chosen       bool
}

func (d Desk) stateOptions(l *locale.Locale) []Option {
	list := []Option{}
	total := 0
	for _, state := range submission.DeskStates() {
		total += d.States[state]
		if never := state == submission.Draft || state == submission.Discarded; never && d.States[state] == 0 && d.Filter.State != string(state) {
			continue // editors have none but what was withdrawn
		}
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
	list := []Option{}
	for _, city := range d.Cities {
		slug := practice.Slugify(city.Name)
		list = append(list, Option{slug, component.CityName(l, city), d.Filter.City == slug})
	}
	slices.SortFunc(list, func(a, b Option) int { return l.Compare(a.Label, b.Label) })
	return slices.Insert(list, 0, Option{"", l.T("desk.any"), d.Filter.City == ""})
}

func (d Desk) orderOptions(l *locale.Locale) []Option {
	list := []Option{}
	for _, order := range submission.Orders {
		list = append(list, Option{string(order), l.T("desk.sort." + cmp.Or(string(order), "oldest")), d.Filter.Order == order})
	}
	return list
}

// pageAddress is the address of a page of the list.
func (d Desk) pageAddress(l *locale.Locale, page int) string {
	return link.DeskQuery(l.Tag(), d.Filter.OnPage(page).Query())
}

// wider is the same search in submissions of all states; ok is false if this is it, or
// there are no words.
func (d Desk) wider(l *locale.Locale) (address string, ok bool) {
	f := submission.DeskFilter{State: submission.AnyState, Words: d.Filter.Words}
	return link.DeskQuery(l.Tag(), f.Query()), f.Words != "" && d.Filter.OnPage(1).WithoutStrays() != f
}

func (d Desk) assigneeOptions(l *locale.Locale) []Option {
	chosen := d.Filter.Assignee
	return []Option{
		{"", l.T("desk.anybody"), chosen == ""},
		{submission.Mine, l.T("desk.me"), chosen == submission.Mine},
		{submission.Unassigned, l.T("desk.nobody"), chosen == submission.Unassigned},
	}
}

// takeLabel is what the button says with which a viewer takes a submission.
func takeLabel(l *locale.Locale, s submission.Submission) string {
	if submission.HeldBy(s, account.Viewer{}) == 0 {
		return l.T("review.take_free")
	}
	return l.T("review.take")
}

// nameOf is the name of a person. Erased accounts have none.
// ListField says that a submission is assigned from the list, to which the answer leads
// back.
const ListField = "list"

// entryID is the ID of the link to a submission in the list.
func entryID(id submission.ID) string { return "submission-" + strconv.FormatInt(int64(id), 10) }

// Entry is the address of a submission in the list of the desk with this filter.
func Entry(tag string, filter submission.DeskFilter, id submission.ID) string {
	return link.DeskQuery(tag, filter.Query()) + "#" + entryID(id)
}

func nameOf(l *locale.Locale, names component.Names, id account.ID) string {
	return cmp.Or(names[id], l.T("submission.somebody"))
}
