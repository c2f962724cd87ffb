package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/machine"
	"exempla/internal/testdb"
)

// urls are the addresses in a part of a sitemap.
type urls struct {
	URLs []struct {
		Location string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
		Modified string `xml:"lastmod"`
		Links    []struct {
			Relation string `xml:"rel,attr"`
			Language string `xml:"hreflang,attr"`
			Address  string `xml:"href,attr"`
		} `xml:"http://www.w3.org/1999/xhtml link"`
	} `xml:"url"`
}

// readXML parses a document and checks its media type.
func (p page) readXML(mediaType string, into any) {
	p.Helper()
	p.is(http.StatusOK)
	if got := p.header.Get("Content-Type"); got != mediaType {
		p.Errorf("%s: content type %q", p.path, got)
	}
	if err := xml.Unmarshal([]byte(p.body), into); err != nil {
		p.Fatalf("%s: %v", p.path, err)
	}
}

// sitemap reads all parts that the index names, which robots.txt names.
func (s *site) sitemap() (parts []urls, modified []string) {
	s.Helper()
	robots := s.visit("/robots.txt")
	_, named, _ := strings.Cut(robots.body, "\nSitemap: ")
	var index struct {
		Parts []struct {
			Location string `xml:"loc"`
			Modified string `xml:"lastmod"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
	}
	s.visit(strings.TrimPrefix(strings.TrimSpace(named), origin)).readXML("application/xml; charset=utf-8", &index)
	for _, part := range index.Parts {
		var read urls
		s.visit(strings.TrimPrefix(part.Location, origin)).readXML("application/xml; charset=utf-8", &read)
		parts, modified = append(parts, read), append(modified, part.Modified)
	}
	return parts, modified
}

// Every page in every language is in the sitemap once, leads somewhere, and names
// itself in all languages.
func TestSitemapHasEveryPage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	parts, _ := s.sitemap()
	robots := s.robots()
	seen := map[string]bool{}
	for _, u := range parts[0].URLs {
		if seen[u.Location] {
			t.Errorf("%s twice", u.Location)
		}
		seen[u.Location] = true
		if path := strings.TrimPrefix(u.Location, origin); robots.forbid(path) {
			t.Errorf("robots.txt keeps search engines out of %s", path)
		}
		languages := map[string]string{}
		for _, l := range u.Links {
			languages[l.Language] = l.Address
		}
		tag := strings.Split(u.Location, "/")[3]
		if len(languages) != len(locale.All())+1 || languages[tag] != u.Location || languages["x-default"] != languages["en"] || (u.Modified != "") != strings.Contains(u.Location, "/collections/") {
			t.Fatalf("%s: modified %q, alternates %v", u.Location, u.Modified, languages)
		}
	}
	portraits := map[string]bool{} // of topics, countries and cities that have practices
	for _, p := range known(t) {
		for _, topic := range p.Topics {
			portraits[link.Portrait("en", catalogue.Topic, string(topic))] = true
		}
		for _, country := range p.Place.Countries {
			portraits[link.Portrait("en", catalogue.Country, string(country))] = true
		}
		for _, city := range p.Place.Cities {
			portraits[link.Portrait("en", catalogue.City, catalogue.CityKey(city))] = true
		}
	}
	if want := (274 + 8 + 3 + len(portraits)) * len(locale.All()); len(parts) != 1 || len(seen) != want {
		t.Errorf("%d parts, %d addresses, want %d", len(parts), len(seen), want)
	}
	for _, path := range []string{link.Catalogue("ar"), link.Page("el", link.Privacy), link.Practice("uk", ioannina), link.Page("sq", link.MapPage), link.Portrait("fr", catalogue.City, "gr-ioannina")} {
		if !seen[origin+path] {
			t.Errorf("%s is missing", path)
		}
		s.visit(path)
	}
	for _, path := range []string{link.Suggest("el") + "?q=x", link.Cities("ar") + "?q=x", "/en/practices?country=GR&topic=refugees", "/en/practices.csv"} {
		if !robots.forbid(path) {
			t.Errorf("search engines may walk through %s", path)
		}
	}
	if robots.forbid("/en/practices.png") {
		t.Error("nobody may ask for the card of the list")
	}
}

// rules are the lines of robots.txt, as RFC 9309 reads them: the longest pattern that
// fits decides.
type rules []struct {
	forbids bool
	pattern string
}

func (s *site) robots() (list rules) {
	for line := range strings.Lines(s.visit("/robots.txt").body) {
		name, pattern, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if name == "Disallow" || name == "Allow" {
			list = append(list, struct {
				forbids bool
				pattern string
			}{name == "Disallow", pattern})
		}
	}
	return list
}

func (list rules) forbid(path string) (forbidden bool) {
	longest := 0
	for _, rule := range list {
		fits := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(rule.pattern), `\*`, ".*"))
		if len(rule.pattern) > longest && fits.MatchString(path) {
			forbidden, longest = rule.forbids, len(rule.pattern)
		}
	}
	return forbidden
}

func TestSitemapIsSplitAndDated(t *testing.T) {
	t.Parallel()
	var many []practice.Practice
	for i := range 1300 {
		many = append(many, practice.Practice{Number: int64(i + 1), Slug: fmt.Sprint("practice-", i+1), Texts: []practice.Text{{Language: "en", Title: "x", TitleLanguage: "en"}}})
	}
	many[700].Published = time.Date(2024, time.March, 5, 23, 0, 0, 0, time.UTC)
	many[800].Published, many[800].Updated = many[700].Published, time.Date(2025, time.May, 6, 1, 0, 0, 0, time.UTC)
	s := assemble(t, openAway(t).Store, catalogue.NewIndex(many, 1, today))
	parts, modified := s.sitemap()
	same(t, "dates of the parts", modified, []string{"", "2025-05-06", ""})
	var last []string
	for _, part := range parts {
		last = append(last, part.URLs[len(part.URLs)-1].Location)
		for _, u := range part.URLs {
			want := map[string]string{"/practice-701": "2024-03-05", "/practice-801": "2025-05-06"}[u.Location[strings.LastIndexByte(u.Location, '/'):]]
			if u.Modified != want {
				t.Errorf("%s is of %q", u.Location, u.Modified)
			}
		}
	}
	same(t, "ends of the parts", last, []string{origin + "/ar/practices/practice-592", origin + "/ar/practices/practice-1192", origin + "/ar/collections"})
	for _, path := range []string{"/sitemap-0.xml", "/sitemap-4.xml", "/sitemap-01.xml", "/sitemap-9223372036854775807.xml", "/sitemap-x.xml"} {
		s.get(path).is(http.StatusNotFound)
	}
}

// What programs read is compressed and, unchanged, not sent again; an archived
// practice leaves the sitemap.
func TestSitemapIsKeptByClients(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	zipped := s.get("/sitemap-1.xml", "Accept-Encoding", "gzip")
	zip, err := gzip.NewReader(strings.NewReader(zipped.body))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(zip)
	if plain := s.visit("/sitemap-1.xml"); err != nil || !bytes.Equal(content, []byte(plain.body)) {
		t.Errorf("compressed it is different: %v", err)
	}
	tag := zipped.header.Get("ETag")
	s.get("/sitemap-1.xml", "If-None-Match", tag).is(http.StatusNotModified)
	s.change()
	again := s.get("/sitemap-1.xml", "If-None-Match", tag)
	again.is(http.StatusOK)
	if !strings.Contains(again.body, "/practices/one-more<") {
		t.Error("the new practice is missing")
	}
	testdb.Exec(t, s.Store, `update catalogue_change set number = number + 1`)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', change = (select number from catalogue_change) where slug = $1`, ioannina)
	if err := s.Store.Practices.Refresh(t.Context(), s.Catalogue); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.visit("/sitemap-1.xml").body, ioannina) {
		t.Error("the archived practice is still there")
	}
}

func TestOpenSearchIsFoundFromEveryPage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		for _, start := range []string{link.Catalogue(l.Tag()), link.Practice(l.Tag(), ioannina)} {
			found := s.visit(start).one("link[rel=search]")
			if attr(found, "type") != "application/opensearchdescription+xml" {
				t.Errorf("the type is %q", attr(found, "type"))
			}
			var read struct {
				ShortName, Description, Language, Image string
				URLs                                    []struct {
					Type     string `xml:"type,attr"`
					Relation string `xml:"rel,attr"`
					Template string `xml:"template,attr"`
				} `xml:"http://a9.com/-/spec/opensearch/1.1/ Url"`
			}
			s.visit(attr(found, "href")).readXML("application/opensearchdescription+xml", &read)
			if len(read.ShortName) > 16 || read.Description != l.T("layout.tagline") || read.Language != l.Tag() || len(read.URLs) != 2 {
				t.Errorf("%s: %+v", start, read)
			}
			s.visit(strings.TrimPrefix(strings.Replace(read.URLs[0].Template, "{searchTerms}", "school", 1), origin)).in(l.Tag())
			s.visit(strings.TrimPrefix(read.Image, origin))
		}
	}
}

// RFC 9116: without a contact there is no file.
func TestSecurityText(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.get("/.well-known/security.txt").is(http.StatusNotFound)
	s.Security = machine.Security{Contact: "security@city.example", Policy: "https://city.example/security"}
	s.restart()
	p := s.visit("/.well-known/security.txt")
	lines := strings.Split(strings.TrimSpace(p.body), "\n")
	for _, want := range []string{"Contact: mailto:security@city.example", "Policy: https://city.example/security", "Canonical: " + origin + "/.well-known/security.txt",
		"Preferred-Languages: en, fr, de, es, el, sq, uk, ar"} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is missing: %q", want, lines)
		}
	}
	var expires time.Time
	for _, line := range lines {
		if value, ok := strings.CutPrefix(line, "Expires: "); ok {
			expires, _ = time.Parse(time.RFC3339, value)
		}
	}
	if left := expires.Sub(today); left < 90*24*time.Hour || left > 365*24*time.Hour || p.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("it is good for %s, as %q", left, p.header.Get("Content-Type"))
	}
	s.Security = machine.Security{Contact: "https://city.example/report"}
	s.restart()
	if p := s.visit("/.well-known/security.txt"); !strings.HasPrefix(p.body, "Contact: https://city.example/report\n") || strings.Contains(p.body, "Policy") {
		t.Errorf("with an address of the web: %q", p.body)
	}
}
