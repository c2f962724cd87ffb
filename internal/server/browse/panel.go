package browse

import (
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/theme"
	page "exempla/web/page/browse"
)

// newPanel makes the panel of a snapshot, with the values of every facet that the site
// shows in the whole catalogue.
func newPanel(l *locale.Locale, x *catalogue.Index, look *theme.Look) *page.Panel {
	reader := page.Reader(l)
	reader.Offer = look.Offer()
	counts := x.Find(catalogue.Parse(nil), catalogue.Hits{}, reader).Counts
	var keys []string
	for _, value := range counts[catalogue.City] {
		keys = append(keys, value.Key)
	}
	return page.NewPanel(l, reader.Offer, counts, x.Cities(keys))
}
