// Package locale has everything that depends on the reader's language: messages
// and their plural forms, dates, numbers, lists, names of countries and languages,
// alphabetical order, writing direction. It does not know what a page is, how a
// language appears in a URL, or in which language a practice is written.
//
// A Locale and all functions are safe for concurrent use.
package locale

import (
	"context"
	"io/fs"
	"strings"
	"sync"

	"exempla/locales"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// tagsInOrder are the tags of the interface languages in the order of the switcher.
// English is first, since all others fall back to it. A new one needs its CLDR
// tables (the same list in cldrgen) and a message file.
const tagsInOrder = "en fr de es el sq uk ar"

// Locale is one language of the interface of a site, in the words of that site. There is
// one value per language and Set.
type Locale struct {
	*tongue
	set     *Set
	words   map[string]message // of the site itself, laid over the others; nil for none
	english *Locale
	kept    sync.Map
}

// tongue is what a language is in every site.
type tongue struct {
	tag         string
	dir         string
	cldr        region
	messages    map[string]message
	engine      func() *i18n.Localizer
	pluralProbe *i18n.Localizer // without messages, for the plural rules only
	plurals     plurals
	collators   sync.Pool
}

// all are the languages in the words of the program.
var all = load(locales.Files)

// All returns the languages of the program in the order of the language switcher,
// English first. Callers must not modify the slice.
func All() []*Locale { return all }

// Find returns a language of the program by its exact tag ("fr"). ok is false if there is
// none.
func Find(tag string) (*Locale, bool) { return all[0].set.Find(tag) }

// key is the context key of the locale.
type key struct{}

// With returns a context in which From finds l.
func With(ctx context.Context, l *Locale) context.Context {
	return context.WithValue(ctx, key{}, l)
}

// From returns the locale of a context, English when it has none.
func From(ctx context.Context) *Locale {
	if l, ok := ctx.Value(key{}).(*Locale); ok {
		return l
	}
	return all[0]
}

// Kept is what is kept of pages in this language and these words, by keys of types that
// their makers own. It goes with the Locale.
func (l *Locale) Kept() *sync.Map { return &l.kept }

// Tag returns the language tag as used in URLs and lang attributes.
func (l *Locale) Tag() string { return l.tag }

// Name returns the language's own name for itself: "Ελληνικά".
func (l *Locale) Name() string { return OwnName(l.tag) }

// Dir returns the writing direction, "ltr" or "rtl".
func (l *Locale) Dir() string { return l.dir }

func load(files fs.FS) []*Locale {
	var tongues []*tongue
	for _, tag := range strings.Fields(tagsInOrder) {
		t := &tongue{tag: tag, dir: Direction(tag), cldr: tables.Locales[tag]}
		t.read(files)
		t.collators.New = newCollator(language.MustParse(tag))
		tongues = append(tongues, t)
	}
	return newSet(tongues, nil, nil).all
}
