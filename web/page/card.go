package page

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// maxCards bounds the cards kept in one language, in bytes. When they are full
// all are dropped.
const maxCards = 8 << 20

// Cards are the entries of listings as markup, for the readers of one language.
// A card is the same in every listing but for its link, which carries the
// selection.
type Cards struct {
	locale *locale.Locale
	today  time.Time

	mu   sync.RWMutex
	made map[cardKey]component.Mould
	size int // bytes
}

// cardKey tells cards apart: which text of a practice is shown depends on the
// languages that were chosen.
type cardKey struct {
	number    int64
	languages string
}

// NewCards keeps the cards of one snapshot, seen from the day of the snapshot.
func NewCards(l *locale.Locale, today time.Time) *Cards {
	return &Cards{locale: l, today: today, made: map[cardKey]component.Mould{}}
}

// of is the card of a practice, with one hole for the query of its link.
func (c *Cards) of(found catalogue.Found, s catalogue.Selection) component.Mould {
	key := cardKey{found.Number, strings.Join(s.Chosen(catalogue.Language), " ")}
	c.mu.RLock()
	mould, ok := c.made[key]
	c.mu.RUnlock()
	if ok {
		return mould
	}
	p := found.Practice()
	made := card{p, s.Text(p, practice.Language(c.locale.Tag())), c.today, link.Practice(c.locale.Tag(), p.Slug) + component.Hole(0), component.Marker{}}
	mould = component.NewMould(locale.With(context.Background(), c.locale), made.view())
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size += mould.Size(); c.size > maxCards {
		c.made, c.size = map[cardKey]component.Mould{}, mould.Size()
	}
	c.made[key] = mould
	return mould
}

// card is an entry of a listing.
type card struct {
	Practice practice.Practice
	Text     practice.Text
	Today    time.Time
	Path     string
	Marks    component.Marker // of the words that found it
}

// entries prints what was found. Cards with marks belong to one search, and are
// made for it.
func (b Browse) entries(l *locale.Locale) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		query := component.Filled(link.FoundQuery(b.Selection))
		for _, found := range b.Results.Found {
			if b.marks.Marks() {
				p := found.Practice()
				text := b.Selection.Text(p, practice.Language(l.Tag()))
				marked := card{p, text, b.Index.Today(), link.Found(l.Tag(), p.Slug, b.Selection), b.marks}
				if err := marked.view().Render(ctx, w); err != nil {
					return err
				}
				continue
			}
			if err := b.Cards.of(found, b.Selection).Fill(w, query); err != nil {
				return err
			}
		}
		return nil
	})
}
