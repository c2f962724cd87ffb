package browse

import (
	"net/http"

	"exempla/internal/link"
	"exempla/internal/locale"
)

// ToCatalogue redirects from an address with nothing but a language to its listing.
func ToCatalogue(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, link.Catalogue(locale.From(r.Context()).Tag()), http.StatusMovedPermanently)
}

// ChooseLanguage redirects from the bare site to the language that the browser
// prefers. Deep links never do that, because they are meant for one page.
func ChooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, link.Catalogue(locale.Match(r.Header.Get("Accept-Language")).Tag()), http.StatusFound)
}
