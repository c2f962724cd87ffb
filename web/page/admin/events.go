package admin

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
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
}

// EventsFilter is what an administrator looks for.
type EventsFilter struct {
	Who      string
	Action   string
	Subject  string
	Number   int64
	From, To time.Time // days, the last one included; zero for none
}

// Query is the filter as it stands in an address, for events before a number;
// 0 for the newest.
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

// day is a date as date fields have it.
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

// person is what an account is called.
func (p Events) person(l *locale.Locale, id account.ID) string {
	return ActorName(l, p.People, id)
}

// action is what was done, in the reader's words.
func (p Events) action(l *locale.Locale, name string) string {
	if !slices.Contains(p.Actions, name) {
		return name
	}
	return l.T("event." + name)
}

// subject is what it was done to.
func (p Events) subject(l *locale.Locale, e Event) string {
	switch {
	case e.Subject == "submission":
		return submission.ID(e.Number).Reference()
	case e.Subject == "account", e.Subject == "session": // a session is told by whose it is
		return p.person(l, account.ID(e.Number))
	case e.Number == 0:
		return l.T("events.subject." + e.Subject)
	}
	return l.T("events.numbered", "Subject", l.T("events.subject."+e.Subject), "Number", strconv.FormatInt(e.Number, 10))
}

// about is the record of the same subject.
func (e Event) about(l *locale.Locale) string {
	return link.Events(l.Tag(), EventsFilter{Subject: e.Subject, Number: e.Number}.Query(0))
}

// state is a state or a role as people read it.
func (e Event) state(l *locale.Locale, name string) string {
	switch {
	case e.Subject == "submission" && slices.Contains(submission.States, submission.State(name)):
		return component.State(l, submission.State(name))
	case e.Subject == "account" && account.Role(name).Known():
		return l.T("people.role." + name)
	case e.Subject == "account" && slices.Contains(account.States, account.State(name)):
		return l.T("people.state." + name)
	case e.Subject == "practice" && (name == string(submission.Live) || name == string(submission.Archived)):
		return l.T("events.practice." + name)
	}
	return name
}
