package admin

import (
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the forms about a person.
const (
	MailField   = "mail"
	RoleField   = "role"
	LocaleField = "locale"
	CityField   = "city" // followed by "-" and the number of the row
	RowsField   = "rows" // how many rows for cities the form shall have, of the button that adds one
)

// CityID is the name of the field for a city, by its row from 0.
func CityID(row int) string { return CityField + "-" + strconv.Itoa(row) }

// PersonEntry holds the fields of a form about a person, as typed.
type PersonEntry struct {
	Mail   string
	Roles  []account.Role
	Locale string
	Cities []string // "Ioannina, GR"
	Rows   int      // at least so many fields for cities; 0 for the usual number
}

// emptyRows is how many empty fields for cities a form offers.
const emptyRows = 2

// rows are the fields for cities, with empty ones at the end.
func (e PersonEntry) rows() []string {
	rows := make([]string, min(max(len(e.Cities)+emptyRows, e.Rows), account.MaxCities))
	copy(rows, e.Cities)
	return rows
}

// InviteInput is what the form of an invitation shows.
type InviteInput struct {
	Entry    PersonEntry
	Problems component.Problems
	Cities   []practice.City // suggestions, from the catalogue
}

// Invite is the page on which an administrator invites a person.
type Invite struct {
	InviteInput
	Meta frame.Meta
}

// NewInvite makes the page.
func NewInvite(l *locale.Locale, f frame.Frame, in InviteInput) Invite {
	p := Invite{InviteInput: in}
	p.Meta = adminMeta(f, l.T("people.invite"), link.Invite(l.Tag()))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// PersonInput is an account, and what the form for changing it shows.
type PersonInput struct {
	Account  account.Account
	Entry    PersonEntry
	Problems component.Problems
	Cities   []practice.City         // as in InviteInput
	Alone    []submission.Submission // texts in the making that nobody else can open
}

// Person is the page of one account for administrators.
type Person struct {
	PersonInput
	Meta frame.Meta
}

// NewPerson makes the page.
func NewPerson(l *locale.Locale, f frame.Frame, in PersonInput) Person {
	p := Person{PersonInput: in}
	p.Meta = adminMeta(f, displayName(l, p.Account), link.Person(l.Tag(), p.Account.ID))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// leaves reports whether nobody can go on with the texts that are this person's only.
func (p Person) leaves() bool {
	return p.Account.State != account.Active || !p.Account.Is(account.Officer)
}

// own reports whether it is the viewer's own account, which the viewer may not
// change.
func (p Person) own() bool { return p.Account.ID == p.Meta.Viewer.ID }

// ConfirmationInput is an action on an account that needs a confirmation.
type ConfirmationInput struct {
	Account account.Account
	Action  string // as in the address; its words are messages "person.<action>.…"
}

// Confirmation is the page that asks whether to take the action.
type Confirmation struct {
	ConfirmationInput
	Meta frame.Meta
}

// NewConfirmation makes the page.
func NewConfirmation(l *locale.Locale, f frame.Frame, in ConfirmationInput) Confirmation {
	title := l.T("person."+in.Action+".title", "Name", displayName(l, in.Account))
	return Confirmation{in, adminMeta(f, title, link.PersonPage(l.Tag(), in.Account.ID, in.Action))}
}
