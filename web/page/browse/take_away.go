package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
)

// FeedEntries is how many practices a feed has at most: readers ask for it every hour,
// and what is older is found on the page.
const FeedEntries = 100

// export is a link by which readers take a list away.
type export struct{ Path, Label string }

// exports are the formats of a list, each with how many practices it has.
func (p Listing) exports(l *locale.Locale) []export {
	var list []export
	for _, format := range link.Formats {
		count := p.Results.Total
		if format == link.Feed {
			count = min(count, FeedEntries)
		}
		label := l.T("export.format", "Format", l.T("export."+format), "Practices", l.N("browse.count", count))
		list = append(list, export{link.Export(l.Tag(), p.Selection, format), label})
	}
	return list
}

// ListTitle names a selection in a reader's language, as the page's title does.
func ListTitle(l *locale.Locale, s catalogue.Selection, cities Cities) string {
	if said := cities.phrases(l, s); len(said) > 0 {
		return strings.Join(said, " – ")
	}
	return l.T("browse.title")
}
