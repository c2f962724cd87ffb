package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// EventsInput is a page of the event log.
type EventsInput struct {
	Filter   EventsFilter
	List     []Event                        // the newest first
	Actions  []string                       // to choose from
	Subjects []string                       // likewise
	Older    int64                          // number before which there are older events; 0 for none
	First    bool                           // whether these are the newest
	People   map[account.ID]account.Account // named by the events
}

// Events is the page of the event log.
type Events struct {
	EventsInput
	Meta frame.Meta
}

// Event is one entry of the log.
type Event struct {
	At      time.Time
	By      account.ID // 0 for the program
	Action  string
	Subject string
	Number  int64
	From    string
	To      string

	Concerned account.ID    // whom it concerns besides the subject; 0 for nobody
	First     submission.ID // the first submission of the practice of the submission
	Title     string        // of the submission or the practice
	Cause     submission.Cause
	Reason    string
	Language  practice.Language // of the reason; empty for unknown
}

// EventsFilter says which events are listed. Zero fields filter nothing.
type EventsFilter struct {
	Who      string
	Action   string
	Subject  string
	Number   int64
	From, To time.Time // days, the last one included; zero for none
}

// Query writes the filter as the query of an address, for the events before a
// number; 0 for the newest.
func (f EventsFilter) Query(before int64) string {
	q := url.Values{}
	set(q, "who", f.Who)
	set(q, "action", f.Action)
	set(q, "subject", f.Subject)
	set(q, "number", f.number())
	set(q, "from", day(f.From))
	set(q, "to", day(f.To))
	if before > 0 {
		q.Set("before", strconv.FormatInt(before, 10))
	}
	return q.Encode()
}

func (f EventsFilter) number() string {
	if f.Number == 0 {
		return ""
	}
	return strconv.FormatInt(f.Number, 10)
}

// day writes a date as the value of a date field.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// NewEvents makes the page.
func NewEvents(l *locale.Locale, f frame.Frame, in EventsInput) Events {
	p := Events{EventsInput: in}
	p.Meta = adminMeta(f, l.T("events.title"), link.Events(l.Tag(), ""))
	p.Meta.Query = p.Filter.Query(0)
	p.Meta.Narrow = false
	return p
}

// person is the name of an account.
func (p Events) person(l *locale.Locale, id account.ID) string {
	return ActorName(l, p.People, id)
}

// action is the name of an action in the reader's language.
func (p Events) action(l *locale.Locale, name string) string {
	if !slices.Contains(p.Actions, name) {
		return name
	}
	return l.T("event." + name)
}

// SubjectName names the subject of an event: a person, a city, a text by its title.
func SubjectName(l *locale.Locale, people map[account.ID]account.Account, e Event) string {
	if e.Title != "" && e.Subject != "city" {
		return e.Title
	}
	return Events{EventsInput: EventsInput{People: people}}.subject(l, e)
}

// subject names what an event was about.
func (p Events) subject(l *locale.Locale, e Event) string {
	switch {
	case e.Number == 0:
		return l.T("events.subject." + e.Subject)
	case e.Subject == "submission":
		return submission.Submission{ID: submission.ID(e.Number), First: e.First}.Reference()
	case e.Subject == "city" && e.Title != "":
		return cityName(l, e.Title)
	case e.Subject == "account", e.Subject == "session": // a session is known by its account
		return p.person(l, account.ID(e.Number))
	}
	return l.T("events.numbered", "Subject", l.T("events.subject."+e.Subject), "Number", strconv.FormatInt(e.Number, 10))
}

// Why is the reason of an event: the common one in the reader's language, then an
// editor's words.
func Why(l *locale.Locale, cause submission.Cause, words string) string {
	if !cause.Known() {
		return words
	}
	return submission.Explanation(l.T("cause."+string(cause)), words)
}

// logOfSubject links to the events of the same subject.
func (e Event) logOfSubject(l *locale.Locale) string {
	return link.Events(l.Tag(), EventsFilter{Subject: e.Subject, Number: e.Number}.Query(0))
}

// cityName is what readers call a city that an event names.
func cityName(l *locale.Locale, text string) string {
	if c, ok := account.ParseCity(text); ok {
		return c.In(practice.Language(l.Tag()))
	}
	return text
}

// granted names roles, and the cities after them; ok is false for what is neither.
func granted(l *locale.Locale, text string) (names string, ok bool) {
	var list []account.Role
	var cities []string
	for i, one := range strings.Split(text, account.GrantSeparator) {
		if c, ok := account.ParseCity(one); ok {
			cities = append(cities, c.In(practice.Language(l.Tag())))
		} else if list = roles(one); i > 0 || len(list) == 0 {
			return "", false
		}
	}
	switch {
	case len(list) == 0:
		return l.And(cities), true
	case len(cities) == 0:
		return component.Roles(l, list), true
	}
	return component.Roles(l, list) + l.T("place.colon") + l.And(cities), true
}

// roles reads the roles that an event names; none where it names something else.
func roles(names string) []account.Role {
	var list []account.Role
	for name := range strings.SplitSeq(names, account.RoleSeparator) {
		if r := account.Role(name); r.Known() {
			list = append(list, r)
		}
	}
	return list
}

// state is the name of a state or of roles in the reader's language.
func (e Event) state(l *locale.Locale, name string) string {
	switch {
	case e.Subject == "submission" && slices.Contains(submission.States, submission.State(name)):
		return component.State(l, submission.State(name))
	case e.Subject == "account" && slices.Contains(account.States, account.State(name)):
		return l.T("people.state." + name)
	case e.Subject == "practice" && (name == string(submission.Live) || name == string(submission.Archived)):
		return l.T("events.practice." + name)
	case e.Subject == "collection":
		return l.T("collection.state." + name)
	}
	if names, ok := granted(l, name); ok && e.Subject == "account" {
		return names
	}
	return name
}
