package machine

import (
	"encoding/xml"
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/web/static"
)

// openSearchXML describes a search engine, as OpenSearch 1.1 has it.
type openSearchXML struct {
	XMLName     xml.Name       `xml:"OpenSearchDescription"`
	Space       string         `xml:"xmlns,attr"`
	ShortName   string         `xml:"ShortName"` // at most maxShortName characters
	LongName    string         `xml:"LongName"`
	Description string         `xml:"Description"`
	Language    string         `xml:"Language"`
	Encoding    string         `xml:"InputEncoding"`
	Image       imageXML       `xml:"Image"`
	URLs        []searchURLXML `xml:"Url"`
}

type imageXML struct {
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type searchURLXML struct {
	Type     string `xml:"type,attr"`
	Relation string `xml:"rel,attr"`
	Template string `xml:"template,attr"`
}

// maxShortName is what OpenSearch 1.1 allows, in characters.
const maxShortName = 16

// shortName is the site in a language, as browsers call it. What is too long is cut.
func shortName(l *locale.Locale) string {
	name, tag := []rune(l.SiteName()), " ("+l.Tag()+")"
	return strings.TrimSpace(string(name[:min(len(name), maxShortName-len(tag))])) + tag
}

// ShowOpenSearch tells browsers how to search the site in a language.
func (h *Handlers) ShowOpenSearch(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	return sendXML(r, link.OpenSearchType, openSearchXML{
		Space: "http://a9.com/-/spec/opensearch/1.1/", ShortName: shortName(l), LongName: l.SiteName(), Description: l.T("layout.tagline"),
		Language: l.Tag(), Encoding: "UTF-8", Image: imageXML{"image/svg+xml", h.Site.Absolute(static.Path("icon.svg"))},
		URLs: []searchURLXML{
			{"text/html", "results", h.Site.Absolute(link.WithQuery(link.Catalogue(l.Tag()), "q={searchTerms}"))},
			{link.OpenSearchType, "self", h.Site.Absolute(link.OpenSearch(l.Tag()))},
		}})
}
