package browse

import (
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

// Suggest answers what somebody may mean who is typing, from memory.
func (h *Handlers) Suggest(r *respond.Request) (respond.Response, error) {
	found := h.suggester.Suggest(r.Index, r.URL.Query().Get("q"), practice.Language(r.Tag()))
	response := respond.Response{Page: page.NewSuggestions(r.Locale, found).View()}
	if !found.Complete {
		response.Status = http.StatusOK // and so not to be kept: in a moment there is more
	}
	return response, nil
}

// newSuggester returns a suggester with the words of all readers.
func newSuggester() *catalogue.Suggester {
	return catalogue.NewSuggester(catalogue.Vocabulary{
		Countries: func(c practice.Country) []string { return locale.CountryNames(string(c)) },
		Topic: func(reader practice.Language, topic practice.Topic) string {
			l, _ := locale.Find(string(reader))
			return l.T("topic." + string(topic))
		},
	})
}
