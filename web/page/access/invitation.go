package access

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Join is the page of an invitation.
type Join struct {
	Meta     frame.Meta
	Problems component.Problems
	Secret   string
	Account  account.Account // as invited
	Name     string          // as typed
	Usable   bool            // whether passkeys can be used on this site
}

// NewJoin makes the page.
func NewJoin(l *locale.Locale, f frame.Frame, p Join) Join {
	p.Meta = ownMeta(f, l.T("join.title"), link.Invitation(l.Tag(), p.Secret))
	p.Meta.Scripts = []string{"passkey.js"}
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// role says what the account will be for.
func (p Join) role(l *locale.Locale) string {
	role := l.T("people.role." + string(p.Account.Role))
	if p.Account.Role == account.Officer && len(p.Account.Cities) > 0 {
		return l.T("join.role_of", "Role", role, "Cities", cityWords(l, p.Account.Cities))
	}
	return role
}

// AskReset is the page where somebody asks for a new password, and, once asked,
// what happens next.
type AskReset struct {
	Meta     frame.Meta
	Problems component.Problems
	Mail     string
	Asked    bool
}

// NewAskReset makes the page.
func NewAskReset(l *locale.Locale, f frame.Frame, p AskReset) AskReset {
	p.Meta = ownMeta(f, l.T("reset.title"), link.Page(l.Tag(), link.ResetPage))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// Reset is the page where somebody with a link chooses a new password, and, once
// chosen, the way on.
type Reset struct {
	Meta     frame.Meta
	Problems component.Problems
	Secret   string
	Mail     string
	Done     bool
}

// NewReset makes the page.
func NewReset(l *locale.Locale, f frame.Frame, p Reset) Reset {
	p.Meta = ownMeta(f, l.T("reset.new.title"), link.Reset(l.Tag(), p.Secret))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// LinkOver is the page of a link from a mail that does not work any more.
type LinkOver struct {
	Meta frame.Meta
	Why  string // name of the messages: "used", "expired" or "unknown"
	Way  frame.Way
}

// NewLinkOver makes the page. A link to a new password is asked for again; an
// invitation has to be repeated by who invited.
func NewLinkOver(l *locale.Locale, f frame.Frame, why string, reset bool) LinkOver {
	p := LinkOver{ownMeta(f, l.T("link_over."+why+".title"), link.SignIn(l.Tag(), "")), why, frame.Way{Label: l.T("signin.title"), Path: link.SignIn(l.Tag(), "")}}
	if reset {
		p.Way = frame.Way{Label: l.T("link_over.again"), Path: link.Page(l.Tag(), link.ResetPage)}
	}
	return p
}
