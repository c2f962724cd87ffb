// Package access has the pages about signing in and about one's own account.
package access

import (
	"strings"
	"unicode/utf8"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Names of what the forms about signing in carry along.
const (
	CarryTo     = "carry-to" // address of the form that was sent without a valid session
	CarryPrefix = "carry."   // before the names of its fields
	CarryLost   = "carry-lost"
)

// Carried is a form that somebody sent whose session had ended: it travels
// through signing in, so that no word is lost.
type Carried struct {
	To     string // address of the form; empty for none
	Fields []CarriedField
	Lost   bool // whether there were files, which have to be chosen anew
}

// CarriedField is one field of such a form.
type CarriedField struct{ Name, Value string }

// longField is from how many characters a field is words that somebody has
// written, and not a choice or a number.
const longField = 20

// written are the fields with words in them.
func (c Carried) written() []CarriedField {
	var list []CarriedField
	for _, f := range c.Fields {
		if utf8.RuneCountInString(f.Value) >= longField && strings.ContainsAny(strings.TrimSpace(f.Value), " \n\t") {
			list = append(list, f)
		}
	}
	return list
}

// encoding of a form that carries another one: texts in other scripts grow
// threefold in the usual one, and would no longer fit.
func (c Carried) encoding() string {
	if c.To == "" {
		return "application/x-www-form-urlencoded"
	}
	return "multipart/form-data"
}

// SignIn is the page where people sign in.
type SignIn struct {
	Meta     frame.Meta
	Problems component.Problems
	Mail     string // as typed
	Back     string // where to go then; empty for where one's role begins
	Carried  Carried
	Provider bool // whether there is an identity provider
	Usable   bool // whether passkeys can be used on this site
}

// NewSignIn makes the page.
func NewSignIn(l *locale.Locale, f frame.Frame, p SignIn) SignIn {
	p.Meta = ownMeta(f, l.T("signin.title"), link.SignIn(l.Tag(), ""))
	p.Meta.Scripts = []string{"passkey.js"}
	p.Meta.Problems = len(p.Problems) > 0
	if p.Back != "" {
		p.Meta.Query = strings.TrimPrefix(link.SignIn("", p.Back), link.SignIn("", "")+"?")
	}
	return p
}

// ownMeta is what a page about signing in, or about one's account, says about
// itself.
func ownMeta(f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true,
		Skip: frame.ToContent, Current: link.AccountPage}
}

// SecondFactor is the step after the password.
type SecondFactor struct {
	Meta     frame.Meta
	Problems component.Problems
	Back     string
	Carried  Carried
}

// NewSecondFactor makes the page.
func NewSecondFactor(l *locale.Locale, f frame.Frame, p SecondFactor) SecondFactor {
	p.Meta = ownMeta(f, l.T("signin.code.title"), link.SignIn(l.Tag(), ""))
	p.Meta.Problems = len(p.Problems) > 0
	return p
}

// Resume gives somebody who had to sign in again what they had written.
type Resume struct {
	Meta    frame.Meta
	Carried Carried
}

// NewResume makes the page.
func NewResume(l *locale.Locale, f frame.Frame, c Carried) Resume {
	return Resume{Meta: ownMeta(f, l.T("signin.resume.title"), link.SignIn(l.Tag(), "")), Carried: c}
}
