package browse

import (
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
	"exempla/web/page/lists"
)

// Embed is the first page of a selection for a frame on another site. It is the same
// for everybody, and nothing can be done on it.
func (h *Handlers) Embed(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	selection := catalogue.ParseAddress(r.URL.RawQuery).WithoutStrays().OnPage(1)
	selection.List = nil
	if selection.Query() != r.URL.RawQuery {
		return respond.Redirect(link.Embed(l.Tag(), selection)), nil
	}
	hits, err := h.search(r, selection.Words)
	if err != nil {
		return h.unsearched(r, selection, err)
	}
	results := r.Index.Find(selection, hits, page.Reader(l))
	p := lists.Embed{Site: r.Frame.Site, Style: r.Frame.Style, Logo: r.Frame.Logo, Selection: selection, Total: results.Total,
		Title: page.ListTitle(l, selection, r.Index.Cities(selection.Chosen(catalogue.City)))}
	for _, found := range results.Found {
		card := page.NewCard(l, found.Practice(), selection, r.Index.Today())
		card.Path = link.Practice(l.Tag(), card.Practice.Slug)
		p.Cards = append(p.Cards, card)
	}
	return respond.Response{Page: p.View(), Cacheable: true}, nil
}
