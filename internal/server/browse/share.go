package browse

import (
	"net/http"

	"exempla/internal/cache"
	"exempla/internal/card"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
	"exempla/web/page/share"
)

// maxCards bounds the cards that are kept, in bytes: some four hundred.
const maxCards = 8 << 20

// Cards are the handlers of the pictures that stand for pages where somebody shares their
// links.
type Cards struct {
	*Handlers
	kept cache.Bounded[contentKey, []byte]
}

// NewCards returns the handlers.
func NewCards(h *Handlers) *Cards {
	return &Cards{Handlers: h, kept: cache.Bounded[contentKey, []byte]{Most: maxCards}}
}

// send sends a card; make is called only if the client does not have it.
func (h *Cards) send(r *respond.Request, make func() (card.Card, error)) (respond.Response, error) {
	done := respond.Response{Written: true}
	header := r.Writer.Header()
	if r.Unchanged() {
		return done, nil
	}
	header.Set("Content-Type", card.MediaType)
	header.Set("Content-Language", r.Tag())
	if r.Method == http.MethodHead {
		return done, nil
	}
	c, err := make()
	if err != nil {
		return respond.Response{}, err
	}
	look := r.Look()
	c.Accent = look.Colours.Accent.Light
	if logo := look.Logo; logo.Light.IsPixels() {
		c.Logo = card.Logo{Mark: look.Mark, Content: logo.Light, HasName: logo.HasName}
	} else if len(logo.Light) > 0 { // drawings are not drawn here
		c.Logo.Absent = true
	}
	content, err := made(&h.kept, c, card.Draw)
	if err != nil {
		return respond.Response{}, err
	}
	_, err = r.Writer.Write(content)
	return done, err
}

// DrawPractice sends the card of a practice.
func (h *Cards) DrawPractice(r *respond.Request) (respond.Response, error) {
	found, instead, err := h.public(r, func(slug string) string { return link.PracticeCard(r.Tag(), slug) })
	if err != nil || instead != nil {
		return or(instead), err
	}
	return h.send(r, func() (card.Card, error) { return share.Practice(r.Locale, found, r.Index.Today()), nil })
}

// DrawList sends the card of a selection.
func (h *Cards) DrawList(r *respond.Request) (respond.Response, error) {
	selection := catalogue.ParseAddress(r.URL.RawQuery)
	if address := link.ListCard(r.Tag(), selection); address != link.WithQuery(r.URL.Path, r.URL.RawQuery) {
		return respond.Redirect(address), nil
	}
	hits, err := h.search(r, selection.Words)
	if err != nil {
		return h.unsearched(r, selection, err)
	}
	return h.send(r, func() (card.Card, error) {
		title := page.ListTitle(r.Locale, selection, r.Index.Cities(selection.Chosen(catalogue.City)))
		kind := ""
		if selection.Narrowed() {
			kind = r.Locale.T("browse.title")
		}
		return share.List(r.Locale, share.ListInput{Kind: kind, Language: practice.Language(r.Tag()), Title: title, Practices: r.Index.Count(selection, hits)}), nil
	})
}

// DrawCollection sends the card of a collection.
func (h *Cards) DrawCollection(r *respond.Request) (respond.Response, error) {
	found, err := h.collection(r)
	if err != nil {
		return respond.Response{}, err
	}
	return h.send(r, func() (card.Card, error) {
		text, language := found.Text(practice.Language(r.Tag()))
		return share.List(r.Locale, share.ListInput{Kind: r.Locale.T("collection.title"), Language: language, Title: text.Title, Practices: len(found.numbers)}), nil
	})
}

// DrawPortrait sends the card of a topic, a country or a city.
func (h *Cards) DrawPortrait(f catalogue.Facet) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in, selection, err := h.portrayed(r, f)
		if err != nil {
			return respond.Response{}, err
		}
		if in.Key != r.Param("key") {
			return respond.Redirect(link.PortraitCard(r.Tag(), f, in.Key)), nil
		}
		topic := ""
		if f == catalogue.Topic {
			topic = in.Key
		}
		return h.send(r, func() (card.Card, error) {
			return share.List(r.Locale, share.ListInput{Topic: topic, Kind: r.Locale.T("facet." + f.Name()), Language: practice.Language(r.Tag()),
				Title: in.Called(r.Locale), Practices: r.Index.Count(selection, catalogue.Hits{})}), nil
		})
	}
}
