// Package access has the pages for signing in and for one's own account.
package access

import (
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the forms for signing in that hold a saved form.
const (
	SavedAction    = "carry-to"   // address of the saved form
	SavedPrefix    = "carry."     // before the names of its fields
	SavedFilesLost = "carry-lost" // set if the saved form had files
)

// SignInInput is what the form for signing in shows.
type SignInInput struct {
	Problems component.Problems
	Mail     string // as typed
	Back     string // where to go afterwards; empty for the start page of the role
	Saved    frame.SavedForm
	Provider bool // whether there is an identity provider
	Usable   bool // whether passkeys can be used on this site
}

// SignIn is the page where people sign in.
type SignIn struct {
	SignInInput
	Meta frame.Meta
}

// NewSignIn makes the page.
func NewSignIn(l *locale.Locale, f frame.Frame, in SignInInput) SignIn {
	p := SignIn{SignInInput: in}
	p.Meta = accountMeta(f, l.T("signin.title"), link.SignIn(l.Tag(), ""))
	p.Meta.Scripts = []string{"passkey.js"}
	p.Meta.Problems = len(in.Problems) > 0
	if in.Back != "" {
		p.Meta.Query = strings.TrimPrefix(link.SignIn("", in.Back), link.SignIn("", "")+"?")
	}
	return p
}

// accountMeta describes a page about signing in or about one's own account.
func accountMeta(f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true,
		Skip: frame.ToContent, Current: link.AccountPage}
}

// SecondFactorInput is what the form for the second factor shows.
type SecondFactorInput struct {
	Problems component.Problems
	Back     string // as in SignInInput
	Saved    frame.SavedForm
}

// SecondFactor is the page after the password.
type SecondFactor struct {
	SecondFactorInput
	Meta frame.Meta
}

// NewSecondFactor makes the page.
func NewSecondFactor(l *locale.Locale, f frame.Frame, in SecondFactorInput) SecondFactor {
	p := SecondFactor{SecondFactorInput: in}
	p.Meta = accountMeta(f, l.T("signin.code.title"), link.SignIn(l.Tag(), ""))
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// Resume is the page after signing in on which a saved form can be sent again.
type Resume struct {
	Meta  frame.Meta
	Saved frame.SavedForm
}

// NewResume makes the page.
func NewResume(l *locale.Locale, f frame.Frame, saved frame.SavedForm) Resume {
	return Resume{Meta: accountMeta(f, l.T("signin.resume.title"), link.SignIn(l.Tag(), "")), Saved: saved}
}
