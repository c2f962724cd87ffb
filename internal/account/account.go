// Package account describes the people of the catalogue: their roles, their cities
// and who is viewing a page. It knows neither how they sign in nor where accounts
// are stored.
package account

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// ID is the number of an account; 0 stands for no account.
type ID int64

// Role is what an account is for. It has one or several: an officer of one city can
// decide as an editor about the texts of others.
type Role string

// The roles.
const (
	Officer       Role = "officer" // submits practices of their cities
	Editor        Role = "editor"  // decides about submissions
	Administrator Role = "administrator"
)

// Roles lists the roles in the order in which people are offered them.
var Roles = []Role{Officer, Editor, Administrator}

// GrantSeparator stands between roles and cities in the record of events.
const GrantSeparator = "; "

// RoleSeparator stands between the names of several roles in the record of events.
const RoleSeparator = ","

// Ranked sorts roles: the highest, which programs that know of one role only take for
// the whole, and the others from the next highest on. Unknown ones and doubles are left
// out; highest is empty if none is known.
func Ranked(roles []Role) (highest Role, also []Role) {
	for _, r := range slices.Backward(Roles) {
		switch {
		case !slices.Contains(roles, r):
		case highest == "":
			highest = r
		default:
			also = append(also, r)
		}
	}
	return highest, also
}

// inOrder lists the roles of somebody in the order of Roles.
func inOrder(role Role, also []Role) []Role {
	var list []Role
	for _, r := range Roles {
		if r == role || slices.Contains(also, r) {
			list = append(list, r)
		}
	}
	return list
}

// Known reports whether the role is one of the three.
func (r Role) Known() bool { return slices.Contains(Roles, r) }

// State says whether an account can be used.
type State string

// The states. An account is never deleted: what it wrote stays.
const (
	Invited  State = "invited"  // the link has not been used yet
	Active   State = "active"   // may sign in
	Disabled State = "disabled" // may not, until an administrator changes it
	Erased   State = "erased"   // blanked on request, for ever
)

// States lists the states in the order in which people are offered them.
var States = []State{Invited, Active, Disabled, Erased}

// City is a city that an officer speaks for, identified by country and slug.
type City struct {
	Country practice.Country
	Slug    string
	Name    string
}

// Same reports whether two values are the same city, however its name is spelt.
func (c City) Same(other City) bool { return c.Country == other.Country && c.Slug == other.Slug }

// NewCity returns the city of that name, with the slug made of it.
func NewCity(country practice.Country, name string) City {
	return City{country, practice.Slugify(name), name}
}

// Account is a person's account.
type Account struct {
	ID        ID
	Role      Role   // the highest
	Also      []Role // the others, from the next highest on
	State     State
	Name      string // as others see it; empty once erased
	Mail      string // empty once erased
	Locale    string // tag of the interface language that mails are written in
	Cities    []City // of an officer
	Password  bool   // whether one is set
	TwoFactor bool   // whether a second factor is asked for
	Passkeys  int
	Created   time.Time
	SignedIn  time.Time // the last time; zero for never
	Failures  int       // wrong passwords since then
}

// Is reports whether the account has a role.
func (a Account) Is(r Role) bool { return a.Role == r || slices.Contains(a.Also, r) }

// Roles lists the roles of the account in their order.
func (a Account) Roles() []Role { return inOrder(a.Role, a.Also) }

// Viewer is the owner of the account as somebody who makes a request.
func (a Account) Viewer() Viewer {
	return Viewer{ID: a.ID, Role: a.Role, Also: a.Also, Name: a.Name, Cities: a.Cities}
}

// Viewer is the person who makes a request. The zero value has not signed in.
type Viewer struct {
	ID     ID
	Role   Role   // the highest
	Also   []Role // the others
	Name   string
	Cities []City
}

// Is reports whether the viewer has a role.
func (v Viewer) Is(r Role) bool { return v.ID != 0 && (v.Role == r || slices.Contains(v.Also, r)) }

// Roles lists the roles of the viewer in their order.
func (v Viewer) Roles() []Role { return inOrder(v.Role, v.Also) }

// Stranger reports whether the viewer has not signed in.
func (v Viewer) Stranger() bool { return v.ID == 0 }

// SpeaksFor reports whether the viewer is an officer of one of the cities.
func (v Viewer) SpeaksFor(cities []City) bool {
	return v.Is(Officer) && slices.ContainsFunc(cities, func(c City) bool { return slices.ContainsFunc(v.Cities, c.Same) })
}

// Maximum lengths: of a name in characters, of a mail address in bytes (RFC 5321
// allows no longer path).
const (
	MaxName = 200
	MaxMail = 254
)

// ParseMail reads one bare mail address such as "ana@city.example", without the space
// and the invisible characters around it that come with copied text. A domain in another
// script becomes ASCII, so that one address is one account however it is typed. ok is
// false for everything else, including addresses with names or comments, those whose
// domain has no dot, for no mail from outside reaches them, and those with a local part
// beyond ASCII, which few mail servers take (RFC 6531).
func ParseMail(typed string) (address string, ok bool) {
	typed = strings.TrimFunc(typed, text.Unseen)
	at := strings.LastIndexByte(typed, '@')
	if at < 0 || len(typed) > MaxMail || strings.ContainsFunc(typed, text.Unseen) || !isASCII(typed[:at]) {
		return "", false
	}
	domain := typed[at+1:]
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(ascii, ".") {
		return "", false
	}
	if !isASCII(domain) || !strings.EqualFold(ascii, domain) { // else it stays as it was typed; some letters beyond ASCII fold to it
		domain = ascii
	}
	address = typed[:at+1] + domain
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > MaxMail {
		return "", false
	}
	return address, true
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// ParseName reads a person's name: valid UTF-8 of 1 to MaxName characters. Runs of
// white space become one space.
func ParseName(typed string) (name string, ok bool) {
	name = strings.Join(strings.Fields(typed), " ")
	ok = !text.Blank(name) && utf8.ValidString(name) && !strings.ContainsRune(name, 0) && utf8.RuneCountInString(name) <= MaxName
	return name, ok
}
