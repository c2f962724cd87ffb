package link

import (
	"net/url"
	"strconv"
)

// EnquiriesPage is the name of the pages on which enquiries are answered.
const EnquiriesPage = "enquiries"

// Enquiries lists those that the viewer answers, as a query narrows them.
func Enquiries(tag string, query url.Values) string {
	return WithQuery(Page(tag, EnquiriesPage), query.Encode())
}

// Enquiry is the page on which one is answered.
func Enquiry(tag string, id int64) string {
	return Page(tag, EnquiriesPage) + "/" + strconv.FormatInt(id, 10)
}
