package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Related is a practice like the one on the page, and why it is shown.
type Related struct {
	Practice practice.Practice
	Text     practice.Text
	Why      string // in the reader's words
}

func related(l *locale.Locale, found []catalogue.Related) []Related {
	list := make([]Related, len(found))
	for i, r := range found {
		text, _ := r.Practice.Text(practice.Language(l.Tag()))
		list[i] = Related{r.Practice, text, why(l, r.Shared)}
	}
	return list
}

// why puts into words what two practices have in common.
func why(l *locale.Locale, k catalogue.Shared) string {
	var said []string
	if k.Topics > 0 {
		said = append(said, l.N("related.topics", k.Topics))
	}
	switch k.Place {
	case catalogue.SameCity:
		said = append(said, l.T("related.city"))
	case catalogue.CloseBy:
		said = append(said, l.T("related.near"))
	case catalogue.SameCountry:
		said = append(said, l.T("related.country"))
	}
	if k.Words {
		said = append(said, l.T("related.words"))
	}
	return strings.Join(said, l.T("place.comma"))
}
