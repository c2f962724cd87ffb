package machine

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/theme"
	page "exempla/web/page/browse"
)

// perSitemap is how many pages, each in all languages, a part of the sitemap has:
// 4,800 addresses in eight languages. With the names of the other languages at each
// they make about five megabytes, of fifty that search engines take.
const perSitemap = 600

// listed is a page in the sitemap, in every language.
type listed struct {
	address  func(tag string) string
	modified time.Time // zero if it is not known
}

// list collects the pages of the sitemap: the listing, the pages of prose, then
// the practices by their numbers, and what leads to them.
func list(_ *locale.Locale, x *catalogue.Index, look *theme.Look) []listed {
	all := slices.SortedFunc(catalogue.All(x), func(a, b practice.Practice) int { return int(a.Number - b.Number) })
	pages := []listed{{address: link.Catalogue}}
	for _, name := range append(slices.Clone(page.ProsePages), link.Template, link.MapPage, link.FactsPage) {
		pages = append(pages, listed{address: func(tag string) string { return link.Page(tag, name) }})
	}
	for _, p := range all {
		modified := p.Updated
		if modified.IsZero() {
			modified = p.Published
		}
		slug := p.Slug
		pages = append(pages, listed{func(tag string) string { return link.Practice(tag, slug) }, modified})
	}
	return append(pages, portraits(x, look.Topics())...)
}

// portraits are the pages of topics, of countries and of cities that have practices.
func portraits(x *catalogue.Index, topics []practice.Topic) []listed {
	var pages []listed
	add := func(f catalogue.Facet, key string) {
		pages = append(pages, listed{address: func(tag string) string { return link.Portrait(tag, f, key) }})
	}
	everything := catalogue.Parse(nil)
	for _, topic := range topics {
		if x.Count(everything.Only(catalogue.Topic, string(topic)), catalogue.Hits{}) > 0 {
			add(catalogue.Topic, string(topic))
		}
	}
	places := catalogue.CountPlaces(x, everything, catalogue.Hits{})
	for _, country := range places.Countries {
		add(catalogue.Country, country.Key)
	}
	for _, city := range places.Cities {
		add(catalogue.City, city.Key)
	}
	return pages
}

// pages are those of the sitemap, with the collections at its end; without them while
// the database is away, for search engines come again.
func (h *Handlers) pages(r *respond.Request) []listed {
	pages := append(slices.Clone(h.listed.For(r)), listed{address: link.Collections})
	published, _ := h.Collections.Published(r.Context())
	for _, c := range published {
		pages = append(pages, listed{func(tag string) string { return link.Collection(tag, c.Slug) }, c.Changed})
	}
	return pages
}

// part is a part of the sitemap, from 1; nil if there is none.
func part(pages []listed, number int64) []listed {
	if number < 1 || number > int64(len(pages)/perSitemap+1) {
		return nil
	}
	first := int(number-1) * perSitemap
	return pages[min(first, len(pages)):min(first+perSitemap, len(pages))]
}

const (
	sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	sitemapType  = "application/xml; charset=utf-8"
)

// indexXML is the index of a sitemap.
type indexXML struct {
	XMLName xml.Name  `xml:"sitemapindex"`
	Space   string    `xml:"xmlns,attr"`
	Parts   []partXML `xml:"sitemap"`
}

type partXML struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

// urlXML is an address with its alternates in all languages.
type urlXML struct {
	XMLName    xml.Name       `xml:"url"`
	Location   string         `xml:"loc"`
	Modified   string         `xml:"lastmod,omitempty"`
	Alternates []alternateXML `xml:"xhtml:link"`
}

type alternateXML struct {
	Relation string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	Address  string `xml:"href,attr"`
}

// ShowSitemap is the index of the sitemap.
func (h *Handlers) ShowSitemap(r *respond.Request) (respond.Response, error) {
	pages := h.pages(r)
	index := indexXML{Space: sitemapSpace}
	for number := 1; len(part(pages, int64(number))) > 0; number++ {
		var latest time.Time
		for _, p := range part(pages, int64(number)) {
			if p.modified.After(latest) {
				latest = p.modified
			}
		}
		index.Parts = append(index.Parts, partXML{h.Site.Absolute(link.SitemapPart(number)), day(latest)})
	}
	return sendXML(r, sitemapType, index)
}

// ShowSitemapPart is one part of the sitemap.
func (h *Handlers) ShowSitemapPart(r *respond.Request) (respond.Response, error) {
	number, ok := r.Number("number")
	pages := part(h.pages(r), number)
	if !ok || len(pages) == 0 {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	return send(r, sitemapType, func(out io.Writer) error {
		io.WriteString(out, xml.Header+`<urlset xmlns="`+sitemapSpace+`" xmlns:xhtml="http://www.w3.org/1999/xhtml">`+"\n")
		encoder := xml.NewEncoder(out)
		for _, p := range pages {
			for _, u := range h.inAllLanguages(p, r.Locale) {
				if err := encoder.Encode(u); err != nil {
					return fmt.Errorf("write sitemap: %w", err)
				}
			}
		}
		io.WriteString(out, "\n</urlset>\n")
		return nil
	})
}

// inAllLanguages are the addresses of a page. Who reads none of its languages is
// sent to the first one, mostly English.
func (h *Handlers) inAllLanguages(p listed, here *locale.Locale) []urlXML {
	var alternates []alternateXML
	for _, l := range here.Offered() {
		alternates = append(alternates, alternateXML{"alternate", l.Tag(), h.Site.Absolute(p.address(l.Tag()))})
	}
	alternates = append(alternates, alternateXML{"alternate", "x-default", alternates[0].Address})
	var list []urlXML
	for _, l := range here.Offered() {
		list = append(list, urlXML{Location: h.Site.Absolute(p.address(l.Tag())), Modified: day(p.modified), Alternates: alternates})
	}
	return list
}

// day is a date as sitemaps write it; empty if it is not known.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
