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

// TakeAway leads to a list as a file or a feed; path is its address in a format.
type TakeAway struct {
	Practices int
	Path      func(format string) string
}

// exports are the formats of a list, each with how many practices it has.
func (t TakeAway) exports(l *locale.Locale) []export {
	var list []export
	for _, format := range link.Formats {
		count := t.Practices
		if format == link.Feed {
			count = min(count, FeedEntries)
		}
		label := l.T("export.format", "Format", l.T("export."+format), "Practices", l.N("browse.count", count))
		list = append(list, export{t.Path(format), label})
	}
	return list
}

// takeAway is that of a selection.
func (p Listing) takeAway(l *locale.Locale) TakeAway {
	return TakeAway{p.Results.Total, func(format string) string { return link.Export(l.Tag(), p.Selection, format) }}
}

// ListTitle names a selection in a reader's language, as the page's title does.
func ListTitle(l *locale.Locale, s catalogue.Selection, cities Cities) string {
	if said := cities.Phrases(l, s); len(said) > 0 {
		return strings.Join(said, " – ")
	}
	return l.T("browse.title")
}
