package submit

import (
	"exempla/internal/gazetteer"
	"exempla/internal/server/respond"
	page "exempla/web/page/submit"
)

// mostCities is how many cities are suggested: as many as are read at a glance.
const mostCities = 8

// SuggestCities is the list of cities for what was typed into the field of a city. It
// asks nothing of the database.
func (h *Handlers) SuggestCities(r *respond.Request) (respond.Response, error) {
	found := gazetteer.Suggest(r.URL.Query().Get("q"), mostCities)
	return respond.Show(page.NewCitySuggestions(r.Locale, found).View()), nil
}
