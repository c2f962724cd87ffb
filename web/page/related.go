package page

import (
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
		list[i] = Related{r.Practice, text, why(l, r.Kinship)}
	}
	return list
}

// why puts into words what two practices have in common.
func why(l *locale.Locale, k catalogue.Kinship) string {
	said := ""
	say := func(words string) {
		if said != "" {
			said += l.T("place.comma")
		}
		said += words
	}
	if k.Topics > 0 {
		say(l.N("related.topics", k.Topics))
	}
	switch k.Place {
	case catalogue.SameCity:
		say(l.T("related.city"))
	case catalogue.CloseBy:
		say(l.T("related.near"))
	case catalogue.SameCountry:
		say(l.T("related.country"))
	}
	if k.Words {
		say(l.T("related.words"))
	}
	return said
}
