package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Related is a practice similar to the one on the page.
type Related struct {
	Practice practice.Practice
	Text     practice.Text
	Path     string
	Reason   string // in the reader's language; empty for none
}

// related makes the links to similar practices, which take the reader's list along.
func related(l *locale.Locale, found []catalogue.Related, kept practice.ReadingList) []Related {
	list := make([]Related, len(found))
	for i, r := range found {
		text, _ := r.Practice.Text(practice.Language(l.Tag()))
		list[i] = Related{r.Practice, text, link.Keeping(link.Practice(l.Tag(), r.Practice.Slug), kept), sharedTraits(l, r.Shared)}
	}
	return list
}

// sharedTraits describes what two practices have in common.
func sharedTraits(l *locale.Locale, k catalogue.Shared) string {
	var traits []string
	if k.Topics > 0 {
		traits = append(traits, l.N("related.topics", k.Topics))
	}
	switch k.Place {
	case catalogue.SameCity:
		traits = append(traits, l.T("related.city"))
	case catalogue.CloseBy:
		traits = append(traits, l.T("related.near"))
	case catalogue.SameCountry:
		traits = append(traits, l.T("related.country"))
	}
	if k.Words {
		traits = append(traits, l.T("related.words"))
	}
	return strings.Join(traits, l.T("place.comma"))
}
