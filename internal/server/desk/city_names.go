package desk

import (
	"errors"
	"strconv"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/gazetteer"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// ListCities lists the cities of the catalogue that have a name with the words in the
// address, whether editors or the gazetteer know it.
func (h *CityHandlers) ListCities(r *respond.Request) (respond.Response, error) {
	query := r.URL.Query()
	words := submission.SearchWords(query.Get(page.WordsField))
	number, _ := strconv.Atoi(query.Get("page"))
	filter := store.CityFilter{Words: words}
	for _, city := range gazetteer.Suggest(words, store.CitiesPerPage) {
		filter.Called = append(filter.Called, practice.City{Country: city.Country, Name: city.Name})
	}
	found, err := h.Practices.CityPage(r.Context(), filter, number)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.CitiesInput{Words: words, Total: found.Total, Page: found.Page, Pages: found.Pages}
	for _, c := range found.List {
		in.List = append(in.List, page.City{City: c.City, Practices: c.Practices})
	}
	return respond.Show(page.NewCities(r.Locale, r.Frame, in).View()), nil
}

// ShowCityNames shows the form with the names of a city.
func (h *CityHandlers) ShowCityNames(r *respond.Request) (respond.Response, error) {
	in, err := h.cityNames(r)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewCityNames(r.Locale, r.Frame, in).View()), nil
}

// cityNames is the form with the names as they are stored.
func (h *CityHandlers) cityNames(r *respond.Request) (page.CityNamesInput, error) {
	key := r.Param("city")
	country, slug, _ := strings.Cut(key, "-")
	code := practice.Country(strings.ToUpper(country))
	if key != catalogue.CityKey(practice.City{Country: code, Name: slug}) {
		return page.CityNamesInput{}, respond.ErrNoSuchPage
	}
	found, err := h.Practices.City(r.Context(), code, slug)
	return page.CityNamesInput{City: found.City, Version: found.Version, Shown: found.Names.Shown(),
		Others: strings.Join(found.Names.Others(), "\n")}, err
}

// SaveCityNames stores the names of a city. They hold at once, wherever the city is
// searched or shown.
func (h *CityHandlers) SaveCityNames(r *respond.Request) (respond.Response, error) {
	in, err := h.cityNames(r)
	if err != nil {
		return respond.Response{}, err
	}
	names := readCityNames(r, &in)
	if len(in.Problems) > 0 {
		return respond.Invalid(page.NewCityNames(r.Locale, r.Frame, in).View()), nil
	}
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		version = -1 // a form without one is never up to date
	}
	err = h.Practices.NameCity(r.Context(), store.Naming{City: in.City, Version: version, Names: names, By: r.Viewer().ID, At: h.Now()})
	switch {
	case errors.Is(err, submission.ErrConflict):
		in.Conflict = true
		in.Problems.Add(r.Locale, "", "city_names.conflict")
		return respond.Conflict(page.NewCityNames(r.Locale, r.Frame, in).View()), nil
	case err != nil:
		return respond.Response{}, err
	}
	h.refreshCatalogue(r)
	return r.Done("done.city_named", link.CityNames(r.Tag(), in.City))
}

// readCityNames reads the form: what was typed and its problems into in. The names are
// those of the form, and those in languages that the interface does not have.
func readCityNames(r *respond.Request, in *page.CityNamesInput) practice.CityNames {
	read := func(field, typed string) string {
		name, ok := practice.ParseCityName(typed)
		if !ok {
			in.Problems.Add(r.Locale, field, "city_names.wrong", "Name", component.Excerpt(name, page.ShownOfName),
				"Words", practice.MaxNameWords, "Limit", practice.MaxName)
		}
		return name
	}
	for _, l := range locale.All() {
		field := page.NameField(l)
		in.Shown[practice.Language(l.Tag())] = read(field, r.PostFormValue(field))
	}
	in.Others = submission.Tidy(r.PostFormValue(page.OthersField))
	var others []string
	for line := range strings.Lines(in.Others) {
		if len(others) > practice.MaxOtherNames || len(in.Problems) > 0 {
			break
		}
		if name := read(page.OthersField, line); name != "" {
			others = append(others, name)
		}
	}
	if len(others) > practice.MaxOtherNames {
		in.Problems.Add(r.Locale, page.OthersField, "city_names.too_many", "Limit", practice.MaxOtherNames)
	}
	return practice.NewCityNames(in.Shown, others)
}
