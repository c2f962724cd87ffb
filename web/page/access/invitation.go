package access

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// JoinInput is an invitation, and what was typed to accept it.
type JoinInput struct {
	Problems component.Problems
	Secret   string
	Account  account.Account // as invited
	Name     string          // as typed
	Usable   bool            // whether passkeys can be used on this site
}

// Join is the page of an invitation.
type Join struct {
	JoinInput
	Meta frame.Meta
}

// NewJoin makes the page.
func NewJoin(l *locale.Locale, f frame.Frame, in JoinInput) Join {
	p := Join{JoinInput: in}
	p.Meta = accountMeta(f, l.T("join.title"), link.Invitation(l.Tag(), in.Secret))
	p.Meta.Scripts = []string{"passkey.js"}
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// role names the roles of the account, for officers with their cities.
func (p Join) role(l *locale.Locale) string {
	if !p.Account.Is(account.Officer) || len(p.Account.Cities) == 0 {
		return component.Roles(l, p.Account.Roles())
	}
	names := []string{l.T("join.role_of", "Role", component.Roles(l, []account.Role{account.Officer}), "Cities", cityWords(l, p.Account.Cities))}
	for _, r := range p.Account.Roles() {
		if r != account.Officer {
			names = append(names, component.Roles(l, []account.Role{r}))
		}
	}
	return l.And(names)
}

// ResetRequestInput is a request for a link to a new password.
type ResetRequestInput struct {
	Problems component.Problems
	Mail     string // as typed
	Sent     bool   // whether the request was accepted
}

// ResetRequest is the page on which a new password is requested and, afterwards,
// what happens next.
type ResetRequest struct {
	ResetRequestInput
	Meta frame.Meta
}

// NewResetRequest makes the page.
func NewResetRequest(l *locale.Locale, f frame.Frame, in ResetRequestInput) ResetRequest {
	p := ResetRequest{ResetRequestInput: in}
	p.Meta = accountMeta(f, l.T("reset.title"), link.Page(l.Tag(), link.ResetPage))
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// ResetInput is a link to a new password, and whether it has been used just now.
type ResetInput struct {
	Problems component.Problems
	Secret   string // of the link
	Mail     string // of the account
	Done     bool
}

// Reset is the page on which the holder of such a link chooses a new password.
type Reset struct {
	ResetInput
	Meta frame.Meta
}

// NewReset makes the page.
func NewReset(l *locale.Locale, f frame.Frame, in ResetInput) Reset {
	p := Reset{ResetInput: in}
	p.Meta = accountMeta(f, l.T("reset.new.title"), link.Reset(l.Tag(), in.Secret))
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// Reasons for which a link from a mail no longer works; they name the messages
// of the page.
const (
	LinkUsed    = "used"
	LinkExpired = "expired"
	LinkUnknown = "unknown"
)

// DeadLinkInput is a link from a mail that no longer works.
type DeadLinkInput struct {
	Reason string // LinkUsed, LinkExpired or LinkUnknown
	Reset  bool   // whether it led to a new password, and not to an invitation
}

// DeadLink is the page of such a link.
type DeadLink struct {
	DeadLinkInput
	Meta frame.Meta
	Link frame.Link
}

// NewDeadLink makes the page. Anyone may request another link to a new password;
// only an administrator can repeat an invitation.
func NewDeadLink(l *locale.Locale, f frame.Frame, in DeadLinkInput) DeadLink {
	signIn := link.SignIn(l.Tag(), "")
	p := DeadLink{DeadLinkInput: in, Meta: accountMeta(f, l.T("link_over."+in.Reason+".title"), signIn),
		Link: frame.Link{Label: l.T("signin.title"), Path: signIn}}
	if in.Reset {
		p.Link = frame.Link{Label: l.T("link_over.again"), Path: link.Page(l.Tag(), link.ResetPage)}
	}
	return p
}
