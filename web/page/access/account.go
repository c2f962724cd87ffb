package access

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// AccountInput is what an account's owner sees of it.
type AccountInput struct {
	Problems component.Problems
	Account  account.Account
	Passkeys []Passkey
	Usable   bool // whether passkeys can be used on this site at all
	Codes    int  // recovery codes left
	Sessions []Session
}

// Account is the page about one's own account.
type Account struct {
	AccountInput
	Meta frame.Meta
}

// Passkey is one passkey of the account.
type Passkey struct {
	Number        int64
	Name          string
	Created, Used time.Time // Used is zero for never
}

// Session is a browser in which the account is signed in.
type Session struct {
	Agent   string // the User-Agent header
	Seen    time.Time
	Current bool
}

// NewAccount makes the page.
func NewAccount(l *locale.Locale, f frame.Frame, in AccountInput) Account {
	p := Account{AccountInput: in}
	p.Meta = accountMeta(f, l.T("account.title"), link.Account(l.Tag(), ""))
	p.Meta.Scripts = []string{"passkey.js"}
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// cities names the cities of an officer in one phrase.
func (p Account) cities(l *locale.Locale) string { return cityWords(l, p.Account.Cities) }

func cityWords(l *locale.Locale, cities []account.City) string {
	var names []string
	for _, c := range cities {
		names = append(names, component.AccountCity(l, c))
	}
	return l.And(names)
}

// Browsers and systems by their mark in the User-Agent header. The order matters,
// because each also has the marks of those after it.
var (
	browsers = []struct{ sign, name string }{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systems = []struct{ sign, name string }{{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iOS"}, {"iPad", "iPadOS"},
		{"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// browser names the browser and the system of a session.
func (s Session) browser(l *locale.Locale) string {
	find := func(list []struct{ sign, name string }) string {
		for _, entry := range list {
			if strings.Contains(s.Agent, entry.sign) {
				return entry.name
			}
		}
		return ""
	}
	browser, system := find(browsers), find(systems)
	if browser != "" && system != "" {
		return l.T("account.session.browser", "Browser", browser, "System", system)
	}
	return cmp.Or(browser, system, l.T("account.session.unknown"))
}

// FactorInput is the state of an account's second factor.
type FactorInput struct {
	Problems component.Problems
	On       bool
	Secret   string   // to type into an app; empty once the factor is on
	Address  string   // the same as a link that opens the app
	QR       [][]bool // the modules of a QR code with this link, row by row
	Left     int      // recovery codes
}

// Factor is the page on which the second factor is turned on or off.
type Factor struct {
	FactorInput
	Meta frame.Meta
}

// NewFactor makes the page.
func NewFactor(l *locale.Locale, f frame.Frame, in FactorInput) Factor {
	p := Factor{FactorInput: in}
	p.Meta = accountMeta(f, l.T("factor.title"), link.Account(l.Tag(), link.FactorPart))
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// groups writes the secret in groups of four characters.
func (p Factor) groups() string {
	var b strings.Builder
	for i, r := range p.Secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Codes is the page that shows recovery codes, once.
type Codes struct {
	Meta  frame.Meta
	Codes []string
}

// NewCodes makes the page.
func NewCodes(l *locale.Locale, f frame.Frame, codes []string) Codes {
	return Codes{accountMeta(f, l.T("factor.codes.title"), link.Account(l.Tag(), link.FactorPart)), codes}
}

// hint says where the code comes from.
func (p Factor) hint(l *locale.Locale) string {
	if p.On {
		return l.T("signin.code.hint")
	}
	return l.T("factor.code.hint")
}

// passkeyField is the id of the field with a passkey's name.
func passkeyField(k Passkey) string { return "name-" + strconv.FormatInt(k.Number, 10) }
