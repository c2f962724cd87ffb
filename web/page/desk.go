package page

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
)

// What the list of the desk can be narrowed to beside states, languages and
// cities.
const (
	Everything = "all" // whatever its state
	Mine       = "me"
	Nobodys    = "nobody"
)

// Narrowed is what an address of the desk asks for. The zero value is what
// waits.
type Narrowed struct {
	State    string // a state, or Everything; empty for what waits for a decision
	Language practice.Language
	City     string // slug
	Assignee string // Mine, Nobodys; empty for anybody
}

// ParseNarrowed reads the query of an address; what it does not know it drops.
func ParseNarrowed(q url.Values) Narrowed {
	n := Narrowed{State: q.Get("state"), Language: practice.Language(q.Get("language")), City: q.Get("city"), Assignee: q.Get("assignee")}
	if n.State != Everything && !slices.Contains(deskStates, submission.State(n.State)) || n.State == string(submission.Submitted) {
		n.State = ""
	}
	if !n.Language.Known() {
		n.Language = ""
	}
	if practice.Slugify(n.City) != n.City {
		n.City = ""
	}
	if n.Assignee != Mine && n.Assignee != Nobodys {
		n.Assignee = ""
	}
	return n
}

// deskStates are the states that editors are offered.
var deskStates = []submission.State{submission.Submitted, submission.ChangesRequested, submission.Draft, submission.Approved,
	submission.Rejected, submission.Discarded}

// States are those that the list is to show.
func (n Narrowed) States() []submission.State {
	switch n.State {
	case Everything:
		return deskStates
	case "":
		return []submission.State{submission.Submitted}
	}
	return []submission.State{submission.State(n.State)}
}

// Query is the canonical query, without what asks for nothing.
func (n Narrowed) Query() url.Values {
	q := url.Values{}
	for _, one := range []struct{ name, value string }{{"state", n.State}, {"language", string(n.Language)}, {"city", n.City}, {"assignee", n.Assignee}} {
		if one.value != "" {
			q.Set(one.name, one.value)
		}
	}
	return q
}

// Queue is what the list of the desk is made of.
type Queue struct {
	component.Frame
	Narrowed   Narrowed
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
	Meta component.Meta
}

// NewDesk makes the page.
func NewDesk(l *locale.Locale, q Queue) Desk {
	meta := component.Meta{Frame: q.Frame, Title: l.T("desk.title"), Path: link.Desk(l.Tag()), Query: q.Narrowed.Query().Encode(), Unlisted: true,
		Skip: component.Skip{Target: "count", Key: "layout.skip.results"}, Current: link.DeskPage, Working: true}
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
	if d.Narrowed.State == "" {
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
	for _, state := range deskStates {
		total += d.States[state]
		value, label := string(state), component.State(l, state)
		if state == submission.Submitted {
			value, label = "", l.T("desk.state.waiting")
		}
		list = append(list, Option{value, l.T("desk.option", "Label", label, "Count", d.States[state]), d.Narrowed.State == value})
	}
	return append(list, Option{Everything, l.T("desk.option", "Label", l.T("desk.state.all"), "Count", total), d.Narrowed.State == Everything})
}

func (d Desk) languageOptions(l *locale.Locale) []Option {
	list := []Option{}
	for _, language := range d.Languages {
		list = append(list, Option{string(language), l.Language(string(language)), d.Narrowed.Language == language})
	}
	slices.SortFunc(list, func(a, b Option) int { return l.Compare(a.Label, b.Label) })
	return slices.Insert(list, 0, Option{"", l.T("desk.any"), d.Narrowed.Language == ""})
}

func (d Desk) cityOptions(l *locale.Locale) []Option {
	list := []Option{{"", l.T("desk.any"), d.Narrowed.City == ""}}
	for _, city := range d.Cities {
		list = append(list, Option{city, city, d.Narrowed.City == city})
	}
	return list
}

func (d Desk) assigneeOptions(l *locale.Locale) []Option {
	chosen := d.Narrowed.Assignee
	return []Option{{"", l.T("desk.anybody"), chosen == ""}, {Mine, l.T("desk.me"), chosen == Mine}, {Nobodys, l.T("desk.nobody"), chosen == Nobodys}}
}

// nameOf is what somebody is called; whoever was erased has no name.
func nameOf(l *locale.Locale, names component.Names, id account.ID) string {
	return cmp.Or(names[id], l.T("submission.somebody"))
}
