package browse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	page "exempla/web/page/enquiry"
)

// ShowEnquiryForm returns the handler of the form by which readers of a practice report
// or ask; sent is its receipt.
func (h *Handlers) ShowEnquiryForm(kind enquiry.Kind, sent bool) respond.Handler {
	path := link.EnquiryForm
	if sent {
		path = link.EnquirySent
	}
	return func(r *respond.Request) (respond.Response, error) {
		found, instead, err := h.enquiredOf(r, kind, path)
		if err != nil || instead != nil {
			return or(instead), err
		}
		return respond.Response{Page: page.NewForm(r.Locale, r.Frame, page.FormInput{Kind: kind, Practice: found, Sent: sent}).View(), Cacheable: true, Rare: true}, nil
	}
}

// enquiredOf is the practice that an enquiry is about. Questions go to cities, so there
// is no form for them where there is no city.
func (h *Handlers) enquiredOf(r *respond.Request, kind enquiry.Kind, path func(tag, slug string, kind enquiry.Kind) string) (practice.Practice, *respond.Response, error) {
	found, instead, err := h.public(r, func(slug string) string { return path(r.Tag(), slug, kind) })
	if err == nil && instead == nil && kind == enquiry.Question && len(found.Place.Cities) == 0 {
		err = respond.ErrNoSuchPage
	}
	return found, instead, err
}

// SendEnquiry returns the handler that stores what was typed, unless a program has
// filled in what people do not see: it gets the same receipt.
func (h *Handlers) SendEnquiry(kind enquiry.Kind) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, instead, err := h.enquiredOf(r, kind, link.EnquiryForm)
		if instead != nil && instead.Redirect != "" {
			instead.Status = http.StatusPermanentRedirect // with the words
		}
		if err != nil || instead != nil {
			return or(instead), err
		}
		receipt := respond.Redirect(link.EnquirySent(r.Tag(), found.Slug, kind))
		if r.PostFormValue(page.TrapField) != "" {
			return receipt, nil
		}
		in := page.FormInput{Kind: kind, Practice: found}
		readEnquiry(r, &in)
		if len(in.Problems) > 0 {
			return respond.Invalid(page.NewForm(r.Locale, r.Frame, in).View()), nil
		}
		status, err := http.StatusTooManyRequests, r.CountEnquiry()
		if err == nil {
			status, err = http.StatusUnprocessableEntity, h.Enquiries.Send(r.Context(), newEnquiry(r, in, h.Now()))
		}
		switch {
		case errors.As(err, new(respond.TooOften)):
			in.Problems.Add(r.Locale, "", "enquiry.too_often")
		case errors.Is(err, enquiry.ErrFull):
			in.Problems.Add(r.Locale, "", "enquiry.full")
		default:
			return receipt, err
		}
		return respond.Response{Page: page.NewForm(r.Locale, r.Frame, in).View(), Status: status}, nil
	}
}

// readEnquiry reads the form, and what is wrong with it.
func readEnquiry(r *respond.Request, in *page.FormInput) {
	in.Cause = enquiry.Cause(r.PostFormValue(page.CauseField))
	in.Words = r.Words(page.WordsField)
	in.Mail = strings.TrimSpace(r.PostFormValue(page.MailField))
	if in.Kind == enquiry.Question {
		in.Cause = ""
	} else if !in.Cause.Known() {
		in.Cause = ""
		in.Problems.Add(r.Locale, page.CauseField, "enquiry.cause_missing")
	}
	switch length := utf8.RuneCountInString(in.Words); {
	case length == 0:
		in.Problems.Add(r.Locale, page.WordsField, "enquiry."+string(in.Kind)+".words_missing")
	case length > enquiry.MaxWords:
		in.Problems.Add(r.Locale, page.WordsField, "reasoned.too_long", "Limit", enquiry.MaxWords)
	}
	if _, ok := account.ParseMail(in.Mail); !ok && (in.Mail != "" || in.Kind == enquiry.Question) {
		in.Problems.Add(r.Locale, page.MailField, "form.mail_wrong")
	}
}

// newEnquiry is what is stored. The key is the same for a form that is sent twice.
func newEnquiry(r *respond.Request, in page.FormInput, at time.Time) store.NewEnquiry {
	digest := sha256.Sum256(fmt.Append(nil, in.Practice.Number, "\n", in.Kind, "\n", in.Cause, "\n", in.Mail, "\n", at.UTC().Format(time.DateOnly), "\n", in.Words))
	return store.NewEnquiry{Mail: in.Mail, Key: hex.EncodeToString(digest[:]), Enquiry: enquiry.Enquiry{Kind: in.Kind, Practice: in.Practice.Number,
		Cause: in.Cause, Language: practice.Language(r.Tag()), Words: in.Words, Written: at}}
}
