package respond

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
	"exempla/web/page/frame"
)

// previewKey is the session's key of the version of the theme that an administrator looks
// at before others do.
const previewKey = "theme"

// dress makes a look that of the page: its words, and what frames it.
func (s *Responder) dress(r *Request, look *theme.Look) {
	r.look = look
	r.Frame.By = s.By
	r.Frame.By.Name, r.Frame.By.Contact = cmp.Or(look.Publisher, s.By.Name), cmp.Or(look.Contact, s.By.Contact)
	r.Frame.Style, r.Frame.Logo = "", logoOf(look)
	if look.Style != "" {
		r.Frame.Style = link.ThemeStyle(look.Number, look.Mark)
	}
	if l := look.Locale(r.Locale); l != r.Locale {
		r.Locale = l
		r.Request = r.WithContext(locale.With(r.Context(), l))
	}
}

// Logo is the logo that everybody sees.
func (s *Responder) Logo() frame.Logo { return logoOf(s.Theme.Look()) }

// logoOf is the logo of a look as pages show it; the zero value if it has none.
func logoOf(look *theme.Look) (logo frame.Logo) {
	if look.Light == (theme.Drawn{}) {
		return logo
	}
	logo.Light, logo.HasName = logoPicture(look, look.Light, false), look.Logo.HasName
	if look.Dark != (theme.Drawn{}) {
		logo.Dark = logoPicture(look, look.Dark, true)
	}
	return logo
}

func logoPicture(look *theme.Look, d theme.Drawn, dark bool) frame.Picture {
	return frame.Picture{Path: link.ThemeLogo(look.Number, look.Mark, dark, d.Extension), Width: d.Width, Height: d.Height}
}

// preview dresses the page of an administrator as they asked for with PreviewTheme. A
// version that cannot be read is not shown; its page says why.
func (s *Responder) preview(r *Request) {
	asked := r.Recall(previewKey)
	if asked == "" || !r.Viewer().Is(account.Administrator) {
		return
	}
	number, err := strconv.ParseInt(asked, 10, 64)
	if err != nil {
		return
	}
	look := s.previewed.Load()
	if look == nil || look.Number != number {
		look, err = s.Themes.Look(r.Context(), number)
	}
	if err != nil {
		if errors.Is(err, store.ErrNotFound) {
			r.Forget(previewKey)
		}
		return
	}
	s.previewed.Store(look)
	s.dress(r, look)
	r.Frame.Preview = number
}

// PreviewTheme makes the site look to the viewer alone as it would in a version of the
// theme; 0 ends that.
func (r *Request) PreviewTheme(number int64) {
	if number == 0 {
		r.Forget(previewKey)
		return
	}
	r.Remember(previewKey, strconv.FormatInt(number, 10))
}

// RenewTheme shows everybody what has been published.
func (r *Request) RenewTheme() error {
	s := r.responder
	return s.Themes.Refresh(r.Context(), s.Theme)
}

// elsewhere is where the page is in the first language that the site offers, if it does
// not offer the one of the address; else empty.
func elsewhere(r *Request) string {
	tag, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	if _, known := locale.Find(tag); !known || r.look.Locales.Offers(tag) || !onlyReads(r.Request) {
		return ""
	}
	return link.WithQuery("/"+r.Tag()+"/"+rest, r.URL.RawQuery)
}

// logoPolicy is that of a logo which somebody opens by itself: a drawing acts on nothing.
var logoPolicy = []string{"default-src 'none'; style-src 'unsafe-inline'; sandbox"}

// ShowThemeFile sends the style sheet or a logo of a version of the theme. Its address names
// the content, so that it may be kept for ever.
func (s *Responder) ShowThemeFile(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	look := s.Theme.Look()
	if err == nil && number != look.Number {
		look, err = s.Themes.Look(r.Context(), number)
	}
	if err != nil {
		s.NotFound(w, r)
		return
	}
	h := w.Header()
	logo, content := logoOf(look), []byte(nil)
	switch r.URL.Path {
	case link.ThemeStyle(look.Number, look.Mark):
		content = []byte(look.Style)
		h.Set("Content-Type", "text/css; charset=utf-8")
	case logo.Light.Path:
		content, h["Content-Type"], h["Content-Security-Policy"] = look.Logo.Light, []string{look.Light.Type}, logoPolicy
	case logo.Dark.Path:
		content, h["Content-Type"], h["Content-Security-Policy"] = look.Logo.Dark, []string{look.Dark.Type}, logoPolicy
	}
	if len(content) == 0 {
		s.NotFound(w, r)
		return
	}
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(content)
}
