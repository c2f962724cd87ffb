package browse

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/cache"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/prose"
	"exempla/web/component"
)

// Bounds of the cached cards of one language and of the words marked in them, in
// bytes: about five thousand cards, for readers look at the newest of many selections.
const (
	maxCards  = 8 << 20
	maxMarked = 1 << 20
)

// Cards caches the entries of listings as markup, in one language. A card is the
// same in every listing but for the selection in its link and the marks in its
// words; these are the same for all selections with the same search.
type Cards struct {
	locale *locale.Locale
	today  time.Time
	cards  cache.Bounded[cardKey, card]
	marked cache.Bounded[markedKey, cardWords]
}

// cardKey identifies a card: the chosen languages decide which text of a
// practice is shown.
type cardKey struct {
	number    int64
	languages string
}

// markedKey identifies a card with marks.
type markedKey struct {
	card   cardKey
	search string
}

// card is an entry of a listing: its markup and the words for its slots.
type card struct {
	fragment                component.Fragment
	title, english, summary string
	plain                   cardWords // without marks
}

// cardWords are title, English title and excerpt of a card, ready for its slots.
type cardWords [3]component.Escaped

// The slots of a card.
const (
	querySlot = iota // of the link
	titleSlot
	englishSlot
	summarySlot
	actSlot  // what the button does to the reading list
	keepSlot // and says
)

// NewCards returns an empty cache for one snapshot; today is its day.
func NewCards(l *locale.Locale, today time.Time) *Cards {
	return &Cards{locale: l, today: today, cards: cache.Bounded[cardKey, card]{Most: maxCards}, marked: cache.Bounded[markedKey, cardWords]{Most: maxMarked}}
}

// of returns the card of a practice with the text that a selection shows, and its
// words, marked.
func (c *Cards) of(found catalogue.Found, s catalogue.Selection, m component.Marker) (card, cardWords) {
	key := cardKey{found.Number, strings.Join(s.Chosen(catalogue.Language), " ")}
	made := c.cards.Of(key, func() (card, int) {
		p := found.Practice()
		made := c.make(Card{Practice: p, Text: s.Text(p, practice.Language(c.locale.Tag())), Today: c.today, Long: found.HasSections()})
		return made, made.size()
	})
	if !m.Marks() {
		return made, made.plain
	}
	return made, c.marked.Of(markedKey{key, s.Words}, func() (cardWords, int) {
		words := cardWords{m.Marked(made.title), m.Marked(made.english), m.Marked(m.Snippet(made.summary, excerptLimit))}
		return words, len(words[0]) + len(words[1]) + len(words[2]) + len(s.Words)
	})
}

// make makes a card of what it shows.
func (c *Cards) make(view Card) card {
	text := view.Text
	made := card{title: text.Title, summary: prose.Plain(text.Summary), english: component.EnglishTitle(c.locale, text)}
	made.plain = cardWords{component.Escape(made.title), component.Escape(made.english),
		component.Escape(component.Excerpt(made.summary, excerptLimit))}
	view.Path = link.Practice(c.locale.Tag(), view.Practice.Slug) + component.Slot(querySlot)
	view.Title, view.Summary = component.Slot(titleSlot), component.Slot(summarySlot)
	if made.english != "" {
		view.English = component.Slot(englishSlot)
	}
	made.fragment = component.NewFragment(locale.With(context.Background(), c.locale), view.entry())
	return made
}

// size is roughly how many bytes the card takes.
func (c *card) size() int {
	return c.fragment.Size() + len(c.title) + len(c.english) + 2*len(c.summary)
}

// Card is a practice as it stands in lists.
type Card struct {
	Practice                practice.Practice
	Text                    practice.Text
	Today                   time.Time
	Path                    string
	Title, English, Summary string // as they are shown; English is empty for none
	Long                    bool   // whether there is more to read than the summary, so that it gets a cover if it has no picture
}

// NewCard makes the card of a practice, with the text that a selection shows; path is
// its address.
func NewCard(l *locale.Locale, p practice.Practice, s catalogue.Selection, today time.Time) Card {
	text := s.Text(p, practice.Language(l.Tag()))
	return Card{Practice: p, Text: text, Today: today, Path: link.Found(l.Tag(), p.Slug, s), Title: text.Title,
		English: component.EnglishTitle(l, text), Summary: Excerpt(text)}
}

// Excerpt is the beginning of the summary of a text, as listings show it.
func Excerpt(text practice.Text) string {
	return component.Excerpt(prose.Plain(text.Summary), excerptLimit)
}

// entries prints the cards of the practices on the page.
func (p Listing) entries() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		l := locale.From(ctx)
		query := component.Escape(link.FoundQuery(p.Selection))
		add, drop := component.Escape(l.T("list.add")), component.Escape(l.T("list.drop"))
		for _, found := range p.Results.Found {
			card, words := p.Cards.of(found, p.Selection, p.marks)
			act, label := component.Escaped(catalogue.AddParameter), add
			if len(p.Selection.List) > 0 && p.Selection.List.Has(found.Practice().Slug) {
				act, label = catalogue.DropParameter, drop
			}
			if err := card.fragment.Fill(w, query, words[0], words[1], words[2], act, label); err != nil {
				return err
			}
		}
		return nil
	})
}
