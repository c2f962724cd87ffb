package respond

import (
	"net/http"

	"github.com/a-h/templ"
)

// Show answers 200 with a page.
func Show(page templ.Component) Response { return Response{Page: page} }

// Invalid answers 422 with the page of a form that was not accepted.
func Invalid(page templ.Component) Response {
	return Response{Page: page, Status: http.StatusUnprocessableEntity}
}

// Conflict answers 409 with the page of a form that another change has overtaken.
func Conflict(page templ.Component) Response {
	return Response{Page: page, Status: http.StatusConflict}
}

// Redirect leads to an address of the site.
func Redirect(address string) Response { return Response{Redirect: address} }
