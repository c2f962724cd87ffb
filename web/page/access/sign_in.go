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

// Fields of the forms for signing in that hold a saved form.
const (
	SavedAction    = "carry-to"   // address of the saved form
	SavedPrefix    = "carry."     // before the names of its fields
	SavedFilesLost = "carry-lost" // set if the saved form had files
)

// SavedForm is a form that was sent after the session had ended. Its fields go
// through the steps of signing in as hidden fields, so that no text is lost.
type SavedForm struct {
	Action    string // address of the form; empty for none
	Fields    []SavedField
	FilesLost bool // whether there were files, which have to be chosen again
}

// SavedField is one field of such a form.
type SavedField struct{ Name, Value string }

// minProse is how many characters a field has at least that counts as prose, and
// not as a choice or a number.
const minProse = 20

// prose returns the fields that hold written text.
func (s SavedForm) prose() []SavedField {
	var list []SavedField
	for _, f := range s.Fields {
		if utf8.RuneCountInString(f.Value) >= minProse && strings.ContainsAny(strings.TrimSpace(f.Value), " \n\t") {
			list = append(list, f)
		}
	}
	return list
}

// encoding is the enctype of a form that holds the saved one. URL encoding would
// triple the size of texts in other scripts, so that they no longer fit.
func (s SavedForm) encoding() string {
	if s.Action == "" {
		return "application/x-www-form-urlencoded"
	}
	return "multipart/form-data"
}

// SignInInput is what the form for signing in shows.
type SignInInput struct {
	Problems component.Problems
	Mail     string // as typed
	Back     string // where to go afterwards; empty for the start page of the role
	Saved    SavedForm
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
	Saved    SavedForm
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
	Saved SavedForm
}

// NewResume makes the page.
func NewResume(l *locale.Locale, f frame.Frame, saved SavedForm) Resume {
	return Resume{Meta: accountMeta(f, l.T("signin.resume.title"), link.SignIn(l.Tag(), "")), Saved: saved}
}
