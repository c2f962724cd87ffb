// Package link builds every address of the site from domain values. It knows
// neither handlers nor pages. Paths start with "/"; only Site makes them absolute. A
// tag is that of the interface's language, such as "en".
package link

import (
	"net/url"
	"strconv"
	"strings"

	"exempla/internal/atlas"
	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// Home redirects to the language that the browser prefers.
const Home = "/"

// Words in paths, in every language the same.
const (
	practices = "practices"

	About         = "about"
	Help          = "help"
	Accessibility = "accessibility"
	Privacy       = "privacy"
	Template      = "template"

	signIn = "sign-in"
)

// Site is the public origin of the site, such as "https://exempla.example". It is a
// setting, never taken from a request, whose Host header cannot be trusted.
type Site string

// Absolute returns the URL of a path.
func (s Site) Absolute(path string) string { return strings.TrimRight(string(s), "/") + path }

// Page is a page without parameters: About, Help and so on.
func Page(tag, name string) string { return "/" + tag + "/" + name }

// Browse is the listing of a selection.
func Browse(tag string, s catalogue.Selection) string {
	return WithQuery("/"+tag+"/"+practices, s.Query())
}

// Catalogue is the listing of everything, which is also a language's home.
func Catalogue(tag string) string { return "/" + tag + "/" + practices }

// Practice is the one lasting address of a practice in a language.
func Practice(tag, slug string) string { return "/" + tag + "/" + practices + "/" + slug }

// Cited is a practice as a file for reference managers, by the extension of the format.
func Cited(tag, slug, extension string) string { return Practice(tag, slug) + "." + extension }

// PDF is a practice as a document, with its text in a given language; empty for the
// reader's own.
func PDF(tag, slug string, language practice.Language) string {
	address := Practice(tag, slug) + ".pdf"
	if language == "" || string(language) == tag {
		return address
	}
	return WithQuery(address, TextParameter+"="+url.QueryEscape(string(language)))
}

// cardExtension ends the addresses of cards, which stand for pages where somebody shares
// their links.
const cardExtension = ".png"

// PracticeCard is the card of a practice.
func PracticeCard(tag, slug string) string { return Practice(tag, slug) + cardExtension }

// ListCard is the card of a selection.
func ListCard(tag string, s catalogue.Selection) string {
	return WithQuery(Catalogue(tag)+cardExtension, s.WithoutStrays().Sought().Query())
}

// CollectionCard is the card of a collection.
func CollectionCard(tag, slug string) string { return Collection(tag, slug) + cardExtension }

// PortraitCard is the card of a topic, a country or a city.
func PortraitCard(tag string, f catalogue.Facet, key string) string {
	return Portrait(tag, f, key) + cardExtension
}

// PublicHistory is a page of the history of a practice, from 1.
func PublicHistory(tag, slug string, page int) string {
	address := Practice(tag, slug) + "/" + HistoryPage
	if page > 1 {
		address += "?page=" + strconv.Itoa(page)
	}
	return address
}

// Found is a practice as an entry of a result: its query is the selection, so that
// the page can link back and to its neighbours.
func Found(tag, slug string, s catalogue.Selection) string {
	return Practice(tag, slug) + FoundQuery(s)
}

// FoundQuery is the end of the addresses of all entries of one result, with its "?".
func FoundQuery(s catalogue.Selection) string { return WithQuery("", s.OnPage(1).Query()) }

// Text is a practice with its text in a given language, whatever the language of the
// interface.
func Text(tag, slug string, language practice.Language) string {
	return WithQuery(Practice(tag, slug), TextParameter+"="+url.QueryEscape(string(language)))
}

// TextParameter names the language of the text in the address of a practice.
const TextParameter = "text"

// Topic is the listing of one topic.
func Topic(tag string, topic practice.Topic) string {
	return Browse(tag, catalogue.Parse(nil).Only(catalogue.Topic, string(topic)))
}

// Country is the listing of one country.
func Country(tag string, country practice.Country) string {
	return Browse(tag, catalogue.Parse(nil).Only(catalogue.Country, string(country)))
}

// City is the listing of one city: a search for its name in its country.
func City(tag string, country practice.Country, name string) string {
	return Browse(tag, catalogue.Parse(url.Values{"q": {name}}).Only(catalogue.Country, string(country)))
}

// Search is the listing of what some words find.
func Search(tag, words string) string {
	return Browse(tag, catalogue.Parse(nil).WithWords(words))
}

// FactsPage is the name of the page of figures in every language.
const FactsPage = "facts"

// Facts has the figures of a selection.
func Facts(tag string, s catalogue.Selection) string {
	return WithQuery(Page(tag, FactsPage), s.Sought().Query())
}

// Figure is one figure of a selection as a file, by its extension.
func Figure(tag, name, extension string, s catalogue.Selection) string {
	return WithQuery(Page(tag, FactsPage)+"/"+name+"."+extension, s.Sought().Query())
}

// Portraits are the facets whose values have a page of their own, with its folder.
var Portraits = map[catalogue.Facet]string{catalogue.Topic: "topics", catalogue.Country: "countries", catalogue.City: "places"}

// Portrait is the page of a topic, a country or a city, by its key in the facet.
func Portrait(tag string, f catalogue.Facet, key string) string {
	return Page(tag, Portraits[f]) + "/" + url.PathEscape(key)
}

// MapPage is the name of the map in every language.
const MapPage = "map"

// Map has the practices of a selection on a map; part is what the reader looks at, or nil
// for the whole of it.
func Map(tag string, s catalogue.Selection, part *atlas.Box) string {
	return WithQuery(Page(tag, MapPage), MapQuery(s, part))
}

// CountryMap is the map of one country.
func CountryMap(tag string, country practice.Country) string {
	return Map(tag, catalogue.Parse(nil).Only(catalogue.Country, string(country)), nil)
}

// MapQuery is the query of that address.
func MapQuery(s catalogue.Selection, part *atlas.Box) string {
	query := s.Sought().Query()
	if part == nil {
		return query
	}
	if query != "" {
		query += "&"
	}
	return query + PartParameter + "=" + part.String()
}

// PartParameter names the part of the world in the address of a map.
const PartParameter = "part"

// Mail opens a mail to an address.
func Mail(address string) string {
	return (&url.URL{Scheme: "mailto", Opaque: url.PathEscape(address)}).String()
}

// InCity is the listing of the practices of a city, by its key in the facet City.
func InCity(tag, key string) string {
	return Browse(tag, catalogue.Parse(nil).Only(catalogue.City, key))
}

// Suggest returns suggestions to the search box; the parameter q is what was typed.
func Suggest(tag string) string { return Page(tag, SuggestPage) }

// SuggestPage is the name of that address in every language.
const SuggestPage = "suggest"

// Cities returns suggestions of cities to a form; the parameter q is what was typed.
func Cities(tag string) string { return Page(tag, CitiesPage) }

// CitiesPage is the name of that address in every language.
const CitiesPage = "cities"

// Preview shows what a form of a text would publish; the parameter text is what was typed.
func Preview(tag string) string { return Page(tag, PreviewPage) }

// PreviewPage is the name of that address in every language.
const PreviewPage = "preview"

// Entry is the fragment of a practice in a listing.
func Entry(slug string) string { return "#" + EntryID(slug) }

// EntryID is the id of the element to which Entry points.
func EntryID(slug string) string { return "practice-" + slug }

// InLanguage is the same address in another language: it replaces the first element
// of the path and keeps the query.
func InLanguage(tag, path, query string) string {
	rest := ""
	if at := strings.IndexByte(strings.TrimPrefix(path, "/"), '/'); at >= 0 {
		rest = strings.TrimPrefix(path, "/")[at:]
	}
	return WithQuery("/"+tag+rest, query)
}

// SignIn is where people sign in; back is the path to go on to after that, or "".
func SignIn(tag, back string) string {
	if back == "" {
		return Page(tag, signIn)
	}
	return WithQuery(Page(tag, signIn), BackParameter+"="+url.QueryEscape(back))
}

// BackParameter is the path to go on to after signing in.
const BackParameter = "back"

// WithQuery is a path with a query behind it; empty for none. A redirect keeps what
// is asked for with it.
func WithQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
