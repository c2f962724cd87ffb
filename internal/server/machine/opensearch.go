package machine

import (
	"encoding/xml"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/web/static"
)

// openSearchXML describes a search engine, as OpenSearch 1.1 has it.
type openSearchXML struct {
	XMLName     xml.Name       `xml:"OpenSearchDescription"`
	Space       string         `xml:"xmlns,attr"`
	ShortName   string         `xml:"ShortName"` // at most 16 characters
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

// ShowOpenSearch tells browsers how to search the site in a language.
func (h *Handlers) ShowOpenSearch(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	return sendXML(r, link.OpenSearchType, openSearchXML{
		Space: "http://a9.com/-/spec/opensearch/1.1/", ShortName: l.SiteName() + " (" + l.Tag() + ")", Description: l.T("layout.tagline"),
		Language: l.Tag(), Encoding: "UTF-8", Image: imageXML{"image/svg+xml", h.Site.Absolute(static.Path("icon.svg"))},
		URLs: []searchURLXML{
			{"text/html", "results", h.Site.Absolute(link.WithQuery(link.Catalogue(l.Tag()), "q={searchTerms}"))},
			{link.OpenSearchType, "self", h.Site.Absolute(link.OpenSearch(l.Tag()))},
		}})
}
