package theme

import (
	"sync/atomic"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
)

// Look is a version of a theme, made ready to be shown.
type Look struct {
	Theme
	Number  int64  // of the version; 0 for the program's own look
	Mark    string // of its content; empty for the program's own look
	Locales *locale.Set
	Style   string // style sheet with its colours and for its logo; empty for none
	Light   Drawn  // its logo, on light screens and on others; the zero value for none
	Dark    Drawn  // its logo on dark screens, if that is another

	Searcher *catalogue.Searcher // knows topics by the names that they have in it
}

// NewLook makes a version ready.
func NewLook(number int64, t Theme) *Look {
	look := &Look{Theme: t, Number: number, Mark: t.Mark(), Locales: locale.NewSet(t.Words.named(), t.Languages), Style: t.Colours.Style() + t.Logo.style() + t.Words.style(),
		Light: t.Logo.Light.Drawn(), Dark: t.Logo.Dark.Drawn(), Searcher: plain.Searcher}
	if t.renamesTopics() {
		look.Searcher = catalogue.NewSearcher(Vocabulary(look.Locales))
	}
	return look
}

// plain is the program's own look.
var plain = &Look{Locales: locale.Program(), Searcher: catalogue.NewSearcher(Vocabulary(locale.Program()))}

// Locale is a language in the words of the theme; the first one if it is not offered.
func (k *Look) Locale(of *locale.Locale) *locale.Locale {
	if !k.Locales.Offers(of.Tag()) {
		return k.Locales.Offered()[0]
	}
	l, _ := k.Locales.Find(of.Tag())
	return l
}

// Current is the look that a site has now. Nil and its zero value are the program's own. It is
// safe for concurrent use.
type Current struct{ look atomic.Pointer[Look] }

// Look returns it; never nil.
func (c *Current) Look() *Look {
	if c == nil {
		return plain
	}
	if look := c.look.Load(); look != nil {
		return look
	}
	return plain
}

// Show puts another in its place; nil for the program's own.
func (c *Current) Show(look *Look) { c.look.Store(look) }
