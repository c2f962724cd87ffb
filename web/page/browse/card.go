package browse

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
	"exempla/internal/prose"
	"exempla/web/component"
)

// maxCards bounds the cached cards of one language, in bytes. A full cache is
// emptied.
const maxCards = 4 << 20

// Cards caches the entries of listings as markup, in one language. A card is the
// same in every listing but for the selection in its link and the marks in its
// words.
type Cards struct {
	locale *locale.Locale
	today  time.Time

	mu   sync.RWMutex
	made map[cardKey]card
	size int // bytes
}

// cardKey identifies a card: the chosen languages decide which text of a
// practice is shown.
type cardKey struct {
	number    int64
	languages string
}

// card is an entry of a listing: its markup and the words for its slots.
type card struct {
	fragment                component.Fragment
	title, english, summary string
	plain                   [3]component.Escaped // those words without marks
}

// The slots of a card.
const (
	querySlot = iota // of the link
	titleSlot
	englishSlot
	summarySlot
)

// NewCards returns an empty cache for one snapshot; today is its day.
func NewCards(l *locale.Locale, today time.Time) *Cards {
	return &Cards{locale: l, today: today, made: map[cardKey]card{}}
}

// of returns the card of a practice with the text that a selection shows.
func (c *Cards) of(found catalogue.Found, s catalogue.Selection) card {
	key := cardKey{found.Number, strings.Join(s.Chosen(catalogue.Language), " ")}
	c.mu.RLock()
	made, ok := c.made[key]
	c.mu.RUnlock()
	if ok {
		return made
	}
	p := found.Practice()
	made = c.make(p, s.Text(p, practice.Language(c.locale.Tag())))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size += made.size()
	if c.size > maxCards {
		c.made = map[cardKey]card{}
		c.size = made.size()
	}
	c.made[key] = made
	return made
}

func (c *Cards) make(p practice.Practice, text practice.Text) card {
	made := card{title: text.Title, summary: prose.Plain(text.Summary), english: component.EnglishTitle(c.locale, text)}
	made.plain = [3]component.Escaped{component.Escape(made.title), component.Escape(made.english),
		component.Escape(component.Excerpt(made.summary, excerptLimit))}
	view := entry{p, text, c.today, link.Practice(c.locale.Tag(), p.Slug) + component.Slot(querySlot), made.english != ""}
	made.fragment = component.NewFragment(locale.With(context.Background(), c.locale), view.view())
	return made
}

// size is roughly how many bytes the card takes.
func (c *card) size() int {
	return c.fragment.Size() + len(c.title) + len(c.english) + 2*len(c.summary)
}

// fill writes the card with the words of the search marked.
func (c *card) fill(w io.Writer, query component.Escaped, m component.Marker) error {
	words := c.plain
	if m.Marks() {
		words = [3]component.Escaped{m.Marked(c.title), m.Marked(c.english), m.Marked(m.Snippet(c.summary, excerptLimit))}
	}
	return c.fragment.Fill(w, query, words[0], words[1], words[2])
}

// entry is the data of a card's markup.
type entry struct {
	Practice practice.Practice
	Text     practice.Text
	Today    time.Time
	Path     string
	English  bool // whether there is an English title below the title
}

// entries prints the cards of the practices on the page.
func (p Listing) entries() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		query := component.Escape(link.FoundQuery(p.Selection))
		for _, found := range p.Results.Found {
			card := p.Cards.of(found, p.Selection)
			if err := card.fill(w, query, p.marks); err != nil {
				return err
			}
		}
		return nil
	})
}
