// Package admin has the pages for administrators: people, the event log, the mail
// queue, and the outbox of a trial site.
package admin

import (
	"net/url"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// PeopleInput is one page of the accounts that a filter finds.
type PeopleInput struct {
	Filter PeopleFilter
	List   []account.Account
	Total  int // accounts on all pages
	Page   int // from 1
	Pages  int
}

// People is the list of accounts.
type People struct {
	PeopleInput
	Meta frame.Meta
}

// PeopleFilter says which accounts are listed. Zero fields filter nothing.
type PeopleFilter struct {
	Words string
	Role  account.Role
	State account.State
}

// Query writes the filter as the query of an address, for a page of the list.
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
func NewPeople(l *locale.Locale, f frame.Frame, in PeopleInput) People {
	p := People{PeopleInput: in}
	p.Meta = adminMeta(f, l.T("people.title"), link.People(l.Tag(), ""))
	p.Meta.Query = p.Filter.Query(p.Page)
	p.Meta.Narrow = false
	return p
}

// adminMeta describes a page for administrators.
func adminMeta(f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true,
		Skip: frame.ToContent, Current: link.PeoplePage}
}

// displayName is the name of a person in a list, or the mail address of one who
// has not joined yet.
func displayName(l *locale.Locale, a account.Account) string {
	switch {
	case a.State == account.Erased || a.ID == 0:
		return l.T("people.erased")
	case a.Name != "":
		return a.Name
	}
	return a.Mail
}

// Doer is the name of who did something: an account, the program itself, or a reader.
func Doer(l *locale.Locale, people map[account.ID]account.Account, id account.ID, action string) string {
	if id == 0 && action == string(enquiry.Send) {
		return l.T("events.reader")
	}
	return ActorName(l, people, id)
}

// ActorName is the name of an account; 0 is the program itself.
func ActorName(l *locale.Locale, people map[account.ID]account.Account, id account.ID) string {
	if id == 0 {
		return l.T("events.program")
	}
	return displayName(l, people[id])
}
