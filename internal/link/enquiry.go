package link

import (
	"net/url"
	"strconv"

	"exempla/internal/enquiry"
)

// EnquiriesPage is the name of the pages on which enquiries are answered.
const EnquiriesPage = "enquiries"

// SentPage is the name of the page that says what becomes of an enquiry.
const SentPage = "sent"

// EnquiryPages are the names of the forms about a practice.
var EnquiryPages = map[enquiry.Kind]string{enquiry.Report: "report", enquiry.Question: "ask"}

// EnquiryForm is the form by which readers of a practice report or ask.
func EnquiryForm(tag, slug string, kind enquiry.Kind) string {
	return Practice(tag, slug) + "/" + EnquiryPages[kind]
}

// EnquirySent says what becomes of what was sent.
func EnquirySent(tag, slug string, kind enquiry.Kind) string {
	return EnquiryForm(tag, slug, kind) + "/" + SentPage
}

// Enquiries lists those that the viewer answers, as a query narrows them.
func Enquiries(tag string, query url.Values) string {
	return WithQuery(Page(tag, EnquiriesPage), query.Encode())
}

// Enquiry is the page on which one is answered.
func Enquiry(tag string, id int64) string {
	return Page(tag, EnquiriesPage) + "/" + strconv.FormatInt(id, 10)
}
