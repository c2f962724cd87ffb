package link

import "strconv"

// Addresses that programs look for by name. They have no language.
const (
	Robots       = "/robots.txt"
	Sitemap      = "/sitemap.xml"
	Turtle       = "/catalogue.ttl"    // DCAT-AP, for portals of open data
	JSONLD       = "/catalogue.jsonld" // the same
	SecurityText = "/.well-known/security.txt"
)

// SitemapParts is where the parts of the sitemap lie, as a pattern of routes.
const SitemapParts = "/sitemap-{number}.xml"

// SitemapPart is a part of the sitemap, from 1.
func SitemapPart(number int) string { return "/sitemap-" + strconv.Itoa(number) + ".xml" }

// OpenSearch describes the search in a language to browsers.
func OpenSearch(tag string) string { return Page(tag, OpenSearchPage) }

// OpenSearchPage is the name of that address in every language.
const OpenSearchPage = "opensearch.xml"

// OpenSearchType is the media type of such a description.
const OpenSearchType = "application/opensearchdescription+xml"
