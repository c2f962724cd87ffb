// Package browse has the handlers for residents: the listing, a practice,
// suggestions, files and pages of prose.
package browse

import (
	"log/slog"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/cache"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/theme"
	page "exempla/web/page/browse"
)

// Config is what browsing depends on.
type Config struct {
	Practices   *store.Practices
	Submissions *store.Submissions // whose files may be seen before they are public
	Collections *store.Collections
	Enquiries   *store.Enquiries
	Files       *store.Files
	Content     *attachment.Storage // with the content of the files
	Log         *slog.Logger
	Now         func() time.Time
}

// Handlers are the handlers for residents.
type Handlers struct {
	Config
	suggester *catalogue.Suggester
	exports   chan struct{} // held while a list is sent
	panels    respond.PerSnapshot[*page.Panel]
	cards     respond.PerSnapshot[*page.Cards]
	shelves   respond.PerSnapshot[*shelf]
	pdfs      cache.Bounded[contentKey, []byte]
}

// New returns the handlers.
func New(c Config) *Handlers {
	return &Handlers{Config: c, suggester: catalogue.NewSuggester(theme.Vocabulary(locale.Program())), exports: make(chan struct{}, maxExports),
		pdfs:   cache.Bounded[contentKey, []byte]{Most: maxPDFs},
		panels: respond.PerSnapshot[*page.Panel]{Make: newPanel},
		cards: respond.PerSnapshot[*page.Cards]{Make: func(l *locale.Locale, x *catalogue.Index, _ *theme.Look) *page.Cards {
			return page.NewCards(l, x.Today())
		}},
		shelves: respond.PerSnapshot[*shelf]{Make: func(*locale.Locale, *catalogue.Index, *theme.Look) *shelf { return &shelf{} }}}
}
