// Package enquiry has the pages about what readers report and ask: their forms, what
// stands below a practice, and the pages on which it is answered.
package enquiry

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the forms.
const (
	CauseField = "cause"
	WordsField = "words"
	MailField  = "mail"
	TrapField  = "website" // people do not see it; programs that fill in every field do
)

// FormInput is a form as it was typed.
type FormInput struct {
	Kind     enquiry.Kind
	Practice practice.Practice
	Cause    enquiry.Cause
	Words    string
	Mail     string
	Problems component.Problems
	Sent     bool // whether to say what becomes of it, and show no form
}

// Form is the form by which readers report or ask, and its receipt.
type Form struct {
	FormInput
	Meta frame.Meta
	Text practice.Text // whose title is shown
}

// NewForm makes the page in a reader's language.
func NewForm(l *locale.Locale, f frame.Frame, in FormInput) Form {
	p := Form{FormInput: in}
	p.Text, _ = in.Practice.Text(practice.Language(l.Tag()))
	path, title := link.EnquiryForm(l.Tag(), in.Practice.Slug, in.Kind), p.say(l, "title")
	if in.Sent {
		path, title = link.EnquirySent(l.Tag(), in.Practice.Slug, in.Kind), p.say(l, "sent")
	}
	p.Meta = frame.Meta{Frame: f, Title: title + " – " + p.Text.Title, Path: path, Unlisted: true, Skip: frame.ToContent, Current: "practice", Working: true, Narrow: true,
		Problems: len(in.Problems) > 0}
	return p
}

// say is a message about this kind of enquiry.
func (p Form) say(l *locale.Locale, what string) string {
	return l.T("enquiry."+string(p.Kind)+"."+what, "Cities", cityNames(l, p.Practice.Place.Cities))
}

func cityNames(l *locale.Locale, cities []practice.City) string {
	var names []string
	for _, city := range cities {
		names = append(names, component.CityName(l, city))
	}
	return l.And(names)
}

func (p Form) wordsField(l *locale.Locale) component.Field {
	return component.Field{ID: WordsField, Label: p.say(l, "words"), Hint: l.T("enquiry.words_hint", "Limit", enquiry.MaxWords), Value: p.Words,
		Problem: p.Problems.At(WordsField)}
}

func (p Form) mailField(l *locale.Locale) component.Field {
	return component.Field{ID: MailField, Label: l.T("enquiry.mail"), Hint: l.N("enquiry.mail_hint", Days(enquiry.KeepMail)), Value: p.Mail, Type: "email", Complete: "email",
		Problem: p.Problems.At(MailField), Limit: account.MaxMail, Optional: p.Kind == enquiry.Report}
}

// Days is how many days something is kept.
func Days(kept time.Duration) int { return int(kept.Hours() / 24) }
