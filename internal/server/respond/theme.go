package respond

import (
	"errors"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// previewKey is the session's key of the version of the theme that an administrator looks
// at before others do.
const previewKey = "theme"

// dress makes a look that of the page: its words, and what frames it.
func (s *Responder) dress(r *Request, look *theme.Look) {
	r.look = look
	r.Frame.By = s.By
	if l := look.Locale(r.Locale); l != r.Locale {
		r.Locale = l
		r.Request = r.WithContext(locale.With(r.Context(), l))
	}
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
	t, err := s.Themes.Of(r.Context(), number)
	if err != nil {
		if errors.Is(err, store.ErrNotFound) {
			r.Forget(previewKey)
		}
		return
	}
	s.dress(r, theme.NewLook(number, t))
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
	if r.look.Locales.Offers(r.Tag()) {
		return ""
	}
	first := r.look.Locales.Offered()[0].Tag()
	rest, ok := strings.CutPrefix(r.URL.EscapedPath(), "/"+r.Tag()+"/")
	if !ok || !onlyReads(r.Request) {
		return ""
	}
	return link.WithQuery("/"+first+"/"+rest, r.URL.RawQuery)
}
