package admin

import (
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the forms about a person.
const (
	MailField   = "mail"
	RoleField   = "role"
	LocaleField = "locale"
	CityField   = "city" // followed by "-" and the number of the row
)

// CityID is the name of a row in which a city is typed.
func CityID(row int) string { return CityField + "-" + strconv.Itoa(row) }

// PersonEntry is what is typed about a person.
type PersonEntry struct {
	Mail   string
	Role   account.Role
	Locale string
	Cities []string // as typed, "Ioannina, GR"
}

// entryRows is how many empty rows for cities a form offers beside those that
// are filled in.
const entryRows = 2

// rows are the cities with room for more.
func (e PersonEntry) rows() []string {
	rows := append(e.Cities[:len(e.Cities):len(e.Cities)], make([]string, entryRows)...)
	return rows[:min(len(rows), account.MaxCities)]
}

// Invite is the form by which somebody is invited.
type Invite struct {
	Meta     frame.Meta
	Entry    PersonEntry
	Problems component.Problems
	Cities   []practice.City // of the catalogue, to be suggested
}

// NewInvite makes the page.
func NewInvite(l *locale.Locale, f frame.Frame, p Invite) Invite {
	p.Meta = keeperMeta(l, f, l.T("people.invite"), link.Invite(l.Tag()))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// Person is one account, as an administrator sees it.
type Person struct {
	Meta     frame.Meta
	Account  account.Account
	Entry    PersonEntry
	Problems component.Problems
	Cities   []practice.City
}

// NewPerson makes the page.
func NewPerson(l *locale.Locale, f frame.Frame, p Person) Person {
	p.Meta = keeperMeta(l, f, called(l, p.Account), link.Person(l.Tag(), p.Account.ID))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// own reports whether it is the viewer's own account, whose office the viewer
// cannot give up.
func (p Person) own() bool { return p.Account.ID == p.Meta.Viewer.ID }

// AccountConfirmation asks before something is done with an account. Its words are messages
// "person.<act>.…".
type AccountConfirmation struct {
	Meta    frame.Meta
	Account account.Account
	Act     string // as in the address
}

// NewAccountConfirmation makes the page.
func NewAccountConfirmation(l *locale.Locale, f frame.Frame, a account.Account, act string) AccountConfirmation {
	return AccountConfirmation{keeperMeta(l, f, l.T("person."+act+".title", "Name", called(l, a)), link.PersonPage(l.Tag(), a.ID, act)), a, act}
}
