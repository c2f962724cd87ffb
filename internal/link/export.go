package link

import (
	"fmt"
	"net/url"
	"strings"

	"exempla/internal/catalogue"
)

// Formats are those in which a selection can be taken away, as the addresses of the
// listing end with them, in the order of the page.
var Formats = []string{Booklet, "csv", "xlsx", "json", "geojson", Feed}

// Feed is the format of feeds, Booklet that of lists to print.
const (
	Feed    = "atom"
	Booklet = "pdf"
)

// Export is everything that a selection finds, in one of Formats.
func Export(tag string, s catalogue.Selection, format string) string {
	return WithQuery("/"+tag+"/"+practices+"."+format, s.WithoutList().OnPage(1).Query())
}

// ID is a lasting name, by RFC 4151, for something of the site in a language: an
// address may change, and what a feed calls an entry must not.
func (s Site) ID(tag, name string) string {
	return fmt.Sprintf("tag:%s,2026:%s/%s", s.Host(), tag, name)
}

// Host is the name of the site's host.
func (s Site) Host() string {
	if at, err := url.Parse(string(s)); err == nil && at.Hostname() != "" {
		return at.Hostname()
	}
	return "exempla"
}

// EmbedPage is the name of lists that other sites show in a frame.
const EmbedPage = "embed"

// Embed is the first page of a selection for a frame on another site.
func Embed(tag string, s catalogue.Selection) string {
	s.List = nil
	return WithQuery(Page(tag, EmbedPage), s.OnPage(1).Query())
}

// IsEmbed reports whether other sites may show what is at a path in a frame.
func IsEmbed(path string) bool {
	_, name, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return name == EmbedPage
}
