package browse

import (
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	page "exempla/web/page/browse"
)

// newPanel makes the panel of a snapshot, with the values of every facet in the
// whole catalogue.
func newPanel(l *locale.Locale, x *catalogue.Index) *page.Panel {
	counts := x.Find(catalogue.Parse(nil), catalogue.Hits{}, page.Reader(l)).Counts
	var keys []string
	for _, value := range counts[catalogue.City] {
		keys = append(keys, value.Key)
	}
	return page.NewPanel(l, counts, x.Cities(keys))
}
