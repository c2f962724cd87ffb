package browse

import (
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	page "exempla/web/page/browse"
)

// allCounts are the values of every facet in the whole catalogue.
func allCounts(l *locale.Locale, x *catalogue.Index) catalogue.Counts {
	return x.Find(catalogue.Parse(nil), catalogue.Hits{}, page.Reader(l)).Counts
}
