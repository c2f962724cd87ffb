package machine

import (
	"io"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
)

// euLanguages are the languages of the interface as the Publications Office of the
// EU names them; DCAT-AP wants its names.
var euLanguages = map[string]string{"en": "ENG", "fr": "FRA", "de": "DEU", "es": "SPA", "el": "ELL", "sq": "SQI", "uk": "UKR", "ar": "ARA"}

const euAuthority = "http://publications.europa.eu/resource/authority/"

// ShowTurtle describes the catalogue to portals of open data, by DCAT-AP 3.
func (h *Handlers) ShowTurtle(r *respond.Request) (respond.Response, error) {
	return h.describe(r, "text/turtle; charset=utf-8", writeTurtle)
}

// ShowJSONLD says the same as ShowTurtle, as JSON-LD.
func (h *Handlers) ShowJSONLD(r *respond.Request) (respond.Response, error) {
	return h.describe(r, "application/ld+json", writeJSONLD)
}

func (h *Handlers) describe(r *respond.Request, mediaType string, write func(io.Writer, []resource) error) (respond.Response, error) {
	return send(r, mediaType, func(out io.Writer) error { return write(out, h.description(r)) })
}

// description is the catalogue, its one data set and who publishes it, then where
// the data set can be read in each language.
func (h *Handlers) description(r *respond.Request) []resource {
	site := h.Site.Absolute(link.Home)
	publisher := resource{id: site + "#publisher", class: "foaf:Agent"}
	name := r.Frame.By.Name
	if name == "" {
		name = r.Locale.SiteName()
	}
	publisher.add("foaf:name", value{Text: name})
	catalog := resource{id: site + "#catalogue", class: "dcat:Catalog"}
	data := resource{id: site + "#practices", class: "dcat:Dataset"}
	var listings []resource
	for _, l := range r.Locale.Offered() {
		tag := l.Tag()
		catalog.add("dct:title", value{Text: l.SiteName(), Language: tag})
		data.add("dct:title", value{Text: l.T("layout.practices"), Language: tag})
		for _, about := range []*resource{&catalog, &data} {
			about.add("dct:description", value{Text: l.T("layout.tagline"), Language: tag})
			about.add("dct:language", value{ID: euAuthority + "language/" + euLanguages[tag]})
		}
		for _, topic := range r.Look().Topics() {
			data.add("dcat:keyword", value{Text: l.T("topic." + string(topic)), Language: tag})
		}
		pages := h.listing(l)
		data.add("dcat:distribution", value{ID: pages.id})
		listings = append(listings, pages)
	}
	for _, about := range []*resource{&catalog, &data} {
		about.add("dct:publisher", value{ID: publisher.id})
	}
	catalog.add("foaf:homepage", value{ID: site})
	catalog.add("dct:license", value{ID: h.Licence})
	catalog.add("dcat:dataset", value{ID: data.id})
	data.add("dcat:landingPage", value{ID: site})
	data.add("dcat:theme", value{ID: euAuthority + "data-theme/SOCI"})
	lines, service := h.lines(r.Locale), h.service(r.Locale, data.id)
	data.add("dcat:distribution", value{ID: lines.id})
	catalog.add("dcat:service", value{ID: service.id})
	return append([]resource{catalog, data, publisher, lines, service}, listings...)
}

// lines are the data set as one file.
func (h *Handlers) lines(here *locale.Locale) resource {
	address := h.Site.Absolute(link.JSONLines)
	file := resource{id: address + "#lines", class: "dcat:Distribution"}
	for _, l := range here.Offered() {
		file.add("dct:title", value{Text: l.T("export.jsonl"), Language: l.Tag()})
	}
	file.add("dct:format", value{ID: euAuthority + "file-type/JSON"})
	file.add("dct:license", value{ID: h.Licence})
	file.add("dcat:accessURL", value{ID: address})
	file.add("dcat:downloadURL", value{ID: address})
	return file
}

// service is the interface by which programs read parts of the data set.
func (h *Handlers) service(here *locale.Locale, data string) resource {
	address := h.Site.Absolute(link.API)
	api := resource{id: address + "#service", class: "dcat:DataService"}
	for _, l := range here.Offered() {
		api.add("dct:title", value{Text: l.T("api.title"), Language: l.Tag()})
	}
	api.add("dct:license", value{ID: h.Licence})
	api.add("dcat:endpointURL", value{ID: address})
	api.add("dcat:endpointDescription", value{ID: h.Site.Absolute(link.OpenAPI("json"))})
	api.add("dcat:servesDataset", value{ID: data})
	return api
}

// listing is the data set as pages to read in a language.
func (h *Handlers) listing(l *locale.Locale) resource {
	address := h.Site.Absolute(link.Catalogue(l.Tag()))
	pages := resource{id: address + "#pages", class: "dcat:Distribution"}
	pages.add("dct:title", value{Text: l.T("layout.practices"), Language: l.Tag()})
	pages.add("dct:language", value{ID: euAuthority + "language/" + euLanguages[l.Tag()]})
	pages.add("dct:format", value{ID: euAuthority + "file-type/HTML"})
	pages.add("dcat:mediaType", value{ID: "http://www.iana.org/assignments/media-types/text/html"})
	pages.add("dct:license", value{ID: h.Licence})
	pages.add("dcat:accessURL", value{ID: address})
	return pages
}
