package link

import (
	"strconv"
	"strings"
)

// Addresses that programs look for by name. They have no language.
const (
	Robots       = "/robots.txt"
	Sitemap      = "/sitemap.xml"
	Turtle       = "/catalogue.ttl"    // DCAT-AP, for portals of open data
	JSONLD       = "/catalogue.jsonld" // the same
	JSONLines    = "/catalogue.jsonl"  // all of it
	OAI          = "/oai"              // OAI-PMH, for harvesters
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

// InterfacePage is the name of the page about API in every language.
const InterfacePage = "api"

// OpenSearchType is the media type of such a description.
const OpenSearchType = "application/opensearchdescription+xml"

// API begins the addresses of the interface for programs. Its version changes when
// programs that were written for it would fail.
const API = "/api/v1"

// OpenAPI describes that interface, in one of the formats "json" and "yaml".
func OpenAPI(format string) string { return API + "/openapi." + format }

// APIPractice is a practice as programs read it.
func APIPractice(slug string) string { return API + "/practices/" + slug }

// IsAPI reports whether a path is of the interface for programs.
func IsAPI(path string) bool { return path == API || strings.HasPrefix(path, API+"/") }

// IsOpen reports whether scripts of other sites may read what is at a path.
func IsOpen(path string) bool {
	return IsAPI(path) || path == Turtle || path == JSONLD || path == JSONLines
}
