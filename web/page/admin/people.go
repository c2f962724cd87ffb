// Package admin has the pages of administrators: people, the event log, the mail
// queue, and the mails of a site that is only tried out.
package admin

import (
	"net/url"
	"strconv"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// People is the list of accounts.
type People struct {
	Meta   frame.Meta
	Filter PeopleFilter
	List   []account.Account
	Total  int
	Page   int
	Pages  int
}

// PeopleFilter is what an administrator looks for.
type PeopleFilter struct {
	Words string
	Role  account.Role
	State account.State
}

// Query is the filter as it stands in an address, on one page of the list.
func (f PeopleFilter) Query(page int) string {
	q := url.Values{}
	set(q, "q", f.Words)
	set(q, "role", string(f.Role))
	set(q, "state", string(f.State))
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return q.Encode()
}

func set(q url.Values, name, value string) {
	if value != "" {
		q.Set(name, value)
	}
}

// NewPeople makes the page.
func NewPeople(l *locale.Locale, f frame.Frame, p People) People {
	p.Meta = keeperMeta(l, f, l.T("people.title"), link.People(l.Tag(), ""))
	p.Meta.Query = p.Filter.Query(p.Page)
	p.Meta.Narrow = false
	return p
}

// keeperMeta is what a page for administrators says about itself.
func keeperMeta(l *locale.Locale, f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true,
		Skip: frame.ToContent, Current: link.PeoplePage}
}

// called is what a person is called in a list: whoever has not joined yet by the
// mail address.
func called(l *locale.Locale, a account.Account) string {
	switch {
	case a.State == account.Erased || a.ID == 0:
		return l.T("people.erased")
	case a.Name != "":
		return a.Name
	}
	return a.Mail
}

// stamp is a moment as administrators read it: to the minute, in UTC, as in the
// log of the program.
func stamp(l *locale.Locale, t time.Time) string {
	return l.T("people.stamp", "Date", l.Date(t.UTC()), "Time", t.UTC().Format("15:04"))
}

// Called is what one of these people is called; 0 is the program itself.
func Called(l *locale.Locale, people map[account.ID]account.Account, id account.ID) string {
	if id == 0 {
		return l.T("events.program")
	}
	return called(l, people[id])
}
