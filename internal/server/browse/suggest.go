package browse

import (
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

// Suggest is the list of suggestions for the words in the search box. It asks
// nothing of the database.
func (h *Handlers) Suggest(r *respond.Request) (respond.Response, error) {
	found := h.suggester.Suggest(r.Index, r.URL.Query().Get("q"), practice.Language(r.Tag()))
	response := respond.Show(page.NewSuggestions(r.Locale, found).View())
	if !found.Complete {
		response.Status = http.StatusOK // keeps the list out of caches: soon there are more
	}
	return response, nil
}

// Vocabulary are the names of countries and topics in the languages of the
// interface.
func Vocabulary() catalogue.Vocabulary {
	v := catalogue.Vocabulary{
		Countries: func(reader practice.Language, c practice.Country) []string {
			l, _ := locale.Find(string(reader))
			return l.CountryNames(string(c))
		},
		Topic: func(reader practice.Language, topic practice.Topic) string {
			l, _ := locale.Find(string(reader))
			return l.T("topic." + string(topic))
		},
	}
	for _, l := range locale.All() {
		v.Languages = append(v.Languages, practice.Language(l.Tag()))
	}
	return v
}
