package respond

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/theme"
	"exempla/web/page/frame"
)

// Request is a request for a page.
type Request struct {
	*http.Request
	Writer http.ResponseWriter
	Locale *locale.Locale // of the pages
	Frame  frame.Frame
	Index  *catalogue.Index // the snapshot from which it is answered
	Token  string           // of the session; empty for none
	Away   error            // why the session could not be read; nil if it could

	HasFiles bool // whether files have come with the form

	responder *Responder
	look      *theme.Look
	snapshot  *snapshotCache
	changed   bool // whether the session has unsaved changes
}

// Viewer is the account that makes the request; the zero value for a stranger.
func (r *Request) Viewer() account.Viewer { return r.Frame.Viewer }

// Look is how the site looks on the page.
func (r *Request) Look() *theme.Look { return r.look }

// Tag is the language of the pages as it stands in addresses.
func (r *Request) Tag() string { return r.Locale.Tag() }

// Param is a part of the path, by its name in the routing table.
func (r *Request) Param(name string) string { return chi.URLParam(r.Request, name) }

// Number is a number in the path, by its name in the routing table. ok is false
// unless it is positive and in canonical form, so that every page has one address.
func (r *Request) Number(name string) (number int64, ok bool) {
	text := r.Param(name)
	number, err := strconv.ParseInt(text, 10, 64)
	return number, err == nil && number > 0 && strconv.FormatInt(number, 10) == text
}

// isPublic reports whether the response is the same for all strangers.
func (r *Request) isPublic() bool {
	return onlyReads(r.Request) && r.Viewer().Stranger() && r.Frame.Notice == ""
}

// onlyReads reports whether a request changes nothing.
func onlyReads(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// redirectStatus is the status of a redirect. After a form the browser has to GET
// the other address instead of posting again.
func (r *Request) redirectStatus() int {
	if r.Method == http.MethodPost {
		return http.StatusSeeOther
	}
	return http.StatusFound
}

// IsFetch reports whether a script makes the request, which has no use for a page.
func (r *Request) IsFetch() bool {
	return r.Header.Get("X-Requested-With") == "fetch" || acceptsJSON(r.Header.Get("Accept"))
}
