package browse

import (
	"net/http"

	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/theme"
	page "exempla/web/page/browse"
)

// Suggest is the list of suggestions for the words in the search box. It asks
// nothing of the database.
func (h *Handlers) Suggest(r *respond.Request) (respond.Response, error) {
	found := h.suggester.Suggest(r.Index, r.URL.Query().Get("q"), practice.Language(r.Tag()), func(topic practice.Topic) string {
		if !r.Look().Offers(topic) {
			return ""
		}
		return r.Locale.T(theme.TopicName(topic))
	})
	response := respond.Show(page.NewSuggestions(r.Locale, found).View())
	if !found.Complete {
		response.Status = http.StatusOK // keeps the list out of caches: soon there are more
	}
	return response, nil
}
