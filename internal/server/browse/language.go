package browse

import (
	"net/http"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/theme"
)

// ToCatalogue redirects from an address with nothing but a language to its listing,
// with what is asked for.
func ToCatalogue(w http.ResponseWriter, r *http.Request) {
	to := link.Catalogue(locale.From(r.Context()).Tag())
	http.Redirect(w, r, link.WithQuery(to, r.URL.RawQuery), http.StatusMovedPermanently) // #nosec G710 -- to a path
}

// ChooseLanguage redirects from the bare site to the language of the site that the
// browser prefers. Deep links never do that, because they are meant for one page.
func ChooseLanguage(now *theme.Current) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Language")
		w.Header().Set("Cache-Control", "no-cache")
		to := link.Catalogue(now.Look().Locales.Match(r.Header.Get("Accept-Language")).Tag())
		http.Redirect(w, r, link.WithQuery(to, r.URL.RawQuery), http.StatusFound) // #nosec G710 -- to a path
	}
}
